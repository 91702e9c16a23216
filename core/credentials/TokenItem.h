// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"
#include "core/base/Secret.h"
#include "core/base/Time.h"

#include <QStringList>

#include <algorithm>

namespace chatelaine::credentials {

/// One account's tokens, as one item of the vault, so that they change together or not at all.
/// What is needed to use them stands beside them: the database may be older than the vault after a
/// crash, and then the vault is right.
struct TokenItem
{
    qint64 generation = 0;
    Secret accessToken;
    Secret refreshToken; ///< empty: none was given
    UtcMs issuedAt = 0;
    UtcMs expiresAt = 0; ///< by our clock; 0: unknown
    QStringList scopes;
    QString issuer;
    QString clientId;
    QString resource; ///< empty: the parameter was omitted

    /// Good for `ms` more. Of a token that lives shorter than twice that, half its life is enough:
    /// else every request would ask for a new one.
    bool goodFor(qint64 ms, UtcMs now) const
    {
        return expiresAt == 0 || expiresAt - now > std::min(ms, (expiresAt - issuedAt) / 2);
    }
};

Secret encode(const TokenItem &item);
/// Fails with Internal where the item is not ours to read.
Result<TokenItem> decode(const Secret &bytes);

} // namespace chatelaine::credentials
