// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"

#include <QString>
#include <QStringList>

#include <sys/types.h>

namespace chatelaine::cli {

/// The absolute path of one of our programs: beside our own executable, else in PATH.
Result<QString> findProgram(const QString &name);

/// Becomes that program; returns only when that fails.
Result<void> become(const QString &name, const QStringList &arguments);

/// A child of ours. Ends with the object: its stdin is closed, then SIGTERM after two seconds, then
/// SIGKILL after two more.
class Child
{
public:
    struct Setup
    {
        QString program;
        QStringList arguments = {};
        QStringList environment = {}; ///< NAME=VALUE, in front of our own
        QString logFile = {}; ///< where its stderr goes; ours when empty
    };
    static Result<Child> start(const Setup &setup);
    Child(Child &&other) noexcept;
    Child &operator=(Child &&) = delete;
    ~Child();

    /// The next line of its stdout without the line break; fails with TimedOut or when it ended.
    Result<QByteArray> readLine(int timeoutMs);
    bool isRunning();

private:
    Child(pid_t pid, int in, int out);
    bool waitFor(int ms);

    pid_t m_pid;
    int m_in; ///< our end of its stdin
    int m_out; ///< our end of its stdout
    QByteArray m_read;
};

} // namespace chatelaine::cli
