// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/testlab/AccessToken.h"
#include "core/testlab/Context.h"
#include "core/testlab/Decision.h"
#include "core/testlab/Tools.h"

#include <QSet>

#include <functional>

namespace chatelaine::testlab {

/// A protected MCP server over Streamable HTTP: 2026-07-28 without sessions, and 2025-11-25,
/// 2025-06-18, 2025-03-26 with them, at one endpoint. A handler of requests; the listener is
/// TestLab's. Authorization is here; the protocol is in McpProtocol.cpp.
class DemoMcpServer
{
public:
    struct Trust
    {
        QList<TrustedIssuer> issuers; ///< whose tokens are accepted now
        QString named; ///< the authorization server that the resource metadata names
    };

    /// `trust` is asked at each request; `decided` hears every decision; `authorized` is called
    /// after each request that passed.
    DemoMcpServer(Context &context, std::function<Trust()> trust, std::function<void(Decision)> decided,
                  std::function<void()> authorized);

    void setOrigin(const QString &origin) { m_origin = origin; }
    QString url() const { return m_origin + mcpPath; }
    QString resourceMetadataUrl() const { return metadataUrlOf(mcpPath); }

    /// Ends the sessions and takes back what the tools were taught.
    void forget();

    /// Whether one of its routes has that path.
    bool answersTo(const Request &request) const;
    /// False where none has.
    bool handle(const Request &request, const Respond &respond);

private:
    /// A JSON-RPC request or notification, read.
    struct Message
    {
        QJsonObject object;
        QJsonValue id;
        QString method;
        QJsonObject params;
        QString tool; ///< of tools/call
        bool notification = false;
    };

    static constexpr QLatin1StringView mcpPath {"/mcp"};

    // DemoMcpServer.cpp
    bool isResource(const QString &path) const;
    QString metadataUrlOf(const QString &path) const;
    Answer resourceMetadata(const QString &path) const;
    Answer endpoint(const Request &request);
    Answer challenge(const QString &path, const char *error, const QString &reason) const;
    std::optional<Answer> authorize(const Request &request, const Message &message, Decision &decision);
    bool isLocal(const Request &request) const;
    static Message read(const QByteArray &body);

    // McpProtocol.cpp
    Answer dispatch(const Request &request, const Message &message);
    Answer modern(const Request &request, const Message &message);
    Answer legacy(const Request &request, const Message &message);
    std::optional<Answer> checkModern(const Request &request, const Message &message) const;
    Answer endSession(const Request &request);
    Answer result(const Request &request, const Message &message, const QJsonObject &result) const;
    Answer error(int status, const Message &message, int code, const QString &text,
                 const QJsonObject &data = {}) const;
    Answer callTool(const Request &request, const Message &message, bool isModern);

    Context &m_context;
    std::function<Trust()> m_trust;
    std::function<void(Decision)> m_decided;
    std::function<void()> m_authorized;
    QString m_origin;
    QSet<QByteArray> m_sessions;
    Tools m_tools;
};

} // namespace chatelaine::testlab
