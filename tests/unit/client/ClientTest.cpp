// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/client/BrokerClient.h"
#include "core/client/BrokerLauncher.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <thread>
#include <unistd.h>

using namespace chatelaine;
using namespace chatelaine::client;

namespace {

// The other end of a pair: hears one line, then says what it was given and hangs up.
class Script
{
public:
    explicit Script(QByteArray answer, bool listens = true)
    {
        int ends[2];
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
            qFatal("socketpair");
        m_client = ends[0];
        m_thread = std::thread([this, fd = ends[1], answer, listens] {
            char c = 0;
            while (listens && c != '\n' && ::read(fd, &c, 1) == 1)
                m_heard.append(c);
            // In small pieces, so that lines arrive torn.
            for (qsizetype i = 0; i < answer.size(); i += 7) {
                const QByteArray piece = answer.mid(i, 7);
                if (::send(fd, piece.constData(), static_cast<size_t>(piece.size()), MSG_NOSIGNAL)
                    < 0)
                    break;
            }
            ::close(fd);
        });
    }
    ~Script() { m_thread.join(); }
    Q_DISABLE_COPY_MOVE(Script)

    BrokerClient client() const { return BrokerClient::adopt(m_client); }
    QByteArray heard()
    {
        return m_heard;
    }

private:
    int m_client = -1;
    QByteArray m_heard;
    std::thread m_thread;
};

} // namespace

class ClientTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void callsAndGetsItsAnswer()
    {
        Script script("{\"jsonrpc\":\"2.0\",\"method\":\"progress\",\"params\":{\"step\":\"a\"}}\n"
                      "{\"jsonrpc\":\"2.0\",\"id\":9,\"result\":{\"other\":1}}\n"
                      "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"x\":\"y\"}}\n");
        BrokerClient client = script.client();
        QStringList steps;
        const auto notify = [&](const QString &method, const QJsonObject &params) {
            steps.append(method + u' ' + params.value(QLatin1StringView("step")).toString());
        };
        const Result<QJsonObject> result =
            client.call(QStringLiteral("ping"), {{QStringLiteral("a"), 1}}, notify);
        QVERIFY(result);
        QCOMPARE(result->value(QLatin1StringView("x")).toString(), QStringLiteral("y"));
        QCOMPARE(steps, QStringList {QStringLiteral("progress a")});
        QCOMPARE(script.heard(), QByteArray("{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"ping\","
                                            "\"params\":{\"a\":1}}\n"));
        // The answer to another request is kept for whoever waits for it.
        const auto other = client.receive(0);
        QVERIFY(other && *other);
        QCOMPARE((*other)->id, 9);
    }

    void givesTheBrokersError()
    {
        Script script("{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32002,\"message\":\"m\","
                      "\"data\":{\"message\":\"Sign in.\",\"code\":\"sign_in_needed\","
                      "\"server\":\"s\"}}}\n");
        BrokerClient client = script.client();
        const auto result = client.call(QStringLiteral("token/get"));
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::SignInNeeded);
        QCOMPARE(result.error().message, QStringLiteral("Sign in."));
        QCOMPARE(result.error().data.value(QLatin1StringView("server")).toString(),
                 QStringLiteral("s"));
    }

    void saysWhyItWasTurnedAway()
    {
        Script script("{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32007,\"message\":"
                      "\"Full.\"}}\n",
                      false);
        BrokerClient client = script.client();
        const auto result = client.call(QStringLiteral("hello"));
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::TooManyRequests);
    }

    /// Before the request was sent, too.
    void saysWhyNobodyHearsIt()
    {
        int ends[2];
        QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
        BrokerClient client = BrokerClient::adopt(ends[0]);
        const QByteArray said = "{\"jsonrpc\":\"2.0\",\"method\":\"broker/locked\",\"params\":{}}\n"
                                "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32007,"
                                "\"message\":\"Full.\"}}\n";
        QCOMPARE(::write(ends[1], said.constData(), static_cast<size_t>(said.size())), said.size());
        ::close(ends[1]);
        const Result<qint64> sent = client.send(QStringLiteral("status"));
        QVERIFY(!sent);
        QCOMPARE(sent.error().code, ErrorCode::TooManyRequests);
        QCOMPARE(sent.error().message, QStringLiteral("Full."));
    }

    void saysWhenTheBrokerIsGone_data()
    {
        QTest::addColumn<QByteArray>("said");
        QTest::addColumn<ErrorCode>("code");
        QTest::newRow("nothing") << QByteArray() << ErrorCode::BrokerUnavailable;
        QTest::newRow("half a line") << QByteArray("{\"jsonrpc\"") << ErrorCode::BrokerUnavailable;
        QTest::newRow("something else") << QByteArray("HTTP/1.1 400 Bad Request\n")
                                        << ErrorCode::ProtocolViolation;
    }

    void saysWhenTheBrokerIsGone()
    {
        QFETCH(QByteArray, said);
        QFETCH(ErrorCode, code);
        Script script(said);
        BrokerClient client = script.client();
        const auto result = client.call(QStringLiteral("hello"));
        QVERIFY(!result);
        QCOMPARE(result.error().code, code);
    }

    void outlivesABrokerThatHangsUp()
    {
        int ends[2];
        QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
        BrokerClient client = BrokerClient::adopt(ends[0]);
        ::close(ends[1]);
        const auto result = client.call(QStringLiteral("hello"));
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::BrokerUnavailable);
    }

    void waitsNoLongerThanItIsTold()
    {
        int ends[2];
        QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
        BrokerClient client = BrokerClient::adopt(ends[0]);
        const auto nothing = client.receive(0);
        QVERIFY(nothing && !*nothing);
        const auto result = client.call(QStringLiteral("hello"), {}, {}, 10);
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::TimedOut);
        ::close(ends[1]);
    }

    void nobodyListens()
    {
        QTemporaryDir dir;
        const auto none = BrokerClient::connectTo(dir.filePath(QStringLiteral("none")));
        QVERIFY(!none);
        QCOMPARE(none.error().code, ErrorCode::BrokerUnavailable);
        const auto tooLong = BrokerClient::connectTo(QString(300, u'x'));
        QVERIFY(!tooLong);
        QCOMPARE(tooLong.error().code, ErrorCode::InvalidInput);
    }

    void aBrokerThatDoesNotStartSaysWhy_data()
    {
        QTest::addColumn<QByteArray>("program");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("its own sentence")
            << QByteArray("echo 'error: The database is newer.' >&3")
            << QStringLiteral("The database is newer.");
        QTest::newRow("its last words")
            << QByteArray("echo first >&2; echo 'libX.so is missing' >&2; exit 127")
            << QStringLiteral("The broker could not be started: libX.so is missing");
        QTest::newRow("nothing") << QByteArray("exit 1")
                                 << QStringLiteral("The broker could not be started: it ended "
                                                   "without a word.");
    }

    void aBrokerThatDoesNotStartSaysWhy()
    {
        QFETCH(QByteArray, program);
        QFETCH(QString, sentence);
        QTemporaryDir dir;
        install(dir, program);
        const auto client = connectOrStart(Paths::under(dir.filePath(QStringLiteral("home"))),
                                           Socket::Control);
        QVERIFY(!client);
        QCOMPARE(client.error().code, ErrorCode::BrokerUnavailable);
        QCOMPARE(client.error().message, sentence);
    }

    void startsABrokerApart()
    {
        QTemporaryDir dir;
        const QString report = dir.filePath(QStringLiteral("report"));
        // What it was told, what it inherited, and whose session it is in.
        install(dir,
                "echo \"$@\" > '" + QFile::encodeName(report)
                    + "'\nls /proc/self/fd | tr '\\n' ' ' >> '" + QFile::encodeName(report)
                    + "'\ncut -d' ' -f6 /proc/$$/stat >> '" + QFile::encodeName(report)
                    + "'\necho $$ >> '" + QFile::encodeName(report) + "'\necho 'error: x' >&3");
        const int leak = ::fcntl(STDERR_FILENO, F_DUPFD, 50);
        QVERIFY(leak >= 50);
        QVERIFY(!connectOrStart(Paths::under(dir.filePath(QStringLiteral("home"))),
                                Socket::Borrow));
        ::close(leak);
        QFile file(report);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QList<QByteArray> lines = file.readAll().trimmed().split('\n');
        QCOMPARE(lines.value(0), QByteArray("--on-demand --ready-fd 3"));
        // ls itself has one more open, on the directory.
        const QList<QByteArray> fds = lines.value(1).split(' ');
        for (const char *fd : {"0", "1", "2", "3"})
            QVERIFY2(fds.contains(fd), lines.value(1).constData());
        QVERIFY(!fds.contains(QByteArray::number(leak)));
        QVERIFY(lines.value(1).endsWith(lines.value(2)));
    }

    void aPrivateBrokerEndsWithItsConnection()
    {
        QTemporaryDir dir;
        install(dir, "cat <&3 >/dev/null");
        pid_t pid = -1;
        {
            auto broker = PrivateBroker::start();
            QVERIFY(broker);
            pid = broker->pid();
            QCOMPARE(::kill(pid, 0), 0);
            QVERIFY(broker->client().send(QStringLiteral("hello")));
        }
        QCOMPARE(::kill(pid, 0), -1);
    }

    void thereIsNoBrokerAnywhere()
    {
        QTemporaryDir dir;
        qputenv("PATH", QFile::encodeName(dir.path()));
        QCOMPARE(brokerProgram(), QString());
        const auto client = PrivateBroker::start();
        QVERIFY(!client);
        QCOMPARE(client.error().code, ErrorCode::BrokerUnavailable);
    }

    void init() { m_path = qgetenv("PATH"); }
    void cleanup() { qputenv("PATH", m_path); }

private:
    void install(const QTemporaryDir &dir, const QByteArray &body)
    {
        QFile file(dir.filePath(QStringLiteral("chatelaine-broker")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("#!/bin/sh\n" + body + '\n');
        file.close();
        QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
        qputenv("PATH", QFile::encodeName(dir.path()) + ':' + m_path);
    }

    QByteArray m_path;
};

QTEST_GUILESS_MAIN(ClientTest)
#include "ClientTest.moc"
