// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Clock.h"
#include "core/mcp/Authorizer.h"

#include <QJsonArray>
#include <QJsonObject>

namespace chatelaine::mcp {

/// One MCP server's tools, over Streamable HTTP of both eras and the older HTTP+SSE.
///
/// The era is found by the first request itself, no probe is sent for it: a modern request
/// (2026-07-28) comes first; a 4xx that is no recognised modern error leads to `initialize`
/// (2025-11-25 and earlier), and one to that to HTTP+SSE (2024-11-05). A 401 says nothing about the
/// era: the same request is sent again once it is authorized.
///
/// No capabilities are declared: what asks for sampling, elicitation or roots is answered with an
/// error that says so.
///
/// Errors: those of HttpClient and of the Authorizer; ProtocolViolation when what answers is no MCP
/// server; ServerRefused for a JSON-RPC error (data: `code`, `message`, `data`); Unreachable for a
/// 5xx; SignInNeeded at a 401 without an Authorizer.
///
/// Lives in one thread. It, the HttpClient, the clock and the Authorizer outlive its tasks. One
/// request at a time.
class McpClient
{
public:
    struct Options
    {
        QString pinnedVersion = {}; ///< speak this version and no other
        QString knownVersion = {}; ///< what protocolVersion() said last time; a hint
        net::Reach reach = net::Reach::Public;
        QString caFile = {};
        QString clientName = QStringLiteral("chatelaine");
        QString clientVersion = QStringLiteral(CHATELAINE_VERSION);
    };

    /// `authorizer` may be null: then no authorization is sent.
    McpClient(net::HttpClient &http, Clock &clock, QUrl endpoint, Options options,
        Authorizer *authorizer = nullptr);
    ~McpClient();
    Q_DISABLE_COPY_MOVE(McpClient)

    /// All pages of tools/list. Tools whose x-mcp-header annotations are illegal are left out, as
    /// the specification demands.
    Task<Result<QJsonArray>> listTools(std::stop_token stop);

    /// The tool's result as the server gave it; `isError` in it is no error here. List the tools
    /// first: their schemas say which arguments go into headers too.
    Task<Result<QJsonObject>> callTool(QString name, QJsonObject arguments, std::stop_token stop);

    /// One cheap request, authorized if the Authorizer has something, and the answer whatever its
    /// status; a 401 is not followed up. Discovery looks at it for the challenge.
    Task<Result<net::HttpResponse>> probe(std::stop_token stop);

    /// The version found ("2026-07-28"), worth remembering as `knownVersion`; empty before the
    /// first answer. "2024-11-05" stands for the HTTP+SSE transport.
    QString protocolVersion() const;

    /// Ends the session, if the server made one. Takes two seconds at most, and ends with the stop;
    /// failures do not matter.
    Task<void> close(std::stop_token stop);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace chatelaine::mcp
