// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/NetworkHttpClient.h"

#include "core/base/Sentence.h"
#include "core/net/AddressRules.h"
#include "core/net/NetworkStack.h"
#include "core/net/Transfer.h"

#include <algorithm>

namespace chatelaine::net {

namespace {

constexpr int maxRedirects = 5;
/// How long one address of several may take to accept a connection before the next is tried.
constexpr qint64 headStartMs = 3'000;

/// Ends a request early, once, and remembers why.
struct CallOff
{
    std::stop_source source;
    std::optional<Error> reason;

    void because(Error error)
    {
        if (!reason)
            reason = std::move(error);
        source.request_stop();
    }
};

Error timedOut(const QString &host, qint64 ms)
{
    return {ErrorCode::TimedOut,
        Sentence::tr("%1 did not answer within %2 seconds. Try again later.")
            .arg(host)
            .arg((ms + 999) / 1000)};
}

/// How a header is kept when a redirect leads to another origin: only what says nothing about us.
bool isHarmless(const HttpHeader &header)
{
    return header.name.compare("Accept", Qt::CaseInsensitive) == 0
        || header.name.compare("MCP-Protocol-Version", Qt::CaseInsensitive) == 0;
}

bool hasLineBreak(const HttpHeader &header)
{
    const auto bad = [](char c) { return c == '\r' || c == '\n' || c == '\0'; };
    return std::any_of(header.name.begin(), header.name.end(), bad)
        || std::any_of(header.value.begin(), header.value.end(), bad);
}

/// Where a redirect that we follow leads; nullopt when the response is to be handed over.
Result<std::optional<QUrl>> redirectTarget(const HttpRequest &request, const HttpResponse &response)
{
    const int status = response.status;
    const bool redirect =
        status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    const QByteArray location = response.header("Location");
    if (!redirect || !request.followRedirects || location.isEmpty())
        return std::nullopt;
    const QUrl reference = QUrl::fromEncoded(location, QUrl::StrictMode);
    QUrl target = request.url.resolved(reference);
    target.setFragment(QString());
    if (!reference.isValid() || target.host().isEmpty()) {
        return failure(ErrorCode::ProtocolViolation,
            Sentence::tr("%1 sends us on to something that is no web address.")
                .arg(request.url.host()));
    }
    if (request.method == "GET" || request.method == "HEAD")
        return target;
    if ((status == 307 || status == 308) && sameOrigin(target, request.url))
        return target;
    return std::nullopt;
}

} // namespace

/// What the client and its running tasks share, so that neither depends on the other's life.
struct NetworkHttpClient::Inner
{
    Inner(Clock &clockUsed, NetworkSurroundings given)
        : clock(clockUsed)
        , surroundings(std::move(given))
    {
        if (!surroundings.resolve)
            surroundings.resolve = systemResolve;
        if (!surroundings.proxyFor)
            surroundings.proxyFor = systemProxy;
    }

    Task<Result<QList<QHostAddress>>> addressesOf(QUrl url, std::stop_token stop);
    QNetworkProxy proxyFor(const QUrl &url) const;

    static Task<Result<HttpResponse>> run(std::shared_ptr<Inner> inner, HttpRequest request,
        std::function<bool(QByteArrayView)> onData, std::stop_token stop);
    static Task<Result<HttpResponse>> hop(std::shared_ptr<Inner> inner, HttpRequest request,
        std::function<bool(QByteArrayView)> onData, std::function<void()> onPiece,
        std::shared_ptr<CallOff> callOff);
    static Task<Result<HttpResponse>> attempt(std::shared_ptr<Inner> inner,
        std::shared_ptr<NetworkStack> stack, Transfer::Plan plan, bool isLast,
        std::shared_ptr<bool> sent, std::shared_ptr<CallOff> callOff);

