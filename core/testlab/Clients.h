// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/testlab/Context.h"

#include <QHash>
#include <QUrl>

#include <optional>

namespace chatelaine::testlab {

/// A client as the authorization server knows it.
struct Client
{
    enum class Kind { PreRegistered, Dynamic, MetadataDocument };

    Kind kind = Kind::Dynamic;
    QString id;
    QString name;
    QString uri; ///< client_uri, for the consent page
    Secret secret = {};
    /// The one method it may use at the token endpoint; empty: whichever carries its secret.
    QString authMethod = {};
    QStringList redirectUris = {};
    bool anyLoopbackRedirect = false;
    QStringList grantTypes = {};
    Secret registrationToken = {};
    QJsonObject metadata = {}; ///< what a registration or a document said, as answered

    bool mayRefresh() const { return grantTypes.contains(QStringLiteral("refresh_token")); }
};

/// http to 127.0.0.1, [::1] or localhost.
bool isLoopbackRedirect(const QUrl &uri);

/// Whether an authorization request of `client` may name `uri`: identical to a registered one, or
/// different in nothing but the port where that one is http to a loopback address (RFC 8252 §7.3).
bool redirectAllowed(const Client &client, const QString &uri);

/// Reads client metadata (RFC 7591 §2), of a registration or of a document; id and credentials are
/// the caller's. The error codes are those of RFC 7591 §3.2.2.
tl::expected<Client, OAuthError> clientFromMetadata(const QJsonObject &metadata,
                                                    const QStringList &authMethods);

/// Whether a client_id is the URL of a Client ID Metadata Document that we would fetch: https with
/// a path, no fragment, no user, no dot segments; or http to loopback, since this is a lab.
bool isMetadataDocumentUrl(const QString &clientId);

} // namespace chatelaine::testlab
