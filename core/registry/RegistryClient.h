// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/registry/RegistryPage.h"

namespace chatelaine::registry {

/// What is asked of a registry.
struct Query
{
    QString search; ///< part of a name, whatever its case; empty: everything
    QString cursor; ///< of the page before; empty: the first page
    int limit = 50; ///< servers a page, packages included; the official registry gives 100 at most
};

/// Reads listings of one MCP Registry. Sends nothing but the query: no cookie, no credential, no
/// name of ours. The HTTP client outlives it; whoever owns it keeps it until its tasks are done.
/// Lives in one thread.
class RegistryClient
{
public:
    /// `base` is where the API begins ("https://registry.modelcontextprotocol.io"), or one of its
    /// versions ("https://registry.example.com/v0").
    RegistryClient(net::HttpClient &http, QUrl base);

    QUrl base() const { return m_base; }

    /// One page of the latest versions. A base that names no version is asked as /v0.1 first and,
    /// where that is not found, as /v0; what worked is remembered. An answer may hold 4 MiB.
    /// Errors: NotFound (no registry there), Unreachable (data.status; 5xx and 429 too),
    /// ProtocolViolation, and those of HttpClient.
    Task<Result<Page>> list(Query query, std::stop_token stop);

    /// Where a listing is read; for the log and for tests.
    static QUrl address(const QUrl &base, const QString &version, const Query &query);

private:
    net::HttpClient &m_http;
    QUrl m_base;
    QStringList m_versions; ///< still to be tried, the likeliest first
};

} // namespace chatelaine::registry
