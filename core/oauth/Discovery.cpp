// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oauth/Discovery.h"

#include "core/base/Sentence.h"
#include "core/base/Text.h"
#include "core/oauth/TokenResponse.h"

namespace chatelaine::oauth {

namespace {

using OnStep = std::function<void(const DiscoveryStep &)>;

// What one discovery shares with its steps.
struct Run
{
    net::HttpClient &http;
    Clock &clock;
    DiscoveryInput input;
    OnStep onStep;
    std::stop_token stop;
    Discovered found = {};

    void tell(const DiscoveryStep &step) const
    {
        if (onStep)
            onStep(step);
    }
};

using RunPtr = std::shared_ptr<Run>;

const QString resourceStep = QStringLiteral("resource_metadata");
const QString issuerStep = QStringLiteral("issuer_metadata");

// A document, or nullopt where there is none; `step` then waits for its outcome.
struct Fetched
{
    std::optional<QByteArray> body;
    DiscoveryStep step;
    std::optional<UtcMs> serverDate;
};

// Many servers answer an unknown path with 200 and a web page. The media type tells nothing: there
// are those that label JSON as text/html.
bool looksLikeJson(const net::HttpResponse &response)
{
    return response.body.trimmed().startsWith('{');
}

Task<Result<Fetched>> fetch(RunPtr run, QString name, QUrl url)
{
    net::HttpRequest request;
    request.url = url;
    request.reach = run->input.reach;
    request.caFile = run->input.caFile;
    request.headers = {{"Accept", "application/json"}};
    const qint64 start = run->clock.bootMs();
    auto response = co_await run->http.send(request, run->stop);

    Fetched fetched;
    fetched.step.step = name;
    fetched.step.url = url;
    fetched.step.ms = run->clock.bootMs() - start;
    if (!response) {
        fetched.step.outcome = QStringLiteral("failed");
        fetched.step.detail = response.error().message;
        run->tell(fetched.step);
        co_return failure(std::move(response).error());
    }
    const int status = response->status;
    fetched.step.status = status;
    if (status >= 500 || status == 429) {
        Error error = serverUnavailable(url.host(), status, response->retryAfterS());
        fetched.step.outcome = QStringLiteral("failed");
        fetched.step.detail = error.message;
        run->tell(fetched.step);
        co_return failure(std::move(error));
    }
    if (status >= 200 && status < 300 && looksLikeJson(*response)) {
        fetched.body = response->body;
        fetched.serverDate = response->serverDate;
        co_return fetched;
    }
    fetched.step.outcome = QStringLiteral("missing");
    fetched.step.detail = status < 300 ? Sentence::tr("The answer is not JSON.")
                                       : Sentence::tr("The server answered %1.").arg(status);
    run->tell(fetched.step);
    co_return fetched;
}

// Tells how a document that was fetched turned out, and hands the error on.
template <typename T>
Result<T> concluded(const Run &run, DiscoveryStep step, Result<T> result)
{
    step.outcome = result ? QStringLiteral("ok") : QStringLiteral("failed");
    if (!result)
        step.detail = result.error().message;
    run.tell(step);
    return result;
}

Result<ProtectedResourceMetadata> readResource(const DiscoveryInput &input, const QByteArray &bytes)
{
    auto metadata = parseProtectedResourceMetadata(bytes);
    if (!metadata)
        return metadata;
    // RFC 9728 §3.3: otherwise any server could have us ask for tokens of another.
    if (!resourceMatches(input.server, metadata->resource)) {
        return failure(ErrorCode::ProtocolViolation,
            Sentence::tr("The server says it is %1, which is not the address it has "
                         "been given as (%2). Nothing was sent. Check the address, or "
                         "tell the operator of the MCP server.")
                .arg(repeatable(metadata->resource),
                    repeatable(input.server.toString(QUrl::FullyEncoded | QUrl::RemoveUserInfo))));
    }
    if (metadata->authorizationServers.isEmpty()) {
        return failure(ErrorCode::ProtocolViolation,
            Sentence::tr("The server's metadata names no authorization server, so "
                         "there is nowhere to sign in. Tell the operator of the MCP "
                         "server."));
    }
    return metadata;
}

// True when metadata was found; false when the server has none.
Task<Result<bool>> findResource(RunPtr run)
{
    const DiscoveryInput &input = run->input;
    const QString named = input.challenge ? input.challenge->param("resource_metadata") : QString();
    QList<QUrl> places = protectedResourceMetadataUrls(input.server);
    if (!named.isEmpty()) {
        const auto url =
            checkedEndpoint(named, input.reach, Sentence::tr("The metadata's address"));
        if (!url)
            co_return failure(url.error());
        places = {*url};
    }
    for (const QUrl &place : places) {
        auto fetched = co_await fetch(run, resourceStep, place);
        if (!fetched)
            co_return failure(std::move(fetched).error());
        if (!fetched->body)
            continue;
        auto metadata = concluded(*run, fetched->step, readResource(input, *fetched->body));
        if (!metadata)
            co_return failure(std::move(metadata).error());
        run->found.resource = std::move(*metadata);
        co_return true;
    }
    if (!named.isEmpty()) {
        co_return failure(ErrorCode::ProtocolViolation,
            Sentence::tr("The server says its metadata is at %1, and it is not. "
                         "Tell the operator of the MCP server.")
                .arg(repeatable(places.first().toString(QUrl::FullyEncoded))));
    }
    co_return false;
}

void noteClock(Run &run, const Fetched &fetched)
{
    if (fetched.serverDate)
        run.found.clockSkewMs = *fetched.serverDate - run.clock.utcMs();
}

Task<Result<void>> findIssuer(RunPtr run, QString issuer)
{
    const DiscoveryInput &input = run->input;
    const auto url =
        checkedEndpoint(issuer, input.reach, Sentence::tr("The authorization server's address"));
    if (!url)
        co_return failure(url.error());
    // RFC 8414 §2: an issuer has no query.
    if (url->hasQuery()) {
        co_return failure(ErrorCode::ProtocolViolation,
            Sentence::tr("The authorization server's address has a query, which "
                         "none may have. Tell the operator of the MCP server."));
    }
    if (input.cachedIssuer && input.cachedIssuer->issuer == issuer) {
        run->found.issuer = *input.cachedIssuer;
        co_return {};
    }
    const QList<QUrl> places = metadataUrls(*url);
    for (const QUrl &place : places) {
        auto fetched = co_await fetch(run, issuerStep, place);
        if (!fetched)
            co_return failure(std::move(fetched).error());
        if (!fetched->body)
            continue;
        auto metadata = concluded(*run, fetched->step,
            parseAuthorizationServerMetadata(*fetched->body, issuer, input.reach));
        if (!metadata)
            co_return failure(std::move(metadata).error());
        run->found.issuer = std::move(*metadata);
        run->found.metadataFetched = true;
        noteClock(*run, *fetched);
        co_return {};
    }
    co_return failure(ErrorCode::ProtocolViolation,
        Sentence::tr("The authorization server %1 publishes no metadata, so there "
                     "is no telling how to sign in. Tell its operator.")
            .arg(issuer));
}

// Revision 2025-03-26: the MCP server's origin is the authorization server.
Task<Result<void>> findLegacyIssuer(RunPtr run)
{
    const DiscoveryInput &input = run->input;
    run->found.legacyFallback = true;
    const AuthorizationServerMetadata defaults = legacyDefaultMetadata(input.server);
    // Nobody named this issuer: it is an origin, and origins are written with and without a slash.
    const QString withSlash = defaults.issuer + QLatin1Char('/');
    run->found.issuerChoices = {defaults.issuer};
    if (input.cachedIssuer
        && (input.cachedIssuer->issuer == defaults.issuer
            || input.cachedIssuer->issuer == withSlash)) {
        run->found.issuer = *input.cachedIssuer;
        co_return {};
    }
    const QUrl place = metadataUrls(QUrl(defaults.issuer)).first();
    auto fetched = co_await fetch(run, issuerStep, place);
    if (!fetched)
        co_return failure(std::move(fetched).error());
    if (!fetched->body) {
        run->found.issuer = defaults;
        co_return {};
    }
    auto parsed = parseAuthorizationServerMetadata(*fetched->body, withSlash, input.reach);
    if (!parsed)
        parsed = parseAuthorizationServerMetadata(*fetched->body, defaults.issuer, input.reach);
    auto metadata = concluded(*run, fetched->step, std::move(parsed));
    if (!metadata)
        co_return failure(std::move(metadata).error());
    run->found.issuer = std::move(*metadata);
    run->found.issuerChoices = {run->found.issuer.issuer};
    run->found.metadataFetched = true;
    noteClock(*run, *fetched);
    co_return {};
}

} // namespace

Task<Result<Discovered>> Discovery::discover(
    DiscoveryInput input, OnStep onStep, std::stop_token stop)
{
    const auto run = std::make_shared<Run>(Run{m_http, m_clock, input, onStep, stop});
    const auto haveResource = co_await findResource(run);
    if (!haveResource)
        co_return failure(haveResource.error());
    Result<void> issuer;
    if (*haveResource) {
        const QStringList &choices = run->found.resource->authorizationServers;
        run->found.issuerChoices = choices;
        const QString chosen =
            choices.contains(input.preferredIssuer) ? input.preferredIssuer : choices.first();
        issuer = co_await findIssuer(run, chosen);
    } else {
        issuer = co_await findLegacyIssuer(run);
    }
    if (!issuer)
        co_return failure(std::move(issuer).error());
    co_return std::move(run->found);
}

} // namespace chatelaine::oauth
