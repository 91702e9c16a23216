// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Time.h"
#include "core/jose/Jwk.h"

#include <QJsonObject>
#include <QStringList>

namespace chatelaine::testlab {

/// Signs a JWT access token (RFC 9068 §2): typ at+jwt, ES256.
Result<QByteArray> signAccessToken(const QJsonObject &claims, const jose::Jwk &key);

/// What a resource server finds in a token.
struct TokenCheck
{
    bool valid = false;
    /// "ok", "malformed", "wrong_algorithm", "wrong_type", "bad_signature", "wrong_issuer",
    /// "wrong_audience", "expired", "not_yet_valid", "incomplete".
    QString reason;
    /// Empty unless the signature held.
    QJsonObject claims = {};

    QStringList scopes() const;
};

struct TrustedIssuer
{
    QString issuer;
    jose::Jwk key;
};

/// The checks of RFC 9068 §4, with `audience` the resource's own identifier. No leeway: both sides
/// have the same clock.
TokenCheck checkAccessToken(const QByteArray &token, const QList<TrustedIssuer> &issuers,
                            const QString &audience, UtcMs now);

} // namespace chatelaine::testlab
