// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"
#include "core/base/Secret.h"
#include "core/base/Time.h"

#include <QStringList>

#include <algorithm>

namespace chatelaine::credentials {

/// A moment by both clocks: the wall's may be set, boot time only grows (suspend included).
struct Instant
{
    UtcMs utc = 0;
    qint64 boot = 0;
};

/// One account's tokens, as one item of the vault, so that they change together or not at all.
/// What is needed to use them stands beside them: the database may be older than the vault after a
/// crash, and any program of ours may have written into it; then the vault is right.
struct TokenItem
{
    qint64 generation = 0;
    Secret accessToken;
    Secret refreshToken; ///< empty: none was given
    UtcMs issuedAt = 0;
    UtcMs expiresAt = 0; ///< by our clock; 0: unknown
    QStringList scopes; ///< of the access token
    QStringList grantScopes; ///< of the grant: a refresh may narrow `scopes`, never these
    QString issuer;
    QString clientId;
    QString resource; ///< empty: the parameter was omitted
    QString server; ///< URL of the server that was signed in to; the tokens go to no other
    QString tokenEndpoint; ///< where they came from
    /// expiresAt by boot time, for tokens that came since the broker's start: the wall clock may
    /// be set meanwhile. Not stored; 0: not known.
    qint64 expiresBoot = 0;

    /// Of the two clocks the one that grants less; only where expiresAt is known.
    qint64 leftMs(Instant now) const
    {
        const qint64 byWall = expiresAt - now.utc;
        return expiresBoot == 0 ? byWall : std::min(byWall, expiresBoot - now.boot);
    }
    /// Good for `ms` more. Of a token that lives shorter than twice that, half its life is enough:
    /// else every request would ask for a new one.
    bool goodFor(qint64 ms, Instant now) const
    {
        return expiresAt == 0 || leftMs(now) > std::min(ms, (expiresAt - issuedAt) / 2);
    }
};

Secret encode(const TokenItem &item);
/// Fails with Internal and data.reason "item_damaged" where the item is not ours to read.
Result<TokenItem> decode(const Secret &bytes);
bool isDamage(const Error &error);

} // namespace chatelaine::credentials
