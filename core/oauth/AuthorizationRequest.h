// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Random.h"
#include "core/base/Secret.h"
#include "core/oauth/AuthorizationServerMetadata.h"

#include <QMap>

namespace chatelaine::oauth {

struct AuthorizationInput
{
    AuthorizationServerMetadata metadata;
    QString clientId;
    QString redirectUri;
    QString resource = {}; ///< RFC 8707, raw; empty: left out
    QStringList scopes = {}; ///< empty: the parameter is left out
    QMap<QString, QString> extraParams = {}; ///< the person's; may not name a standard one
};

/// One authorization request (RFC 6749 §4.1.1) with all that is needed to judge its response. It
/// holds the issuer that the code may be sent to, and none other may see it (RFC 9207).
struct AuthorizationRequest
{
    QUrl url; ///< for the browser; holds the state
    Secret state;
    Secret codeVerifier; ///< RFC 7636
    QString issuer;
    bool issRequired = false;
    QString redirectUri;
    QString resource; ///< to be repeated in the token request
    QStringList scopes;
};

/// Fresh state and verifier (256 bits each), S256. InvalidInput when an extra parameter would
/// replace a standard one; ProtocolViolation when the authorization endpoint's own query does, or
/// the issuer has no authorization endpoint.
Result<AuthorizationRequest> buildAuthorizationRequest(
    const AuthorizationInput &input, Random &random);

/// The judgement on one callback.
struct AuthorizationResponse
{
    /// False: state is absent, doubled or wrong. Somebody else's callback; go on waiting. Its
    /// contents mean nothing and `code` says so.
    bool ours = false;
    /// ProtocolViolation: iss absent though promised, or not the one recorded; no code; parameters
    /// doubled. Cancelled: the person declined at the server (access_denied). ServerRefused with
    /// data.error: another error the server named.
    Result<Secret> code;
};

/// Judges the query of a callback (what stands after '?', undecoded): form decoding, one value for
/// each parameter, state in constant time, then iss (RFC 9207 §2.4, exact, errors included), then
/// error or code.
AuthorizationResponse judgeAuthorizationResponse(
    const AuthorizationRequest &request, QByteArrayView rawQuery);

/// The query of a callback URL that a person pasted. InvalidInput when it does not begin with the
/// request's redirect URI. Surrounding white space and a fragment are dropped.
Result<QByteArray> queryOfPastedCallback(const AuthorizationRequest &request, const QString &text);

} // namespace chatelaine::oauth
