// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oauth/TokenEndpoint.h"

#include "core/base/Sentence.h"

namespace chatelaine::oauth {

namespace {

// A request body under construction. It is large enough from the start for the secrets in it not to
// be left behind in a smaller buffer.
class Form
{
public:
    Form() { m_bytes.reserve(32 * 1024); }
    ~Form() { wipe(m_bytes); }
    Q_DISABLE_COPY_MOVE(Form)

    void add(QByteArrayView name, QByteArrayView value)
    {
        if (!m_bytes.isEmpty())
            m_bytes += '&';
        m_bytes.append(name);
        m_bytes += '=';
        QByteArray encoded = formEncoded(value);
        m_bytes += encoded;
        wipe(encoded);
    }
    void addUnlessEmpty(QByteArrayView name, const QString &value)
    {
        if (!value.isEmpty())
            add(name, value.toUtf8());
    }
    QByteArray take() { return std::exchange(m_bytes, {}); }

private:
    QByteArray m_bytes;
};

// RFC 6749 §2.3.1 and §3.2.1.
net::HttpRequest authenticatedRequest(const Endpoint &endpoint, Form &form)
{
    net::HttpRequest request;
    request.method = "POST";
    request.url = endpoint.url;
    request.reach = endpoint.reach;
    request.caFile = endpoint.caFile;
    request.followRedirects = false;
    request.headers = {
        {"Content-Type", "application/x-www-form-urlencoded"}, {"Accept", "application/json"}};
    const ClientIdentity &client = endpoint.client;
    if (client.tokenEndpointAuthMethod == QLatin1StringView("client_secret_basic")) {
        request.authorization = basicAuthorization(client.clientId, client.clientSecret);
    } else {
        form.add("client_id", client.clientId.toUtf8());
        if (client.tokenEndpointAuthMethod == QLatin1StringView("client_secret_post"))
            form.add("client_secret", client.clientSecret.expose());
    }
    request.body = form.take();
    return request;
}

// "The refresh token abc… is unknown", say some servers; that sentence is kept and shown.
void strikeOut(QByteArray &body, const QList<Secret> &sent)
{
    for (const Secret &secret : sent) {
        if (secret.isEmpty())
            continue;
        QByteArray text = secret.expose().toByteArray();
        body.replace(text, "***");
        // RFC 8259 §7: a solidus may be escaped.
        text.replace("/", "\\/");
        body.replace(text, "***");
        wipe(text);
    }
}

} // namespace

QByteArray formEncoded(QByteArrayView bytes)
{
    return QByteArray::fromRawData(bytes.data(), bytes.size()).toPercentEncoding();
}

Secret basicAuthorization(const QString &clientId, const Secret &clientSecret)
{
    QByteArray encoded = formEncoded(clientSecret.expose());
    QByteArray pair = formEncoded(clientId.toUtf8()) + ':' + encoded;
    QByteArray base64 = pair.toBase64();
    QByteArray value = "Basic " + base64;
    wipe(encoded);
    wipe(pair);
    wipe(base64);
    return Secret(std::move(value));
}

Task<Result<TokenSet>> TokenEndpoint::exchangeCode(
    Endpoint endpoint, CodeExchange exchange, std::stop_token stop)
{
    net::HttpRequest request;
    {
        Form form;
        form.add("grant_type", "authorization_code");
        form.add("code", exchange.code.expose());
        form.add("redirect_uri", exchange.redirectUri.toUtf8());
        form.add("code_verifier", exchange.codeVerifier.expose());
        form.addUnlessEmpty("resource", exchange.resource);
        request = authenticatedRequest(endpoint, form);
    }
    const QList<Secret> sent{exchange.code, exchange.codeVerifier, endpoint.client.clientSecret};
    co_return co_await ask(std::move(request), sent, stop);
}

Task<Result<TokenSet>> TokenEndpoint::refresh(
    Endpoint endpoint, RefreshRequest refresh, std::stop_token stop)
{
    net::HttpRequest request;
    {
        Form form;
        form.add("grant_type", "refresh_token");
        form.add("refresh_token", refresh.refreshToken.expose());
        form.addUnlessEmpty("scope", refresh.scopes.join(QLatin1Char(' ')));
        form.addUnlessEmpty("resource", refresh.resource);
        request = authenticatedRequest(endpoint, form);
    }
    const QList<Secret> sent{refresh.refreshToken, endpoint.client.clientSecret};
    co_return co_await ask(std::move(request), sent, stop);
}

Task<Result<TokenSet>> TokenEndpoint::ask(
    net::HttpRequest request, QList<Secret> sent, std::stop_token stop)
{
    auto response = co_await m_http.send(request, stop);
    wipe(request.body);
    if (!response)
        co_return failure(std::move(response).error());
    auto tokens = parseTokenResponse(
        response->status, response->mediaType(), response->body, response->retryAfterS());
    if (!tokens) {
        strikeOut(response->body, sent);
        auto again = parseTokenResponse(
            response->status, response->mediaType(), response->body, response->retryAfterS());
        if (!again)
            tokens = std::move(again);
    }
    wipe(response->body);
    if (tokens && response->serverDate)
        tokens->clockSkewMs = *response->serverDate - m_clock.utcMs();
    co_return tokens;
}

Task<Result<Revocation>> TokenEndpoint::revoke(
    Endpoint endpoint, Secret token, TokenHint hint, std::stop_token stop)
{
    net::HttpRequest request;
    {
        Form form;
        form.add("token", token.expose());
        form.add(
            "token_type_hint", hint == TokenHint::RefreshToken ? "refresh_token" : "access_token");
        request = authenticatedRequest(endpoint, form);
    }
    auto response = co_await m_http.send(request, stop);
    wipe(request.body);
    if (!response)
        co_return failure(std::move(response).error());
    // RFC 7009 §2.2: 200 also for a token that the server does not know.
    Revocation revocation;
    revocation.revoked = response->status == 200;
    if (revocation.revoked) {
        revocation.answer = Sentence::tr("Revoked (200).");
        co_return revocation;
    }
    const QList<Secret> sent{token, endpoint.client.clientSecret};
    strikeOut(response->body, sent);
    const ServerError error = parseServerError(response->body);
    revocation.answer = error.code.isEmpty()
        ? Sentence::tr("Not revoked: the server answered %1.").arg(response->status)
        : Sentence::tr("Not revoked: the server answered %1 (%2).")
              .arg(QString::number(response->status), error.code);
    co_return revocation;
}

} // namespace chatelaine::oauth
