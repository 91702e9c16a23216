// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/mcp/StreamableHttp.h"

#include "core/base/Json.h"
#include "core/base/Sentence.h"
#include "core/net/EventStream.h"

#include <algorithm>

namespace chatelaine::mcp {

namespace {

constexpr qint64 maxBodyBytes = 16 * 1024 * 1024;
constexpr qint64 limitMs = 120'000;
constexpr int maxResumptions = 3;
// WHATWG HTML §9.2.3 leaves the first reconnection time to the client: "a few seconds".
constexpr qint64 defaultRetryMs = 1'000;
constexpr qint64 maxRetryMs = 30'000;
/// Requests of the server's that one exchange answers.
constexpr int maxReplies = 16;

Task<void> sendReply(AuthorizedHttp http, net::HttpRequest request, std::stop_token stop)
{
    // A reply that does not get through leaves the server where it was.
    co_await http.once(request, stop);
}

bool isStream(const net::HttpResponse &response)
{
    return response.status >= 200 && response.status < 300
        && response.mediaType() == "text/event-stream";
}

} // namespace

net::HttpRequest Endpoint::request(
    const QByteArray &method, const QList<net::HttpHeader> &headers) const
{
    net::HttpRequest request;
    request.method = method;
    request.url = url;
    request.headers = headers;
    request.reach = reach;
    request.maxBodyBytes = maxBodyBytes;
    request.firstByteMs = limitMs;
    request.wholeMs = limitMs;
    request.caFile = caFile;
    return request;
}

/// Reads the events of one exchange until its answer is there.
struct StreamableHttp::Reading
{
    QJsonValue id;
    std::function<void(const Message &)> onRequest;
    net::EventStream events;
    QByteArray lastEventId;
    std::optional<qint64> retryMs;
    std::optional<Message> answer;
    std::optional<Error> error;

    bool take(QByteArrayView bytes)
    {
        const Result<QList<net::ServerEvent>> found = events.feed(bytes);
        if (!events.lastEventId().isEmpty())
            lastEventId = events.lastEventId();
        if (events.retryMs())
            retryMs = events.retryMs();
        if (!found) {
            error = found.error();
            return false;
        }
        return std::all_of(found->begin(), found->end(),
            [this](const net::ServerEvent &event) { return takeEvent(event); });
    }

    bool takeEvent(const net::ServerEvent &event)
    {
        // An event without data only tells its id, from which to resume.
        if (event.event != "message" || event.data.trimmed().isEmpty())
            return true;
        Result<Message> message = parseMessage(event.data);
        if (!message) {
            error = message.error();
            return false;
        }
        switch (message->kind) {
        case Message::Kind::Request:
            if (onRequest)
                onRequest(*message);
            return true;
        case Message::Kind::Notification:
            return true;
        case Message::Kind::Result:
        case Message::Kind::Error:
            break;
        }
        if (message->id != id && !(message->kind == Message::Kind::Error && message->id.isNull()))
            return true;
        answer = std::move(*message);
        return false;
    }
};

StreamableHttp::StreamableHttp(AuthorizedHttp http, Clock &clock, Endpoint endpoint)
    : m_http(http)
    , m_clock(clock)
    , m_endpoint(std::move(endpoint))
{ }

StreamableHttp::~StreamableHttp()
{
    m_ending.request_stop();
}

Task<Result<Exchange>> StreamableHttp::post(
    QJsonObject message, QList<net::HttpHeader> headers, bool legacy, std::stop_token stop)
{
    QList<net::HttpHeader> all{
        {"Content-Type", "application/json"}, {"Accept", "application/json, text/event-stream"}};
    all.append(headers);
    net::HttpRequest request = m_endpoint.request("POST", all);
    request.body = json::compact(message);

    const auto reading = std::make_shared<Reading>();
    reading->id = message.value(QLatin1StringView("id"));
    if (legacy) {
        reading->onRequest = [http = m_http, request, ending = m_ending.get_token(), replies = 0](
                                 const Message &asked) mutable {
            if (++replies > maxReplies)
                return;
            request.body = json::compact(replyTo(asked));
            detach(sendReply(http, request, ending));
        };
    }
    const auto take = [reading](QByteArrayView bytes) { return reading->take(bytes); };
    Result<net::HttpResponse> response = co_await m_http.stream(request, take, stop);

    const bool brokeOff = !response && response.error().code == ErrorCode::Unreachable
        && !reading->lastEventId.isEmpty();
    if (!response && !(legacy && brokeOff))
        co_return failure(std::move(response).error());
    if (response && !isStream(*response)) {
        Exchange exchange{*response, std::nullopt};
        if (Result<Message> parsed = parseMessage(response->body))
            exchange.message = std::move(*parsed);
        co_return exchange;
    }

    if (!reading->answer && !reading->error && legacy && !reading->lastEventId.isEmpty()) {
        Result<void> resumed = co_await resume(reading, headers, stop);
        if (!resumed)
            co_return failure(std::move(resumed).error());
    }
    if (reading->error)
        co_return failure(*reading->error);
    if (!reading->answer) {
        co_return failure(ErrorCode::ProtocolViolation,
            Sentence::tr("%1 closed its stream of events without an answer. Try "
                         "again.")
                .arg(m_endpoint.url.host()));
    }
    Exchange exchange;
    if (response)
        exchange.response = *response;
    exchange.message = reading->answer;
    co_return exchange;
}

Task<Result<void>> StreamableHttp::resume(
    std::shared_ptr<Reading> reading, QList<net::HttpHeader> headers, std::stop_token stop)
{
    for (int i = 0; i < maxResumptions && !reading->answer && !reading->error; ++i) {
        const qint64 waitMs = std::min(reading->retryMs.value_or(defaultRetryMs), maxRetryMs);
        Result<void> waited = co_await m_clock.wait(waitMs, stop);
        if (!waited)
            co_return failure(std::move(waited).error());
        QList<net::HttpHeader> all{
            {"Accept", "text/event-stream"}, {"Last-Event-ID", reading->lastEventId}};
        all.append(headers);
        const net::HttpRequest request = m_endpoint.request("GET", all);
        reading->events = net::EventStream();
        const auto take = [reading](QByteArrayView bytes) { return reading->take(bytes); };
        Result<net::HttpResponse> response = co_await m_http.stream(request, take, stop);
        if (!response && response.error().code != ErrorCode::Unreachable)
            co_return failure(std::move(response).error());
        if (response && !isStream(*response))
            break;
    }
    co_return Result<void>();
}

QJsonObject replyTo(const Message &request)
{
    if (request.method == QLatin1StringView("ping"))
        return makeResult(request.id, {});
    const RpcError error{
        code::methodNotFound, QStringLiteral("This client offers no %1.").arg(request.method), {}};
    return makeError(request.id, error);
}

} // namespace chatelaine::mcp
