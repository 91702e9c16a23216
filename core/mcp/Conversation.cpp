// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/mcp/Conversation.h"

#include "core/base/Json.h"
#include "core/base/Sentence.h"

#include <algorithm>

namespace chatelaine::mcp {

namespace {

/// A server that sheds load sends us round with a requestState (MCP, "Multi Round-Trip Requests").
constexpr int maxRounds = 4;
/// One retry with a listed version; a list that helps nothing is not asked for twice.
constexpr int maxVersionRetries = 1;
/// A session that is not closed ends by itself; nobody waits for the server's answer to that.
constexpr qint64 longestGoodbyeMs = 2'000;

constexpr auto keyResultType = QLatin1StringView("resultType");
constexpr auto keyRequestState = QLatin1StringView("requestState");
constexpr auto keyProtocolVersion = QLatin1StringView("protocolVersion");

bool isClientError(int status)
{
    return status >= 400 && status < 500 && status != 408 && status != 429;
}

bool isVisibleAscii(const QByteArray &text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x21 && c <= 0x7e; });
}

} // namespace

/// What one era made of a request: a result, or why another era has to be tried.
struct Conversation::Attempt
{
    std::optional<QJsonObject> result;
    std::optional<Error> instead;
    int status = 0;
};

Conversation::Conversation(net::HttpClient &httpUsed, Clock &clockUsed, QUrl url,
    McpClient::Options given, Authorizer *authorizer)
    : m_http(httpUsed, authorizer)
    , m_clock(clockUsed)
    , m_options(std::move(given))
    , m_endpoint{std::move(url), m_options.reach, m_options.caFile}
    , m_streamable(m_http, m_clock, m_endpoint)
    , m_pinned(!m_options.pinnedVersion.isEmpty())
    , m_version(m_options.pinnedVersion)
    , m_era(eraOf(m_pinned ? m_options.pinnedVersion : m_options.knownVersion))
{
    // A modern server is tried first anyway; only a sign of life makes it certain.
    if (m_era == Era::Modern && !m_pinned)
        m_era = Era::Unknown;
}

Task<Result<QJsonObject>> Conversation::call(
    QString method, QJsonObject params, QList<net::HttpHeader> mirrored, std::stop_token stop)
{
    bool triedModern = false;
    bool triedLegacy = false;
    bool triedHttpSse = false;
    bool noSuchPlace = false;
    std::optional<Error> why;
    for (;;) {
        Result<Attempt> attempt;
        const Era tried = m_era;
        if (tried == Era::Unknown || tried == Era::Modern) {
            triedModern = true;
            attempt = co_await callModern(method, params, mirrored, stop);
        } else if (tried == Era::Legacy) {
            triedLegacy = true;
            attempt = co_await callLegacy(method, params, stop);
        } else {
            triedHttpSse = true;
            attempt = co_await callHttpSse(method, params, stop);
        }
        if (!attempt)
            co_return failure(std::move(attempt).error());
        if (attempt->result)
            co_return *attempt->result;
        // The first refusal is the one that names the real trouble; later ones come of guessing.
        if (!why)
            why = attempt->instead;
        if (m_pinned)
            co_return failure(*why);

        if (tried == Era::Legacy)
            noSuchPlace =
                attempt->status == 400 || attempt->status == 404 || attempt->status == 405;
        if (!triedModern) {
            m_era = Era::Unknown; // what was remembered is no longer so
        } else if (!triedLegacy) {
            m_era = Era::Legacy;
        } else if (!triedHttpSse && noSuchPlace) {
            m_era = Era::HttpSse;
        } else {
            m_era = Era::Unknown;
            co_return failure(*why);
        }
    }
}

