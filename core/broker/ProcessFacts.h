// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QList>
#include <QString>

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
    /// Identity of the running file itself, whatever is at its path now; nullopt when it may not be
    /// looked at.
    struct FileId
    {
        quint64 device = 0;
        quint64 inode = 0;
        bool operator==(const FileId &) const = default;
    };
    std::optional<FileId> exeFile() const;
    /// A descriptor from which one byte can be read as long as the process runs the program it runs
    /// now; -1 when it can't be had. The caller owns it.
    int openImage() const;

    static std::optional<FileId> fileAt(const QString &path);

private:
    int m_fd = -1;
};

/// Where the script of such a process is, symbolic links resolved; empty unless it is a file.
QString scriptOf(const ProcessDirectory &process, const QString &exe);

} // namespace chatelaine::broker
