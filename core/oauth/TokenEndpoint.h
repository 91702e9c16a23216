// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Clock.h"
#include "core/oauth/Registration.h"
#include "core/oauth/TokenResponse.h"

namespace chatelaine::oauth {

/// An endpoint where we authenticate as a client.
struct Endpoint
{
    QUrl url;
    ClientIdentity client;
    net::Reach reach = net::Reach::Public;
    QString caFile = {};
};

struct CodeExchange
{
    Secret code;
    Secret codeVerifier;
    QString redirectUri;
    QString resource = {}; ///< empty: left out
};

struct RefreshRequest
{
    Secret refreshToken;
    QString resource = {}; ///< empty: left out
    QStringList scopes = {}; ///< empty: left out (RFC 6749 §6: the scopes stay as they were)
};

enum class TokenHint { AccessToken, RefreshToken };

struct Revocation
{
    bool revoked = false;
    QString answer; ///< one sentence: "Revoked (200)."
};

/// The token endpoint and its neighbours (RFC 6749 §3.2, RFC 7009). Redirects are not followed.
/// Form bodies and answers are wiped after use, and what a server repeats of them in an error is
/// struck out of its sentence. The errors are those of parseTokenResponse and of
/// HttpClient; a request that fails in transit says nothing about the token it carried, so keep it.
/// The object outlives its tasks.
class TokenEndpoint
{
public:
    TokenEndpoint(net::HttpClient &http, Clock &clock)
        : m_http(http)
        , m_clock(clock)
    { }

    /// RFC 6749 §4.1.3 with RFC 7636 §4.5 and RFC 8707 §2.2.
    Task<Result<TokenSet>> exchangeCode(
        Endpoint endpoint, CodeExchange exchange, std::stop_token stop);
    /// RFC 6749 §6. The refresh token of the answer is empty when the old one stays in use.
    Task<Result<TokenSet>> refresh(Endpoint endpoint, RefreshRequest request, std::stop_token stop);
    /// RFC 7009 §2.1. What the server answered is told, not judged: a refusal comes back as
    /// `revoked` false. An Error means there was no answer.
    Task<Result<Revocation>> revoke(
        Endpoint endpoint, Secret token, TokenHint hint, std::stop_token stop);

private:
    Task<Result<TokenSet>> ask(
        net::HttpRequest request, QList<Secret> sent, std::stop_token stop);

    net::HttpClient &m_http;
    Clock &m_clock;
};

/// The value of an Authorization header for client_secret_basic: id and secret each form-encoded,
/// then joined (RFC 6749 §2.3.1).
Secret basicAuthorization(const QString &clientId, const Secret &clientSecret);

/// application/x-www-form-urlencoded, strict: everything but unreserved characters is escaped and a
/// space becomes "%20", which every decoder of forms and of URIs reads alike.
QByteArray formEncoded(QByteArrayView bytes);

} // namespace chatelaine::oauth
