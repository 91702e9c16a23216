// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Descriptor.h"
#include "core/base/Paths.h"
#include "core/client/BrokerClient.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <array>
#include <atomic>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace chatelaine;

namespace {

QString program(const char *name)
{
    return qEnvironmentVariable("CHATELAINE_BIN") + u'/' + QString::fromLatin1(name);
}

/// What systemd does with the units of resources/systemd: listens, and while no broker of its own
/// runs starts one when somebody connects. In a thread, which nobody that waits here holds up.
class ServiceManager
{
public:
    explicit ServiceManager(const Paths &paths)
        : m_wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
    {
        if (!ensurePrivateDirectory(paths.runtimeDir))
            qFatal("There is no folder.");
        m_sockets = {listenAt(paths.brokerSocket()), listenAt(paths.controlSocket())};
        m_thread = std::thread([this] { run(); });
    }
    ~ServiceManager()
    {
        m_wanted = Wanted::End;
        wake();
        m_thread.join();
    }
    Q_DISABLE_COPY_MOVE(ServiceManager)

    void restart()
    {
        m_wanted = Wanted::Restart;
        wake();
    }
    pid_t pid() const { return m_pid; } ///< 0: none runs
    int starts() const { return m_starts; }
    /// Of those that have ended, how many were not in order.
    int failures() const { return m_failures; }

private:
    enum class Wanted { Nothing, Restart, End };

    static Descriptor listenAt(const QString &path)
    {
        sockaddr_un address = {};
        address.sun_family = AF_UNIX;
        std::strncpy(
            address.sun_path, QFile::encodeName(path).constData(), sizeof(address.sun_path) - 1);
        const Descriptor made(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
        if (::bind(made.get(), reinterpret_cast<sockaddr *>(&address), sizeof(address)) != 0
            || ::listen(made.get(), SOMAXCONN) != 0)
            qFatal("The place is taken.");
        // Out of the way of the numbers it has in the broker.
        return Descriptor(::fcntl(made.get(), F_DUPFD_CLOEXEC, 10));
    }

    void wake() { ::eventfd_write(m_wake.get(), 1); }

    void start()
    {
        posix_spawn_file_actions_t actions;
        ::posix_spawn_file_actions_init(&actions);
        for (size_t i = 0; i < m_sockets.size(); ++i)
            ::posix_spawn_file_actions_adddup2(
                &actions, m_sockets[i].get(), static_cast<int>(3 + i));
        ::posix_spawn_file_actions_addclosefrom_np(&actions, 5);
        QByteArray broker = QFile::encodeName(program("chatelaine-broker"));
        QByteArray script("LISTEN_PID=$$ LISTEN_FDS=2 LISTEN_FDNAMES=broker:control exec \"$0\"");
        QByteArray shell("/bin/sh");
        QByteArray option("-c");
        char *const argv[] = {shell.data(), option.data(), script.data(), broker.data(), nullptr};
        pid_t pid = 0;
        if (::posix_spawn(&pid, shell.constData(), &actions, nullptr, argv, environ) != 0)
            qFatal("There is no shell.");
        ::posix_spawn_file_actions_destroy(&actions);
        m_ended = Descriptor(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
        m_pid = pid;
        ++m_starts;
    }

    void reap()
    {
        int status = 0;
        ::waitpid(m_pid, &status, 0);
        if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
            ++m_failures;
        m_ended.reset();
        m_pid = 0;
    }

    void run()
    {
        for (bool again = false;;) {
            if (m_pid == 0 && m_wanted == Wanted::End)
                return;
            if (m_pid == 0 && std::exchange(again, false))
                start();
            const bool idle = m_pid == 0;
            std::array<pollfd, 4> fds{pollfd{m_wake.get(), POLLIN, 0},
                pollfd{m_ended.get(), POLLIN, 0}, pollfd{idle ? m_sockets[0].get() : -1, POLLIN, 0},
                pollfd{idle ? m_sockets[1].get() : -1, POLLIN, 0}};
            ::poll(fds.data(), fds.size(), -1);
            eventfd_t count = 0;
            if (::eventfd_read(m_wake.get(), &count) == 0 && m_pid != 0) {
                again = m_wanted == Wanted::Restart;
                ::kill(m_pid, SIGTERM);
            }
            if (fds[1].revents != 0)
                reap();
            else if (fds[2].revents != 0 || fds[3].revents != 0)
                start();
        }
    }

    Descriptor m_wake;
    std::array<Descriptor, 2> m_sockets;
    Descriptor m_ended; ///< pidfd of the broker
    std::atomic<pid_t> m_pid = 0;
    std::atomic<int> m_starts = 0;
    std::atomic<int> m_failures = 0;
    std::atomic<Wanted> m_wanted = Wanted::Nothing;
    std::thread m_thread;
};

} // namespace

/// The installed programs where systemd has the sockets.
class HandOverTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_home.emplace();
        qputenv("CHATELAINE_HOME", QFile::encodeName(m_home->path()));
        m_paths = Paths::under(m_home->path());
    }

