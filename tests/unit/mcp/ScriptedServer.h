// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/mcp/McpClient.h"
#include "core/net/NetworkHttpClient.h"
#include "tests/support/Await.h"
#include "tests/support/RawHttpServer.h"

#include <QJsonDocument>

namespace chatelaine::test {

/// What a scripted MCP server reads and writes, and the client that stands before it.
struct McpPair
{
    using Request = RawHttpServer::Request;

    explicit McpPair(RawHttpServer::Handler handler, mcp::McpClient::Options options = {},
        mcp::Authorizer *authorizer = nullptr)
        : server(std::move(handler))
        , http(clock, {})
        , client(http, clock, server.url(QStringLiteral("/mcp")), withReach(std::move(options)),
              authorizer)
    { }

    static mcp::McpClient::Options withReach(mcp::McpClient::Options options)
    {
        options.reach = net::Reach::Loopback;
        return options;
    }
    static QJsonObject json(const Request &request)
    {
        return QJsonDocument::fromJson(request.body).object();
    }
    static QString method(const Request &request)
    {
        return json(request).value(QLatin1StringView("method")).toString();
    }
    /// {"jsonrpc":"2.0","id":<the request's>, …rest}
    static QByteArray answer(const Request &request, const QByteArray &rest)
    {
        return "{\"jsonrpc\":\"2.0\",\"id\":"
            + QByteArray::number(json(request).value(QLatin1StringView("id")).toInteger()) + ","
            + rest + "}";
    }
    static QByteArray result(const Request &request, const QByteArray &result)
    {
        return RawHttpServer::response(200, answer(request, "\"result\":" + result));
    }
    static QByteArray error(
        const Request &request, int status, int code, const QByteArray &data = "null")
    {
        return RawHttpServer::response(status,
            answer(request,
                "\"error\":{\"code\":" + QByteArray::number(code)
                    + ",\"message\":\"said so\",\"data\":" + data + "}"));
    }
    static QByteArray stream(const QByteArray &events)
    {
        return "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: "
            + QByteArray::number(events.size()) + "\r\n\r\n" + events;
    }

    /// "POST initialize", "DELETE", … in the order they came.
    QStringList story() const
    {
        QStringList lines;
        for (const Request &request : server.requests()) {
            const QString name = method(request);
            lines.append(
                QString::fromLatin1(request.method) + (name.isEmpty() ? QString() : u' ' + name));
        }
        return lines;
    }

    void close(std::stop_token stop = {})
    {
        const auto closing = [](mcp::McpClient &ending, std::stop_token until) -> Task<bool> {
            co_await ending.close(until);
            co_return true;
        };
        await(closing(client, stop));
    }

    SystemClock clock;
    RawHttpServer server;
    net::NetworkHttpClient http;
    mcp::McpClient client;
};

} // namespace chatelaine::test
