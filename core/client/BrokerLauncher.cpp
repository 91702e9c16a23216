// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/client/BrokerLauncher.h"

#include "core/base/Descriptor.h"

#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

#include <array>
#include <cerrno>
#include <chrono>
#include <climits>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>
#include <vector>

extern char **environ;

namespace chatelaine::client {

namespace {

constexpr int startTimeoutMs = 20'000;
constexpr int readyFd = 3; ///< in the broker
constexpr int connectionFd = 3; ///< in a private broker

tl::unexpected<Error> notStarted(const QString &why)
{
    return failure(ErrorCode::BrokerUnavailable,
                   QStringLiteral("The broker could not be started: %1").arg(why));
}

QString reasonOf(int error)
{
    return QString::fromLocal8Bit(std::strerror(error));
}

// What a child gets: stdin and stdout closed to it, its stderr, and one more descriptor as number 3.
struct Inheritance
{
    int stderrFd = -1; ///< -1: /dev/null
    int third = -1;
};

// posix_spawn rather than fork: nothing of this process is copied, and no code runs between.
Result<pid_t> spawn(const QString &program, std::vector<QByteArray> arguments,
                    const Inheritance &inheritance)
{
    const QByteArray path = QFile::encodeName(program);
    std::vector<char *> argv;
    argv.reserve(arguments.size() + 2);
    QByteArray name = path;
    argv.push_back(name.data());
    for (QByteArray &argument : arguments)
        argv.push_back(argument.data());
    argv.push_back(nullptr);

    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawnattr_init(&attributes);
    // Number 3 first: it may be one of those replaced below. (A dup2 onto itself clears FD_CLOEXEC.)
    ::posix_spawn_file_actions_adddup2(&actions, inheritance.third, 3);
    if (inheritance.stderrFd >= 0)
        ::posix_spawn_file_actions_adddup2(&actions, inheritance.stderrFd, STDERR_FILENO);
    else
        ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    ::posix_spawn_file_actions_addclosefrom_np(&actions, 4);
    sigset_t none;
    sigset_t all;
    ::sigemptyset(&none);
    ::sigfillset(&all);
    ::posix_spawnattr_setsigmask(&attributes, &none);
    ::posix_spawnattr_setsigdefault(&attributes, &all);
    // A session of its own: Ctrl-C on the terminal is for the command, not for the broker.
    ::posix_spawnattr_setflags(&attributes, static_cast<short>(POSIX_SPAWN_SETSID
                                                               | POSIX_SPAWN_SETSIGMASK
                                                               | POSIX_SPAWN_SETSIGDEF));
    pid_t pid = -1;
    const int error =
        ::posix_spawn(&pid, path.constData(), &actions, &attributes, argv.data(), environ);
    ::posix_spawnattr_destroy(&attributes);
    ::posix_spawn_file_actions_destroy(&actions);
    if (error != 0)
        return notStarted(QStringLiteral("%1: %2.").arg(program, reasonOf(error)));
    return pid;
}

// One of a pipe's or pair's ends must not be 0 to 3, or spawn() would overwrite it before use.
Descriptor above(int fd)
{
    const int moved = ::fcntl(fd, F_DUPFD_CLOEXEC, 10);
    ::close(fd);
    return Descriptor(moved);
}

Result<std::pair<Descriptor, Descriptor>> makePipe()
{
    std::array<int, 2> ends {};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        return notStarted(reasonOf(errno));
    return std::pair(above(ends[0]), above(ends[1]));
}

Result<QString> findProgram()
{
    const QString program = brokerProgram();
    if (program.isEmpty()) {
        return notStarted(QStringLiteral("chatelaine-broker is neither beside this program nor in "
                                         "PATH. Install it or set PATH."));
    }
    return program;
}

// What the broker says about its start: "ready", or "error: a sentence". What it (or the dynamic
// linker) wrote to stderr stands in when it said nothing.
Result<void> awaitReady(int readySide, int stderrSide)
{
    QByteArray said;
    QByteArray complaint;
    std::array<pollfd, 2> fds {pollfd {readySide, POLLIN, 0}, pollfd {stderrSide, POLLIN, 0}};
    const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(startTimeoutMs);
    while (!said.contains('\n')) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(
            end - std::chrono::steady_clock::now());
        const int ready = ::poll(fds.data(), fds.size(), qMax(0, static_cast<int>(left.count())));
        if (ready < 0 && errno == EINTR)
            continue;
        if (ready <= 0)
            return notStarted(QStringLiteral("it did not say that it is ready."));
        for (size_t i = 0; i < fds.size(); ++i) {
            if (fds[i].revents == 0)
                continue;
            std::array<char, 4096> chunk;
            const ssize_t count = ::read(fds[i].fd, chunk.data(), chunk.size());
            if (count > 0)
                (i == 0 ? said : complaint).append(chunk.data(), count);
            else if (count == 0 || errno != EINTR)
                fds[i].fd = -1;
        }
        if (fds[0].fd < 0 && fds[1].fd < 0)
            break;
    }
    said = said.left(said.indexOf('\n')).trimmed();
    if (said == "ready")
        return {};
    const QByteArray prefix = "error: ";
    if (said.startsWith(prefix)) {
        const QString sentence = QString::fromUtf8(said.sliced(prefix.size()));
        // Another one was quicker: that is as good.
        if (sentence.startsWith(QStringLiteral("Another broker")))
            return failure(ErrorCode::AlreadyExists, sentence);
        return failure(ErrorCode::BrokerUnavailable, sentence);
    }
    const QString last = QString::fromLocal8Bit(complaint.trimmed()).section(u'\n', -1);
    return notStarted(last.isEmpty() ? QStringLiteral("it ended without a word.") : last);
}

Result<void> startShared()
{
    const Result<QString> program = findProgram();
    if (!program)
        return failure(program.error());
    auto ready = makePipe();
    if (!ready)
        return failure(ready.error());
    auto complaints = makePipe();
    if (!complaints)
        return failure(complaints.error());
    const Result<pid_t> pid =
        spawn(*program, {"--on-demand", "--ready-fd", QByteArray::number(readyFd)},
              {complaints->second.get(), ready->second.get()});
    if (!pid)
        return failure(pid.error());
    ready->second.reset();
    complaints->second.reset();
    const Result<void> outcome = awaitReady(ready->first.get(), complaints->first.get());
    if (!outcome) {
        int status = 0;
        ::waitpid(*pid, &status, WNOHANG);
    }
    return outcome;
}

QString socketOf(const Paths &paths, Socket which)
{
    return which == Socket::Control ? paths.controlSocket() : paths.brokerSocket();
}

// What the broker that holds the data has written down; of one that has gone, where it was.
QString runtimeDirOfHolder(const Paths &paths)
{
    const QByteArray name = QFile::encodeName(paths.dataLockFile());
    const Descriptor file(::open(name.constData(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    std::array<char, PATH_MAX> said;
    const ssize_t length = file.get() < 0 ? 0 : ::read(file.get(), said.data(), said.size());
    const QByteArray line = QByteArray(said.data(), qMax<ssize_t>(length, 0)).trimmed();
    return line.startsWith('/') ? QFile::decodeName(line) : QString();
}

} // namespace

QString brokerProgram()
{
    const QString name = QStringLiteral("chatelaine-broker");
    const QString self = QFile::symLinkTarget(QStringLiteral("/proc/self/exe"));
    const QString beside = QFileInfo(self).path() + u'/' + name;
    if (!self.isEmpty() && ::access(QFile::encodeName(beside).constData(), X_OK) == 0)
        return beside;
    return QStandardPaths::findExecutable(name);
}

Result<BrokerClient> connectToRunning(const Paths &paths, Socket which)
{
    Result<BrokerClient> client = BrokerClient::connectTo(socketOf(paths, which));
    if (client || client.error().code != ErrorCode::BrokerUnavailable)
        return client;
    Paths others = paths;
    others.runtimeDir = runtimeDirOfHolder(paths);
    if (others.runtimeDir.isEmpty() || others.runtimeDir == paths.runtimeDir)
        return client;
    Result<BrokerClient> other = BrokerClient::connectTo(socketOf(others, which));
    return other ? std::move(other) : std::move(client);
}

Result<BrokerClient> connectOrStart(const Paths &paths, Socket which)
{
    Result<BrokerClient> client = connectToRunning(paths, which);
    if (client || client.error().code != ErrorCode::BrokerUnavailable)
        return client;

    if (const Result<void> directory = ensurePrivateDirectory(paths.runtimeDir); !directory)
        return failure(directory.error());
    // One starts, the others wait here until it is done and find its broker.
    const QString lockPath = paths.runtimeDir + QStringLiteral("/start.lock");
    const Descriptor lock(::open(QFile::encodeName(lockPath).constData(),
                                 O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (lock.get() < 0)
        return notStarted(QStringLiteral("%1: %2.").arg(lockPath, reasonOf(errno)));
    while (::flock(lock.get(), LOCK_EX) != 0 && errno == EINTR) { }
    client = connectToRunning(paths, which);
    if (client)
        return client;

    const Result<void> started = startShared();
    if (!started && started.error().code != ErrorCode::AlreadyExists)
        return failure(started.error());
    client = connectToRunning(paths, which);
    // A broker that systemd or a person starts at this moment holds its lock before it listens.
    for (int attempt = 0; !client && !started && attempt < 100; ++attempt) {
        ::poll(nullptr, 0, 50);
        client = connectToRunning(paths, which);
    }
    if (!client && !started)
        return failure(ErrorCode::BrokerUnavailable, started.error().message);
    return client;
}

Result<PrivateBroker> PrivateBroker::start()
{
    const Result<QString> program = findProgram();
    if (!program)
        return failure(program.error());
    std::array<int, 2> ends {};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
        return notStarted(reasonOf(errno));
    Descriptor ours = above(ends[0]);
    const Descriptor theirs = above(ends[1]);
    const bool loud = qEnvironmentVariableIsSet("CHATELAINE_DEBUG");
    const Result<pid_t> pid = spawn(
        *program, {"--private", "--connection-fd", QByteArray::number(connectionFd)},
        {loud ? STDERR_FILENO : -1, theirs.get()});
    if (!pid)
        return failure(pid.error());
    return PrivateBroker(BrokerClient::adopt(ours.release()), *pid);
}

PrivateBroker::PrivateBroker(BrokerClient client, pid_t pid)
    : m_client(std::move(client))
    , m_pid(pid)
{
}

PrivateBroker::PrivateBroker(PrivateBroker &&other) noexcept
    : m_client(std::move(other.m_client))
    , m_pid(std::exchange(other.m_pid, -1))
{
}

PrivateBroker::~PrivateBroker()
{
    if (m_pid <= 0)
        return;
    m_client.close();
    const Descriptor process(static_cast<int>(::syscall(SYS_pidfd_open, m_pid, 0)));
    pollfd one {process.get(), POLLIN, 0};
    if (process.get() >= 0 && ::poll(&one, 1, 2000) <= 0)
        ::kill(m_pid, SIGKILL);
    int status = 0;
    while (::waitpid(m_pid, &status, 0) < 0 && errno == EINTR) { }
}

} // namespace chatelaine::client
