// SPDX-License-Identifier: GPL-3.0-or-later
// The back channel: token endpoint (OAuth 2.1 §3.2), revocation (RFC 7009), introspection (RFC 7662).
#include "core/testlab/AuthorizationServer.h"

#include "core/base/Json.h"
#include "core/testlab/AccessToken.h"

#include <QCryptographicHash>
#include <QRegularExpression>

namespace chatelaine::testlab {

namespace {

tl::unexpected<OAuthError> refused(const char *code, const char *description, int status = 400)
{
    return tl::unexpected(OAuthError {QString::fromLatin1(code), QString::fromLatin1(description), status});
}

OAuthError problem(const char *code, const char *description)
{
    return {QString::fromLatin1(code), QString::fromLatin1(description)};
}

bool usesBasic(const Request &request)
{
    return request.header("Authorization").left(6).toLower() == "basic ";
}

bool sameSecret(const Secret &secret, const QString &text)
{
    return !secret.isEmpty() && equalInConstantTime(secret.expose(), text.toUtf8());
}

bool verifierMatches(const QString &verifier, const QString &challenge)
{
    static const QRegularExpression grammar(QStringLiteral("^[A-Za-z0-9._~-]{43,128}$"));
    if (!grammar.match(verifier).hasMatch())
        return false;
    const QByteArray hash = QCryptographicHash::hash(verifier.toLatin1(), QCryptographicHash::Sha256);
    return equalInConstantTime(jose::toBase64Url(hash), challenge.toLatin1());
}

} // namespace

Answer AuthorizationServer::oauthError(const OAuthError &error, bool basicWasUsed) const
{
    Answer answer = Answer::json(error.toJson(), error.status).with("Cache-Control", "no-store");
    if (error.status == 401 && basicWasUsed)
        return std::move(answer).with("WWW-Authenticate", "Basic realm=\"Chatelaine test lab\"");
    return answer;
}

tl::expected<Form, OAuthError> AuthorizationServer::readForm(const Request &request) const
{
    if (request.mediaType() != "application/x-www-form-urlencoded")
        return refused("invalid_request", "The body has to be application/x-www-form-urlencoded.");
    const Form form = Form::parse(request.body);
    if (!form.repeated().isEmpty())
        return refused("invalid_request", "A parameter came twice.");
    return form;
}

/// OAuth 2.1 §2.4. Every failure is 401 invalid_client, as RFC 6749 §5.2 allows for all methods.
AuthorizationServer::ClientOrError AuthorizationServer::authenticate(const Request &request, const Form &form)
{
    QString clientId = form.value(QStringLiteral("client_id"));
    QString secret = form.value(QStringLiteral("client_secret"));
    QString method = secret.isEmpty() ? QStringLiteral("none") : QStringLiteral("client_secret_post");
    if (usesBasic(request)) {
        if (!secret.isEmpty())
            return refused("invalid_request", "The client authenticates in two ways at once.");
        const QByteArray pair = QByteArray::fromBase64(request.header("Authorization").mid(6).trimmed());
        const qsizetype colon = pair.indexOf(':');
        if (colon < 0)
            return refused("invalid_client", "The Authorization header is malformed.", 401);
        // Both halves are form-encoded before they are joined (RFC 6749 §2.3.1).
        const Form halves = Form::parse("id=" + pair.left(colon) + "&secret=" + pair.mid(colon + 1));
        if (!clientId.isEmpty() && clientId != halves.value(QStringLiteral("id")))
            return refused("invalid_request", "client_id differs from the one in the Authorization header.");
        clientId = halves.value(QStringLiteral("id"));
        secret = halves.value(QStringLiteral("secret"));
        method = QStringLiteral("client_secret_basic");
    }

    const auto found = m_clients.constFind(clientId);
    if (m_context.faults.has(Fault::InvalidClient) || found == m_clients.constEnd())
        return refused("invalid_client", "No such client is registered here.", 401);
    if (found->kind == Client::Kind::Dynamic && m_context.faults.has(Fault::RegistrationPruned)) {
        m_context.faults.set(Fault::RegistrationPruned, false);
        m_clients.erase(found);
        return refused("invalid_client", "No such client is registered here.", 401);
    }
    const bool expected = found->authMethod.isEmpty()
        ? method != u"none" && m_context.options.authMethods.contains(method)
        : method == found->authMethod;
    if (!expected)
        return refused("invalid_client", "The client has to authenticate in another way.", 401);
    if (method != u"none" && !sameSecret(found->secret, secret))
        return refused("invalid_client", "The client secret is wrong.", 401);
    return *found;
}

Answer AuthorizationServer::token(const Request &request)
{
    const Faults &faults = m_context.faults;
    const auto form = readForm(request);
    const QString grant = form ? form->value(QStringLiteral("grant_type")) : QString();
    count(grant == u"authorization_code" ? QStringLiteral("token_code")
              : grant == u"refresh_token" ? QStringLiteral("token_refresh")
                                          : QStringLiteral("token_other"));
    if (faults.has(Fault::TokenEndpointHangs))
        return {.delivery = Delivery::Never};
    if (faults.has(Fault::Token500))
        return Answer::empty(500);
    if (faults.has(Fault::TokenHtml))
        return Answer::html("<!DOCTYPE html><title>Sign in</title><p>Please sign in to the network.");
    if (faults.has(Fault::Token429)) {
        return oauthError({QStringLiteral("temporarily_unavailable"), QStringLiteral("Too many requests."), 429})
            .with("Retry-After", "7");
    }
    if (faults.has(Fault::Token429Date)) {
        return oauthError({QStringLiteral("temporarily_unavailable"), QStringLiteral("Too many requests."), 429})
            .with("Retry-After", httpDate(m_context.now() + 7000));
    }

    if (!form)
        return oauthError(form.error());
    const ClientOrError client = authenticate(request, *form);
    if (!client)
        return oauthError(client.error(), usesBasic(request));
    if (faults.has(Fault::UnauthorizedClient))
        return oauthError(problem("unauthorized_client", "The client may not use this grant type."));
    if (grant.isEmpty())
        return oauthError(problem("invalid_request", "grant_type is missing."));
    Answer answer;
    if (grant == u"authorization_code")
        answer = tokenFromCode(*client, *form);
    else if (grant == u"refresh_token")
        answer = tokenFromRefresh(*client, *form);
    else
        answer = oauthError(problem("unsupported_grant_type", "The grant type is not supported."));
    if (faults.has(Fault::TokenHalfResponse))
        answer.delivery = Delivery::Half;
    return answer;
}

Answer AuthorizationServer::tokenFromCode(const Client &client, const Form &form)
{
    const auto invalid = [this](const char *why) { return oauthError(problem("invalid_grant", why)); };
    if (!form.has(QStringLiteral("code")))
        return oauthError(problem("invalid_request", "code is missing."));
    const auto code = m_grants.codes.find(form.value(QStringLiteral("code")));
    if (code == m_grants.codes.end())
        return invalid("The code is unknown.");
    const Family family = m_grants.families.value(code->family);
    if (family.clientId != client.id)
        return invalid("The code was given to another client.");
    if (code->used) {
        // OAuth 2.1 §4.1.3: what a code that comes twice has given is withdrawn.
        m_grants.revoke(family.id);
        return invalid("The code was used before; what it gave is revoked.");
    }
    if (code->expires <= m_context.now() || family.revoked)
        return invalid("The code has expired.");
    if (const QString uri = form.value(QStringLiteral("redirect_uri")); !uri.isEmpty() && uri != code->redirectUri)
        return invalid("redirect_uri differs from that of the authorization request.");
    if (!form.has(QStringLiteral("code_verifier")))
        return oauthError(problem("invalid_request", "code_verifier is missing (RFC 7636)."));
    m_context.issued.append(Secret::fromString(form.value(QStringLiteral("code_verifier"))));
    if (!verifierMatches(form.value(QStringLiteral("code_verifier")), code->challenge))
        return invalid("code_verifier does not match the challenge.");
    const QStringList resources = form.values(QStringLiteral("resource"));
    if (!resources.isEmpty() && resources != QStringList {family.resource})
        return oauthError(problem("invalid_target", "The code is for another resource."));
    code->used = true;
    return tokenResponse(client, family.id, family.scopes, client.mayRefresh());
}

Answer AuthorizationServer::tokenFromRefresh(const Client &client, const Form &form)
{
    const auto invalid = [this](const char *why) { return oauthError(problem("invalid_grant", why)); };
    if (!client.mayRefresh())
        return oauthError(problem("unauthorized_client", "The client is not registered for refresh tokens."));
    if (!form.has(QStringLiteral("refresh_token")))
        return oauthError(problem("invalid_request", "refresh_token is missing."));
    if (m_context.faults.has(Fault::RefreshInvalidGrant))
        return invalid("The refresh token is no longer valid.");
    const auto refresh = m_grants.refreshTokens.find(form.value(QStringLiteral("refresh_token")));
    if (refresh == m_grants.refreshTokens.end())
        return invalid("The refresh token is unknown.");
    const Family family = m_grants.families.value(refresh->family);
    if (family.clientId != client.id)
        return invalid("The refresh token was given to another client.");
    if (refresh->used) {
        // OAuth 2.1 §4.3.1: the thief and the owner can't be told apart, so both lose.
        count(QStringLiteral("refresh_reused"));
        m_grants.revoke(family.id);
        return invalid("The refresh token was used before; the whole grant is revoked.");
    }
    if (family.revoked)
        return invalid("The grant was revoked.");
    if (refresh->expires <= m_context.now())
        return invalid("The refresh token has expired.");
    const QStringList resources = form.values(QStringLiteral("resource"));
    if (!resources.isEmpty() && resources != QStringList {family.resource})
        return oauthError(problem("invalid_target", "The grant is for another resource."));
    QStringList scopes = form.value(QStringLiteral("scope")).split(u' ', Qt::SkipEmptyParts);
    for (const QString &scope : std::as_const(scopes)) {
        if (!family.scopes.contains(scope))
            return oauthError(problem("invalid_scope", "A scope was not granted before."));
    }
    if (!scopes.isEmpty() && m_context.faults.has(Fault::RefreshInvalidScope))
        return oauthError(problem("invalid_scope", "A scope was withdrawn."));
    if (scopes.isEmpty())
        scopes = family.scopes;
    if (m_context.faults.has(Fault::RefreshNarrowed))
        scopes = scopes.first(1);
    const bool rotate
        = !m_context.faults.has(Fault::RefreshNotRotated) && !m_context.faults.has(Fault::NoRefreshToken);
    refresh->used = rotate;
    return tokenResponse(client, family.id, scopes, rotate);
}

QJsonObject AuthorizationServer::accessTokenClaims(const Family &family, const QStringList &scopes)
{
    const qint64 now = m_context.now() / 1000;
    return {{QStringLiteral("iss"), issuer()},
            {QStringLiteral("aud"), family.resource},
            {QStringLiteral("sub"), family.subject},
            {QStringLiteral("client_id"), family.clientId},
            {QStringLiteral("scope"), scopes.join(u' ')},
            {QStringLiteral("iat"), now},
            {QStringLiteral("exp"), now + m_context.options.accessTokenLifetimeS},
            {QStringLiteral("jti"), QString::fromLatin1(m_context.random.text(16))}};
}

Answer AuthorizationServer::tokenResponse(const Client &client, const QString &familyId,
                                          const QStringList &scopes, bool withRefreshToken)
{
    const Faults &faults = m_context.faults;
    const Family family = m_grants.families.value(familyId);
    const Result<QByteArray> access = signAccessToken(accessTokenClaims(family, scopes), m_key);
    if (!access)
        return Answer::empty(500);
    const QString accessToken = QString::fromLatin1(*access);
    const Secret secret = Secret::copyOf(*access);
    m_context.issued.append(secret);
    const UtcMs now = m_context.now();
    const qint64 lifetime = m_context.options.accessTokenLifetimeS;
    m_grants.accessTokens.insert(
        accessToken, {familyId, secret.fingerprint(), scopes, now, now + lifetime * 1000});

    QJsonObject body {{QStringLiteral("access_token"), accessToken},
                      {QStringLiteral("token_type"), faults.has(Fault::TokenTypeMac) ? QStringLiteral("mac")
                                                                                     : QStringLiteral("Bearer")},
                      {QStringLiteral("expires_in"), lifetime},
                      {QStringLiteral("scope"), scopes.join(u' ')}};
    const auto expiresIn = QStringLiteral("expires_in");
    if (faults.has(Fault::ExpiresInString))
        body.insert(expiresIn, QString::number(lifetime));
    if (faults.has(Fault::ExpiresInMissing))
        body.remove(expiresIn);
    if (faults.has(Fault::ExpiresInNegative))
        body.insert(expiresIn, -1);
    if (faults.has(Fault::ExpiresInHuge))
        body.insert(expiresIn, qint64 {1'000'000'000'000'000'000});
    if (faults.has(Fault::NoScopeInResponse))
        body.remove(QStringLiteral("scope"));
    if (withRefreshToken && client.mayRefresh() && !faults.has(Fault::NoRefreshToken)) {
        const QString refresh = m_context.newSecret();
        m_grants.refreshTokens.insert(refresh,
                                      {familyId, Secret::fromString(refresh).fingerprint(), now,
                                       now + m_context.options.refreshTokenLifetimeS * 1000, false});
        body.insert(QStringLiteral("refresh_token"), refresh);
    }
    return Answer::json(body).with("Cache-Control", "no-store").with("Pragma", "no-cache");
}

Answer AuthorizationServer::revoke(const Request &request)
{
    if (m_context.faults.has(Fault::Revocation500))
        return Answer::empty(500);
    const auto form = readForm(request);
    if (!form)
        return oauthError(form.error());
    const ClientOrError client = authenticate(request, *form);
    if (!client)
        return oauthError(client.error(), usesBasic(request));
    const QString token = form->value(QStringLiteral("token"));
    if (token.isEmpty())
        return oauthError(problem("invalid_request", "token is missing."));
    QString familyId;
    if (const auto found = m_grants.refreshTokens.constFind(token); found != m_grants.refreshTokens.constEnd())
        familyId = found->family;
    else if (const auto access = m_grants.accessTokens.constFind(token);
             access != m_grants.accessTokens.constEnd())
        familyId = access->family;
    // RFC 7009 §2.2: an unknown token is as good as revoked.
    if (const Family *family = m_grants.familyOf(familyId)) {
        if (family->clientId != client->id)
            return oauthError(problem("invalid_grant", "The token was given to another client."));
        m_grants.revoke(familyId);
    }
    return Answer::empty(200).with("Cache-Control", "no-store");
}

Answer AuthorizationServer::introspect(const Request &request)
{
    const auto form = readForm(request);
    if (!form)
        return oauthError(form.error());
    // RFC 7662 §2.1 wants a caller that proves who it is: a client with a secret.
    const ClientOrError client = authenticate(request, *form);
    if (!client || client->secret.isEmpty())
        return oauthError({QStringLiteral("invalid_client"),
                           QStringLiteral("Only a client with a secret may ask."), 401},
                          usesBasic(request));
    const QString token = form->value(QStringLiteral("token"));
    if (token.isEmpty())
        return oauthError(problem("invalid_request", "token is missing."));
    const UtcMs now = m_context.now();
    QJsonObject body {{QStringLiteral("active"), false}};
    const auto describe = [&](const QString &familyId, const QStringList &scopes, UtcMs expires, const char *type) {
        const Family *family = m_grants.familyOf(familyId);
        if (!family || family->revoked || expires <= now)
            return;
        body = {{QStringLiteral("active"), true},
                {QStringLiteral("scope"), scopes.join(u' ')},
                {QStringLiteral("client_id"), family->clientId},
                {QStringLiteral("sub"), family->subject},
                {QStringLiteral("aud"), family->resource},
                {QStringLiteral("iss"), issuer()},
                {QStringLiteral("exp"), qint64 {expires / 1000}},
                {QStringLiteral("token_type"), QString::fromLatin1(type)}};
    };
    if (const auto access = m_grants.accessTokens.constFind(token); access != m_grants.accessTokens.constEnd()) {
        describe(access->family, access->scopes, access->expires, "Bearer");
    } else if (const auto refresh = m_grants.refreshTokens.constFind(token);
               refresh != m_grants.refreshTokens.constEnd() && !refresh->used) {
        describe(refresh->family, m_grants.families.value(refresh->family).scopes, refresh->expires,
                 "refresh_token");
    }
    return Answer::json(body).with("Cache-Control", "no-store");
}

} // namespace chatelaine::testlab
