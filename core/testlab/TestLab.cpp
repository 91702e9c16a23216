// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/testlab/TestLab.h"

#include "core/base/Json.h"
#include "core/testlab/AuthorizationServer.h"
#include "core/testlab/DemoMcpServer.h"

#include <QJsonArray>

namespace chatelaine::testlab {

namespace {

constexpr qsizetype decisionsKept = 512;

QString originOf(quint16 port)
{
    return QStringLiteral("http://127.0.0.1:%1").arg(port);
}

tl::unexpected<Error> senseless(const QString &sentence)
{
    return failure(ErrorCode::InvalidInput, sentence);
}

} // namespace

class TestLab::Private
{
public:
    Private(TestLab &lab, Clock &clock, Random &random, net::HttpClient *http, LabOptions options)
        : q(lab)
        , context {clock, random, http, std::move(options)}
        , adminToken(QString::fromLatin1(random.text(24)))
        , mcp(
              context, [this] { return trust(); }, [this](const Decision &decision) { note(decision); },
              [this] { seenAuthorized = true; })
        , service(
              clock, [this](const Request &request, const Respond &respond) { atIssuer(request, respond); },
              [this] { return context.clockOffsetMs(); })
        , mcpService(
              clock, [this](const Request &request, const Respond &respond) { atResource(request, respond); },
              [this] { return context.clockOffsetMs(); })
        , secondService(
              clock, [this](const Request &request, const Respond &respond) { atSecond(request, respond); },
              [this] { return context.clockOffsetMs(); })
    {
    }

    Result<void> check();
    Result<void> prepare();
    Result<void> startSecond();
    DemoMcpServer::Trust trust() const;
    void note(const Decision &decision);
    void atIssuer(const Request &request, const Respond &respond);
    void atResource(const Request &request, const Respond &respond);
    void atSecond(const Request &request, const Respond &respond);
    std::optional<Answer> admin(const Request &request);
    Answer setFaultFrom(const Request &request);

    bool onePort() const
    {
        return context.options.onePort
            || (context.options.port != 0 && context.options.port == context.options.mcpPort);
    }
    void lost(const Respond &respond)
    {
        context.count(QStringLiteral("other"));
        respond(Answer::empty(404));
    }

    TestLab &q;
    Context context;
    QString adminToken;
    QList<Decision> decisions;
    bool seenAuthorized = false;
    std::unique_ptr<AuthorizationServer> issuer;
    std::unique_ptr<AuthorizationServer> second;
    DemoMcpServer mcp;
    HttpService service;
    HttpService mcpService;
    HttpService secondService;
};

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

void TestLab::Private::atIssuer(const Request &request, const Respond &respond)
{
    if (std::optional<Answer> answer = admin(request)) {
        respond(*std::move(answer));
        return;
    }
    if (onePort() && mcp.handle(request, respond))
        return;
    if (!issuer->handle(request, respond))
        lost(respond);
}

void TestLab::Private::atResource(const Request &request, const Respond &respond)
{
    if (!mcp.handle(request, respond))
        lost(respond);
}

void TestLab::Private::atSecond(const Request &request, const Respond &respond)
{
    if (!second->handle(request, respond))
        lost(respond);
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

TestLab::TestLab(Clock &clock, Random &random, net::HttpClient *http, LabOptions options, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this, clock, random, http, std::move(options)))
{
}

TestLab::~TestLab() = default;

Result<void> TestLab::start()
{
    if (const Result<void> prepared = d->prepare(); !prepared)
        return failure(prepared.error());
    const LabOptions &options = d->context.options;
    const auto again = [](const HttpService &service, quint16 asked) {
        return service.port() != 0 ? service.port() : asked;
    };
    Result<void> listening = d->service.listen(again(d->service, options.port));
    if (listening && !d->onePort())
        listening = d->mcpService.listen(again(d->mcpService, options.mcpPort));
    if (listening && (d->second || d->context.faults.has(Fault::SecondIssuer)))
        listening = d->startSecond();
    if (!listening) {
        stop();
        return failure(listening.error());
    }
    d->issuer->setOrigin(originOf(d->service.port()));
    d->mcp.setOrigin(originOf(d->onePort() ? d->service.port() : d->mcpService.port()));
    d->context.resources = {d->mcp.url()};
    return {};
}

void TestLab::stop()
{
    d->service.close();
    d->mcpService.close();
    d->secondService.close();
}

QString TestLab::issuer() const
{
    return d->issuer ? d->issuer->issuer() : QString();
}

QString TestLab::secondIssuer() const
{
    return d->second ? d->second->issuer() : QString();
}

QString TestLab::mcpUrl() const
{
    return d->mcp.url();
}

QString TestLab::resourceMetadataUrl() const
{
    return d->mcp.resourceMetadataUrl();
}

QString TestLab::clientId() const
{
    return d->context.options.clientId;
}

QString TestLab::adminToken() const
{
    return d->adminToken;
}

Result<void> TestLab::setFault(const QString &name, bool on)
{
    const Result<Fault> fault = Faults::byName(name);
    if (!fault)
        return failure(fault.error());
    return setFault(*fault, on);
}

Result<void> TestLab::setFault(Fault fault, bool on)
{
    if (fault == Fault::SecondIssuer && on && !d->second && d->issuer) {
        if (const Result<void> started = d->startSecond(); !started)
            return failure(started.error());
    }
    if (fault == Fault::SecondIssuer)
        d->seenAuthorized = false;
    d->context.faults.set(fault, on);
    return {};
}

void TestLab::clearFaults()
{
    d->context.faults.clear();
}

QStringList TestLab::faults() const
{
    return d->context.faults.names();
}

QMap<QString, int> TestLab::requestCounts() const
{
    return d->context.counts;
}

void TestLab::reset()
{
    d->context.counts.clear();
    d->decisions.clear();
}

QList<Secret> TestLab::issuedTokens() const
{
    return d->context.issued;
}

QList<Decision> TestLab::decisions() const
{
    return d->decisions;
}

void TestLab::setAccessTokenLifetime(qint64 seconds)
{
    d->context.options.accessTokenLifetimeS = seconds;
}

void TestLab::setRefreshTokenLifetime(qint64 seconds)
{
    d->context.options.refreshTokenLifetimeS = seconds;
}

void TestLab::setAutoApprove(bool on)
{
    d->context.options.autoApprove = on;
}

void TestLab::revokeEverything()
{
    d->issuer->revokeEverything();
    if (d->second)
        d->second->revokeEverything();
}

void TestLab::forgetRegisteredClients()
{
    d->issuer->forgetRegisteredClients();
    if (d->second)
        d->second->forgetRegisteredClients();
}

QByteArray TestLab::mintAccessToken(const QJsonObject &claims) const
{
    Family family;
    family.clientId = clientId();
    family.subject = QStringLiteral("lab-user");
    family.resource = mcpUrl();
    QJsonObject all = d->issuer->accessTokenClaims(family, d->context.options.defaultScopes);
    for (auto claim = claims.begin(); claim != claims.end(); ++claim) {
        if (claim->isNull())
            all.remove(claim.key());
        else
            all.insert(claim.key(), *claim);
    }
    return signAccessToken(all, d->issuer->key()).value_or(QByteArray());
}

} // namespace chatelaine::testlab
