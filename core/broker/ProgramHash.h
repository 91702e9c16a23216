// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Async.h"
#include "core/broker/PeerIdentity.h"

#include <functional>

namespace chatelaine::broker {

/// SHA-256 of programs, as 64 hex digits. Each state of a file is read once, a large one in a
/// thread of its own. An empty string is a file that can't be read, is not a file, is larger than 2
/// GiB, or is no longer the one that was meant. Lives in the broker's thread; its owner keeps it
/// until all tasks are done.
class ProgramHash
{
public:
    /// What was found out before, without looking at any file; empty: nothing.
    QString known(const FileStamp &stamp) const { return m_known.value(stamp); }
    /// Of CallerIdentity::file: what the process runs, through /proc/PID/exe, whatever is at its
    /// path by now; the script where it runs one.
    /// Where its file may hang, empty as well once the stop is requested.
    Task<QString> ofCaller(
        std::shared_ptr<const CallerIdentity> caller, std::stop_token stop = {});
    /// Of the file at the path, links followed. Opened and read in a thread, whatever its size.
    /// Errors: Cancelled, and those of inThread().
    Task<Result<QString>> ofFile(QString path, std::stop_token stop = {});

    qsizetype filesRead() const { return m_filesRead; }

private:
    /// The work is done for the first who asks for this state of the file. Who waits may leave
    /// before it is done.
    Task<Result<QString>> readInThread(
        std::function<Result<QString>()> work, FileStamp stamp, std::stop_token stop);
    void remember(const FileStamp &stamp, const QString &hash);

    QHash<FileStamp, QString> m_known;
    QHash<FileStamp, Completion<Result<QString>>> m_reading;
    qsizetype m_filesRead = 0;
};

} // namespace chatelaine::broker
