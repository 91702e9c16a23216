// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/mcp/SseTransport.h"

#include "core/base/Json.h"
#include "core/base/Sentence.h"
#include "core/net/AddressRules.h"
#include "core/net/EventStream.h"

#include <QHash>

namespace chatelaine::mcp {

namespace {

constexpr qint64 answerMs = 120'000;

} // namespace

struct SseTransport::State
{
    QUrl base;
    net::EventStream events;
    QUrl postUrl;
    bool isOpen = true;
    Completion<Result<void>> ready;
    QHash<qint64, Completion<Result<Message>>> waiting;
    std::stop_source ending;

    /// False: there is no use in reading on.
    bool take(QByteArrayView bytes)
    {
        const Result<QList<net::ServerEvent>> found = events.feed(bytes);
        if (!found) {
            end(found.error());
            return false;
        }
        for (const net::ServerEvent &event : *found) {
            if (event.event == "endpoint" && postUrl.isEmpty()) {
                const QUrl url =
                    base.resolved(QUrl::fromEncoded(event.data.trimmed(), QUrl::StrictMode));
                if (!url.isValid() || !net::sameOrigin(url, base)) {
                    end({ErrorCode::ProtocolViolation,
                        Sentence::tr("%1 wants its messages sent to another server. That is not "
                                     "done.")
                            .arg(base.host())});
                    return false;
                }
                postUrl = url;
                ready.set({});
            } else if (event.event == "message") {
                takeMessage(event.data);
            }
        }
        return isOpen;
    }

    void takeMessage(const QByteArray &data)
    {
        const Result<Message> message = parseMessage(data);
        if (!message
            || (message->kind != Message::Kind::Result && message->kind != Message::Kind::Error))
            return;
        auto answer = waiting.find(message->id.toInteger(-1));
        if (answer == waiting.end())
            return;
        Completion<Result<Message>> completion = *answer;
        waiting.erase(answer);
        completion.set(*message);
    }

    void end(Error error)
    {
        isOpen = false;
        const auto left = std::exchange(waiting, {});
        for (Completion<Result<Message>> answer : left)
            answer.set(failure(error));
        ready.set(failure(error));
    }
};

SseTransport::SseTransport(AuthorizedHttp http, Clock &clock, Endpoint endpoint)
    : m_http(http)
    , m_clock(clock)
    , m_endpoint(std::move(endpoint))
    , m_state(std::make_shared<State>())
{
    m_state->base = m_endpoint.url;
}

SseTransport::~SseTransport()
{
    m_state->ending.request_stop();
}

Task<void> SseTransport::listen(
    AuthorizedHttp http, Endpoint endpoint, std::shared_ptr<State> state)
{
    const net::HttpRequest request = endpoint.request("GET", {{"Accept", "text/event-stream"}});
    const auto take = [state](QByteArrayView bytes) { return state->take(bytes); };
    Result<net::HttpResponse> response =
        co_await http.stream(request, take, state->ending.get_token());
    if (!response) {
        state->end(response.error());
    } else {
        state->end({ErrorCode::Unreachable,
            Sentence::tr("%1 closed its stream of events. Try again.").arg(endpoint.url.host())});
    }
}

Task<Result<void>> SseTransport::open(std::stop_token stop)
{
    detach(listen(m_http, m_endpoint, m_state));
    co_return co_await orCancelled(m_state->ready, stop);
}

bool SseTransport::isOpen() const
{
    return m_state->isOpen && !m_state->postUrl.isEmpty();
}

Task<Result<void>> SseTransport::post(QJsonObject message, std::stop_token stop)
{
    Endpoint target = m_endpoint;
    target.url = m_state->postUrl;
    net::HttpRequest request = target.request("POST", {{"Content-Type", "application/json"}});
    request.body = json::compact(message);
    Result<net::HttpResponse> response = co_await m_http.stream(request, {}, stop);
    if (!response)
        co_return failure(std::move(response).error());
    if (response->status < 200 || response->status >= 300) {
        co_return failure(ErrorCode::ProtocolViolation,
            Sentence::tr("%1 did not take the message (HTTP %2).")
                .arg(target.url.host())
                .arg(response->status));
    }
    co_return Result<void>();
}

Task<Result<Message>> SseTransport::request(QJsonObject message, std::stop_token stop)
{
    const std::shared_ptr<State> state = m_state;
    const qint64 id = message.value(QLatin1StringView("id")).toInteger();
    Completion<Result<Message>> answer;
    state->waiting.insert(id, answer);

    const std::unique_ptr<Alarm> alarm = m_clock.createAlarm();
    QObject::connect(
        alarm.get(), &Alarm::fired, alarm.get(), [answer, host = m_endpoint.url.host()]() mutable {
            answer.set(failure(ErrorCode::TimedOut,
                Sentence::tr("%1 took the request, but did not answer "
                             "within %2 seconds.")
                    .arg(host)
                    .arg(answerMs / 1000)));
        });
    alarm->set(m_clock.bootMs() + answerMs);

    Result<void> posted = co_await post(message, stop);
    if (!posted) {
        state->waiting.remove(id);
        co_return failure(std::move(posted).error());
    }
    const std::stop_callback onStop(stop, [answer]() mutable { answer.set(cancelled()); });
    Result<Message> result = co_await answer;
    state->waiting.remove(id);
    co_return result;
}

Task<Result<void>> SseTransport::notify(QJsonObject message, std::stop_token stop)
{
    co_return co_await post(message, stop);
}

} // namespace chatelaine::mcp
