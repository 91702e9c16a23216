// SPDX-License-Identifier: GPL-3.0-or-later
// What the authorization server has handed out and to whom, for people to look at.
#include "core/base/Json.h"
#include "core/jose/Jws.h"
#include "core/testlab/AuthorizationServer.h"

namespace chatelaine::testlab {

QList<IssuedToken> AuthorizationServer::tokens() const
{
    QList<IssuedToken> all;
    all.reserve(m_grants.accessTokens.size() + m_grants.refreshTokens.size());
    const auto describe = [&](IssuedToken::Kind kind, const auto &token,
                              const QStringList &scopes) {
        const Family family = m_grants.families.value(token.family);
        all.append({kind, token.fingerprint, issuer(), family.clientId, family.subject,
            family.resource, scopes.isEmpty() ? family.scopes : scopes, token.issued, token.expires,
            family.revoked});
    };
    for (const IssuedAccessToken &token : m_grants.accessTokens)
        describe(IssuedToken::Kind::Access, token, token.scopes);
    for (const RefreshToken &token : m_grants.refreshTokens) {
        describe(IssuedToken::Kind::Refresh, token, {});
        all.last().used = token.used;
    }
    return all;
}

std::optional<DecodedToken> AuthorizationServer::decode(const QString &fingerprint) const
{
    for (auto token = m_grants.accessTokens.begin(); token != m_grants.accessTokens.end();
         ++token) {
        if (token->fingerprint != fingerprint)
            continue;
        const Result<jose::Jws> parts = jose::decode(token.key().toLatin1());
        if (!parts)
            return std::nullopt;
        const Result<QJsonObject> claims =
            json::parseObject(parts->payload, QStringLiteral("The token"));
        return DecodedToken{parts->header, claims.value_or(QJsonObject())};
    }
    return std::nullopt;
}

QList<KnownClient> AuthorizationServer::clients() const
{
    QList<KnownClient> all;
    for (const Client &client : m_clients) {
        const QString kind = client.kind == Client::Kind::PreRegistered
            ? QStringLiteral("pre_registered")
            : client.kind == Client::Kind::Dynamic ? QStringLiteral("dynamic")
                                                   : QStringLiteral("client_id_metadata");
        all.append({client.id, client.name, kind, issuer(), client.authMethod, client.redirectUris,
            client.grantTypes});
    }
    return all;
}

} // namespace chatelaine::testlab
