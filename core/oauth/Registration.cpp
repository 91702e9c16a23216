// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oauth/Registration.h"

#include "core/base/Json.h"
#include "core/base/Sentence.h"
#include "core/oauth/TokenResponse.h"

#include <QJsonArray>

#include <algorithm>

namespace chatelaine::oauth {

namespace {

constexpr QLatin1StringView none("none");
constexpr QLatin1StringView basic("client_secret_basic");
constexpr QLatin1StringView post("client_secret_post");

// What we ask to be registered with; empty when the issuer takes nothing that we can do.
QString methodToRegister(const AuthorizationServerMetadata &metadata)
{
    const QStringList &supported = metadata.tokenEndpointAuthMethodsSupported;
    // A native application can't keep a secret (RFC 8252 §8.5), so a public client comes first.
    if (supported.isEmpty())
        return none;
    for (const QLatin1StringView method : {none, basic, post}) {
        if (supported.contains(method))
            return method;
    }
    return {};
}

QString registeredMethod(
    const QString &said, bool haveSecret, const AuthorizationServerMetadata &metadata)
{
    const QStringList &supported = metadata.tokenEndpointAuthMethodsSupported;
    if (!haveSecret)
        return none;
    if ((said == none || said == basic || said == post)
        && (supported.isEmpty() || supported.contains(said))) {
        return said;
    }
    // RFC 7591 §2: basic when nothing is said.
    if (supported.isEmpty())
        return basic;
    return methodToRegister(metadata);
}

QByteArray registrationBody(const RegistrationRequest &request, const QString &method,
    const AuthorizationServerMetadata &metadata)
{
    QJsonArray grants{QStringLiteral("authorization_code")};
    const QString refresh = QStringLiteral("refresh_token");
    if (request.wantRefresh
        && (metadata.grantTypesSupported.isEmpty()
            || metadata.grantTypesSupported.contains(refresh))) {
        grants.append(refresh);
    }
    QJsonObject body{
        {QStringLiteral("client_name"), request.clientName},
        {QStringLiteral("redirect_uris"), QJsonArray::fromStringList(request.redirectUris)},
        {QStringLiteral("grant_types"), grants},
        {QStringLiteral("response_types"), QJsonArray{QStringLiteral("code")}},
        // OpenID Connect Registration §2: loopback redirects are for native clients only.
        {QStringLiteral("application_type"), QStringLiteral("native")},
        {QStringLiteral("token_endpoint_auth_method"), method},
    };
    if (!request.scopes.isEmpty())
        body.insert(QStringLiteral("scope"), request.scopes.join(QLatin1Char(' ')));
    return json::compact(body);
}

tl::unexpected<Error> needsPerson(const QString &why)
{
    return failure(ErrorCode::RegistrationNeeded,
        why
            + Sentence::tr(" Register a client with it by hand, and give its client id "
                           "to the server's settings."));
}

tl::unexpected<Error> refused(int status, const QByteArray &body)
{
    const QJsonObject data{{QStringLiteral("status"), status}};
    if (status >= 500 || status == 429) {
        return failure(serverUnavailable(Sentence::tr("The authorization server"), status, {}));
    }
    if (const ServerError error = parseServerError(body); !error.code.isEmpty()) {
        Error result = serverRefused(
            error, status, Sentence::tr("The authorization server refused to register us"));
        if (error.code == QLatin1StringView("invalid_redirect_uri")) {
            result.message += Sentence::tr(" Set the server's redirect_host and redirect_port to "
                                           "what it allows.");
        }
        return failure(std::move(result));
    }
    if (status == 404 || status == 405)
        return needsPerson(Sentence::tr("The authorization server registers no clients."));
    if (status == 401 || status == 403) {
        return needsPerson(Sentence::tr("The authorization server registers only clients that it "
                                        "knows already (%1).")
                               .arg(status));
    }
    return failure(ErrorCode::ProtocolViolation,
        Sentence::tr("The authorization server answered a registration with %1. Tell "
                     "its operator, or register a client by hand.")
            .arg(status),
        {}, {{QStringLiteral("status"), status}});
}

} // namespace

IdentityChoice chooseIdentity(const AuthorizationServerMetadata &metadata, bool havePreRegistered,
    const QString &clientMetadataUrl)
{
    if (havePreRegistered)
        return IdentityChoice::PreRegistered;
    if (metadata.clientIdMetadataDocumentSupported && !clientMetadataUrl.isEmpty())
        return IdentityChoice::ClientIdMetadata;
    if (metadata.registrationEndpoint.isValid())
        return IdentityChoice::Dynamic;
    return IdentityChoice::AskPerson;
}

QString chooseAuthMethod(const AuthorizationServerMetadata &metadata, bool haveSecret)
{
    const QStringList &supported = metadata.tokenEndpointAuthMethodsSupported;
    if (!haveSecret)
        return none;
    if (supported.isEmpty() || supported.contains(basic))
        return basic;
    if (supported.contains(post))
        return post;
    // "none" alone: the secret stays here. Only methods we don't speak: basic, which every server
    // that issues secrets has to take (RFC 6749 §2.3.1).
    return supported.contains(none) ? none : basic;
}

Result<void> checkClientMetadataUrl(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    const QString path = url.path(QUrl::FullyEncoded);
    const QStringList segments = path.split(QLatin1Char('/'));
    if (!url.isValid() || url.scheme() != QLatin1StringView("https") || url.host().isEmpty()
        || path.size() < 2 || url.hasFragment()
        || url.authority(QUrl::FullyEncoded).contains(QLatin1Char('@'))
        || segments.contains(QStringLiteral(".")) || segments.contains(QStringLiteral(".."))) {
        return failure(ErrorCode::InvalidInput,
            Sentence::tr("The URL of a client metadata document has to be https and "
                         "have a path, no user name, no fragment and no dot "
                         "segments."));
    }
    return {};
}

Result<ClientIdentity> parseRegistrationResponse(int status, const QByteArray &body,
    const AuthorizationServerMetadata &metadata, const RegistrationRequest &request)
{
    if (status < 200 || status >= 300)
        return refused(status, body);
    const auto object = json::parseObject(body, Sentence::tr("The registration response"));
    if (!object)
        return failure(object.error());
    const auto text = [&object](const char *key) {
        return json::string(*object, QLatin1StringView(key)).value_or(QString());
    };
    ClientIdentity identity;
    identity.kind = IdentityKind::Dynamic;
    identity.redirectUris = request.redirectUris;
    identity.clientId = text("client_id");
    // RFC 6749 appendix A.1: VSCHAR.
    const bool printable = std::all_of(identity.clientId.cbegin(), identity.clientId.cend(),
        [](QChar c) { return c.unicode() >= 0x20 && c.unicode() < 0x7f; });
    if (identity.clientId.isEmpty() || !printable) {
        return failure(ErrorCode::ProtocolViolation,
            Sentence::tr("The authorization server registered us without giving a "
                         "client id. Tell its operator, or register a client by "
                         "hand."));
    }
    QString secret = text("client_secret");
    identity.tokenEndpointAuthMethod =
        registeredMethod(text("token_endpoint_auth_method"), !secret.isEmpty(), metadata);
    if (identity.tokenEndpointAuthMethod != none) {
        identity.clientSecret = Secret::fromString(secret);
        const auto expires = json::integer(*object, QLatin1StringView("client_secret_expires_at"));
        // Seconds; 0 is never. The bound keeps the product in range.
        identity.secretExpiresAt =
            std::clamp<qint64>(expires.value_or(0), 0, 253'402'300'799) * 1000;
    }
    wipe(secret);
    QString accessToken = text("registration_access_token");
    const auto management = checkedEndpoint(
        text("registration_client_uri"), request.reach, Sentence::tr("The registration's address"));
    // RFC 7592 §3: one is of no use without the other.
    if (management && !accessToken.isEmpty()) {
        identity.registrationClientUri = management->toString(QUrl::FullyEncoded);
        identity.registrationAccessToken = Secret::fromString(accessToken);
    }
    wipe(accessToken);
    return identity;
}

Task<Result<ClientIdentity>> registerClient(net::HttpClient &http,
    AuthorizationServerMetadata metadata, RegistrationRequest request, std::stop_token stop)
{
    if (!metadata.registrationEndpoint.isValid()) {
        co_return needsPerson(
            Sentence::tr("The authorization server offers no registration of clients."));
    }
    const QString method = methodToRegister(metadata);
    if (method.isEmpty()) {
        co_return needsPerson(
            Sentence::tr("The authorization server takes none of the ways in which this program "
                         "can authenticate (none, client_secret_basic, client_secret_post)."));
    }
    net::HttpRequest query;
    query.method = "POST";
    query.url = metadata.registrationEndpoint;
    query.reach = request.reach;
    query.caFile = request.caFile;
    query.followRedirects = false;
    query.headers = {{"Content-Type", "application/json"}, {"Accept", "application/json"}};
    query.body = registrationBody(request, method, metadata);
    auto response = co_await http.send(query, stop);
    if (!response)
        co_return failure(std::move(response).error());
    auto identity = parseRegistrationResponse(response->status, response->body, metadata, request);
    wipe(response->body);
    co_return identity;
}

Task<Result<QString>> deleteRegistration(net::HttpClient &http, ClientIdentity identity,
    net::Reach reach, QString caFile, std::stop_token stop)
{
    if (identity.registrationClientUri.isEmpty() || identity.registrationAccessToken.isEmpty()) {
        co_return failure(ErrorCode::NotFound,
            Sentence::tr("The authorization server offers no way to delete the "
                         "registration."));
    }
    const auto url = checkedEndpoint(
        identity.registrationClientUri, reach, Sentence::tr("The registration's address"));
    if (!url)
        co_return failure(url.error());
    net::HttpRequest request;
    request.method = "DELETE";
    request.url = *url;
    request.reach = reach;
    request.caFile = caFile;
    request.followRedirects = false;
    QByteArray bearer = "Bearer ";
    bearer.append(identity.registrationAccessToken.expose());
    request.authorization = Secret(std::move(bearer));
    auto response = co_await http.send(request, stop);
    if (!response)
        co_return failure(std::move(response).error());
    const int status = response->status;
    if (status >= 200 && status < 300)
        co_return Sentence::tr("Deleted (%1).").arg(status);
    // RFC 7592 §2.3: a token of a client that is gone is answered with 401.
    if (status == 401 || status == 404)
        co_return Sentence::tr("The server did not know it any more (%1).").arg(status);
    co_return Sentence::tr("Not deleted: the server answered %1.").arg(status);
}

} // namespace chatelaine::oauth
