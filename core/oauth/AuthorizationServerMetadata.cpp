// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oauth/AuthorizationServerMetadata.h"

#include "core/base/Json.h"
#include "core/base/Sentence.h"
#include "core/net/AddressRules.h"

#include <QJsonArray>

#include <algorithm>

namespace chatelaine::oauth {

namespace {

tl::unexpected<Error> unusable(const QString &sentence)
{
    return failure(ErrorCode::ProtocolViolation,
        sentence
            + Sentence::tr(" Signing in there would not be safe; tell the operator of "
                           "the authorization server."));
}

bool isLoopback(const QUrl &url)
{
    const auto address = net::literalAddress(url.host());
    return net::isLocalhostName(url.host())
        || (address && net::classify(*address) == net::AddressKind::Loopback);
}

// RFC 3986 has none of these in a URL; a shell or a command line would give them a meaning.
bool isForbidden(QChar c)
{
    return c.unicode() <= 0x20 || c.unicode() >= 0x7f || c == QLatin1Char('"')
        || c == QLatin1Char('\'') || c == QLatin1Char('`') || c == QLatin1Char('<')
        || c == QLatin1Char('>') || c == QLatin1Char('\\') || c == QLatin1Char('^')
        || c == QLatin1Char('{') || c == QLatin1Char('}') || c == QLatin1Char('|');
}

struct NamedEndpoint
{
    const char *member;
    QString what;
    QUrl AuthorizationServerMetadata::*target;
};

Result<void> readEndpoints(
    const QJsonObject &object, net::Reach reach, AuthorizationServerMetadata &metadata)
{
    using Metadata = AuthorizationServerMetadata;
    const NamedEndpoint endpoints[] = {
        {"authorization_endpoint", Sentence::tr("The authorization endpoint"),
            &Metadata::authorizationEndpoint},
        {"token_endpoint", Sentence::tr("The token endpoint"), &Metadata::tokenEndpoint},
        {"registration_endpoint", Sentence::tr("The registration endpoint"),
            &Metadata::registrationEndpoint},
        {"revocation_endpoint", Sentence::tr("The revocation endpoint"),
            &Metadata::revocationEndpoint},
        {"introspection_endpoint", Sentence::tr("The introspection endpoint"),
            &Metadata::introspectionEndpoint},
    };
    for (const NamedEndpoint &endpoint : endpoints) {
        const QJsonValue value = object.value(QLatin1StringView(endpoint.member));
        if (value.isUndefined() || value.isNull())
            continue;
        auto url = checkedEndpoint(value.toString(), reach, endpoint.what);
        if (!url)
            return failure(std::move(url).error());
        metadata.*endpoint.target = std::move(*url);
    }
    return {};
}

QUrl atPath(const QUrl &base, const QString &path)
{
    QUrl url;
    url.setScheme(base.scheme());
    url.setHost(base.host());
    url.setPort(base.port());
    url.setPath(path, QUrl::TolerantMode);
    return url;
}

} // namespace

Result<QUrl> checkedEndpoint(const QString &text, net::Reach reach, const QString &what)
{
    if (text.isEmpty() || std::any_of(text.cbegin(), text.cend(), isForbidden))
        return unusable(Sentence::tr("%1 is not a URL.").arg(what));
    const QUrl url(text, QUrl::StrictMode);
    if (!url.isValid() || url.isRelative() || url.host().isEmpty())
        return unusable(Sentence::tr("%1 is not an absolute URL.").arg(what));
    if (url.authority(QUrl::FullyEncoded).contains(QLatin1Char('@')))
        return unusable(Sentence::tr("%1 has a user name in it.").arg(what));
    if (url.hasFragment())
        return unusable(Sentence::tr("%1 has a fragment.").arg(what));
    const bool plain = url.scheme() == QLatin1StringView("http");
    if (plain && !(reach == net::Reach::Loopback && isLoopback(url)))
        return unusable(Sentence::tr("%1 is not encrypted (http).").arg(what));
    if (!plain && url.scheme() != QLatin1StringView("https")) {
        return unusable(
            Sentence::tr("%1 is not a web address (%2:).").arg(what, url.scheme().left(20)));
    }
    return url;
}

Result<AuthorizationServerMetadata> parseAuthorizationServerMetadata(
    const QByteArray &bytes, const QString &issuer, net::Reach reach)
{
    const auto object = json::parseObject(bytes, Sentence::tr("The authorization server metadata"));
    if (!object)
        return failure(object.error());
    return authorizationServerMetadataFromJson(*object, issuer, reach);
}

Result<AuthorizationServerMetadata> authorizationServerMetadataFromJson(
    const QJsonObject &object, const QString &issuer, net::Reach reach)
{
    AuthorizationServerMetadata metadata;
    metadata.raw = object;
    metadata.issuer = json::string(object, QLatin1StringView("issuer")).value_or(QString());
    if (metadata.issuer.isEmpty())
        return unusable(Sentence::tr("The authorization server metadata names no issuer."));
    if (metadata.issuer != issuer) {
        return unusable(Sentence::tr("The authorization server metadata is for another issuer "
                                     "than the one it was looked up for (%1).")
                            .arg(issuer));
    }
    if (auto read = readEndpoints(object, reach, metadata); !read)
        return failure(std::move(read).error());
    if (!metadata.tokenEndpoint.isValid())
        return unusable(Sentence::tr("The authorization server names no token endpoint."));

    const auto list = [&object](QLatin1StringView key) -> std::optional<QStringList> {
        if (!object.value(key).isArray())
            return std::nullopt;
        return json::strings(object, key);
    };
    metadata.scopesSupported = list(QLatin1StringView("scopes_supported"));
    metadata.codeChallengeMethodsSupported =
        list(QLatin1StringView("code_challenge_methods_supported"));
    metadata.grantTypesSupported =
        list(QLatin1StringView("grant_types_supported")).value_or(QStringList());
    metadata.tokenEndpointAuthMethodsSupported =
        list(QLatin1StringView("token_endpoint_auth_methods_supported")).value_or(QStringList());
    metadata.issParameterSupported =
        json::boolean(object, QLatin1StringView("authorization_response_iss_parameter_supported"));
    metadata.clientIdMetadataDocumentSupported =
        json::boolean(object, QLatin1StringView("client_id_metadata_document_supported"));

    // Without PKCE a stolen code is a stolen account; the specification leaves no choice.
    if (metadata.authorizationEndpoint.isValid()
        && !metadata.codeChallengeMethodsSupported.value_or(QStringList())
                .contains(QStringLiteral("S256"))) {
        return unusable(metadata.codeChallengeMethodsSupported
                ? Sentence::tr("The authorization server does not support PKCE with "
                               "S256, which MCP demands.")
                : Sentence::tr("The authorization server does not say that it supports "
                               "PKCE (code_challenge_methods_supported is missing), "
                               "which MCP demands."));
    }
    return metadata;
}

AuthorizationServerMetadata legacyDefaultMetadata(const QUrl &server)
{
    AuthorizationServerMetadata metadata;
    metadata.issuer = atPath(server, {}).toString(QUrl::FullyEncoded);
    metadata.authorizationEndpoint = atPath(server, QStringLiteral("/authorize"));
    metadata.tokenEndpoint = atPath(server, QStringLiteral("/token"));
    metadata.registrationEndpoint = atPath(server, QStringLiteral("/register"));
    metadata.codeChallengeMethodsSupported = QStringList{QStringLiteral("S256")};
    const auto text = [](const QUrl &url) { return url.toString(QUrl::FullyEncoded); };
    metadata.raw = QJsonObject{
        {QStringLiteral("issuer"), metadata.issuer},
        {QStringLiteral("authorization_endpoint"), text(metadata.authorizationEndpoint)},
        {QStringLiteral("token_endpoint"), text(metadata.tokenEndpoint)},
        {QStringLiteral("registration_endpoint"), text(metadata.registrationEndpoint)},
        {QStringLiteral("code_challenge_methods_supported"), QJsonArray{QStringLiteral("S256")}},
    };
    return metadata;
}

QList<QUrl> metadataUrls(const QUrl &issuer)
{
    const QString oauth = QStringLiteral("/.well-known/oauth-authorization-server");
    const QString openId = QStringLiteral("/.well-known/openid-configuration");
    QString path = issuer.path(QUrl::FullyEncoded);
    while (path.endsWith(QLatin1Char('/')))
        path.chop(1);
    if (path.isEmpty())
        return {atPath(issuer, oauth), atPath(issuer, openId)};
    return {
        atPath(issuer, oauth + path), atPath(issuer, openId + path), atPath(issuer, path + openId)};
}

} // namespace chatelaine::oauth
