// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/broker/ListeningSocket.h"

#include "core/base/Paths.h"
#include "core/client/BrokerClient.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace chatelaine;
using namespace chatelaine::broker;

namespace {

/// No file of this process grows beyond that, as on a disk that is full.
class FileLimit
{
public:
    explicit FileLimit(int bytes)
        : m_handler(::signal(SIGXFSZ, SIG_IGN))
    {
        ::getrlimit(RLIMIT_FSIZE, &m_before);
        rlimit now = m_before;
        now.rlim_cur = static_cast<rlim_t>(bytes);
        ::setrlimit(RLIMIT_FSIZE, &now);
    }
    ~FileLimit()
    {
        ::setrlimit(RLIMIT_FSIZE, &m_before);
        ::signal(SIGXFSZ, m_handler);
    }
    Q_DISABLE_COPY_MOVE(FileLimit)

private:
    sighandler_t m_handler;
    rlimit m_before = {};
};

} // namespace

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
        const int accepted = (*socket)->accept();
        QVERIFY(accepted >= 0);
        // What the broker starts inherits no caller's connection.
        QVERIFY(::fcntl(accepted, F_GETFD) & FD_CLOEXEC);
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
        // A broker would have the lock that is taken before.
        QVERIFY(second.error().message.contains(QStringLiteral("systemctl --user stop")));
        QVERIFY(client::BrokerClient::connectTo(path()));
    }

    void doesNotReplaceOneWithAFullQueue()
    {
        sockaddr_un address = {};
        address.sun_family = AF_UNIX;
        std::strncpy(
            address.sun_path, QFile::encodeName(path()).constData(), sizeof(address.sun_path) - 1);
        const auto *const where = reinterpret_cast<const sockaddr *>(&address);
        constexpr int kind = SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK;
        const int listening = ::socket(AF_UNIX, kind, 0);
        QCOMPARE(::bind(listening, where, sizeof(address)), 0);
        QCOMPARE(::listen(listening, 0), 0);
        std::vector<int> waiting;
        do {
            waiting.push_back(::socket(AF_UNIX, kind, 0));
        } while (::connect(waiting.back(), where, sizeof(address)) == 0);
        QCOMPARE(errno, EAGAIN);
        const auto socket = ListeningSocket::bind(path());
        QVERIFY(!socket);
        QCOMPARE(socket.error().code, ErrorCode::AlreadyExists);
        QVERIFY(exists());
        waiting.push_back(listening);
        for (const int fd : waiting)
            ::close(fd);
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
        // One byte is for the zero at the end.
        QTest::newRow("too long by one")
            << QString(u'/' + QString(sizeof(sockaddr_un::sun_path) - 1, u'x'));
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

    void theLockIsNoLinkToAnotherFile()
    {
        const QString file = m_dir->filePath(QStringLiteral("lock"));
        const QString elsewhere = m_dir->filePath(QStringLiteral("elsewhere"));
        QVERIFY(QFile::link(elsewhere, file));
        QVERIFY(!BrokerLock::acquire(file));
        QVERIFY(!QFileInfo::exists(elsewhere));
    }

    void theLockSaysWhereTheBrokerIsAndNoMore()
    {
        const QString file = m_dir->filePath(QStringLiteral("lock"));
        for (const char *note : {"/run/user/1000/chatelaine", "/run"}) {
            const auto lock = BrokerLock::acquire(file, QString::fromLatin1(note));
            QVERIFY(lock);
            QFile written(file);
            QVERIFY(written.open(QIODevice::ReadOnly));
            QCOMPARE(written.readAll(), QByteArray(note));
        }
    }

    void theLockHoldsWhereItsNoteHasNoRoom_data()
    {
        QTest::addColumn<int>("room");
        QTest::newRow("none") << 0;
        QTest::newRow("for half of it") << 3;
    }
    void theLockHoldsWhereItsNoteHasNoRoom()
    {
        QFETCH(const int, room);
        const QString file = m_dir->filePath(QStringLiteral("lock"));
        {
            const FileLimit limit(room);
            const auto lock = BrokerLock::acquire(file, QStringLiteral("/run/user/1000"));
            QVERIFY2(lock, lock ? "" : qPrintable(lock.error().message));
            QCOMPARE(QFileInfo(file).size(), 0);
            QVERIFY(!BrokerLock::acquire(file));
        }
        QVERIFY(BrokerLock::acquire(file, QStringLiteral("/run/user/1000")));
        QCOMPARE(QFileInfo(file).size(), 14);
    }

    void takesOverWhatSystemdMade()
    {
        auto made = ListeningSocket::bind(path());
        QVERIFY(made);
        const int passed = ::dup((*made)->fd());
        ::fcntl(passed, F_SETFL, ::fcntl(passed, F_GETFL) & ~O_NONBLOCK);
        {
            const auto socket = ListeningSocket::adopt(passed, path());
            QVERIFY(socket);
            QVERIFY(::fcntl(passed, F_GETFD) & FD_CLOEXEC);
            QVERIFY(::fcntl(passed, F_GETFL) & O_NONBLOCK);
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

    void takesOverNoListeningSocketOfAnotherKind()
    {
        const int tcp = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in here = {};
        here.sin_family = AF_INET;
        here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        QCOMPARE(::bind(tcp, reinterpret_cast<const sockaddr *>(&here), sizeof(here)), 0);
        const int packets = ::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
        const sockaddr_un unnamed{AF_UNIX, {}};
        QCOMPARE(
            ::bind(packets, reinterpret_cast<const sockaddr *>(&unnamed), sizeof(sa_family_t)), 0);
        for (const int fd : {tcp, packets}) {
            QCOMPARE(::listen(fd, 1), 0);
            const auto socket = ListeningSocket::adopt(fd, path());
            QVERIFY(!socket);
            QCOMPARE(socket.error().code, ErrorCode::InvalidInput);
            ::close(fd);
        }
    }

    void takesOverNoListeningSocketOfAnotherPath()
    {
        const auto made = ListeningSocket::bind(path());
        QVERIFY(made);
        const QString beside = m_dir->filePath(QStringLiteral("control.sock"));
        const auto socket = ListeningSocket::adopt((*made)->fd(), beside);
        QVERIFY(!socket);
        QCOMPARE(socket.error().code, ErrorCode::InvalidInput);
        QVERIFY(socket.error().message.contains(path()));
        QVERIFY(socket.error().message.contains(beside));
        // By another name of its directory it is the same one.
        const QString link = m_dir->filePath(QStringLiteral("link"));
        QVERIFY(QFile::link(m_dir->path(), link));
        const int passed = ::dup((*made)->fd());
        QVERIFY(ListeningSocket::adopt(passed, link + QStringLiteral("/broker.sock")));
    }

    void readsTheActivationOfThisProcess()
    {
        qputenv("LISTEN_PID", QByteArray::number(::getpid()));
        qputenv("LISTEN_FDS", "2");
        qputenv("LISTEN_FDNAMES", "broker:control");
        std::vector<int> opened;
        while (opened.empty() || opened.back() <= 4)
            opened.push_back(::open("/dev/null", O_RDONLY | O_CLOEXEC));
        for (const int fd : {3, 4})
            ::fcntl(fd, F_SETFD, 0);
        const auto taken = takeActivatedSockets();
        for (const int fd : {3, 4})
            QVERIFY(::fcntl(fd, F_GETFD) & FD_CLOEXEC);
        for (const int fd : opened)
            ::close(fd);
        QVERIFY(taken);
        const QHash<QString, int> &sockets = *taken;
        QCOMPARE(sockets.size(), 2);
        QCOMPARE(sockets.value(QStringLiteral("broker")), 3);
        QCOMPARE(sockets.value(QStringLiteral("control")), 4);
        QVERIFY(!qEnvironmentVariableIsSet("LISTEN_FDS"));

        qputenv("LISTEN_PID", QByteArray::number(::getpid() + 1));
        qputenv("LISTEN_FDS", "2");
        QVERIFY(takeActivatedSockets()->isEmpty());
        QVERIFY(!qEnvironmentVariableIsSet("LISTEN_PID"));
    }

    void socketsOfOtherNamesAreRefusedAndClosed_data()
    {
        QTest::addColumn<QByteArray>("names");
        QTest::newRow("unknown") << QByteArray("unknown:unknown");
        QTest::newRow("one of them") << QByteArray("broker:chatelaine.socket");
        QTest::newRow("twice the same") << QByteArray("broker:broker");
        QTest::newRow("one too few") << QByteArray("broker");
        QTest::newRow("none") << QByteArray();
    }
    void socketsOfOtherNamesAreRefusedAndClosed()
    {
        QFETCH(const QByteArray, names);
        qputenv("LISTEN_PID", QByteArray::number(::getpid()));
        qputenv("LISTEN_FDS", "2");
        qputenv("LISTEN_FDNAMES", names);
        std::vector<int> opened;
        while (opened.empty() || opened.back() <= 4)
            opened.push_back(::open("/dev/null", O_RDONLY | O_CLOEXEC));
        const auto taken = takeActivatedSockets();
        for (const int fd : {3, 4})
            QCOMPARE(::fcntl(fd, F_GETFD), -1);
        for (const int fd : opened)
            ::close(fd);
        QVERIFY(!taken);
        QCOMPARE(taken.error().code, ErrorCode::InvalidInput);
        QVERIFY(taken.error().message.contains(QStringLiteral("FileDescriptorName=")));
        QVERIFY(!qEnvironmentVariableIsSet("LISTEN_FDNAMES"));
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
