// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"
#include "core/net/HttpClient.h"

#include <QJsonObject>
#include <QList>
#include <QStringList>
#include <QUrl>

#include <optional>

namespace chatelaine::oauth {

/// What an authorization server says about itself (RFC 8414 §2, OpenID Connect Discovery §3),
/// after validation: every endpoint here may be used as it is. An endpoint that the server does not
/// have is an invalid QUrl.
struct AuthorizationServerMetadata
{
    QString issuer; ///< byte for byte
    QUrl authorizationEndpoint; ///< invalid where the server has no authorization code grant
    QUrl tokenEndpoint;
    QUrl registrationEndpoint;
    QUrl revocationEndpoint;
    QUrl introspectionEndpoint;
    std::optional<QStringList> scopesSupported;
    std::optional<QStringList> codeChallengeMethodsSupported;
    QStringList grantTypesSupported; ///< empty: not said
    QStringList tokenEndpointAuthMethodsSupported; ///< empty: not said
    bool issParameterSupported = false; ///< RFC 9207 §3
    bool clientIdMetadataDocumentSupported = false;
    QJsonObject raw; ///< what fromJson takes; for the cache
};

/// Checks a document that was fetched for `issuer`. ProtocolViolation, with a sentence that says
/// what is wrong, when
/// - `issuer` is not identical to the one looked up (RFC 8414 §3.3; simple string comparison),
/// - an endpoint is no absolute URL, has user info, a fragment, spaces, quotes, control characters,
///   or another scheme than https (http only to loopback and only at Reach::Loopback),
/// - there is no token endpoint, or an authorization endpoint without S256 among
///   `code_challenge_methods_supported` (MCP: refuse rather than go on without PKCE).
Result<AuthorizationServerMetadata> parseAuthorizationServerMetadata(
    const QByteArray &bytes, const QString &issuer, net::Reach reach);

/// The same checks on a document that is already parsed: `raw` from the cache.
Result<AuthorizationServerMetadata> authorizationServerMetadataFromJson(
    const QJsonObject &object, const QString &issuer, net::Reach reach);

/// What the revision 2025-03-26 assumes of a server that publishes no metadata at all: /authorize,
/// /token and /register at the origin of the MCP server. S256 is assumed: we use it, and whether
/// the server looks at it cannot be known.
AuthorizationServerMetadata legacyDefaultMetadata(const QUrl &server);

/// Where the metadata of an issuer is looked up, in the order of the MCP specification. With a
/// path: RFC 8414 inserted, OpenID inserted, OpenID appended; never the root forms. Without:
/// oauth-authorization-server, openid-configuration.
QList<QUrl> metadataUrls(const QUrl &issuer);

/// A URL that a server named and that we are about to use, checked as described above. `what` names
/// it in the sentence: "The authorization endpoint".
Result<QUrl> checkedEndpoint(const QString &text, net::Reach reach, const QString &what);

} // namespace chatelaine::oauth
