// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/broker/PeerIdentity.h"

#include <QByteArrayView>

#include <optional>

/// What Linux tells about a process, in pieces: grammars that know no file, and a reader of one
/// /proc/PID directory.
namespace chatelaine::broker {

struct ProcessStat
{
    qint64 parent = 0;
    quint64 startTime = 0; ///< clock ticks since boot
};

/// proc(5), /proc/PID/stat. The second field may hold spaces and brackets.
std::optional<ProcessStat> parseStat(QByteArrayView stat);

/// The application behind a control group: "org.gnome.Terminal" of
/// "…/app-gnome-org.gnome.Terminal-1234.scope" (systemd, DESKTOP_ENVIRONMENTS), "snap.code.code" of
/// a Snap's scope, else the name of the unit. Takes the whole of /proc/PID/cgroup.
QString appFromCgroup(QByteArrayView cgroup);
/// The name of a Flatpak, from its /.flatpak-info.
QString appFromFlatpakInfo(QByteArrayView info);

/// The file of the AppImage that a program at `exe` was started from: the word of its APPIMAGE, when
/// `exe` is below a FUSE mount that is named after it. Takes the whole of /proc/PID/environ and
/// /proc/PID/mountinfo (proc(5)). The caller's own words, so far.
QString appImageOf(const QString &exe, QByteArrayView environment, QByteArrayView mountinfo);
/// A path of mountinfo as it is: space, tab, line break and backslash stand there as three octal
/// digits.
QByteArray unescapeMount(const QByteArray &field);
/// "/snap/code/current/…" of "/snap/code/185/…" where `current` is that revision: what a grant
/// names, so that the next revision is known as a changed program and not as a new one.
QString withoutSnapRevision(const QString &path,
                            const QString &snaps = QStringLiteral("/snap/"));

/// Whether the program only runs what its arguments name.
bool isInterpreter(const QString &exe);
/// The word of an interpreter's arguments (argv[0] first) that names the script, as it was written;
/// empty when there is none: -c, -e, -m, standard input, a bare shell.
QString scriptArgument(const QString &exe, const QList<QByteArray> &argv);

/// One process, held by its /proc directory: all that is read is of the same process, even when
/// its number is given out again meanwhile.
class ProcessDirectory
{
public:
    explicit ProcessDirectory(qint64 pid);
    ~ProcessDirectory();
    Q_DISABLE_COPY_MOVE(ProcessDirectory)

    bool isOpen() const { return m_fd >= 0; }
    std::optional<ProcessStat> stat() const;
    /// The path behind the "exe" or "cwd" link; empty when it may not be read.
    QString link(const char *name) const;
    QList<QByteArray> arguments() const;
    QByteArray read(const char *name) const; ///< at most 64 KiB
    /// The running file itself, whatever is at its path now; no inode when it may not be looked at.
    FileStamp exeFile() const;
    /// The file at an absolute path as the process sees it.
    FileStamp fileSeenAt(const QString &path) const;
    /// A descriptor from which one byte can be read as long as the process runs the program it runs
    /// now; -1 when it can't be had. The caller owns it.
    int openImage() const;

    static FileStamp fileAt(const QString &path);
    static FileStamp stampOf(int fd);

private:
    int m_fd = -1;
};

/// Where the script of such a process should be, as it was written; empty where it runs none.
QString scriptPathOf(const ProcessDirectory &process, const QString &exe);
/// The path with symbolic links resolved; empty unless it is a file.
QString regularFile(const QString &path);

} // namespace chatelaine::broker