auto Conversation::callModern(QString method, QJsonObject params, QList<net::HttpHeader> mirrored,
    std::stop_token stop) -> Task<Result<Attempt>>
{
    const QString spoken = m_pinned ? m_options.pinnedVersion : QString(modernVersion);
    int versionRetries = 0;
    int rounds = 0;
    for (;;) {
        const QJsonObject message = makeRequest(++m_lastId, method,
            withMetadata(params, spoken, m_options.clientName, m_options.clientVersion));
        const QList<net::HttpHeader> headers = modernHeaders(spoken, method, params) + mirrored;
        Result<Exchange> exchange = co_await m_streamable.post(message, headers, false, stop);
        if (!exchange)
            co_return failure(std::move(exchange).error());
        const int status = exchange->response.status;
        const QString host = m_endpoint.url.host();

        if (!exchange->message || exchange->message->kind == Message::Kind::Request
            || exchange->message->kind == Message::Kind::Notification) {
            const Error error = notMcp(exchange->response, m_endpoint.url);
            if (m_era == Era::Unknown && isClientError(status))
                co_return Attempt{std::nullopt, error, status};
            co_return failure(error);
        }

        if (exchange->message->kind == Message::Kind::Result) {
            const QJsonObject result = exchange->message->result;
            // Only a modern server says this; a lax older one may have answered without a
            // handshake.
            const QString type = result.value(keyResultType).toString();
            if (!type.isEmpty() || m_pinned) {
                m_era = Era::Modern;
                m_version = spoken;
            }
            if (type != QLatin1StringView("input_required"))
                co_return Attempt{result, std::nullopt, status};
            const bool onlyState = result.contains(keyRequestState)
                && result.value(QLatin1StringView("inputRequests")).toObject().isEmpty();
            if (!onlyState || ++rounds > maxRounds)
                co_return failure(inputRequired(result, host));
            params.insert(keyRequestState, result.value(keyRequestState));
            continue;
        }

        const RpcError error = exchange->message->error;
        // A 404 with this body sets an unknown method apart from an unknown path.
        const bool modern =
            error.isModern() || (status == 404 && error.code == code::methodNotFound);
        if (modern) {
            m_era = Era::Modern;
            m_version = spoken;
        }
        if (error.code == code::unsupportedVersion && !m_pinned) {
            const QStringList supported =
                json::strings(error.data.toObject(), QLatin1StringView("supported"));
            if (supported.contains(spoken) && versionRetries++ < maxVersionRetries)
                continue;
            m_version.clear();
            if (!supported.contains(spoken)
                && std::any_of(supported.begin(), supported.end(), isLegacyVersionWeSpeak)) {
                m_era = Era::Unknown;
                co_return Attempt{std::nullopt, errorOf(error, host), status};
            }
            co_return failure(ErrorCode::ProtocolViolation,
                Sentence::tr("%1 speaks other versions of MCP (%2) than Chatelaine "
                             "does. Look for a newer Chatelaine.")
                    .arg(host, supported.join(QStringLiteral(", "))));
        }
        if (m_era == Era::Unknown && status < 500 && status != 408 && status != 429)
            co_return Attempt{std::nullopt, errorOf(error, host), status};
        co_return failure(errorOf(error, host));
    }
}

QJsonObject Conversation::initializeParams(const QString &offered) const
{
    return {{keyProtocolVersion, offered}, {QStringLiteral("capabilities"), QJsonObject()},
        {QStringLiteral("clientInfo"),
            QJsonObject{{QStringLiteral("name"), m_options.clientName},
                {QStringLiteral("version"), m_options.clientVersion}}}};
}

QList<net::HttpHeader> Conversation::legacyHeaders() const
{
    QList<net::HttpHeader> headers;
    if (!m_sessionId.isEmpty())
        headers.append({"Mcp-Session-Id", m_sessionId});
    // The header came with 2025-06-18.
    if (m_version >= QLatin1StringView("2025-06-18"))
        headers.append({"MCP-Protocol-Version", m_version.toLatin1()});
    return headers;
}

auto Conversation::initialize(std::stop_token stop) -> Task<Result<std::optional<Attempt>>>
{
    const QString offered = m_pinned ? m_options.pinnedVersion : QString(legacyVersion);
    const QJsonObject message =
        makeRequest(++m_lastId, QStringLiteral("initialize"), initializeParams(offered));
    Result<Exchange> exchange = co_await m_streamable.post(message, {}, true, stop);
    if (!exchange)
        co_return failure(std::move(exchange).error());
    const int status = exchange->response.status;
    if (!exchange->message || exchange->message->kind != Message::Kind::Result) {
        const bool isError = exchange->message && exchange->message->kind == Message::Kind::Error;
        const Error error = isError ? errorOf(exchange->message->error, m_endpoint.url.host())
                                    : notMcp(exchange->response, m_endpoint.url);
        if (!isError && !isClientError(status))
            co_return failure(error);
        co_return Attempt{std::nullopt, error, status};
    }

    QString answered = exchange->message->result.value(keyProtocolVersion).toString();
    if (!isLegacyVersionWeSpeak(answered)) {
        co_return failure(ErrorCode::ProtocolViolation,
            Sentence::tr("%1 wants to speak a version of MCP (%2) that Chatelaine "
                         "does not know.")
                .arg(m_endpoint.url.host(), answered.left(40)));
    }
    // Some servers name the version before Streamable HTTP existed, over Streamable HTTP.
    if (answered == httpSseVersion)
        answered = QStringLiteral("2025-03-26");
    const QByteArray session = exchange->response.header("Mcp-Session-Id");
    if (!isVisibleAscii(session)) {
        co_return failure(ErrorCode::ProtocolViolation,
            Sentence::tr("%1 gave a session id that no header can carry.")
                .arg(m_endpoint.url.host()));
    }
    m_version = answered;
    m_sessionId = session;
    Result<Exchange> notified =
        co_await m_streamable.post(makeNotification(QStringLiteral("notifications/initialized")),
            legacyHeaders(), false, stop);
    if (!notified)
        co_return failure(std::move(notified).error());
    m_initialized = true;
    co_return std::optional<Attempt>();
}

