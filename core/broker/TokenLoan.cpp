// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Json.h"
#include "core/base/Sentence.h"
#include "core/broker/Lending.h"
#include "core/credentials/RefreshErrors.h"

namespace chatelaine::broker {

namespace {

/// More than any server has, and little enough to be held by each request that waits.
constexpr qsizetype mostScopes = 100;

Result<QStringList> scopesIn(const QJsonObject &params)
{
    const QString scope = json::string(params, QLatin1StringView("scope")).value_or(QString());
    if (scope.count(u' ') >= mostScopes) {
        return failure(ErrorCode::InvalidInput,
            Sentence::tr("\"scope\" names %1 scopes at most, with one space between them.")
                .arg(mostScopes));
    }
    return scope.split(u' ', Qt::SkipEmptyParts);
}

} // namespace

Task<Result<Reply>> Lending::token(Call call)
{
    const QString eventName = QStringLiteral("loan.token");
    if (m.credentials.isLocked())
        co_return failure(credentials::lockedError());
    const Result<credentials::AccountView> account = accountOf(call.params);
    if (!account)
        co_return failure(account.error());
    const qint64 minValidS =
        json::integer(call.params, QLatin1StringView("min_valid_s")).value_or(60);
    if (minValidS < 0 || minValidS > 7 * 24 * 3600) {
        co_return failure(ErrorCode::InvalidInput,
            Sentence::tr("\"min_valid_s\" is a number of seconds from 0 to a "
                         "week."));
    }
    const Result<QStringList> scopes = scopesIn(call.params);
    if (!scopes)
        co_return failure(scopes.error());
    const QStringList wanted = *scopes;
    const bool interactive = json::boolean(call.params, QLatin1StringView("interactive"), true);
    Result<Permit> permit = co_await this->permit(call, *account, wanted, interactive, eventName);
    if (!permit)
        co_return failure(std::move(permit).error());

    audit::Event event = eventFor(eventName, call, *account);
    std::optional<credentials::Loan> loan =
        m.credentials.warmToken(account->account.id, minValidS * 1000);
    if (!loan) {
        Result<credentials::Loan> fetched =
            co_await m.credentials.accessToken(account->account.id, minValidS * 1000, call.stop);
        if (!fetched) {
            giveBack(*permit);
            event.grant = permit->grantId;
            event.outcome = audit::Outcome::Failed;
            event.scope = wanted.join(u' ');
            event.detail = errorCodeName(fetched.error().code);
            m_asking.note(event);
            co_return failure(std::move(fetched).error());
        }
        loan = std::move(*fetched);
        permit = co_await confirm(*permit, call, *account, loan->scopes, interactive, eventName);
    } else if (permit->asked) {
        permit = co_await confirm(*permit, call, *account, loan->scopes, interactive, eventName);
    }
    if (!permit)
        co_return failure(std::move(permit).error());
    event.grant = permit->grantId;
    QStringList missing;
    for (const QString &scope : wanted) {
        if (!loan->scopes.contains(scope))
            missing.append(scope);
    }
    if (!missing.isEmpty()) {
        giveBack(*permit);
        event.outcome = audit::Outcome::Denied;
        event.scope = wanted.join(u' ');
        event.detail = QStringLiteral("scope not granted by the server: ") + missing.join(u' ');
        m_asking.note(event);
        m.credentials.noteMissing(account->account.id, missing);
        co_return failure(ErrorCode::ScopeMissing,
            Sentence::tr("The sign-in to %1 does not cover %2. Run: chatelaine "
                         "login %1 --scope \"%2\"")
                .arg(account->fullName(), missing.join(u' ')),
            {}, {{QStringLiteral("missing"), missing.join(u' ')}});
    }
    event.scope = loan->scopes.join(u' ');
    event.tokenFingerprint = loan->fingerprint;
    const Result<void> recorded = co_await record(std::move(*permit), std::move(event));
    if (!recorded)
        co_return failure(recorded.error());
    if (m.credentials.isLocked())
        co_return failure(credentials::lockedError());

    Reply reply;
    const auto add = [&reply](const char *name, const QString &value) {
        appendMember(reply.members, QLatin1StringView(name), value);
    };
    reply.members.reserve(512);
    add("token_type", loan->tokenType);
    add("resource", loan->resource);
    add("server", account->server.name);
    add("account", account->account.name);
    if (loan->expiresAt > 0)
        add("expires_at", toRfc3339(loan->expiresAt));
    if (!loan->scopes.isEmpty())
        add("scope", loan->scopes.join(u' '));
    reply.accessToken = loan->accessToken;
    co_return reply;
}

} // namespace chatelaine::broker
