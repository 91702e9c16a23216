// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Browser.h"

#include <QUrl>

#include <csignal>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

namespace chatelaine::cli {

namespace {

bool hasOnlyUrlCharacters(const QString &url)
{
    static constexpr QLatin1StringView others("-._~:/?#[]@!$&'()*+,;=%");
    return std::all_of(url.begin(), url.end(), [](QChar c) {
        const char16_t u = c.unicode();
        return (u >= u'a' && u <= u'z') || (u >= u'A' && u <= u'Z') || (u >= u'0' && u <= u'9')
            || others.contains(c);
    });
}

pid_t spawn(const QStringList &command)
{
    std::vector<QByteArray> bytes;
    for (const QString &word : command)
        bytes.push_back(word.toLocal8Bit());
    std::vector<char *> argv;
    for (QByteArray &word : bytes)
        argv.push_back(word.data());
    argv.push_back(nullptr);

    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    // We wait for signals through a descriptor; the browser must get its own again.
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSID);

    pid_t pid = 0;
    const int problem = ::posix_spawnp(&pid, argv[0], &actions, &attributes, argv.data(), environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return problem == 0 ? pid : 0;
}

} // namespace

bool mayOpen(const QString &url)
{
    if (!hasOnlyUrlCharacters(url))
        return false;
    const QUrl parsed(url, QUrl::StrictMode);
    if (!parsed.isValid() || parsed.host().isEmpty() || !parsed.userInfo().isEmpty())
        return false;
    if (url.startsWith(QLatin1StringView("https://")))
        return true;
    const QString host = parsed.host();
    return url.startsWith(QLatin1StringView("http://"))
        && (host == QLatin1StringView("127.0.0.1") || host == QLatin1StringView("localhost")
            || host == QLatin1StringView("::1"));
}

std::vector<QStringList> browserCommands(const QString &variable, const QString &url)
{
    std::vector<QStringList> commands;
    for (const QString &entry : variable.split(QLatin1Char(':'), Qt::SkipEmptyParts)) {
        QStringList command = entry.split(QLatin1Char(' '), Qt::SkipEmptyParts);
        if (command.isEmpty())
            continue;
        bool placed = false;
        for (QString &word : command) {
            QString expanded;
            for (qsizetype i = 0; i < word.size(); ++i) {
                const QChar next = i + 1 < word.size() ? word[i + 1] : QChar();
                if (word[i] == u'%' && next == u's') {
                    expanded += url;
                    placed = true;
                    ++i;
                } else if (word[i] == u'%' && next == u'%') {
                    expanded += u'%';
                    ++i;
                } else {
                    expanded += word[i];
                }
            }
            word = expanded;
        }
        if (!placed)
            command << url;
        commands.push_back(command);
    }
    return commands;
}

Browser::Browser(const QString &url)
{
    if (!mayOpen(url))
        return;
    const QString variable = qEnvironmentVariable("BROWSER");
    const bool display = !qEnvironmentVariableIsEmpty("DISPLAY")
        || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY");
    if (!variable.isEmpty())
        m_commands = browserCommands(variable, url);
    else if (display)
        m_commands = {{QStringLiteral("xdg-open"), url}};
}

bool Browser::startNext()
{
    while (m_next < m_commands.size()) {
        m_pid = spawn(m_commands[m_next++]);
        if (m_pid > 0)
            return true;
    }
    return false;
}

bool Browser::isWell()
{
    if (m_pid <= 0)
        return true;
    int status = 0;
    if (::waitpid(m_pid, &status, WNOHANG) != m_pid)
        return true;
    m_pid = 0;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

} // namespace chatelaine::cli
