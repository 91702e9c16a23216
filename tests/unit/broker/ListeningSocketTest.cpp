// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Paths.h"
#include "core/broker/ListeningSocket.h"
#include "core/client/BrokerClient.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace chatelaine;
using namespace chatelaine::broker;

class ListeningSocketTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_dir.emplace(); }

    void listensForOneUser()
    {
        const auto socket = ListeningSocket::bind(path());
        QVERIFY(socket);
        struct stat info = {};
        QCOMPARE(::lstat(QFile::encodeName(path()).constData(), &info), 0);
        QVERIFY(S_ISSOCK(info.st_mode));
        QCOMPARE(info.st_mode & 0777, 0600U);
        QVERIFY(client::BrokerClient::connectTo(path()));
        QVERIFY((*socket)->accept() >= 0);
        QCOMPARE((*socket)->accept(), -1);
    }

    void leavesNothingBehind()
    {
        {
            const auto socket = ListeningSocket::bind(path());
            QVERIFY(socket);
        }
        QVERIFY(!exists());
    }

    void removesItsOwnFileOnly()
    {
        auto first = ListeningSocket::bind(path());
        QVERIFY(first);
        QVERIFY(QFile::remove(path()));
        const auto second = ListeningSocket::bind(path());
        QVERIFY(second);
        first->reset();
        QVERIFY(exists());
        QVERIFY(client::BrokerClient::connectTo(path()));
    }

    void replacesAStaleSocket()
    {
        leaveStaleSocket();
        const auto socket = ListeningSocket::bind(path());
        QVERIFY(socket);
        QVERIFY(client::BrokerClient::connectTo(path()));
    }

    void doesNotReplaceALiveOne()
    {
        const auto first = ListeningSocket::bind(path());
        QVERIFY(first);
        const auto second = ListeningSocket::bind(path());
        QVERIFY(!second);
        QCOMPARE(second.error().code, ErrorCode::AlreadyExists);
        QVERIFY(second.error().message.startsWith(QStringLiteral("Another broker")));
        QVERIFY(client::BrokerClient::connectTo(path()));
    }

    void touchesNothingThatIsNoSocket()
    {
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("precious");
        file.close();
        const auto socket = ListeningSocket::bind(path());
        QVERIFY(!socket);
        QCOMPARE(socket.error().code, ErrorCode::InvalidInput);
        QCOMPARE(QFileInfo(path()).size(), 8);
    }

    void doesNotFollowALink()
    {
        const QString elsewhere = m_dir->filePath(QStringLiteral("elsewhere"));
        QVERIFY(QFile::link(elsewhere, path()));
        QVERIFY(!ListeningSocket::bind(path()));
        QVERIFY(!QFileInfo::exists(elsewhere));
    }

    void refusesPathsThatCannotBe_data()
    {
        QTest::addColumn<QString>("where");
        QTest::newRow("relative") << QStringLiteral("broker.sock");
        QTest::newRow("too long") << QString(u'/' + QString(200, u'x'));
        QTest::newRow("empty") << QString();
    }

    void refusesPathsThatCannotBe()
    {
        QFETCH(QString, where);
        const auto socket = ListeningSocket::bind(where);
        QVERIFY(!socket);
        QCOMPARE(socket.error().code, ErrorCode::InvalidInput);
    }

    void theLockIsForOne()
    {
        const QString file = m_dir->filePath(QStringLiteral("lock"));
        {
            const auto first = BrokerLock::acquire(file);
            QVERIFY(first);
            const auto second = BrokerLock::acquire(file);
            QVERIFY(!second);
            QCOMPARE(second.error().code, ErrorCode::AlreadyExists);
        }
        QVERIFY(BrokerLock::acquire(file));
    }

    void takesOverWhatSystemdMade()
    {
        auto made = ListeningSocket::bind(path());
        QVERIFY(made);
        const int passed = ::dup((*made)->fd());
        {
            const auto socket = ListeningSocket::adopt(passed, path());
            QVERIFY(socket);
            QVERIFY(client::BrokerClient::connectTo(path()));
            QVERIFY((*socket)->accept() >= 0);
        }
        // The socket unit's file is not ours to remove.
        QVERIFY(exists());
    }

    void takesOverListeningSocketsOnly()
    {
        int pair[2];
        QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair), 0);
        QVERIFY(!ListeningSocket::adopt(pair[0], path()));
        ::close(pair[0]);
        ::close(pair[1]);
    }

    void readsTheActivationOfThisProcess()
    {
        qputenv("LISTEN_PID", QByteArray::number(::getpid()));
        qputenv("LISTEN_FDS", "2");
        qputenv("LISTEN_FDNAMES", "broker:control");
        const QHash<QString, int> sockets = takeActivatedSockets();
        QCOMPARE(sockets.size(), 2);
        QCOMPARE(sockets.value(QStringLiteral("broker")), 3);
        QCOMPARE(sockets.value(QStringLiteral("control")), 4);
        QVERIFY(!qEnvironmentVariableIsSet("LISTEN_FDS"));

        qputenv("LISTEN_PID", QByteArray::number(::getpid() + 1));
        qputenv("LISTEN_FDS", "2");
        QVERIFY(takeActivatedSockets().isEmpty());
        QVERIFY(!qEnvironmentVariableIsSet("LISTEN_PID"));
    }

private:
    QString path() const { return m_dir->filePath(QStringLiteral("broker.sock")); }
    bool exists() const
    {
        struct stat info = {};
        return ::lstat(QFile::encodeName(path()).constData(), &info) == 0;
    }
    void leaveStaleSocket()
    {
        // As a killed broker leaves it: nobody unlinks.
        const pid_t child = ::fork();
        if (child == 0) {
            const auto socket = ListeningSocket::bind(path());
            ::_exit(socket ? 0 : 1);
        }
        int status = -1;
        ::waitpid(child, &status, 0);
        QCOMPARE(status, 0);
        QVERIFY(exists());
        QVERIFY(!client::BrokerClient::connectTo(path()));
    }

    std::optional<QTemporaryDir> m_dir;
};

QTEST_GUILESS_MAIN(ListeningSocketTest)
#include "ListeningSocketTest.moc"
