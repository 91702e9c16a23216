// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Programs.h"

#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>
#include <vector>

extern char **environ;

namespace chatelaine::cli {

namespace {

/// Words as the system calls want them.
class WordList
{
public:
    explicit WordList(const QStringList &words)
    {
        for (const QString &word : words)
            m_bytes.push_back(word.toLocal8Bit());
        for (QByteArray &word : m_bytes)
            m_pointers.push_back(word.data());
        m_pointers.push_back(nullptr);
    }
    char *const *data() { return m_pointers.data(); }

private:
    std::vector<QByteArray> m_bytes;
    std::vector<char *> m_pointers;
};

tl::unexpected<Error> cannotStart(const QString &program)
{
    return failure(ErrorCode::Internal,
                   QStringLiteral("%1 can't be started; is Chatelaine installed whole?").arg(program));
}

} // namespace

Result<QString> findProgram(const QString &name)
{
    const QString own = QFileInfo(QStringLiteral("/proc/self/exe")).canonicalPath();
    QStringList places {own};
    places << qEnvironmentVariable("PATH").split(QLatin1Char(':'), Qt::SkipEmptyParts);
    for (const QString &place : places) {
        const QFileInfo file(place + QLatin1Char('/') + name);
        if (file.isFile() && file.isExecutable())
            return file.absoluteFilePath();
    }
    return failure(ErrorCode::Internal,
                   QStringLiteral("The program %1 is neither in %2 nor in PATH; install Chatelaine "
                                  "whole.")
                       .arg(name, own));
}

Result<void> become(const QString &name, const QStringList &arguments)
{
    const Result<QString> program = findProgram(name);
    if (!program)
        return failure(program.error());
    WordList argv(QStringList {*program} + arguments);
    ::execv(argv.data()[0], argv.data());
    return cannotStart(*program);
}

Result<Child> Child::start(const Setup &setup)
{
    int in[2] = {-1, -1};
    int out[2] = {-1, -1};
    if (::pipe2(in, O_CLOEXEC) != 0 || ::pipe2(out, O_CLOEXEC) != 0)
        return cannotStart(setup.program);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
    const QByteArray log = QFile::encodeName(setup.logFile);
    if (!log.isEmpty()) {
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, log.constData(),
                                         O_WRONLY | O_CREAT | O_APPEND, 0600);
    }
    WordList argv(QStringList {setup.program} + setup.arguments);
    QStringList variables = setup.environment;
    for (char **entry = environ; *entry; ++entry) {
        const QString variable = QString::fromLocal8Bit(*entry);
        const QString name = variable.section(QLatin1Char('='), 0, 0) + QLatin1Char('=');
        const bool replaced = std::any_of(
            setup.environment.begin(), setup.environment.end(),
            [&name](const QString &given) { return given.startsWith(name); });
        if (!replaced)
            variables << variable;
    }
    WordList environment(variables);
    // A session of its own and no blocked signals: Ctrl-C is for us, and we end it in order.
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSID);
    pid_t pid = 0;
    const int problem = ::posix_spawn(&pid, argv.data()[0], &actions, &attributes, argv.data(),
                                      environment.data());
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    ::close(in[0]);
    ::close(out[1]);
    if (problem != 0) {
        ::close(in[1]);
        ::close(out[0]);
        return cannotStart(setup.program);
    }
    return Child(pid, in[1], out[0]);
}

Child::Child(pid_t pid, int in, int out)
    : m_pid(pid)
    , m_in(in)
    , m_out(out)
{
}

Child::Child(Child &&other) noexcept
    : m_pid(std::exchange(other.m_pid, 0))
    , m_in(std::exchange(other.m_in, -1))
    , m_out(std::exchange(other.m_out, -1))
    , m_read(std::move(other.m_read))
{
}

Child::~Child()
{
    if (m_in >= 0)
        ::close(m_in);
    if (m_out >= 0)
        ::close(m_out);
    if (m_pid <= 0 || waitFor(2000))
        return;
    ::kill(m_pid, SIGTERM);
    if (waitFor(2000))
        return;
    ::kill(m_pid, SIGKILL);
    ::waitpid(m_pid, nullptr, 0);
}

bool Child::isRunning()
{
    return m_pid > 0 && !waitFor(0);
}

bool Child::waitFor(int ms)
{
    for (int waited = 0;; waited += 10) {
        const pid_t ended = ::waitpid(m_pid, nullptr, WNOHANG);
        if (ended == m_pid || (ended < 0 && errno == ECHILD)) {
            m_pid = 0;
            return true;
        }
        if (waited >= ms)
            return false;
        ::poll(nullptr, 0, 10);
    }
}

Result<QByteArray> Child::readLine(int timeoutMs)
{
    for (;;) {
        const qsizetype end = m_read.indexOf('\n');
        if (end >= 0) {
            const QByteArray line = m_read.left(end);
            m_read.remove(0, end + 1);
            return line;
        }
        pollfd fd {m_out, POLLIN, 0};
        const int ready = ::poll(&fd, 1, timeoutMs);
        if (ready < 0 && errno == EINTR)
            continue;
        if (ready == 0)
            return failure(ErrorCode::TimedOut,
                           QStringLiteral("A program that was started gave no sign of life."));
        char buffer[4096];
        const ssize_t n = ::read(m_out, buffer, sizeof buffer);
        if (n <= 0)
            return failure(ErrorCode::Internal,
                           QStringLiteral("A program that was started ended at once."));
        m_read.append(buffer, n);
    }
}

} // namespace chatelaine::cli
