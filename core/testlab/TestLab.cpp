// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/testlab/TestLab.h"

#include "core/testlab/AccessToken.h"
#include "core/testlab/TestLabPrivate.h"

#include <QMetaMethod>

#include <algorithm>
#include <tuple>

namespace chatelaine::testlab {

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
    d->issuer->setOrigin(Private::originOf(d->service.port()));
    d->mcp.setOrigin(Private::originOf(d->onePort() ? d->service.port() : d->mcpService.port()));
    d->context.resources = {d->mcp.url()};
    for (int number = 1; number <= options.moreResources; ++number)
        d->context.resources.append(mcpUrl(number));
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

QString TestLab::mcpUrl(int number) const
{
    return QStringLiteral("%1/%2").arg(d->mcp.url()).arg(number);
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

Result<void> TestLab::startOver()
{
    reset();
    return d->startOver();
}

bool TestLab::isRunning() const
{
    return d->service.isListening();
}

UtcMs TestLab::now() const
{
    return d->context.now();
}

QList<IssuedToken> TestLab::tokens() const
{
    QList<IssuedToken> all;
    for (const auto *server : {d->issuer.get(), d->second.get()}) {
        if (server)
            all.append(server->tokens());
    }
    std::sort(all.begin(), all.end(), [](const IssuedToken &a, const IssuedToken &b) {
        return std::tie(b.issued, a.kind, a.fingerprint) < std::tie(a.issued, b.kind, b.fingerprint);
    });
    return all;
}

std::optional<DecodedToken> TestLab::decode(const QString &fingerprint) const
{
    std::optional<DecodedToken> found;
    for (const auto *server : {d->issuer.get(), d->second.get()}) {
        if (server && !found)
            found = server->decode(fingerprint);
    }
    return found;
}

QList<KnownClient> TestLab::clients() const
{
    QList<KnownClient> all;
    for (const auto *server : {d->issuer.get(), d->second.get()}) {
        if (server)
            all.append(server->clients());
    }
    std::sort(all.begin(), all.end(), [](const KnownClient &a, const KnownClient &b) {
        return std::tie(a.kind, a.name, a.id) < std::tie(b.kind, b.name, b.id);
    });
    return all;
}

bool TestLab::hasObserver() const
{
    static const QMetaMethod signal = QMetaMethod::fromSignal(&TestLab::exchanged);
    return isSignalConnected(signal);
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