    Clock &clock;
    NetworkSurroundings surroundings;
    std::function<void(const ExchangeRecord &)> observer;
    std::stop_source ending;
    WayOut way;
    NetworkStacks stacks;
};

QNetworkProxy NetworkHttpClient::Inner::proxyFor(const QUrl &url) const
{
    return way.proxy ? *way.proxy : surroundings.proxyFor(url);
}

Task<Result<QList<QHostAddress>>> NetworkHttpClient::Inner::addressesOf(
    QUrl url, std::stop_token stop)
{
    const QString host = url.host(QUrl::FullyEncoded);
    if (const auto literal = literalAddress(host))
        co_return QList<QHostAddress>{*literal};
    // RFC 6761 §6.3: these names never leave the machine, not even as a question to a resolver.
    if (isLocalhostName(host)) {
        co_return QList<QHostAddress>{
            QHostAddress(QHostAddress::LocalHost), QHostAddress(QHostAddress::LocalHostIPv6)};
    }
    co_return co_await surroundings.resolve(host, stop);
}

Task<Result<HttpResponse>> NetworkHttpClient::Inner::run(std::shared_ptr<Inner> inner,
    HttpRequest request, std::function<bool(QByteArrayView)> onData, std::stop_token stop)
{
    const auto callOff = std::make_shared<CallOff>();
    const Error stopped = cancelled().value();
    const std::stop_callback onStop(stop, [callOff, stopped] { callOff->because(stopped); });
    const std::stop_callback onEnd(
        inner->ending.get_token(), [callOff, stopped] { callOff->because(stopped); });
    const std::unique_ptr<Alarm> whole = inner->clock.createAlarm();
    QObject::connect(whole.get(), &Alarm::fired, whole.get(),
        [callOff, host = request.url.host(), ms = request.wholeMs] {
            callOff->because(timedOut(host, ms));
        });
    const auto setWhole = [alarm = whole.get(), clock = &inner->clock, ms = request.wholeMs] {
        alarm->set(clock->bootMs() + ms);
    };
    setWhole();

    request.url.setFragment(QString());
    for (int redirects = 0;; ++redirects) {
        Result<HttpResponse> response = co_await hop(inner, request, onData, setWhole, callOff);
        if (callOff->reason)
            co_return failure(*callOff->reason);
        if (!response)
            co_return failure(std::move(response).error());
        const Result<std::optional<QUrl>> target = redirectTarget(request, *response);
        if (!target)
            co_return failure(target.error());
        if (!*target)
            co_return response;
        if (redirects == maxRedirects) {
            co_return failure(ErrorCode::ProtocolViolation,
                Sentence::tr("%1 redirects more than %2 times. Check the address.")
                    .arg(request.url.host())
                    .arg(maxRedirects));
        }
        if (!sameOrigin(**target, request.url)) {
            request.authorization = {};
            request.headers.removeIf([](const HttpHeader &header) { return !isHarmless(header); });
        }
        request.url = **target;
    }
}

Task<Result<HttpResponse>> NetworkHttpClient::Inner::hop(std::shared_ptr<Inner> inner,
    HttpRequest request, std::function<bool(QByteArrayView)> onData, std::function<void()> onPiece,
    std::shared_ptr<CallOff> callOff)
{
    const QUrl url = request.url;
    if (std::any_of(request.headers.begin(), request.headers.end(), hasLineBreak))
        co_return failure(
            ErrorCode::InvalidInput, Sentence::tr("A header has a line break in it."));
    if (const Result<void> allowed = checkUrl(url, request.reach); !allowed)
        co_return failure(allowed.error());

    ExchangeRecord record;
    record.time = inner->clock.utcMs();
    record.method = request.method;
    record.url = url.toString(QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::RemoveUserInfo);
    const qint64 began = inner->clock.bootMs();

    const std::unique_ptr<Alarm> firstByte = inner->clock.createAlarm();
    QObject::connect(firstByte.get(), &Alarm::fired, firstByte.get(),
        [callOff, host = url.host(), ms = request.firstByteMs] {
            callOff->because(timedOut(host, ms));
        });
    firstByte->set(began + request.firstByteMs);

    QNetworkProxy proxy(QNetworkProxy::NoProxy);
    const std::optional<QHostAddress> literal = literalAddress(url.host());
    const bool local =
        isLocalhostName(url.host()) || (literal && classify(*literal) == AddressKind::Loopback);
    if (!local)
        proxy = inner->proxyFor(url);
    const bool direct =
        proxy.type() == QNetworkProxy::NoProxy || proxy.type() == QNetworkProxy::DefaultProxy;
    if (direct)
        proxy = QNetworkProxy(QNetworkProxy::NoProxy);

    QList<QHostAddress> addresses;
    Result<HttpResponse> response = failure(ErrorCode::Internal, QString());
    if (direct) {
        const Result<QList<QHostAddress>> found =
            co_await inner->addressesOf(url, callOff->source.get_token());
        if (!found)
            co_return failure(found.error());
        const Result<QList<QHostAddress>> checked = checkAddresses(url, request.reach, *found);
        if (!checked)
            co_return failure(checked.error());
        addresses = *checked;
    } else if (url.scheme() != QLatin1StringView("https")) {
        co_return failure(ErrorCode::AddressRefused,
            Sentence::tr("%1 is not on this machine; Chatelaine goes there by https "
                         "only.")
                .arg(url.host()));
    } else {
        addresses.append(QHostAddress());
    }

    QStringList caFiles {inner->way.caFile, request.caFile};
    // What is not encrypted does not fail for a file that is missing.
    if (url.scheme() != QLatin1StringView("https"))
        caFiles.removeFirst();
    caFiles.removeAll(QString());
    const Result<std::shared_ptr<NetworkStack>> stack = inner->stacks.at(caFiles, proxy);
    if (!stack)
        co_return failure(stack.error());

    for (qsizetype i = 0; i < addresses.size(); ++i) {
        Transfer::Plan plan;
        plan.method = request.method;
        plan.body = request.body;
        plan.host = url.host();
        plan.maxBodyBytes = request.maxBodyBytes;
        plan.onData = onData;
        plan.onPiece = onPiece;
        plan.onHead = [alarm = firstByte.get()] { alarm->clear(); };
        // Behind a proxy, and where the URL names the address already, there is nothing to pin.
        const bool pin = direct && !literal;
        plan.request = (*stack)->prepare(request, pin ? addresses.at(i) : QHostAddress());

        const bool isLast = i + 1 == addresses.size();
        const auto sent = std::make_shared<bool>(false);
        response = co_await attempt(inner, *stack, plan, isLast, sent, callOff);
        if (response || *sent || isLast || callOff->source.stop_requested()
            || response.error().code != ErrorCode::Unreachable)
            break;
    }

    record.ms = inner->clock.bootMs() - began;
    if (response) {
        response->url = url;
        record.status = response->status;
    } else {
        record.error = callOff->reason ? callOff->reason->code : response.error().code;
    }
    if (inner->observer)
        inner->observer(record);
    co_return response;
}

Task<Result<HttpResponse>> NetworkHttpClient::Inner::attempt(std::shared_ptr<Inner> inner,
    std::shared_ptr<NetworkStack> stack, Transfer::Plan plan, bool isLast,
    std::shared_ptr<bool> sent, std::shared_ptr<CallOff> callOff)
{
    const qint64 now = inner->clock.bootMs();
    stack->begin(now, !plan.body.isEmpty());

    Completion<Result<HttpResponse>> done;
    Result<HttpResponse> response = failure(ErrorCode::Internal, QString());
    {
        Transfer transfer(stack->manager(), std::move(plan), done);
        const std::stop_callback onStop(
            callOff->source.get_token(), [done]() mutable { done.set(cancelled()); });
        const std::unique_ptr<Alarm> headStart = isLast ? nullptr : inner->clock.createAlarm();
        if (headStart) {
            QObject::connect(
                headStart.get(), &Alarm::fired, headStart.get(), [done, &transfer]() mutable {
                    if (!transfer.isSent())
                        done.set(failure(ErrorCode::Unreachable, QString()));
                });
            headStart->set(now + headStartMs);
        }
        response = co_await done;
        *sent = transfer.isSent();
    }
    stack->end(inner->clock.bootMs());
    co_return response;
}

NetworkHttpClient::NetworkHttpClient(Clock &clock, NetworkSurroundings surroundings)
    : m_inner(std::make_shared<Inner>(clock, std::move(surroundings)))
{ }

NetworkHttpClient::~NetworkHttpClient()
{
    m_inner->ending.request_stop();
}

Task<Result<HttpResponse>> NetworkHttpClient::send(HttpRequest request, std::stop_token stop)
{
    return Inner::run(m_inner, std::move(request), {}, stop);
}

Task<Result<HttpResponse>> NetworkHttpClient::stream(
    HttpRequest request, std::function<bool(QByteArrayView)> onData, std::stop_token stop)
{
    return Inner::run(m_inner, std::move(request), std::move(onData), stop);
}

Task<Result<Reach>> NetworkHttpClient::reachOf(QUrl url, std::stop_token stop)
{
    const std::shared_ptr<Inner> inner = m_inner;
    if (!url.isValid() || url.host().isEmpty()) {
        co_return failure(ErrorCode::InvalidInput,
            Sentence::tr("That is no web address. It has to look like "
                         "https://host/path."));
    }
    const bool named = !literalAddress(url.host()) && !isLocalhostName(url.host());
    if (named && inner->proxyFor(url).type() != QNetworkProxy::NoProxy)
        co_return Reach::Public;

    const auto callOff = std::make_shared<CallOff>();
    const Error stopped = cancelled().value();
    const std::stop_callback onStop(stop, [callOff, stopped] { callOff->because(stopped); });
    const std::stop_callback onEnd(
        inner->ending.get_token(), [callOff, stopped] { callOff->because(stopped); });
    const std::unique_ptr<Alarm> alarm = inner->clock.createAlarm();
    const qint64 limitMs = HttpRequest().firstByteMs;
    QObject::connect(alarm.get(), &Alarm::fired, alarm.get(),
        [callOff, host = url.host(), limitMs] { callOff->because(timedOut(host, limitMs)); });
    alarm->set(inner->clock.bootMs() + limitMs);

    const Result<QList<QHostAddress>> found =
        co_await inner->addressesOf(url, callOff->source.get_token());
    if (callOff->reason)
        co_return failure(*callOff->reason);
    if (!found)
        co_return failure(found.error());
    const auto all = [&found](AddressKind kind) {
        return !found->isEmpty()
            && std::all_of(found->begin(), found->end(),
                [kind](const QHostAddress &address) { return classify(address) == kind; });
    };
    if (all(AddressKind::Loopback))
        co_return Reach::Loopback;
    if (all(AddressKind::Private))
        co_return Reach::Private;
    co_return Reach::Public;
}

void NetworkHttpClient::setWayOut(const WayOut &way)
{
    m_inner->way = way;
}

void NetworkHttpClient::setObserver(std::function<void(const ExchangeRecord &)> observer)
{
    m_inner->observer = std::move(observer);
}

} // namespace chatelaine::net
