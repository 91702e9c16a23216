// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/credentials/RefreshRequest.h"

#include "core/base/Clock.h"
#include "core/credentials/RefreshErrors.h"

#include <QLoggingCategory>

namespace chatelaine::credentials {

namespace {

Q_LOGGING_CATEGORY(logRefresh, "chatelaine.refresh")

bool isInvalidScope(const Error &error)
{
    return error.data.value(QLatin1StringView("error")).toString()
        == QLatin1StringView("invalid_scope");
}

/// What the metadata says now, where it has another token endpoint than we know.
Task<Result<void>> lookAgain(
    std::shared_ptr<Parts> parts, RefreshJob *job, QUrl known, std::stop_token stop)
{
    const auto now = co_await metadataOf(parts, job->view, job->reach, MetadataFrom::Issuer, stop);
    if (!now && issuerHasChanged(now.error()))
        co_return failure(now.error());
    job->endpoint.url = now ? now->tokenEndpoint : known;
    co_return {};
}

} // namespace

Task<Result<void>> prepareRefresh(
    std::shared_ptr<Parts> parts, RefreshJob *job, std::stop_token stop)
{
    const Result<net::Reach> reach =
        co_await parts->context.http.reachOf(job->view.server.url, stop);
    if (!reach)
        co_return failure(reach.error());
    job->reach = *reach;
    const auto metadata = co_await metadataOf(parts, job->view, *reach, MetadataFrom::Cache, stop);
    if (!metadata)
        co_return failure(metadata.error());
    auto identity = co_await identityOf(parts, *job->view.registration);
    if (!identity)
        co_return failure(identity.error());
    job->issuer = metadata->issuer;
    job->endpoint.url = metadata->tokenEndpoint;
    job->endpoint.client = *identity;
    job->endpoint.reach = *reach;
    job->endpoint.caFile = job->view.server.settings.caFile;
    // The database may have been edited: only the issuer itself moves its token endpoint.
    const QUrl proven(job->old.tokenEndpoint);
    if (job->endpoint.url != proven)
        co_return co_await lookAgain(parts, job, proven, stop);
    co_return {};
}

Task<Result<TokenItem>> performRefresh(
    std::shared_ptr<Parts> parts, RefreshJob *job, std::stop_token stop)
{
    const QString accountId = job->view.account.id;
    const bool firstTry = job->view.account.refreshSentAt == 0;
    if (firstTry) {
        const Result<void> marked = co_await parts->markRefresh(accountId, parts->now());
        if (!marked)
            qCWarning(logRefresh) << "Not marked as on the way:" << marked.error().message;
        if (stop.stop_requested())
            co_return cancelled();
    }
    if (parts->locked) {
        // The vault is closing, or closed: there would be no place for what is answered.
        if (firstTry)
            co_await parts->markRefresh(accountId, 0);
        co_return failure(lockedError());
    }
    oauth::RefreshRequest request;
    request.refreshToken = job->old.refreshToken;
    request.resource = job->old.resource;
    request.scopes = job->old.grantScopes; // some issuers want it repeated (AADSTS90009)
    Result<oauth::TokenSet> answer =
        co_await parts->tokenEndpoint.refresh(job->endpoint, request, stop);
    if (!answer && isInvalidScope(answer.error()) && !request.scopes.isEmpty()) {
        // Less is granted than was: without the parameter it is all that is left.
        request.scopes.clear();
        answer = co_await parts->tokenEndpoint.refresh(job->endpoint, request, stop);
    }
    if (!answer && mayHaveMoved(answer.error())) {
        const QUrl before = job->endpoint.url;
        const Result<void> looked = co_await lookAgain(parts, job, before, stop);
        if (!looked)
            co_return failure(looked.error());
        if (job->endpoint.url != before)
            answer = co_await parts->tokenEndpoint.refresh(job->endpoint, request, stop);
    }
    if (!answer) {
        if (firstTry && wasRefused(answer.error()))
            co_await parts->markRefresh(accountId, 0);
        co_return failure(answer.error());
    }

    TokenItem fresh = job->old;
    fresh.generation = job->old.generation + 1;
    fresh.accessToken = answer->accessToken;
    if (!answer->refreshToken.isEmpty())
        fresh.refreshToken = answer->refreshToken;
    const Instant now = parts->instant();
    fresh.issuedAt = now.utc;
    fresh.expiresAt = answer->expiresInS ? now.utc + *answer->expiresInS * 1000 : 0;
    fresh.expiresBoot = answer->expiresInS ? now.boot + *answer->expiresInS * 1000 : 0;
    fresh.scopes = answer->scopes ? *answer->scopes : fresh.scopes;
    fresh.tokenEndpoint = job->endpoint.url.toString(QUrl::FullyEncoded);
    co_return fresh;
}

} // namespace chatelaine::credentials
