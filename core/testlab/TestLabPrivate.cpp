// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/testlab/TestLabPrivate.h"

#include "core/base/Json.h"

#include <QJsonArray>

namespace chatelaine::testlab {

namespace {

constexpr qsizetype decisionsKept = 512;

tl::unexpected<Error> senseless(const QString &sentence)
{
    return failure(ErrorCode::InvalidInput, sentence);
}

} // namespace

QString TestLab::Private::originOf(quint16 port)
{
    return QStringLiteral("http://127.0.0.1:%1").arg(port);
}

Result<void> TestLab::Private::check()
{
    const LabOptions &options = context.options;
    const QString &path = options.issuerPath;
    if (!path.isEmpty() && (!path.startsWith(u'/') || path.endsWith(u'/') || path.contains(u"//"))) {
        return senseless(QStringLiteral("The issuer path \"%1\" has to begin with a slash and not end with one.")
                             .arg(path));
    }
    if (options.clientId.isEmpty())
        return senseless(QStringLiteral("The pre-registered client needs an id."));
    if (options.accessTokenLifetimeS <= 0 || options.refreshTokenLifetimeS <= 0)
        return senseless(QStringLiteral("A token lifetime has to be at least one second."));
    if (options.authMethods.isEmpty())
        return senseless(QStringLiteral("The token endpoint needs at least one authentication method."));
    for (const QString &method : options.authMethods) {
        if (method != u"none" && method != u"client_secret_basic" && method != u"client_secret_post") {
            return senseless(QStringLiteral("The authentication method \"%1\" is not none, client_secret_basic "
                                            "or client_secret_post.")
                                 .arg(method));
        }
    }
    for (const QString &uri : options.redirectUris) {
        if (const QUrl url(uri, QUrl::StrictMode); !url.isValid() || url.isRelative() || url.hasFragment())
            return senseless(QStringLiteral("\"%1\" is no redirect URI.").arg(uri));
    }
    for (const QString &name : options.faults) {
        const Result<Fault> fault = Faults::byName(name);
        if (!fault)
            return failure(fault.error());
    }
    return {};
}

/// Keys and memory are made once, at the first start.
Result<void> TestLab::Private::prepare()
{
    if (issuer)
        return {};
    if (const Result<void> sensible = check(); !sensible)
        return failure(sensible.error());
    for (const QString &name : std::as_const(context.options.faults))
        context.faults.set(*Faults::byName(name), true);
    const Result<jose::Jwk> key = jose::Jwk::generate();
    if (!key)
        return failure(key.error());
    if (!context.options.clientSecret.isEmpty())
        context.issued.append(context.options.clientSecret);
    issuer = std::make_unique<AuthorizationServer>(context, *key, QString());
    return {};
}

/// With new keys, so that tokens of before are nobody's.
Result<void> TestLab::Private::startOver()
{
    if (!issuer)
        return {};
    Result<jose::Jwk> key = jose::Jwk::generate();
    if (!key)
        return failure(key.error());
    issuer = std::make_unique<AuthorizationServer>(context, *key, QString());
    issuer->setOrigin(originOf(service.port()));
    if (second) {
        key = jose::Jwk::generate();
        if (!key)
            return failure(key.error());
        second = std::make_unique<AuthorizationServer>(context, *key, QStringLiteral("second_"));
        second->setOrigin(originOf(secondService.port()));
    }
    seenAuthorized = false;
    context.issued.clear();
    mcp.forget();
    exchanges = 0;
    return {};
}

Result<void> TestLab::Private::startSecond()
{
    if (!second) {
        const Result<jose::Jwk> key = jose::Jwk::generate();
        if (!key)
            return failure(key.error());
        second = std::make_unique<AuthorizationServer>(context, *key, QStringLiteral("second_"));
    }
    if (const Result<void> listening = secondService.listen(secondService.port()); !listening)
        return failure(listening.error());
    second->setOrigin(originOf(secondService.port()));
    return {};
}

DemoMcpServer::Trust TestLab::Private::trust() const
{
    const bool moved = second && seenAuthorized && context.faults.has(Fault::SecondIssuer);
    const AuthorizationServer &now = moved ? *second : *issuer;
    return {{{now.issuer(), now.key()}}, now.issuer()};
}

void TestLab::Private::note(const Decision &decision)
{
    decisions.append(decision);
    if (decisions.size() > decisionsKept)
        decisions.removeFirst();
    Q_EMIT q.decided(decision);
}

/// Tells of the request when it was handled, and once more when its answer comes later than that.
void TestLab::Private::observe(Exchange::Place place, const Request &request, const Respond &respond,
                               const std::function<void(const Respond &)> &handle)
{
    context.current.clear();
    if (!q.hasObserver()) {
        handle(respond);
        return;
    }
    const auto exchange = std::make_shared<Exchange>();
    exchange->number = ++exchanges;
    exchange->time = context.clock.utcMs();
    exchange->place = place;
    exchange->rpc = request.path == u"/mcp" ? rpcOf(request) : QString();
    exchange->method = QString::fromLatin1(request.method);
    exchange->path = request.path;
    exchange->request = withoutSecrets(request);
    const qint64 began = context.clock.bootMs();
    const auto handled = std::make_shared<bool>(false);
    handle([this, exchange, handled, began, respond](const Answer &answer) {
        if (answer.delivery != Delivery::Never) {
            exchange->tookMs = context.clock.bootMs() - began;
            exchange->status = answer.status;
            exchange->answer = withoutSecrets(answer);
        }
        respond(answer);
        if (*handled)
            Q_EMIT q.exchanged(*exchange);
    });
    *handled = true;
    exchange->what = context.current.startsWith(u"second_") ? context.current.mid(7) : context.current;
    Q_EMIT q.exchanged(*exchange);
}

void TestLab::Private::atIssuer(const Request &request, const Respond &respond)
{
    if (std::optional<Answer> answer = admin(request)) {
        respond(*std::move(answer));
        return;
    }
    const bool resource = onePort() && mcp.answersTo(request);
    observe(resource ? Exchange::Place::Resource : Exchange::Place::Issuer, request, respond,
            [&](const Respond &to) {
                if (resource)
                    mcp.handle(request, to);
                else if (!issuer->handle(request, to))
                    lost(to);
            });
}

void TestLab::Private::atResource(const Request &request, const Respond &respond)
{
    observe(Exchange::Place::Resource, request, respond, [&](const Respond &to) {
        if (!mcp.handle(request, to))
            lost(to);
    });
}

void TestLab::Private::atSecond(const Request &request, const Respond &respond)
{
    observe(Exchange::Place::SecondIssuer, request, respond, [&](const Respond &to) {
        if (!second->handle(request, to))
            lost(to);
    });
}

std::optional<Answer> TestLab::Private::admin(const Request &request)
{
    if (!request.path.startsWith(u"/lab/"))
        return std::nullopt;
    if (!equalInConstantTime(request.bearer(), adminToken.toLatin1()))
        return Answer::empty(401).with("WWW-Authenticate", "Bearer");
    if (request.path == u"/lab/fault" && request.method == "POST")
        return setFaultFrom(request);
    if (request.path == u"/lab/reset" && request.method == "POST") {
        q.reset();
        return Answer::empty(204);
    }
    if (request.path != u"/lab/state" || request.method != "GET")
        return Answer::empty(404);
    QJsonObject counts;
    for (auto count = context.counts.cbegin(); count != context.counts.cend(); ++count)
        counts.insert(count.key(), count.value());
    QJsonArray list;
    for (const Decision &decision : std::as_const(decisions))
        list.append(decision.toJson());
    return Answer::json({{QStringLiteral("counts"), counts},
                         {QStringLiteral("faults"), QJsonArray::fromStringList(context.faults.names())},
                         {QStringLiteral("decisions"), list}})
        .with("Cache-Control", "no-store");
}

Answer TestLab::Private::setFaultFrom(const Request &request)
{
    const Result<QJsonObject> body = json::parseObject(request.body, QStringLiteral("The request"));
    if (!body)
        return Answer::json({{QStringLiteral("error"), body.error().message}}, 400);
    const QString name = json::string(*body, QLatin1StringView("name")).value_or(QString());
    const Result<void> done = q.setFault(name, json::boolean(*body, QLatin1StringView("on"), true));
    if (!done)
        return Answer::json({{QStringLiteral("error"), done.error().message}}, 400);
    return Answer::json({{QStringLiteral("faults"), QJsonArray::fromStringList(context.faults.names())}});
}

} // namespace chatelaine::testlab
