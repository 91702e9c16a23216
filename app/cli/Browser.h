// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <sys/types.h>

#include <optional>
#include <vector>

namespace chatelaine::cli {

/// Whether a URL may be shown and opened: https, or http to loopback, of characters that a URL may
/// have (RFC 3986), with no user information. Everything else is refused, whoever sent it.
bool mayOpen(const QString &url);

/// The argument lists to try, in order. `variable` is $BROWSER: programs separated by colons, each
/// split at spaces, "%s" replaced by the URL and "%%" by "%"; without "%s" the URL comes last.
std::vector<QStringList> browserCommands(const QString &variable, const QString &url);

/// Starts browsers one after another until one stays or ends well. Without a shell, with /dev/null
/// for stdin, stdout and stderr, in a session of its own.
class Browser
{
public:
    /// Uses $BROWSER; without it xdg-open where there is a display.
    explicit Browser(const QString &url);
    Browser(const Browser &) = delete;
    Browser &operator=(const Browser &) = delete;

    /// False when no program is left to try.
    bool startNext();
    /// Call after SIGCHLD: false when the program just started has failed.
    bool isWell();

private:
    std::vector<QStringList> m_commands;
    size_t m_next = 0;
    pid_t m_pid = 0;
};

} // namespace chatelaine::cli
