// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/mcp/StreamableHttp.h"

namespace chatelaine::mcp {

/// The HTTP+SSE transport of 2024-11-05: one GET stays open and brings every answer; requests are
/// POSTed to the URL that its first event, `endpoint`, names. That URL has to be of the same
/// origin.
class SseTransport
{
public:
    SseTransport(AuthorizedHttp http, Clock &clock, Endpoint endpoint);
    /// Closes the stream; requests that wait end with Cancelled.
    ~SseTransport();
    Q_DISABLE_COPY_MOVE(SseTransport)

    /// Opens the stream and waits for the endpoint.
    Task<Result<void>> open(std::stop_token stop);
    bool isOpen() const;

    Task<Result<Message>> request(QJsonObject message, std::stop_token stop);
    Task<Result<void>> notify(QJsonObject message, std::stop_token stop);

private:
    struct State;
    static Task<void> listen(AuthorizedHttp http, Endpoint endpoint, std::shared_ptr<State> state);
    Task<Result<void>> post(QJsonObject message, std::stop_token stop);

    AuthorizedHttp m_http;
    Clock &m_clock;
    Endpoint m_endpoint;
    std::shared_ptr<State> m_state;
};

} // namespace chatelaine::mcp