auto Conversation::callLegacy(QString method, QJsonObject params, std::stop_token stop)
    -> Task<Result<Attempt>>
{
    for (int sessions = 0;; ++sessions) {
        if (!m_initialized) {
            Result<std::optional<Attempt>> refused = co_await initialize(stop);
            if (!refused)
                co_return failure(std::move(refused).error());
            if (*refused)
                co_return **refused;
        }
        const QJsonObject message = makeRequest(++m_lastId, method, params);
        Result<Exchange> exchange =
            co_await m_streamable.post(message, legacyHeaders(), true, stop);
        if (!exchange)
            co_return failure(std::move(exchange).error());
        const int status = exchange->response.status;
        // 2025-11-25, "Session Management": the session is over, begin another.
        if (status == 404 && !m_sessionId.isEmpty() && sessions == 0) {
            m_initialized = false;
            m_sessionId.clear();
            continue;
        }
        if (exchange->message && exchange->message->kind == Message::Kind::Result)
            co_return Attempt{exchange->message->result, std::nullopt, status};
        if (exchange->message && exchange->message->kind == Message::Kind::Error)
            co_return failure(errorOf(exchange->message->error, m_endpoint.url.host()));
        co_return failure(notMcp(exchange->response, m_endpoint.url));
    }
}

Task<Result<void>> Conversation::initializeHttpSse(std::stop_token stop)
{
    m_sse = std::make_unique<SseTransport>(m_http, m_clock, m_endpoint);
    Result<void> opened = co_await m_sse->open(stop);
    if (!opened)
        co_return failure(std::move(opened).error());
    const QJsonObject message =
        makeRequest(++m_lastId, QStringLiteral("initialize"), initializeParams(httpSseVersion));
    Result<Message> answer = co_await m_sse->request(message, stop);
    if (!answer)
        co_return failure(std::move(answer).error());
    if (answer->kind == Message::Kind::Error)
        co_return failure(errorOf(answer->error, m_endpoint.url.host()));
    m_version = httpSseVersion;
    co_return co_await m_sse->notify(
        makeNotification(QStringLiteral("notifications/initialized")), stop);
}

auto Conversation::callHttpSse(QString method, QJsonObject params, std::stop_token stop)
    -> Task<Result<Attempt>>
{
    if (!m_sse || !m_sse->isOpen()) {
        Result<void> ready = co_await initializeHttpSse(stop);
        if (!ready) {
            m_sse.reset();
            const ErrorCode code = ready.error().code;
            if (code == ErrorCode::ProtocolViolation || code == ErrorCode::Unreachable)
                co_return Attempt{std::nullopt, ready.error(), 0};
            co_return failure(std::move(ready).error());
        }
    }
    const QJsonObject message = makeRequest(++m_lastId, method, params);
    Result<Message> answer = co_await m_sse->request(message, stop);
    if (!answer)
        co_return failure(std::move(answer).error());
    if (answer->kind == Message::Kind::Error)
        co_return failure(errorOf(answer->error, m_endpoint.url.host()));
    co_return Attempt{answer->result, std::nullopt, 200};
}

Task<Result<net::HttpResponse>> Conversation::probe(std::stop_token stop)
{
    QList<net::HttpHeader> headers{
        {"Content-Type", "application/json"}, {"Accept", "application/json, text/event-stream"}};
    QJsonObject message;
    if (m_pinned && m_era != Era::Modern) {
        message = makeRequest(
            ++m_lastId, QStringLiteral("initialize"), initializeParams(m_options.pinnedVersion));
    } else {
        const QString method = QStringLiteral("server/discover");
        const QString spoken = m_pinned ? m_options.pinnedVersion : QString(modernVersion);
        message = makeRequest(++m_lastId, method,
            withMetadata({}, spoken, m_options.clientName, m_options.clientVersion));
        headers += modernHeaders(spoken, method, {});
    }
    net::HttpRequest request = m_endpoint.request("POST", headers);
    request.body = json::compact(message);
    request.firstByteMs = net::HttpRequest().firstByteMs;
    request.wholeMs = net::HttpRequest().wholeMs;
    Result<net::HttpResponse> response = co_await m_http.once(request, stop);
    // A session that this opened is closed with the others.
    if (response && m_sessionId.isEmpty() && isVisibleAscii(response->header("Mcp-Session-Id")))
        m_sessionId = response->header("Mcp-Session-Id");
    co_return response;
}

Task<void> Conversation::close(std::stop_token stop)
{
    m_sse.reset();
    if (!m_sessionId.isEmpty()) {
        net::HttpRequest request = m_endpoint.request("DELETE", legacyHeaders());
        request.firstByteMs = longestGoodbyeMs;
        request.wholeMs = longestGoodbyeMs;
        m_sessionId.clear();
        m_initialized = false;
        co_await m_http.once(request, stop);
    }
}

} // namespace chatelaine::mcp
