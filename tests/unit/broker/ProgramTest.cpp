// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Paths.h"
#include "core/client/BrokerLauncher.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <cstring>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <thread>
#include <unistd.h>

using namespace chatelaine;
using namespace chatelaine::client;

/// The real program, in a home of its own.
class ProgramTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_program = qEnvironmentVariable("CHATELAINE_BIN") + QStringLiteral("/chatelaine-broker");
        qputenv("PATH", qgetenv("CHATELAINE_BIN") + ':' + qgetenv("PATH"));
    }

    void init()
    {
        m_dir.emplace();
        qputenv("CHATELAINE_HOME", QFile::encodeName(m_dir->path()));
        m_paths = Paths::under(m_dir->path());
    }

    void oneComesOfManyStarts()
    {
        QList<qint64> pids(4);
        std::vector<std::thread> starters;
        for (qint64 &pid : pids) {
            starters.emplace_back([this, &pid] {
                Result<BrokerClient> client = connectOrStart(m_paths, Socket::Control);
                if (client) {
                    const Result<QJsonObject> status = client->call(QStringLiteral("status"));
                    if (status)
                        pid = status->value(QLatin1StringView("pid")).toInteger();
                }
            });
        }
        for (std::thread &starter : starters)
            starter.join();
        QVERIFY(pids.first() > 0);
        QCOMPARE(pids, QList<qint64>(4, pids.first()));
        shutDown();
    }

    void theSecondLeavesWithASentence()
    {
        QVERIFY(connectOrStart(m_paths, Socket::Control));
        QProcess second;
        second.start(m_program, {QStringLiteral("--vault"), QStringLiteral("memory")});
        QVERIFY(second.waitForFinished());
        QCOMPARE(second.exitCode(), 1);
        QVERIFY(second.readAllStandardError().contains("Another broker"));
        QVERIFY(connectOrStart(m_paths, Socket::Borrow));
        shutDown();
    }

    void oneDataHasOneBroker()
    {
        // As in a session, and as after su: another runtime directory, or none.
        Place session(*m_dir, "session");
        Place other(*m_dir, "other");
        QProcess first;
        first.setProcessEnvironment(session.environment);
        first.start(m_program, {});
        QVERIFY(first.waitForStarted());
        QTRY_VERIFY(BrokerClient::connectTo(session.paths.controlSocket()));
        QProcess second;
        second.setProcessEnvironment(other.environment);
        second.start(m_program, {});
        QVERIFY(second.waitForFinished());
        QCOMPARE(second.exitCode(), 1);
        QVERIFY(second.readAllStandardError().contains("Another broker"));
        // Whoever has the other runtime directory finds it none the less, and starts no other.
        auto client = connectOrStart(other.paths, Socket::Control);
        QVERIFY2(client, client ? "" : qPrintable(client.error().message));
        const auto status = client->call(QStringLiteral("status"));
        QVERIFY(status);
        QCOMPARE(status->value(QLatin1StringView("pid")).toInteger(), first.processId());
        first.terminate();
        QVERIFY(first.waitForFinished());
        // What it had written down about itself holds nobody up.
        second.start(m_program, {});
        QVERIFY(second.waitForStarted());
        QTRY_VERIFY(BrokerClient::connectTo(other.paths.controlSocket()));
        second.terminate();
        QVERIFY(second.waitForFinished());
        QCOMPARE(second.exitCode(), 0);
    }

    void whoseSocketsAreGoneLeaves()
    {
        Place session(*m_dir, "session");
        QProcess broker;
        broker.setProcessEnvironment(session.environment);
        broker.start(m_program, {});
        QVERIFY(broker.waitForStarted());
        QTRY_VERIFY(BrokerClient::connectTo(session.paths.controlSocket()));
        // Others come and go in that directory.
        QFile beside(session.paths.runtimeDir + QStringLiteral("/start.lock"));
        QVERIFY(beside.open(QIODevice::WriteOnly));
        QVERIFY(beside.remove());
        auto client = BrokerClient::connectTo(session.paths.controlSocket());
        QVERIFY(client && client->call(QStringLiteral("status")));
        QVERIFY(QDir(session.paths.runtimeDir).removeRecursively());
        QVERIFY(broker.waitForFinished());
        QCOMPARE(broker.exitStatus(), QProcess::NormalExit);
        QCOMPARE(broker.exitCode(), 0);
    }

    void borrowingIsNotManaging()
    {
        QVERIFY(connectOrStart(m_paths, Socket::Control));
        auto borrower = BrokerClient::connectTo(m_paths.brokerSocket());
        QVERIFY(borrower && borrower->call(QStringLiteral("hello")));
        for (const char *method : {"status", "servers/add", "grants/add", "unlock", "no/such"}) {
            const auto refused = borrower->call(QString::fromLatin1(method));
            QVERIFY2(!refused, method);
            QCOMPARE(refused.error().data.value(QLatin1StringView("rpc_code")).toInt(), -32601);
        }
        shutDown();
    }

    void aGrantToAnInterpreterIsWarnedAbout()
    {
        auto client = connectOrStart(m_paths, Socket::Control);
        QVERIFY(client);
        QVERIFY(client->call(QStringLiteral("servers/add"),
            {{QStringLiteral("url"), QStringLiteral("https://mcp.example/mcp")},
                {QStringLiteral("name"), QStringLiteral("demo")}}));
        const QString shell = QFileInfo(QStringLiteral("/bin/sh")).canonicalFilePath();
        for (const QString &exe : {shell, m_program}) {
            const auto grant = client->call(QStringLiteral("grants/add"),
                {{QStringLiteral("server"), QStringLiteral("demo")}, {QStringLiteral("exe"), exe}});
            QVERIFY2(grant, grant ? "" : qPrintable(grant.error().message));
            QCOMPARE(grant->contains(QStringLiteral("warning")), exe == shell);
        }
        // What is relative to somebody's directory, or no file, names nobody.
        for (const char *exe : {"agent", "./agent", "/no/such/agent", "/usr"}) {
            QVERIFY2(!client->call(QStringLiteral("grants/add"),
                         {{QStringLiteral("server"), QStringLiteral("demo")},
                             {QStringLiteral("exe"), QString::fromLatin1(exe)}}),
                     exe);
        }
        shutDown();
    }

    void whoHasNoGrantSeesNoServer()
    {
        auto control = connectOrStart(m_paths, Socket::Control);
        QVERIFY(control);
        QVERIFY(control->call(QStringLiteral("servers/add"),
            {{QStringLiteral("url"), QStringLiteral("https://mcp.example/mcp")},
                {QStringLiteral("name"), QStringLiteral("demo")}}));
        QVERIFY(control->call(QStringLiteral("settings/set"),
            {{QStringLiteral("name"), QStringLiteral("policy")},
                {QStringLiteral("value"), QStringLiteral("deny")}}));
        auto borrower = BrokerClient::connectTo(m_paths.brokerSocket());
        QVERIFY(borrower);
        const auto servers = [&borrower] {
            const auto answer = borrower->call(QStringLiteral("servers/list"));
            return answer ? answer->value(QLatin1StringView("servers")).toArray().size() : -1;
        };
        QCOMPARE(servers(), 0);
        QVERIFY(control->call(QStringLiteral("grants/add"),
            {{QStringLiteral("server"), QStringLiteral("demo")},
                {QStringLiteral("any_client"), true}}));
        QCOMPARE(servers(), 1);
        shutDown();
    }

    void aSignalEndsItInOrder()
    {
        QProcess broker;
        broker.start(m_program, {QStringLiteral("--vault"), QStringLiteral("memory")});
        QVERIFY(broker.waitForStarted());
        QTRY_VERIFY(BrokerClient::connectTo(m_paths.controlSocket()));
        auto client = BrokerClient::connectTo(m_paths.controlSocket());
        QVERIFY(client && client->call(QStringLiteral("audit/verify")));
        broker.terminate();
        QVERIFY(broker.waitForFinished());
        QCOMPARE(broker.exitStatus(), QProcess::NormalExit);
        QCOMPARE(broker.exitCode(), 0);
        QVERIFY(!QFile::exists(m_paths.controlSocket()));
    }

    void systemdMayHandInTheSockets()
    {
        // As a socket unit does: bound and listening before the program starts.
        QVERIFY(ensurePrivateDirectory(m_paths.runtimeDir));
        std::array<int, 2> fds {};
        int next = 0;
        for (const QString &where : {m_paths.brokerSocket(), m_paths.controlSocket()}) {
            sockaddr_un address = {};
            address.sun_family = AF_UNIX;
            const QByteArray path = QFile::encodeName(where);
            std::strncpy(address.sun_path, path.constData(), sizeof(address.sun_path) - 1);
            const int fd = ::socket(AF_UNIX, SOCK_STREAM, 0);
            QCOMPARE(::bind(fd, reinterpret_cast<sockaddr *>(&address), sizeof address), 0);
            QCOMPARE(::listen(fd, 16), 0);
            fds[static_cast<size_t>(next++)] = fd;
        }
        // Somebody connects before there is a broker: the kernel keeps it.
        auto early = BrokerClient::connectTo(m_paths.brokerSocket());
        QVERIFY(early);
        QProcess broker;
        broker.setChildProcessModifier([fds] {
            // Out of the way first: either may be where another one belongs.
            const int a = ::fcntl(fds[0], F_DUPFD, 10);
            const int b = ::fcntl(fds[1], F_DUPFD, 10);
            ::dup2(a, 3);
            ::dup2(b, 4);
        });
        const QString shell = QStringLiteral("LISTEN_PID=$$ LISTEN_FDS=2 "
                                             "LISTEN_FDNAMES=broker:control exec \"$0\" --vault "
                                             "memory");
        broker.start(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), shell, m_program});
        QVERIFY(broker.waitForStarted());
        for (const int fd : fds)
            ::close(fd);
        QVERIFY(early->call(QStringLiteral("hello")));
        auto control = BrokerClient::connectTo(m_paths.controlSocket());
        QVERIFY(control && control->call(QStringLiteral("status")));
        // Those it was given it leaves.
        broker.terminate();
        QVERIFY(broker.waitForFinished());
        QCOMPARE(broker.exitCode(), 0);
        QVERIFY(QFile::exists(m_paths.brokerSocket()));
        QVERIFY(QFile::exists(m_paths.controlSocket()));
    }

    void aPrivateOneLeavesNothing()
    {
        {
            auto broker = PrivateBroker::start();
            QVERIFY(broker);
            const auto status = broker->client().call(QStringLiteral("status"));
            QVERIFY(status);
            QCOMPARE(status->value(QLatin1StringView("policy")).toString(),
                     QStringLiteral("allow"));
        }
        QVERIFY(QDir(m_dir->path()).isEmpty());
    }

    void saysWhatIsWrongWithItsOptions()
    {
        QProcess broker;
        broker.start(m_program, {QStringLiteral("--vault"), QStringLiteral("shoebox")});
        QVERIFY(broker.waitForFinished());
        QCOMPARE(broker.exitCode(), 2);
        QVERIFY(broker.readAllStandardError().contains("shoebox"));
    }

