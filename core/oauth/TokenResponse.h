// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"
#include "core/base/Secret.h"

#include <QByteArray>
#include <QStringList>

#include <optional>

namespace chatelaine::oauth {

/// What a token endpoint gave (RFC 6749 §5.1).
struct TokenSet
{
    Secret accessToken;
    QString tokenType; ///< "Bearer", whatever case it came in
    /// Seconds. nullopt when absent, null or no number: ask for a new one at a 401. "3600" as a
    /// string counts. Zero or negative: already expired, given as 0. More than a year is cut to a
    /// year, so that no sum overflows.
    std::optional<qint64> expiresInS;
    std::optional<QStringList> scopes; ///< nullopt: as requested
    Secret refreshToken; ///< empty: none; after a refresh the old one stays
    Secret idToken;
    std::optional<qint64> clockSkewMs; ///< the server's clock minus ours, by its Date header
};

/// Reads the answer of a token endpoint; pure. On success the status is 200 (any 2xx is taken) and
/// the body a JSON object, whatever its media type claims, except a page of HTML.
/// - ProtocolViolation: no JSON, no access_token, a token_type other than Bearer, a space in the
///   access token, control or non-ASCII characters in any (RFC 6749 appendix A.12, A.17); a 3xx or
///   4xx that names no error (data.status).
/// - ServerRefused with data.error, data.status: an error of RFC 6749 §5.2, with a remedy where we
///   know one. Also 200 with an `error` member (seen in the field).
/// - Unreachable with data.status: 5xx, 429, and the errors server_error and
///   temporarily_unavailable; data.retry_after_s where `retryAfterS` is known.
Result<TokenSet> parseTokenResponse(int status, const QByteArray &mediaType, const QByteArray &body,
    std::optional<qint64> retryAfterS = {});

/// The OAuth error members of a body (`error`, `error_description`), sanitized; empty when it is
/// no JSON or has none.
struct ServerError
{
    QString code;
    QString description;
};
ServerError parseServerError(const QByteArray &body);

/// The failure for an error that a server named, with the remedy we know for it. `what` begins the
/// sentence: "The authorization server refused the token request".
Error serverRefused(const ServerError &error, int status, const QString &what);

/// The failure for a server that is there and can't serve: 5xx and 429. Unreachable with
/// data.status, and data.retry_after_s where the server has said it (a year at most).
Error serverUnavailable(const QString &who, int status, std::optional<qint64> retryAfterS);

} // namespace chatelaine::oauth
