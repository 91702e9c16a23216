// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Secret.h"
#include "core/base/Time.h"
#include "core/oauth/AuthorizationServerMetadata.h"

namespace chatelaine::oauth {

/// How we came to a client id.
enum class IdentityKind { PreRegistered, ClientIdMetadata, Dynamic };

/// Who we are at one issuer, and how we prove it at its token endpoint.
struct ClientIdentity
{
    IdentityKind kind = IdentityKind::Dynamic;
    QString clientId;
    Secret clientSecret = {};
    /// "none", "client_secret_post" or "client_secret_basic".
    QString tokenEndpointAuthMethod = QStringLiteral("none");
    UtcMs secretExpiresAt = 0; ///< 0: never
    QString registrationClientUri = {}; ///< RFC 7592; empty: the server has no management
    Secret registrationAccessToken = {};
    QStringList redirectUris = {};
};

enum class IdentityChoice { PreRegistered, ClientIdMetadata, Dynamic, AskPerson };

/// The specification's order: what the person registered; a Client ID Metadata Document where the
/// issuer takes them and we have one; dynamic registration; ask.
IdentityChoice chooseIdentity(const AuthorizationServerMetadata &metadata, bool havePreRegistered,
    const QString &clientMetadataUrl);

/// How a client authenticates at the token endpoint: without a secret "none"; with one the first of
/// client_secret_basic and client_secret_post that the issuer lists, basic when it lists nothing
/// (RFC 8414 §2). A client with a secret at an issuer that takes "none" alone keeps it to itself.
QString chooseAuthMethod(const AuthorizationServerMetadata &metadata, bool haveSecret);

/// A URL that may be a client id: https, a path, no fragment, no user info, no dot segments
/// (client-id-metadata-document draft, §3). InvalidInput with a sentence otherwise.
Result<void> checkClientMetadataUrl(const QString &url);

struct RegistrationRequest
{
    QString clientName;
    QStringList redirectUris;
    QStringList scopes = {}; ///< empty: the member is left out
    net::Reach reach = net::Reach::Public;
    QString caFile = {};
    bool wantRefresh = true;
};

/// RFC 7591 §3.1: `application_type` native, response type code, the auth method the issuer
/// supports and we like best (none, basic, post). What the issuer's metadata supports counts for
/// more than an odd answer: a secret from an issuer that takes "none" alone is not kept.
/// RegistrationNeeded when the issuer has no registration endpoint; ServerRefused with data.error
/// and data.status when it says no; ProtocolViolation on an answer without a client id.
Task<Result<ClientIdentity>> registerClient(net::HttpClient &http,
    AuthorizationServerMetadata metadata, RegistrationRequest request, std::stop_token stop);

/// The answer to a registration request; pure, for tests. Wipes nothing: `body` is the caller's.
Result<ClientIdentity> parseRegistrationResponse(int status, const QByteArray &body,
    const AuthorizationServerMetadata &metadata, const RegistrationRequest &request);

/// Deletes a dynamic registration (RFC 7592 §2.3) and says in one sentence what the server
/// answered: "Deleted (204)." A client that the server no longer knows counts as deleted. NotFound
/// when the identity has no registration_client_uri.
Task<Result<QString>> deleteRegistration(net::HttpClient &http, ClientIdentity identity,
    net::Reach reach, QString caFile, std::stop_token stop);

} // namespace chatelaine::oauth