    void theWindowTakesOver_data()
    {
        QTest::addColumn<bool>("serves");
        QTest::newRow("from a broker that serves") << true;
        QTest::newRow("where nobody serves yet") << false;
    }

    void theWindowTakesOver()
    {
        QFETCH(const bool, serves);
        ServiceManager systemd(m_paths);
        const QList<ino_t> files = socketFiles();
        if (serves) {
            const pid_t serving = brokerPid();
            QVERIFY(serving > 0);
            QCOMPARE(serving, systemd.pid());
        }
        QProcess gui;
        start(gui, "chatelaine-gui");
        QTRY_COMPARE_WITH_TIMEOUT(brokerPid(), pid_t(gui.processId()), 20'000);
        QVERIFY(client::BrokerClient::connectTo(m_paths.brokerSocket())
                    ->call(QStringLiteral("hello"), {}, {}, 5000));
        // systemd sees its broker run, and does nothing when somebody connects.
        const pid_t first = systemd.pid();
        QVERIFY(first > 0);
        QCOMPARE(systemd.starts(), 1);

        endOrderly(gui);
        QTRY_VERIFY(systemd.pid() != first);
        QTRY_COMPARE_WITH_TIMEOUT(brokerPid(), systemd.pid(), 20'000);
        QVERIFY(systemd.pid() > 0);
        QCOMPARE(systemd.starts(), 2);
        QCOMPARE(systemd.failures(), 0);
        QCOMPARE(socketFiles(), files);
    }

    void whoIsStartedMeanwhileWaitsForItsTurn()
    {
        ServiceManager systemd(m_paths);
        QProcess gui;
        start(gui, "chatelaine-gui");
        QTRY_COMPARE_WITH_TIMEOUT(brokerPid(), pid_t(gui.processId()), 20'000);
        for (const int starts : {2, 3}) {
            systemd.restart();
            QTRY_COMPARE(systemd.starts(), starts);
            QTRY_VERIFY(waitsForALock(systemd.pid()));
            QCOMPARE(brokerPid(), pid_t(gui.processId()));
        }
        endOrderly(gui);
        QTRY_COMPARE_WITH_TIMEOUT(brokerPid(), systemd.pid(), 20'000);
        QCOMPARE(systemd.starts(), 3);
        QCOMPARE(systemd.failures(), 0);
    }

    void whoIsStartedByHandSaysWhoHasTheSockets()
    {
        ServiceManager systemd(m_paths);
        QProcess second;
        start(second, "chatelaine-broker");
        QVERIFY(second.waitForFinished(20'000));
        QCOMPARE(second.exitCode(), 1);
        const QByteArray said = second.readAllStandardError();
        QVERIFY2(said.contains("systemctl --user stop chatelaine-broker.socket"), said.constData());
        QVERIFY2(!said.contains("Another broker"), said.constData());
        QTRY_COMPARE_WITH_TIMEOUT(brokerPid(), systemd.pid(), 20'000);
        QCOMPARE(systemd.failures(), 0);
    }

private:
    static void start(QProcess &process, const char *name)
    {
        process.start(program(name), {});
        QVERIFY(process.waitForStarted());
    }

    static void endOrderly(QProcess &process)
    {
        process.terminate();
        QVERIFY(process.waitForFinished(10'000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 0);
    }

    /// proc_locks(5)
    static bool waitsForALock(pid_t pid)
    {
        QFile locks(QStringLiteral("/proc/locks"));
        const QByteArray all = locks.open(QIODevice::ReadOnly) ? locks.readAll() : QByteArray();
        const QList<QByteArray> lines = all.split('\n');
        return std::any_of(lines.cbegin(), lines.cend(), [pid](const QByteArray &line) {
            return line.contains("-> FLOCK") && line.contains(' ' + QByteArray::number(pid) + ' ');
        });
    }

    QList<ino_t> socketFiles() const
    {
        QList<ino_t> all;
        for (const QString &path : {m_paths.brokerSocket(), m_paths.controlSocket()}) {
            struct stat info = {};
            ::lstat(QFile::encodeName(path).constData(), &info);
            all.append(info.st_ino);
        }
        return all;
    }

    /// Which process answers at the control socket; 0 when none does.
    pid_t brokerPid() const
    {
        auto client = client::BrokerClient::connectTo(m_paths.controlSocket());
        if (!client)
            return 0;
        const auto status = client->call(QStringLiteral("status"), {}, {}, 5000);
        return status ? static_cast<pid_t>(status->value(QLatin1StringView("pid")).toInteger()) : 0;
    }

    std::optional<QTemporaryDir> m_home;
    Paths m_paths;
};

QTEST_GUILESS_MAIN(HandOverTest)
#include "HandOverTest.moc"
