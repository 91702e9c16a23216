// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/testlab/Clients.h"

#include "core/base/Json.h"

#include <QJsonArray>

namespace chatelaine::testlab {

namespace {

constexpr auto invalidMetadata = "invalid_client_metadata";

tl::unexpected<OAuthError> refused(const char *code, const QString &description)
{
    return tl::unexpected(OAuthError {QString::fromLatin1(code), description});
}

bool isLoopbackName(const QString &host)
{
    return host == u"127.0.0.1" || host == u"::1" || host == u"localhost";
}

/// https, http to loopback, or a private-use scheme with a dot in it (RFC 8252 §7.1).
bool redirectUsable(const QString &text)
{
    const QUrl uri(text, QUrl::StrictMode);
    if (!uri.isValid() || uri.isRelative() || uri.hasFragment())
        return false;
    if (uri.scheme() == u"https")
        return !uri.host().isEmpty();
    return isLoopbackRedirect(uri) || uri.scheme().contains(u'.');
}

/// Everything of the URI but its port.
QString withoutPort(QUrl uri)
{
    uri.setPort(-1);
    return uri.toString(QUrl::FullyEncoded);
}

} // namespace

bool isLoopbackRedirect(const QUrl &uri)
{
    return uri.scheme() == u"http" && isLoopbackName(uri.host()) && uri.userInfo().isEmpty()
        && !uri.hasFragment();
}

bool redirectAllowed(const Client &client, const QString &uri)
{
    const QUrl url(uri, QUrl::StrictMode);
    if (!url.isValid() || url.hasFragment())
        return false;
    if (client.anyLoopbackRedirect && isLoopbackRedirect(url))
        return true;
    for (const QString &registered : client.redirectUris) {
        if (registered == uri)
            return true;
        // Loopback by name keeps its port: only the IP literals are exempt (RFC 8252 §7.3, §8.3).
        const QUrl known(registered);
        if (isLoopbackRedirect(known) && known.host() != u"localhost"
            && withoutPort(known) == withoutPort(url))
            return true;
    }
    return false;
}

tl::expected<Client, OAuthError> clientFromMetadata(const QJsonObject &metadata,
                                                    const QStringList &authMethods)
{
    Client client;
    client.name = json::string(metadata, QLatin1StringView("client_name")).value_or(QString());
    client.uri = json::string(metadata, QLatin1StringView("client_uri")).value_or(QString());
    if (!metadata.value(QLatin1StringView("redirect_uris")).isArray())
        return refused("invalid_redirect_uri", QStringLiteral("redirect_uris is missing."));
    client.redirectUris = json::strings(metadata, QLatin1StringView("redirect_uris"));
    if (client.redirectUris.isEmpty())
        return refused("invalid_redirect_uri", QStringLiteral("redirect_uris is empty."));
    for (const QString &uri : std::as_const(client.redirectUris)) {
        if (!redirectUsable(uri)) {
            return refused("invalid_redirect_uri",
                           QStringLiteral("%1 is neither https, nor http to loopback, nor of a private-use "
                                          "scheme, or it has a fragment.")
                               .arg(uri));
        }
    }

    client.grantTypes = json::strings(metadata, QLatin1StringView("grant_types"));
    if (client.grantTypes.isEmpty())
        client.grantTypes = {QStringLiteral("authorization_code")};
    for (const QString &type : std::as_const(client.grantTypes)) {
        if (type != u"authorization_code" && type != u"refresh_token")
            return refused(invalidMetadata, QStringLiteral("The grant type %1 is not supported.").arg(type));
    }
    const QStringList responseTypes = json::strings(metadata, QLatin1StringView("response_types"));
    if (!responseTypes.isEmpty() && responseTypes != QStringList {QStringLiteral("code")})
        return refused(invalidMetadata, QStringLiteral("The one response type supported is code."));

    const auto method = json::string(metadata, QLatin1StringView("token_endpoint_auth_method"));
    if (method && !authMethods.contains(*method)) {
        return refused(invalidMetadata,
                       QStringLiteral("The token endpoint does not support the authentication method %1.")
                           .arg(*method));
    }
    // client_secret_basic is the default (RFC 7591 §2); a server may replace what it can't do.
    const QString usual = QStringLiteral("client_secret_basic");
    client.authMethod = method.value_or(authMethods.contains(usual) ? usual : authMethods.constFirst());
    return client;
}

bool isMetadataDocumentUrl(const QString &clientId)
{
    const QUrl url(clientId, QUrl::StrictMode);
    if (!url.isValid() || url.hasFragment() || !url.userInfo().isEmpty() || url.path().size() < 2)
        return false;
    if (clientId.contains(u"/./") || clientId.contains(u"/../"))
        return false;
    return (url.scheme() == u"https" && !url.host().isEmpty()) || isLoopbackRedirect(url);
}

} // namespace chatelaine::testlab
