// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"

#include <QString>

namespace chatelaine {

/// Where things live (XDG Base Directory Specification; docs/architecture.md). CHATELAINE_HOME=DIR
/// puts all of it under DIR. Nothing is created until it is needed.
struct Paths
{
    QString configDir;
    QString dataDir;
    QString runtimeDir; ///< mode 0700, never under /tmp by default
    QString home = {}; ///< CHATELAINE_HOME, when that says where; else empty

    QString settingsFile() const { return configDir + QStringLiteral("/settings.ini"); }
    QString databaseFile() const { return dataDir + QStringLiteral("/chatelaine.db"); }
    QString vaultFile() const { return dataDir + QStringLiteral("/vault.bin"); }
    QString brokerSocket() const { return runtimeDir + QStringLiteral("/broker.sock"); }
    QString controlSocket() const { return runtimeDir + QStringLiteral("/control.sock"); }
    /// Where the desktop looks for what it starts at login; of a home of its own, in that home.
    QString autostartFile() const;
    QString lockFile() const { return runtimeDir + QStringLiteral("/broker.lock"); }
    /// Held by whoever has the database and the vault; in it stands its runtimeDir, which may be
    /// another one than ours.
    QString dataLockFile() const { return dataDir + QStringLiteral("/data.lock"); }

    /// Fails with InvalidInput where neither CHATELAINE_HOME nor the XDG variables nor a home
    /// directory say where. `runUser` as sessionRuntimeDir() has it.
    static Result<Paths> fromEnvironment(const QString &runUser = QStringLiteral("/run/user"));
    static Paths under(const QString &dir);
};

/// XDG_RUNTIME_DIR; without it (after su, from cron) the one that pam_systemd(8) makes for this user
/// under `runUser`, where it is there and closed to others. Empty where there is none.
QString sessionRuntimeDir(const QString &runUser = QStringLiteral("/run/user"));

/// Makes `dir` with mode 0700 if it is missing, and refuses one that is a symbolic link, is not a
/// directory, belongs to somebody else or is open to others.
Result<void> ensurePrivateDirectory(const QString &dir);

} // namespace chatelaine
