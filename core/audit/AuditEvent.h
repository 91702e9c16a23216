// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Time.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <optional>

namespace chatelaine::audit {

enum class Outcome { Ok, Denied, Failed };
QString outcomeName(Outcome outcome); ///< "ok", "denied", "failed"
std::optional<Outcome> outcomeFromName(const QString &name);

/// Who did it, as far as it is known. All of it is shown; only pid and exe are evidence.
struct ClientFacts
{
    qint64 pid = 0;
    QString exe;
    QString argv0;
    QString app; ///< systemd scope, Flatpak or Snap id
    QStringList chain; ///< executables of the ancestors, nearest first

    QJsonObject toJson() const;
};

/// What is written down. Event names are "<room>.<verb>" in snake_case: "account.signed_in",
/// "token.refreshed", "loan.token", "loan.call", "grant.added", "broker.locked" … No secret is ever
/// in it; a token is named by its fingerprint.
struct Event
{
    QString event;
    Outcome outcome = Outcome::Ok;
    QString server; ///< name
    QString account; ///< name
    QString scope;
    ClientFacts client = {};
    QString grant = {};
    QString tokenFingerprint = {};
    QString detail = {};
};

/// An event as the history holds it.
struct Record
{
    qint64 seq = 0;
    UtcMs time = 0;
    Event event;
    QByteArray hash; ///< HMAC-SHA-256 over the row and the hash before it

    /// The fields of `chatelaine audit --json` (absent means unknown).
    QJsonObject toJson() const;
};

} // namespace chatelaine::audit
