// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/credentials/Refresher.h"

#include "core/audit/AuditLog.h"
#include "core/base/Clock.h"
#include "core/base/Sentence.h"
#include "core/credentials/Parts.h"
#include "core/credentials/Possession.h"
#include "core/credentials/RefreshErrors.h"
#include "core/credentials/RefreshRequest.h"

namespace chatelaine::credentials {

Loan loanFrom(const TokenItem &item, Instant now)
{
    Loan loan;
    loan.accessToken = item.accessToken;
    loan.expiresAt = item.expiresAt == 0 ? 0 : now.utc + item.leftMs(now);
    loan.scopes = item.scopes;
    loan.resource = item.resource;
    loan.fingerprint = item.accessToken.fingerprint();
    return loan;
}

namespace {

/// What a refresh costs is half a millisecond of a core, in steps: with five times that between
/// two of them whoever borrows meanwhile waits for a step, not for a hundred refreshes.
constexpr int refreshPaceMs = 3;

} // namespace

Refresher::Refresher(Parts &parts)
    : m_parts(parts)
    , m_schedule(parts, [this](const QString &accountId) {
        detach(shared(accountId, m_parts.stopping.get_token()));
    })
    , m_pace(refreshPaceMs)
{ }

Refresher::~Refresher() = default;

Task<void> Refresher::settle(QString accountId, std::stop_token stop)
{
    const std::shared_ptr<Parts> parts = m_parts.shared_from_this();
    const QHash<QString, Completion<Result<TokenItem>>> running = m_running;
    for (auto one = running.cbegin(); one != running.cend(); ++one) {
        if (accountId.isEmpty() || one.key() == accountId)
            co_await orCancelled(one.value(), stop);
    }
}

std::optional<Loan> Refresher::warm(const QString &accountId, qint64 minValidMs) const
{
    const TokenItem *item = m_parts.tokens.kept(accountId);
    const Instant now = m_parts.instant();
    if (m_parts.locked || !item || !item->goodFor(minValidMs, now))
        return std::nullopt;
    if (m_parts.catalogue.state(accountId) != store::AccountState::SignedIn)
        return std::nullopt;
    return loanFrom(*item, now);
}

Task<Result<Loan>> Refresher::token(QString accountId, qint64 minValidMs, std::stop_token stop)
{
    const std::shared_ptr<Parts> parts = m_parts.shared_from_this();
    if (parts->locked)
        co_return failure(lockedError());
    const std::optional<AccountView> view = parts->catalogue.view(accountId);
    if (!view)
        co_return failure(ErrorCode::NotFound, Sentence::tr("The account was removed."));
    if (view->account.state != store::AccountState::SignedIn
        && view->account.state != store::AccountState::Expired)
        co_return failure(whyNoToken(*view));

    const Result<TokenItem> item = co_await possession(parts, accountId, stop);
    if (parts->locked)
        co_return failure(lockedError());
    if (!item)
        co_return failure(item.error());
    if (item->goodFor(minValidMs, parts->instant()))
        co_return loanFrom(*item, parts->instant());

    if (item->refreshToken.isEmpty()) {
        // Less than was wished for, but nothing better is to be had without the person.
        constexpr qint64 stillOfUseMs = 5000;
        if (item->goodFor(stillOfUseMs, parts->instant()))
            co_return loanFrom(*item, parts->instant());
        const QString why = Sentence::tr("The token of %1 has expired and the server gave none to "
                                         "renew it with.")
                                .arg(view->fullName());
        const Result<TokenItem> ended =
            co_await over(accountId, *item, AccountEvent::Lapsed, QStringLiteral("expired"), why);
        if (!ended)
            co_return failure(ended.error());
        co_return loanFrom(*ended, parts->instant());
    }
    const Result<TokenItem> fresh = co_await shared(accountId, stop);
    if (!fresh) {
        // A server that is away for a minute need not stop work that the old token still does.
        const bool away = fresh.error().code == ErrorCode::Unreachable;
        if (away && !parts->locked && item->goodFor(0, parts->instant()))
            co_return loanFrom(*item, parts->instant());
        co_return failure(fresh.error());
    }
    if (parts->locked)
        co_return failure(lockedError());
    co_return loanFrom(*fresh, parts->instant());
}

Task<Result<TokenItem>> Refresher::replace(
    QString accountId, QString fingerprint, std::stop_token stop)
{
    const std::shared_ptr<Parts> parts = m_parts.shared_from_this();
    if (parts->locked)
        co_return failure(lockedError());
    const Result<TokenItem> item = co_await possession(parts, accountId, stop);
    if (!item || item->accessToken.fingerprint() != fingerprint)
        co_return item;
    co_return co_await shared(accountId, stop);
}

// RFC 6749 §6, once for all who ask: they get the same answer, and one who goes away does not
// call it off for the others.
Task<Result<TokenItem>> Refresher::shared(QString accountId, std::stop_token stop)
{
    const std::shared_ptr<Parts> parts = m_parts.shared_from_this();
    if (const auto running = m_running.constFind(accountId); running != m_running.cend()) {
        const Completion<Result<TokenItem>> same = *running;
        co_return co_await orCancelled(same, stop);
    }
    Completion<Result<TokenItem>> done;
    m_running.insert(accountId, done);
    const auto work = [](std::shared_ptr<Parts> all, QString id,
                          Completion<Result<TokenItem>> answer) -> Task<void> {
        Result<TokenItem> result = co_await all->refresher.refresh(id);
        all->refresher.m_running.remove(id);
        answer.set(std::move(result));
    };
    detach(work(parts, accountId, done));
    co_return co_await orCancelled(done, stop);
}

Task<Result<TokenItem>> Refresher::refresh(QString accountId)
{
    const std::shared_ptr<Parts> parts = m_parts.shared_from_this();
    const std::stop_token stop = parts->stopping.get_token();
    if (const auto wait = m_schedule.waiting(accountId))
        co_return failure(*wait);
    co_await m_pace.turn();
    if (stop.stop_requested())
        co_return cancelled();
    if (parts->locked)
        co_return failure(lockedError());
    const Result<TokenItem> old = co_await possession(parts, accountId, stop);
    if (!old)
        co_return old;
    const std::optional<AccountView> view = parts->catalogue.view(accountId);
    if (!view || parts->leaving.contains(accountId))
        co_return co_await winner(accountId, old->generation);
    if (old->refreshToken.isEmpty())
        co_return failure(whyNoToken(*view));
    if (!view->registration)
        co_return co_await clientGone(accountId, *old);

    RefreshJob job;
    job.view = *view;
    job.old = *old;
    const Result<void> ready = co_await prepareRefresh(parts, &job, stop);
    if (!ready)
        co_return co_await failed(accountId, *old, ready.error());
    // Tokens belong to an issuer and to a client; neither may have changed under them.
    if (old->issuer != job.issuer || old->clientId != job.endpoint.client.clientId)
        co_return co_await clientGone(accountId, *old);
    const Result<TokenItem> fresh = co_await performRefresh(parts, &job, stop);
    if (!fresh)
        co_return co_await failed(accountId, *old, fresh.error());
    co_return co_await keep(accountId, *old, *fresh);
}

Task<Result<TokenItem>> Refresher::keep(QString accountId, TokenItem old, TokenItem fresh)
{
    const std::shared_ptr<Parts> parts = m_parts.shared_from_this();
    // A sign-out or a new sign-in while we waited has the last word.
    if (isOvertaken(accountId, old.generation))
        co_return co_await winner(accountId, old.generation);
    const Result<void> kept =
        co_await parts->tokens.put(accountId, fresh, TokenKeeper::OnFailure::Keep);
    if (isOvertaken(accountId, fresh.generation))
        co_return co_await winner(accountId, fresh.generation);
    // Rotated, and in memory alone: whoever reads it next writes it again first.
    if (!kept)
        co_return co_await told(accountId, kept.error());
    // Before the database is waited for: from here on the new token may be in use.
    m_schedule.forget(accountId);
    const audit::Event about;
    const AccountEdit edit = [fresh](store::Account &account) { adopt(account, fresh); };
    co_await parts->move(accountId, AccountEvent::Refreshed, about, edit);
    if (parts->tokenChanged)
        parts->tokenChanged(accountId);
    co_return fresh;
}

bool Refresher::isOvertaken(const QString &accountId, qint64 generation) const
{
    const TokenItem *present = m_parts.tokens.inMemory(accountId);
    if (present && present->generation > generation)
        return true;
    const auto view = m_parts.catalogue.view(accountId);
    return !view || view->account.generation > generation
        || (view->account.state != store::AccountState::SignedIn
            && view->account.state != store::AccountState::Expired);
}

Task<Result<TokenItem>> Refresher::winner(QString accountId, qint64 generation)
{
    const std::shared_ptr<Parts> parts = m_parts.shared_from_this();
    if (const TokenItem *present = parts->tokens.inMemory(accountId);
        present && present->generation > generation && !parts->locked)
        co_return co_await parts->tokens.get(accountId, {});
    co_return failure(
        ErrorCode::Cancelled, Sentence::tr("The account was signed out or in anew meanwhile."));
}

Task<Result<TokenItem>> Refresher::over(
    QString accountId, TokenItem old, AccountEvent event, QString reason, QString why)
{
    const std::shared_ptr<Parts> parts = m_parts.shared_from_this();
    const auto view = parts->catalogue.view(accountId);
    if (!view || isOvertaken(accountId, old.generation))
        co_return co_await winner(accountId, old.generation);
    audit::Event about;
    about.outcome = audit::Outcome::Failed;
    about.detail = why;
    const AccountEdit edit = [why](store::Account &account) {
        account.lastError = why;
        account.hasRefreshToken = false;
        account.refreshSentAt = 0;
    };
    co_await parts->move(accountId, event, about, edit);
    m_schedule.forget(accountId);
    co_return failure(signInNeeded(*view, reason, why));
}

Task<Result<TokenItem>> Refresher::clientGone(QString accountId, TokenItem old)
{
    const auto view = m_parts.catalogue.view(accountId);
    const QString why = Sentence::tr("The client that %1 was signed in with is no longer the one "
                                     "that is set, so its tokens can't be renewed.")
                            .arg(view ? view->fullName() : QString());
    co_return co_await over(
        accountId, old, AccountEvent::GrantLost, QStringLiteral("client_changed"), why);
}

Task<Result<TokenItem>> Refresher::failed(QString accountId, TokenItem old, Error error)
{
    const std::shared_ptr<Parts> parts = m_parts.shared_from_this();
    const std::optional<AccountView> view = parts->catalogue.view(accountId);
    const bool cameTooLate = parts->locked && error.code == ErrorCode::Locked;
    if (!view || cameTooLate || error.code == ErrorCode::Cancelled
        || parts->stopping.stop_requested())
        co_return failure(error);
    // A new sign-in may have ended the old grant: its refusal says nothing about the new one.
    if (isOvertaken(accountId, old.generation))
        co_return co_await winner(accountId, old.generation);
    if (issuerHasChanged(error)) {
        co_return co_await over(accountId, old, AccountEvent::IssuerChanged,
            QStringLiteral("issuer_changed"), error.message);
    }
    if (grantIsLost(error)) {
        const Result<void> dropped = co_await parts->tokens.drop(accountId, old.generation);
        Q_UNUSED(dropped); // it opens nothing any more
        if (clientIsUnknown(error) && view->registration
            && view->registration->kind == store::RegistrationKind::Dynamic)
            co_await forgetRegistration(parts, view->registration->id);
        const Error why = whyLost(*view, error);
        co_return co_await over(accountId, old, AccountEvent::GrantLost,
            why.data.value(QLatin1StringView("error")).toString(), why.message);
    }
    // Anything else says nothing about the tokens: keep them, tell, and wait a little.
    error = ofServer(std::move(error));
    m_schedule.failed(accountId, error, old.goodFor(0, parts->instant()));
    const Error withWait = m_schedule.waiting(accountId).value_or(error);
    co_return co_await told(accountId, withWait);
}

Task<Result<TokenItem>> Refresher::told(QString accountId, Error error)
{
    const std::shared_ptr<Parts> parts = m_parts.shared_from_this();
    const std::optional<AccountView> view = parts->catalogue.view(accountId);
    if (!view || parts->stopping.stop_requested())
        co_return failure(error);
    audit::Event about = parts->eventFor(*view);
    about.outcome = audit::Outcome::Failed;
    about.detail = error.message;
    about.event = QStringLiteral("token.refresh");
    parts->context.audit.note(about);
    co_await parts->remark(accountId, error.message);
    co_return failure(error);
}

} // namespace chatelaine::credentials
