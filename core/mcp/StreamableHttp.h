// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Clock.h"
#include "core/mcp/AuthorizedHttp.h"
#include "core/mcp/Message.h"

namespace chatelaine::mcp {

/// Where and how the requests of one server go.
struct Endpoint
{
    QUrl url;
    net::Reach reach = net::Reach::Public;
    QString caFile = {};

    /// A request there with the limits of MCP: 16 MiB, and 120 s for a tool that takes its time.
    net::HttpRequest request(const QByteArray &method, const QList<net::HttpHeader> &headers) const;
};

/// What came back for one message.
struct Exchange
{
    net::HttpResponse response;
    std::optional<Message> message; ///< the answer, if what came back was JSON-RPC
};

/// One JSON-RPC exchange over Streamable HTTP: one POST, whose answer is JSON or a stream of
/// events.
class StreamableHttp
{
public:
    StreamableHttp(AuthorizedHttp http, Clock &clock, Endpoint endpoint);
    /// Replies to the server's own requests that are still under way are called off.
    ~StreamableHttp();
    Q_DISABLE_COPY_MOVE(StreamableHttp)

    /// `legacy`: a stream that ends early is resumed by GET and Last-Event-ID (2025-11-25,
    /// "Resumability and Redelivery"), three times at most; requests that the server puts into the
    /// stream are answered (`ping`) or declined (all others).
    Task<Result<Exchange>> post(
        QJsonObject message, QList<net::HttpHeader> headers, bool legacy, std::stop_token stop);

    const Endpoint &endpoint() const { return m_endpoint; }

private:
    struct Reading;

    Task<Result<void>> resume(
        std::shared_ptr<Reading> reading, QList<net::HttpHeader> headers, std::stop_token stop);

    AuthorizedHttp m_http;
    Clock &m_clock;
    Endpoint m_endpoint;
    std::stop_source m_ending;
};

/// The reply to a request of the server's: we declare no capabilities, so only `ping` has one.
QJsonObject replyTo(const Message &request);

} // namespace chatelaine::mcp
