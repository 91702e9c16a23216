// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Async.h"
#include "core/jose/Jwk.h"
#include "core/testlab/Clients.h"
#include "core/testlab/ConsentWords.h"
#include "core/testlab/Context.h"
#include "core/testlab/Grants.h"
#include "core/testlab/Inventory.h"

#include <optional>
#include <stop_token>

namespace chatelaine::testlab {

/// An OAuth 2.1 authorization server (draft-ietf-oauth-v2-1-13) as a handler of requests; the
/// listener is TestLab's. Metadata and routes are in AuthorizationServer.cpp, the front channel in
/// Authorize.cpp, the back channel in TokenEndpoint.cpp, registration in Registration.cpp.
class AuthorizationServer
{
public:
    /// `countPrefix` tells the second issuer's counts from the first's.
    AuthorizationServer(Context &context, jose::Jwk key, QString countPrefix);
    ~AuthorizationServer();
    Q_DISABLE_COPY_MOVE(AuthorizationServer)

    /// "http://127.0.0.1:PORT"; with the issuer path it makes the issuer.
    void setOrigin(const QString &origin);
    QString issuer() const { return m_origin + m_path; }
    const jose::Jwk &key() const { return m_key; }

    /// False where no route of this server has that path.
    bool handle(const Request &request, const Respond &respond);

    void revokeEverything() { m_grants.revokeEverything(); }
    void forgetRegisteredClients();
    // Inventory.cpp
    QList<IssuedToken> tokens() const; ///< in no order
    std::optional<DecodedToken> decode(const QString &fingerprint) const;
    QList<KnownClient> clients() const;
    /// The claims an access token of ours has.
    QJsonObject accessTokenClaims(const Family &family, const QStringList &scopes);

private:
    struct PendingConsent
    {
        QString csrf;
        QString clientId;
        QString redirectUri;
        QString state;
        QString challenge;
        QString resource;
        QString subject;
        QStringList scopes;
        UtcMs expires = 0;
    };
    using ClientOrError = tl::expected<Client, OAuthError>;

    // AuthorizationServer.cpp
    bool isMetadataPath(const QString &path) const;
    Answer issuerMetadata(const Request &request);
    QJsonObject metadata() const;
    Answer jwks() const;
    void count(const QString &what) { m_context.count(m_countPrefix + what); }

    // Authorize.cpp
    void authorize(const Request &request, const Respond &respond);
    Answer authorizeAs(const Client &client, const Form &form, Language language);
    Answer consent(const Request &request);
    Answer grantCode(const PendingConsent &pending);
    Answer authorizationResponse(const QString &redirectUri, const QString &state,
                                 QList<QPair<QString, QString>> fields) const;
    Answer refuse(const QString &title, const QString &sentence);
    tl::expected<PendingConsent, OAuthError> readAuthorization(const Client &client, const Form &form) const;
    static Task<void> fetchClient(net::HttpClient *http, QString clientId, QStringList authMethods,
                                  std::stop_token stop, std::function<void(ClientOrError)> done);

    // TokenEndpoint.cpp
    Answer token(const Request &request);
    Answer tokenFromCode(const Client &client, const Form &form);
    Answer tokenFromRefresh(const Client &client, const Form &form);
    Answer tokenResponse(const Client &client, const QString &familyId, const QStringList &scopes,
                         bool withRefreshToken);
    Answer revoke(const Request &request);
    Answer introspect(const Request &request);
    ClientOrError authenticate(const Request &request, const Form &form);
    tl::expected<Form, OAuthError> readForm(const Request &request) const;
    Answer oauthError(const OAuthError &error, bool basicWasUsed = false) const;

    // Registration.cpp
    Answer registerClient(const Request &request);
    Answer manageClient(const Request &request, const QString &clientId);
    QJsonObject registrationResponse(const Client &client, bool withSecret) const;

    Context &m_context;
    jose::Jwk m_key;
    QString m_countPrefix;
    QString m_origin;
    QString m_path;
    QHash<QString, Client> m_clients;
    Grants m_grants;
    QHash<QString, PendingConsent> m_pending;
    std::stop_source m_stop;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

} // namespace chatelaine::testlab
