// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/credentials/DryRun.h"

#include "core/base/Clock.h"
#include "core/base/Sentence.h"
#include "core/credentials/Probe.h"
#include "core/credentials/RefreshErrors.h"
#include "core/credentials/Scopes.h"
#include "core/credentials/ServerUrl.h"

#include <QJsonArray>

namespace chatelaine::credentials {

namespace {

/// Collects the report; shared with the callback that discovery calls.
struct Report
{
    QJsonArray steps;
    QJsonArray problems;
    QJsonObject facts;

    QJsonObject addStep(const oauth::DiscoveryStep &step)
    {
        QJsonObject row{{QStringLiteral("step"), step.step},
            {QStringLiteral("url"), step.url.toString(QUrl::FullyEncoded)},
            {QStringLiteral("ms"), step.ms}, {QStringLiteral("outcome"), step.outcome}};
        if (step.status > 0)
            row.insert(QStringLiteral("status"), step.status);
        if (!step.detail.isEmpty())
            row.insert(QStringLiteral("detail"), step.detail);
        steps.append(row);
        return row;
    }
    void addProblem(const QString &message, const QString &remedy)
    {
        QJsonObject row{{QStringLiteral("message"), message}};
        if (!remedy.isEmpty())
            row.insert(QStringLiteral("remedy"), remedy);
        problems.append(row);
    }
    QJsonObject toJson() const
    {
        QJsonObject all = facts;
        all.insert(QStringLiteral("steps"), steps);
        all.insert(QStringLiteral("problems"), problems);
        return all;
    }
};

QString registrationOf(oauth::IdentityChoice choice)
{
    switch (choice) {
    case oauth::IdentityChoice::PreRegistered:
        return QStringLiteral("pre_registered");
    case oauth::IdentityChoice::ClientIdMetadata:
        return QStringLiteral("client_id_metadata");
    case oauth::IdentityChoice::Dynamic:
        return QStringLiteral("dynamic");
    case oauth::IdentityChoice::AskPerson:
        return QStringLiteral("none");
    }
    return {};
}

void tellIssuer(Report &report, const Parts &parts, const NewServer &server,
    const oauth::Discovered &found, const std::optional<net::Challenge> &challenge)
{
    report.facts.insert(QStringLiteral("issuer"), found.issuer.issuer);
    if (found.resource)
        report.facts.insert(QStringLiteral("resource"), found.resource->resource);
    if (found.issuerChoices.size() > 1)
        report.facts.insert(
            QStringLiteral("issuers"), QJsonArray::fromStringList(found.issuerChoices));
    if (found.legacyFallback)
        report.facts.insert(QStringLiteral("legacy"), true);

    const QString metadataUrl = server.settings.clientMetadataUrl.isEmpty()
        ? parts.context.clientMetadataUrl
        : server.settings.clientMetadataUrl;
    const oauth::IdentityChoice choice =
        oauth::chooseIdentity(found.issuer, !server.clientId.isEmpty(), metadataUrl);
    report.facts.insert(QStringLiteral("registration"), registrationOf(choice));
    if (choice == oauth::IdentityChoice::AskPerson) {
        report.addProblem(
            Sentence::tr("The authorization server does not let programs register themselves."),
            Sentence::tr("Register a client there with a redirect URI such as "
                         "http://127.0.0.1:8931/callback, then: chatelaine add %1 --client-id ID "
                         "--redirect-port 8931")
                .arg(server.url));
    }
    ScopeSources sources;
    sources.chosenByPerson = server.settings.scopes;
    if (challenge && challenge->params.contains("scope"))
        sources.challenged = challenge->param("scope");
    if (found.resource)
        sources.resourceSupports = found.resource->scopesSupported;
    sources.issuerSupports = found.issuer.scopesSupported;
    report.facts.insert(QStringLiteral("scope"), chooseScopes(sources).join(u' '));
}

} // namespace

Task<Result<QJsonObject>> dryRun(std::shared_ptr<Parts> parts, NewServer server,
    std::shared_ptr<Person> person, std::stop_token stop)
{
    const Result<QUrl> url = readServerUrl(server.url);
    if (!url)
        co_return failure(url.error());
    const EitherStop either(stop, parts->stopping.get_token());
    const auto report = std::make_shared<Report>();
    report->facts.insert(QStringLiteral("url"), url->toString(QUrl::FullyEncoded));
    const auto onStep = [report, person](const oauth::DiscoveryStep &step) {
        const QJsonObject row = report->addStep(step);
        if (person) {
            person->progress(step.step, step.url.host());
            person->stepDone(row);
        }
    };

    AccountView view;
    view.server.url = *url;
    view.server.name = url->host();
    view.server.settings = server.settings;
    const Result<net::Reach> reach = co_await parts->context.http.reachOf(*url, either.token());
    if (!reach)
        co_return failure(ofServer(reach.error()));

    oauth::DiscoveryStep first;
    first.step = QStringLiteral("probe");
    first.url = *url;
    const qint64 began = parts->context.clock.bootMs();
    const Result<ProbeAnswer> answer =
        co_await probe(parts, view, *reach, Secret(), either.token());
    first.ms = parts->context.clock.bootMs() - began;
    first.outcome = answer ? QStringLiteral("ok") : QStringLiteral("failed");
    if (answer)
        first.status = answer->status;
    else
        first.detail = answer.error().message;
    onStep(first);
    if (!answer)
        co_return failure(ofServer(answer.error()));
    report->facts.insert(QStringLiteral("protected"), !answer->open);
    if (answer->open) {
        report->facts.insert(QStringLiteral("registration"), QStringLiteral("none"));
        co_return report->toJson();
    }

    oauth::DiscoveryInput input;
    input.server = *url;
    input.challenge = answer->challenge;
    input.reach = *reach;
    input.caFile = server.settings.caFile;
    const Result<oauth::Discovered> found =
        co_await parts->discovery.discover(input, onStep, either.token());
    if (found) {
        tellIssuer(*report, *parts, server, *found, answer->challenge);
    } else if (found.error().code == ErrorCode::Cancelled) {
        co_return failure(found.error());
    } else {
        report->addProblem(
            found.error().message, Sentence::tr("Only the server's operator can fix this."));
    }
    co_return report->toJson();
}

} // namespace chatelaine::credentials
