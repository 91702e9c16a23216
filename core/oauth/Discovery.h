// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Clock.h"
#include "core/net/HttpClient.h"
#include "core/net/WwwAuthenticate.h"
#include "core/oauth/AuthorizationServerMetadata.h"
#include "core/oauth/ProtectedResourceMetadata.h"

#include <functional>
#include <optional>

namespace chatelaine::oauth {

/// One request of a discovery, for `discover` and the sign-in view.
struct DiscoveryStep
{
    QString step; ///< "probe", "resource_metadata", "issuer_metadata"
    QUrl url;
    int status = 0; ///< HTTP; 0 when there was no answer
    qint64 ms = 0;
    QString outcome; ///< "ok", "missing" (then the next place is tried), "failed"
    QString detail; ///< a sentence; empty when ok
};

struct DiscoveryInput
{
    QUrl server;
    /// The server's 401 or 403, when there was one. Its resource_metadata is then the only place
    /// that is asked.
    std::optional<net::Challenge> challenge = {};
    net::Reach reach = net::Reach::Public;
    QString caFile = {};
    /// Taken when the resource lists several authorization servers and this is among them.
    QString preferredIssuer = {};
    /// Used without a request when the resource names the same issuer.
    std::optional<AuthorizationServerMetadata> cachedIssuer = {};
};

struct Discovered
{
    std::optional<ProtectedResourceMetadata> resource; ///< none in the 2025-03-26 fallback
    AuthorizationServerMetadata issuer;
    bool legacyFallback = false; ///< no resource metadata: 2025-03-26, issuer = the server's origin
    bool metadataFetched = false; ///< false: `issuer` is the cached one, or the legacy defaults
    QStringList issuerChoices; ///< all that the resource lists
    std::optional<qint64> clockSkewMs; ///< the issuer's clock minus ours, when it was asked
};

/// From a server's URL to its authorization server (MCP authorization-server-discovery, RFC 9728,
/// RFC 8414). Sends no credential and stores nothing. "Not found" (any 4xx, or a page that is no
/// JSON) moves on to the next place; no answer and 5xx end it with Unreachable, since the real
/// metadata may be there a minute later. Metadata that is there and wrong ends it with
/// ProtocolViolation. The object outlives its tasks; it keeps no state between them.
class Discovery
{
public:
    Discovery(net::HttpClient &http, Clock &clock)
        : m_http(http)
        , m_clock(clock)
    { }

    Task<Result<Discovered>> discover(DiscoveryInput input,
        std::function<void(const DiscoveryStep &)> onStep, std::stop_token stop);

private:
    net::HttpClient &m_http;
    Clock &m_clock;
};

} // namespace chatelaine::oauth
