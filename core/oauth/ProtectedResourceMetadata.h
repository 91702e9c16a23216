// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"

#include <QByteArray>
#include <QList>
#include <QStringList>
#include <QUrl>

#include <optional>

namespace chatelaine::oauth {

/// What a protected resource says about itself (RFC 9728 §2).
struct ProtectedResourceMetadata
{
    QString resource; ///< byte for byte as in the document: it becomes the `resource` parameter
    QStringList authorizationServers; ///< issuers, in the document's order; maybe empty
    std::optional<QStringList> scopesSupported;
    QString resourceName;
    QString documentation;
};

/// ProtocolViolation when it is not JSON or has no `resource`, or when that is no absolute URL or
/// has a fragment (RFC 9728 §1.2).
Result<ProtectedResourceMetadata> parseProtectedResourceMetadata(const QByteArray &bytes);

/// Whether metadata for `resource` may speak for the server at `server`: the same origin, and the
/// same path or a parent of it that ends at a segment border. A trailing slash makes no difference.
bool resourceMatches(const QUrl &server, const QString &resource);

/// Where the metadata of a server without a hint is looked up (RFC 9728 §3.1), in order: with the
/// path inserted, then at the root. One URL when the server has no path.
QList<QUrl> protectedResourceMetadataUrls(const QUrl &server);

} // namespace chatelaine::oauth