private:
    /// The XDG directories of a session that shares nothing but the data with others.
    struct Place
    {
        Place(const QTemporaryDir &dir, const char *name)
            : environment(QProcessEnvironment::systemEnvironment())
            , paths(Paths::under(dir.path()))
        {
            const QString runtime = dir.filePath(QString::fromLatin1(name));
            QDir().mkpath(runtime);
            environment.remove(QStringLiteral("CHATELAINE_HOME"));
            environment.insert(QStringLiteral("XDG_CONFIG_HOME"), dir.path());
            environment.insert(QStringLiteral("XDG_DATA_HOME"), dir.path());
            environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), runtime);
            paths.dataDir = dir.filePath(QStringLiteral("chatelaine"));
            paths.runtimeDir = runtime + QStringLiteral("/chatelaine");
        }
        QProcessEnvironment environment;
        Paths paths;
    };

    void shutDown()
    {
        auto client = BrokerClient::connectTo(m_paths.controlSocket());
        QVERIFY(client && client->call(QStringLiteral("shutdown")));
        // It hangs up when it has gone.
        while (client->receive(30'000)) { }
        QTRY_VERIFY(!BrokerClient::connectTo(m_paths.controlSocket()));
    }

    QString m_program;
    std::optional<QTemporaryDir> m_dir;
    Paths m_paths;
};

QTEST_GUILESS_MAIN(ProgramTest)
#include "ProgramTest.moc"
