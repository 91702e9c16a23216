// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Json.h"
#include "core/jose/Jwt.h"
#include "core/mcp/Message.h"
#include "core/mcp/ToolHeaders.h"
#include "core/net/AddressRules.h"
#include "core/net/EventStream.h"
#include "core/net/WwwAuthenticate.h"
#include "core/oauth/AuthorizationRequest.h"
#include "core/oauth/CallbackHead.h"
#include "core/oauth/ProtectedResourceMetadata.h"
#include "core/oauth/Registration.h"
#include "core/oauth/TokenResponse.h"
#include "core/registry/RegistryPage.h"
#include "tests/fuzz/Parsers.h"
#include "tests/support/FakeRandom.h"

#include <QUrlQuery>

#include <array>

namespace chatelaine::fuzz {

namespace {

bool isHarmless(const QUrl &url)
{
    const auto address = net::literalAddress(url.host());
    const bool loopback = net::isLocalhostName(url.host())
        || (address && net::classify(*address) == net::AddressKind::Loopback);
    return (url.scheme() == QLatin1StringView("https")
               || (url.scheme() == QLatin1StringView("http") && loopback))
        && !url.host().isEmpty() && url.userInfo().isEmpty() && !url.hasFragment();
}

// RFC 9110 §11.6.1
const char *wwwAuthenticate(QByteArrayView bytes)
{
    const auto challenges = net::parseChallenges(bytes.toByteArray().split('\n'));
    for (const net::Challenge &challenge : challenges) {
        if (challenge.scheme.isEmpty())
            return "a challenge has no scheme";
        for (auto it = challenge.params.cbegin(); it != challenge.params.cend(); ++it) {
            if (it.key().isEmpty() || it.key() != it.key().toLower())
                return "a parameter's name is not in lower case";
        }
    }
    return nullptr;
}

// WHATWG HTML §9.2.6: where a stream is cut makes no difference.
const char *eventStream(QByteArrayView bytes)
{
    constexpr qsizetype limit = 512;
    const auto summary = [](const QList<net::ServerEvent> &events) {
        QByteArrayList parts;
        for (const net::ServerEvent &event : events)
            parts << event.event << event.data << event.id;
        return parts;
    };
    net::EventStream whole(limit);
    const auto all = whole.feed(bytes);
    net::EventStream pieces(limit);
    QList<net::ServerEvent> events;
    bool failed = false;
    for (const char c : bytes) {
        const auto some = pieces.feed(QByteArrayView(&c, 1));
        if (!some) {
            failed = true;
            break;
        }
        events += *some;
    }
    if (failed != !all)
        return "an event is too large in one piece only, or in many only";
    if (all && (summary(*all) != summary(events) || whole.retryMs() != pieces.retryMs()))
        return "the events depend on where the stream is cut";
    return nullptr;
}

// RFC 9728 §2
const char *resourceMetadata(QByteArrayView bytes)
{
    const auto metadata = oauth::parseProtectedResourceMetadata(bytes.toByteArray());
    if (!metadata)
        return nullptr;
    const QUrl url(metadata->resource);
    if (url.isRelative() || url.hasFragment())
        return "the resource is no absolute URL without a fragment";
    if (oauth::resourceMatches(QUrl(QStringLiteral("https://mcp.example/mcp")), metadata->resource)
        && url.host() != QLatin1StringView("mcp.example"))
        return "the resource of another host matches";
    const QList<QUrl> places = oauth::protectedResourceMetadataUrls(url);
    for (const QUrl &place : places) {
        if (place.host() != url.host())
            return "a resource's metadata is looked up at another host";
    }
    return nullptr;
}

// RFC 8414 §2. The issuer that was looked up is the one the document names.
const char *issuerMetadata(QByteArrayView bytes)
{
    const QByteArray body = bytes.toByteArray();
    const auto object = json::parseObject(body, QStringLiteral("It"));
    const QString issuer =
        object ? object->value(QLatin1StringView("issuer")).toString() : QString();
    for (const net::Reach reach : {net::Reach::Public, net::Reach::Private, net::Reach::Loopback}) {
        const auto metadata = oauth::parseAuthorizationServerMetadata(body, issuer, reach);
        if (!metadata)
            continue;
        for (const QUrl &url : {metadata->authorizationEndpoint, metadata->tokenEndpoint,
                 metadata->registrationEndpoint, metadata->revocationEndpoint,
                 metadata->introspectionEndpoint}) {
            if (!url.isEmpty() && !isHarmless(url))
                return "an endpoint is accepted that may not be opened";
        }
        if (!oauth::authorizationServerMetadataFromJson(metadata->raw, issuer, reach))
            return "what is kept is not accepted again";
        if (metadata->issuer != issuer)
            return "the issuer is not the one that was looked up";
    }
    for (const QUrl &place : oauth::metadataUrls(QUrl(issuer))) {
        if (place.host() != QUrl(issuer).host())
            return "an issuer's metadata is looked up at another host";
    }
    return nullptr;
}

// RFC 6749 §5.1
const char *tokenResponse(QByteArrayView bytes)
{
    for (const int status : {200, 400}) {
        const auto tokens =
            oauth::parseTokenResponse(status, "application/json", bytes.toByteArray(), 30);
        if (!tokens)
            continue;
        if (status == 400)
            return "a token comes with an error's status";
        const QByteArrayView access = tokens->accessToken.expose();
        const bool header =
            std::all_of(access.begin(), access.end(), [](char c) { return c > 0x20 && c < 0x7f; });
        if (access.isEmpty() || !header)
            return "an access token can't stand in a header";
        if (tokens->expiresInS && (*tokens->expiresInS < 0 || *tokens->expiresInS > 366 * 86'400))
            return "a lifetime is out of range";
        if (tokens->tokenType != QLatin1StringView("Bearer"))
            return "a token is of another type";
    }
    return nullptr;
}

// RFC 7591 §3.2.1
const char *registrationResponse(QByteArrayView bytes)
{
    oauth::AuthorizationServerMetadata metadata;
    metadata.issuer = QStringLiteral("https://as.example");
    oauth::RegistrationRequest request;
    request.redirectUris = {QStringLiteral("http://127.0.0.1:4711/callback")};
    const auto client =
        oauth::parseRegistrationResponse(201, bytes.toByteArray(), metadata, request);
    if (!client)
        return nullptr;
    if (client->clientId.isEmpty())
        return "a client has no id";
    const QUrl management(client->registrationClientUri);
    if (!client->registrationClientUri.isEmpty() && !isHarmless(management))
        return "the client is managed at an address that may not be opened";
    return nullptr;
}

// RFC 7515, 7517, 7519: a key set on the first line, a token on the second.
const char *jose(QByteArrayView bytes)
{
    const auto [set, compact] = halves(bytes);
    QList<jose::Jwk> keys;
    if (const auto object = json::parseObject(set, QStringLiteral("It"))) {
        const auto print = jose::thumbprint(*object);
        if (print && !jose::fromBase64Url(*print))
            return "a thumbprint is not base64url";
        keys = jose::keysFromJson(*object).value_or(QList<jose::Jwk>());
    }
    for (const jose::Jwk &key : std::as_const(keys)) {
        const auto again = jose::Jwk::fromJson(key.publicJson());
        if (!again || again->publicJson() != key.publicJson())
            return "a key is another one when it is read again";
    }
    jose::Expectations expectations;
    expectations.typ = QStringLiteral("at+jwt");
    expectations.issuer = QStringLiteral("https://as.example");
    expectations.audience = QStringLiteral("https://mcp.example/mcp");
    expectations.now = 1'700'000'000'000;
    if (jose::verifyJwt(compact, keys, expectations) && keys.isEmpty())
        return "a token is good without a key";
    if (const auto raw = jose::fromBase64Url(compact); raw && jose::toBase64Url(*raw) != compact)
        return "base64url has two texts for one array";
    return nullptr;
}

// RFC 9112 §2 to §5
const char *callbackHead(QByteArrayView bytes)
{
    using State = oauth::CallbackHead::State;
    const oauth::CallbackHead head = oauth::parseCallbackHead(bytes);
    if (head.state == State::Incomplete && bytes.indexOf("\r\n\r\n") >= 0)
        return "a whole head counts as incomplete";
    if (head.state != State::Complete)
        return nullptr;
    if (!head.path.startsWith('/') || head.host.isEmpty())
        return "a head without a path or a host is complete";
    for (const QByteArray &part : {head.method, head.path, head.query, head.host}) {
        if (std::any_of(part.cbegin(), part.cend(), [](char c) { return c >= 0 && c < 0x20; }))
            return "a control character is in a complete head";
    }
    return nullptr;
}

oauth::AuthorizationRequest waitingRequest()
{
    oauth::AuthorizationRequest request;
    request.issuer = QStringLiteral("https://as.example");
    request.redirectUri = QStringLiteral("http://127.0.0.1:4711/callback");
    request.state = Secret::copyOf("st-ate");
    return request;
}

// RFC 6749 §4.1.2, RFC 9207 §2
const char *callbackQuery(QByteArrayView bytes)
{
    oauth::AuthorizationRequest request = waitingRequest();
    for (const bool promised : {false, true}) {
        request.issRequired = promised;
        const auto response = oauth::judgeAuthorizationResponse(request, bytes);
        if (response.code && !response.ours)
            return "a code is taken from a foreign response";
        if (response.code && response.code->isEmpty())
            return "an empty code is taken";
    }
    const auto pasted = oauth::queryOfPastedCallback(
        request, request.redirectUri + u'?' + QString::fromUtf8(bytes));
    static_cast<void>(oauth::queryOfPastedCallback(request, QString::fromUtf8(bytes)));
    return pasted ? nullptr : "a pasted callback is not known as such";
}

// RFC 6749 §4.1.1: an endpoint as the server names it, on the first line; the scopes on the second.
const char *authorizationRequest(QByteArrayView bytes)
{
    const auto [text, scopes] = halves(bytes);
    const auto endpoint = oauth::checkedEndpoint(
        QString::fromUtf8(text), net::Reach::Loopback, QStringLiteral("The endpoint"));
    if (!endpoint)
        return nullptr;
    if (!isHarmless(*endpoint))
        return "an endpoint is accepted that may not be opened";
    oauth::AuthorizationInput input;
    input.metadata.issuer = QStringLiteral("https://as.example");
    input.metadata.authorizationEndpoint = *endpoint;
    input.clientId = QStringLiteral("client");
    input.redirectUri = QStringLiteral("http://127.0.0.1:4711/callback");
    input.scopes = QString::fromUtf8(scopes).split(u' ', Qt::SkipEmptyParts);
    test::FakeRandom random;
    const auto request = oauth::buildAuthorizationRequest(input, random);
    if (!request)
        return nullptr;
    if (!isHarmless(request->url) || request->url.host() != endpoint->host())
        return "the request goes elsewhere";
    const QUrlQuery query(request->url);
    for (const QString &name : {QStringLiteral("state"), QStringLiteral("code_challenge"),
             QStringLiteral("client_id"), QStringLiteral("redirect_uri")}) {
        if (query.allQueryItemValues(name).size() != 1)
            return "a parameter is not there once";
    }
    return nullptr;
}

// JSON-RPC 2.0 as MCP uses it, and the annotations of a tool's schema.
const char *mcpMessage(QByteArrayView bytes)
{
    const auto message = mcp::parseMessage(bytes.toByteArray());
    if (message && message->kind == mcp::Message::Kind::Result && message->id.isUndefined())
        return "a result belongs to no request";
    const auto schema = json::parseObject(bytes.toByteArray(), QStringLiteral("It"));
    if (!schema)
        return nullptr;
    if (const auto rules = mcp::headerRules(*schema)) {
        const auto headers =
            mcp::headersFor(*rules, schema->value(QLatin1StringView("arguments")).toObject());
        if (!headers)
            return nullptr;
        for (const net::HttpHeader &header : *headers) {
            if (header.name.contains('\n') || header.value.contains('\n')
                || header.value.contains('\r'))
                return "a header holds a line break";
        }
    }
    return nullptr;
}

// MCP Registry API 2025-12-01, GET /v0.1/servers
const char *registryPage(QByteArrayView bytes)
{
    const auto page = registry::parsePage(bytes.toByteArray(), net::Reach::Loopback);
    if (!page)
        return nullptr;
    if (page->entries.size() > registry::maxEntries)
        return "a page is longer than is read";
    for (const registry::Entry &entry : page->entries) {
        if (entry.name.isEmpty() || entry.remotes.isEmpty())
            return "a server has no name or no address";
        for (const registry::Remote &remote : entry.remotes) {
            const registry::Remote::Address address = remote.address();
            if (!address.missing && !isHarmless(QUrl(address.url)))
                return "an address may not be opened";
        }
    }
    return nullptr;
}

constexpr std::array all{
    Parser{"www_authenticate", wwwAuthenticate},
    Parser{"event_stream", eventStream},
    Parser{"resource_metadata", resourceMetadata},
    Parser{"issuer_metadata", issuerMetadata},
    Parser{"token_response", tokenResponse},
    Parser{"registration_response", registrationResponse},
    Parser{"jose", jose},
    Parser{"callback_head", callbackHead},
    Parser{"callback_query", callbackQuery},
    Parser{"authorization_request", authorizationRequest},
    Parser{"mcp_message", mcpMessage},
    Parser{"registry_page", registryPage},
};

} // namespace

std::span<const Parser> networkParsers()
{
    return all;
}

} // namespace chatelaine::fuzz
