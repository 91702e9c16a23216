// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oauth/ProtectedResourceMetadata.h"

#include "core/base/Json.h"
#include "core/base/Sentence.h"
#include "core/net/AddressRules.h"

namespace chatelaine::oauth {

namespace {

QString withoutTrailingSlash(QString path)
{
    while (path.endsWith(QLatin1Char('/')))
        path.chop(1);
    return path;
}

QString pathOf(const QUrl &url)
{
    return withoutTrailingSlash(url.path(QUrl::FullyEncoded));
}

} // namespace

Result<ProtectedResourceMetadata> parseProtectedResourceMetadata(const QByteArray &bytes)
{
    const auto object = json::parseObject(bytes, Sentence::tr("The protected resource metadata"));
    if (!object)
        return failure(object.error());
    ProtectedResourceMetadata metadata;
    metadata.resource = json::string(*object, QLatin1StringView("resource")).value_or(QString());
    const QUrl resource(metadata.resource, QUrl::StrictMode);
    if (metadata.resource.isEmpty() || !resource.isValid() || resource.isRelative()
        || resource.host().isEmpty() || resource.hasFragment()) {
        return failure(ErrorCode::ProtocolViolation,
            Sentence::tr("The protected resource metadata does not say which resource "
                         "it is for. Tell the operator of the MCP server: \"resource\" "
                         "has to be an absolute URL without a fragment."));
    }
    metadata.authorizationServers =
        json::strings(*object, QLatin1StringView("authorization_servers"));
    if (object->contains(QLatin1StringView("scopes_supported")))
        metadata.scopesSupported = json::strings(*object, QLatin1StringView("scopes_supported"));
    metadata.resourceName =
        json::string(*object, QLatin1StringView("resource_name")).value_or(QString());
    metadata.documentation =
        json::string(*object, QLatin1StringView("resource_documentation")).value_or(QString());
    return metadata;
}

bool resourceMatches(const QUrl &server, const QString &resource)
{
    const QUrl other(resource, QUrl::StrictMode);
    if (!other.isValid() || other.isRelative() || !other.userInfo().isEmpty()
        || !net::sameOrigin(other, server)) {
        return false;
    }
    // A resource with a query names something narrower than a path does.
    if (other.hasQuery() && other.query(QUrl::FullyEncoded) != server.query(QUrl::FullyEncoded))
        return false;
    const QString parent = pathOf(other);
    const QString path = pathOf(server);
    return path == parent || path.startsWith(parent + QLatin1Char('/'));
}

QList<QUrl> protectedResourceMetadataUrls(const QUrl &server)
{
    const QString wellKnown = QStringLiteral("/.well-known/oauth-protected-resource");
    QUrl root = server;
    root.setUserInfo({});
    root.setFragment({});
    root.setQuery(QString());
    root.setPath(wellKnown);
    const QString path = pathOf(server);
    if (path.isEmpty())
        return {root};
    // RFC 9728 §3.1: between host and path, a trailing slash gone, the query kept.
    QUrl inserted = root;
    inserted.setPath(wellKnown + path, QUrl::TolerantMode);
    if (server.hasQuery())
        inserted.setQuery(server.query(QUrl::FullyEncoded));
    return {inserted, root};
}

} // namespace chatelaine::oauth
