// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Paths.h"

#include "core/base/Sentence.h"

#include <QDir>
#include <QFile>

#include <cerrno>
#include <cstring>
#include <sys/stat.h>
#include <unistd.h>

namespace chatelaine {

namespace {

// XDG: "All paths must be absolute. If an implementation encounters a relative path … it should
// consider the path invalid and ignore it."
QString xdgDir(const char *variable, const QString &otherwise)
{
    const QString value = qEnvironmentVariable(variable);
    return QDir::isAbsolutePath(value) ? QDir::cleanPath(value) : otherwise;
}

} // namespace

QString sessionRuntimeDir(const QString &runUser)
{
    const QString said = xdgDir("XDG_RUNTIME_DIR", {});
    if (!said.isEmpty())
        return said;
    const QString usual = runUser + u'/' + QString::number(::geteuid());
    struct stat info = {};
    const bool ours = ::lstat(QFile::encodeName(usual).constData(), &info) == 0
        && S_ISDIR(info.st_mode) && info.st_uid == ::geteuid() && (info.st_mode & 0077) == 0;
    return ours ? usual : QString();
}

Result<Paths> Paths::fromEnvironment(const QString &runUser)
{
    const QString own = qEnvironmentVariable("CHATELAINE_HOME");
    if (!own.isEmpty())
        return under(QDir(own).absolutePath());

    const QString home = qEnvironmentVariable("HOME");
    if (!QDir::isAbsolutePath(home) && !QDir::isAbsolutePath(qEnvironmentVariable("XDG_DATA_HOME"))) {
        return failure(ErrorCode::InvalidInput,
            Sentence::tr("Neither HOME nor XDG_DATA_HOME is set, so there is no place "
                         "for Chatelaine's data. Set CHATELAINE_HOME to a directory."));
    }
    const QString name = QStringLiteral("/chatelaine");
    Paths paths;
    paths.configDir = xdgDir("XDG_CONFIG_HOME", home + QStringLiteral("/.config")) + name;
    paths.dataDir = xdgDir("XDG_DATA_HOME", home + QStringLiteral("/.local/share")) + name;
    const QString runtime = sessionRuntimeDir(runUser);
    // Without a runtime directory (nobody has logged in, a container) the data directory is as private.
    paths.runtimeDir = runtime.isEmpty() ? paths.dataDir + QStringLiteral("/run") : runtime + name;
    return paths;
}

Paths Paths::under(const QString &dir)
{
    return Paths {dir + QStringLiteral("/config"), dir + QStringLiteral("/data"),
                  dir + QStringLiteral("/run"), dir};
}

QString Paths::autostartFile() const
{
    const QString config = home.isEmpty() ? QFileInfo(configDir).path() : configDir;
    return config + QStringLiteral("/autostart/chatelaine.desktop");
}

Result<void> ensurePrivateDirectory(const QString &dir)
{
    const QByteArray path = QFile::encodeName(dir);
    struct stat info = {};
    if (::lstat(path.constData(), &info) != 0) {
        const QString parent = QFileInfo(dir).path();
        // Only the last directory is ours to guard; those above it are the user's.
        if (!QDir().mkpath(parent) || (::mkdir(path.constData(), 0700) != 0 && errno != EEXIST)
            || ::lstat(path.constData(), &info) != 0) {
            const int reason = errno;
            return failure(reason == ENOSPC ? ErrorCode::DiskFull : ErrorCode::InvalidInput,
                Sentence::tr("The directory %1 can't be made: %2. Free some space or "
                             "choose another place with CHATELAINE_HOME.")
                    .arg(dir, QString::fromLocal8Bit(std::strerror(reason))));
        }
    }
    if (!S_ISDIR(info.st_mode)) {
        return failure(ErrorCode::InvalidInput,
            Sentence::tr("%1 is not a directory (a symbolic link is not accepted "
                         "there). Move it away and try again.")
                .arg(dir));
    }
    if (info.st_uid != ::geteuid()) {
        return failure(ErrorCode::InvalidInput,
            Sentence::tr("%1 belongs to another user, so it can't be trusted with "
                         "keys. Set CHATELAINE_HOME to a directory of your own.")
                .arg(dir));
    }
    if ((info.st_mode & 0077) != 0 && ::chmod(path.constData(), 0700) != 0) {
        return failure(ErrorCode::InvalidInput,
            Sentence::tr("%1 is open to other users and can't be closed. Run: chmod "
                         "700 %1")
                .arg(dir));
    }
    return {};
}

} // namespace chatelaine
