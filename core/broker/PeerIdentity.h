// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"

#include <QHash>
#include <QList>
#include <QStringList>

#include <memory>

/// Who is at the other end of a socket. On a desktop this is attribution and consent, not a wall:
/// programs of one user can pretend to be each other (docs/threat-model.md).
namespace chatelaine::broker {

/// A file as it is: a write to it changes the last, whatever is done to the one before.
struct FileStamp
{
    quint64 device = 0;
    quint64 inode = 0; ///< 0: no file
    qint64 size = 0;
    qint64 modifiedNs = 0;
    qint64 changedNs = 0; ///< st_ctim, which nobody sets

    bool operator==(const FileStamp &) const = default;
};
inline size_t qHash(const FileStamp &stamp, size_t seed = 0)
{
    return qHashMulti(seed, stamp.device, stamp.inode, stamp.size, stamp.modifiedNs,
                      stamp.changedNs);
}

struct Ancestor
{
    qint64 pid = 0;
    quint64 startTime = 0; ///< clock ticks since boot (proc(5), stat field 22)
    QString exe; ///< as CallerIdentity has them
    QString script = {};
    QString package = {};

    const QString &program() const
    {
        return !package.isEmpty() ? package : script.isEmpty() ? exe : script;
    }
    bool operator==(const Ancestor &) const = default;
};

struct CallerIdentity
{
    qint64 pid = 0;
    quint64 startTime = 0; ///< clock ticks since boot
    uint uid = 0;
    /// Empty when it may not be read. Of an AppImage its file, not where it is mounted this time.
    QString exe;
    QString script; ///< the file an interpreter runs, symbolic links resolved; often empty
    QString package; ///< "flatpak:ID" for a program in that sandbox
    QString cwd;
    QString argv0; ///< the caller's own words
    QString app; ///< systemd unit, Flatpak or Snap id
    QList<Ancestor> chain; ///< nearest first, at most 32, pid 1 left out
    /// As the history has it: the interpreter behind a script, then the programs of the chain.
    QStringList lineage;
    FileStamp file; ///< the script's, or the running executable's
    /// The kernel vouched for the process itself (SO_PEERPIDFD), not only for its number; its
    /// executable can be read, and its view of the files is ours. Nor is it known well while its
    /// files are on a file system that hangs. A weakly known caller is shown,
    /// asked about and served once; it neither gets nor uses a grant that names it for longer.
    bool strong = false;
    /// What runs is not the file that we see at `exe`: replaced since it was started, or of another
    /// mount namespace. Such a path proves nothing without the hash of what runs.
    bool foreign = false;
    /// The file may be on a file system that hangs: it is opened in a thread.
    bool slowFile = false;
    /// It asks through our own command line program.
    bool throughCommand = false;

    /// What a grant names: the package, the script, the executable.
    const QString &program() const
    {
        return !package.isEmpty() ? package : script.isEmpty() ? exe : script;
    }
    bool operator==(const CallerIdentity &) const = default;
};

/// The peer of one connection, watched.
class Peer
{
public:
    virtual ~Peer() = default;
    /// Who the caller is now. The same object as before as long as nothing changed, which is cheap
    /// to find out; another one after the process began the same program anew. Fails with Refused
    /// when the process is gone, or has become another program than the one that connected.
    virtual Result<std::shared_ptr<const CallerIdentity>> current() = 0;
    /// The process at the other end itself, before `chatelaine` was looked through.
    virtual qint64 pid() const = 0;
};

/// How a platform finds out. Used in the broker's thread.
class PeerIdentity
{
public:
    virtual ~PeerIdentity() = default;
    /// Looks at a connected socket. Refused for another user's process.
    virtual Result<std::unique_ptr<Peer>> identify(int socket) = 0;
};

} // namespace chatelaine::broker
