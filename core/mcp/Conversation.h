// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/mcp/McpClient.h"
#include "core/mcp/SseTransport.h"
#include "core/mcp/Versions.h"

namespace chatelaine::mcp {

/// Requests to one server, in whichever era it turns out to live. A part of McpClient, whose
/// promises hold here too.
class Conversation
{
public:
    Conversation(net::HttpClient &http, Clock &clock, QUrl url, McpClient::Options options,
        Authorizer *authorizer);

    /// One request of JSON-RPC. `mirrored` are headers that a modern server wants beside the usual.
    Task<Result<QJsonObject>> call(
        QString method, QJsonObject params, QList<net::HttpHeader> mirrored, std::stop_token stop);
    Task<Result<net::HttpResponse>> probe(std::stop_token stop);
    Task<void> close(std::stop_token stop);

    QString protocolVersion() const { return m_version; }
    bool isLegacy() const { return m_era == Era::Legacy || m_era == Era::HttpSse; }
    QString host() const { return m_endpoint.url.host(); }

private:
    struct Attempt;

    Task<Result<Attempt>> callModern(
        QString method, QJsonObject params, QList<net::HttpHeader> mirrored, std::stop_token stop);
    Task<Result<Attempt>> callLegacy(QString method, QJsonObject params, std::stop_token stop);
    Task<Result<Attempt>> callHttpSse(QString method, QJsonObject params, std::stop_token stop);
    /// nullopt: initialized.
    Task<Result<std::optional<Attempt>>> initialize(std::stop_token stop);
    Task<Result<void>> initializeHttpSse(std::stop_token stop);
    QJsonObject initializeParams(const QString &offered) const;
    QList<net::HttpHeader> legacyHeaders() const;

    AuthorizedHttp m_http;
    Clock &m_clock;
    McpClient::Options m_options;
    Endpoint m_endpoint;
    StreamableHttp m_streamable;
    std::unique_ptr<SseTransport> m_sse;

    bool m_pinned = false;
    QString m_version; ///< spoken with this server; empty as long as that is not certain
    Era m_era = Era::Unknown;
    bool m_initialized = false;
    QByteArray m_sessionId;
    qint64 m_lastId = 0;
};

} // namespace chatelaine::mcp
