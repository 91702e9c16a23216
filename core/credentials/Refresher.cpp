// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/credentials/Refresher.h"

#include "core/audit/AuditLog.h"
#include "core/base/Clock.h"
#include "core/base/Random.h"
#include "core/credentials/Parts.h"
#include "core/credentials/RefreshErrors.h"
#include "core/credentials/Scopes.h"
#include "core/vault/Vault.h"

#include <QLoggingCategory>

namespace chatelaine::credentials {

namespace {

constexpr qint64 longestAheadMs = 5 * 60 * 1000;
constexpr qint64 firstBackoffMs = 1000;
constexpr qint64 longestBackoffMs = 5 * 60 * 1000;

} // namespace

Loan loanFrom(const TokenItem &item)
{
    Loan loan;
    loan.accessToken = item.accessToken;
    loan.expiresAt = item.expiresAt;
    loan.scopes = item.scopes;
    loan.resource = item.resource;
    loan.fingerprint = item.accessToken.fingerprint();
    return loan;
}

Refresher::Refresher(Parts &parts)
    : m_parts(parts)
{ }

Refresher::~Refresher() = default;

void Refresher::end()
{
    m_due.clear();
    m_alarm.reset();
}

Task<void> Refresher::settle(std::stop_token stop)
{
    const std::shared_ptr<Parts> parts = m_parts.shared_from_this();
    const QList<Completion<Result<TokenItem>>> running = m_running.values();
    for (const Completion<Result<TokenItem>> &one : running)
        co_await orCancelled(one, stop);
}

std::optional<Loan> Refresher::warm(const QString &accountId, qint64 minValidMs) const
{
    const TokenItem *item = m_parts.tokens.kept(accountId);
    if (m_parts.locked || !item || !item->goodFor(minValidMs, m_parts.now()))
        return std::nullopt;
    if (m_parts.catalogue.state(accountId) != store::AccountState::SignedIn)
        return std::nullopt;
    return loanFrom(*item);
}

Task<Result<Loan>> Refresher::token(QString accountId, qint64 minValidMs, std::stop_token stop)
{
    const std::shared_ptr<Parts> parts = m_parts.shared_from_this();
    if (parts->locked)
        co_return failure(lockedError());
    std::optional<AccountView> view = parts->catalogue.view(accountId);
    if (!view)
        co_return failure(ErrorCode::NotFound, QStringLiteral("The account was removed."));
    if (view->account.state != store::AccountState::SignedIn
        && view->account.state != store::AccountState::Expired)
        co_return failure(whyNoToken(*view));

    Result<TokenItem> item = co_await parts->tokens.get(accountId);
    if (parts->locked)
        co_return failure(lockedError());
    if (!item && item.error().code == ErrorCode::NotFound) {
        const QString why =
            QStringLiteral("The tokens of %1 are no longer in the keychain.").arg(view->fullName());
        audit::Event about;
        about.outcome = audit::Outcome::Failed;
        about.detail = why;
        const AccountEdit edit = [why](store::Account &account) {
            account.lastError = why;
            account.hasRefreshToken = false;
        };
        co_await parts->move(accountId, AccountEvent::GrantLost, about, edit);
        co_return failure(signInNeeded(*view, QStringLiteral("item_gone"), why));
    }
    if (!item)
        co_return failure(item.error());

    // A crash between the vault and the database leaves the vault ahead; the vault is right.
    if (item->generation > view->account.generation) {
        const TokenItem newer = *item;
        audit::Event about;
        about.detail = QStringLiteral("Taken over from the vault after an interruption.");
        const AccountEdit edit = [newer](store::Account &account) {
            account.generation = newer.generation;
            account.expiresAt = newer.expiresAt;
            account.grantedScopes = newer.scopes;
            account.hasRefreshToken = !newer.refreshToken.isEmpty();
            account.tokenFingerprint = newer.accessToken.fingerprint();
            account.lastError.clear();
        };
        co_await parts->move(accountId, AccountEvent::Refreshed, about, edit);
    }
    if (item->goodFor(minValidMs, parts->now()))
        co_return loanFrom(*item);

    if (item->refreshToken.isEmpty()) {
        // Less than was wished for, but nothing better is to be had without the person.
        constexpr qint64 stillOfUseMs = 5000;
        if (item->goodFor(stillOfUseMs, parts->now()))
            co_return loanFrom(*item);
        const QString why =
            QStringLiteral("The token of %1 has expired and the server gave none to "
                           "renew it with.")
                .arg(view->fullName());
        audit::Event about;
        about.detail = why;
        const AccountEdit edit = [why](store::Account &account) { account.lastError = why; };
        co_await parts->move(accountId, AccountEvent::Lapsed, about, edit);
        co_return failure(signInNeeded(*view, QStringLiteral("expired"), why));
    }
    Result<TokenItem> fresh = co_await shared(accountId, stop);
    if (!fresh) {
        // A server that is away for a minute need not stop work that the old token still does.
        const bool away = fresh.error().code == ErrorCode::Unreachable
            || fresh.error().code == ErrorCode::TimedOut;
        if (away && !parts->locked && item->goodFor(0, parts->now()))
            co_return loanFrom(*item);
        co_return failure(fresh.error());
    }
    if (parts->locked)
        co_return failure(lockedError());
    co_return loanFrom(*fresh);
}

Task<Result<TokenItem>> Refresher::replace(
    QString accountId, QString fingerprint, std::stop_token stop)
{
    const std::shared_ptr<Parts> parts = m_parts.shared_from_this();
    if (parts->locked)
        co_return failure(lockedError());
    Result<TokenItem> item = co_await parts->tokens.get(accountId);
    if (!item)
        co_return item;
    if (item->accessToken.fingerprint() != fingerprint)
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
    std::optional<AccountView> view = parts->catalogue.view(accountId);
    if (!view)
        co_return failure(ErrorCode::NotFound, QStringLiteral("The account was removed."));
    if (const auto backoff = m_backoff.constFind(accountId); backoff != m_backoff.cend()) {
        const qint64 left = backoff->notBeforeBootMs - parts->context.clock.bootMs();
        if (left > 0) {
            Error error = backoff->last;
            error.data.insert(QStringLiteral("retry_after_s"), (left + 999) / 1000);
            co_return failure(error);
        }
    }
    Result<TokenItem> old = co_await parts->tokens.get(accountId);
    if (!old)
        co_return old;
    if (old->refreshToken.isEmpty())
        co_return failure(whyNoToken(*view));
    if (!view->registration)
        co_return co_await clientGone(accountId, *old);

    const Result<net::Reach> reach = co_await parts->context.http.reachOf(view->server.url, stop);
    if (!reach)
        co_return co_await failed(accountId, *old, reach.error());
    auto metadata = co_await metadataOf(parts, *view, *reach, MetadataFrom::Cache, stop);
    if (!metadata)
        co_return co_await failed(accountId, *old, metadata.error());
    auto identity = co_await identityOf(parts, *view->registration);
    if (!identity)
        co_return co_await failed(accountId, *old, identity.error());
    // Tokens belong to an issuer and to a client; neither may have changed under them.
    if (old->issuer != metadata->issuer || old->clientId != identity->clientId)
        co_return co_await clientGone(accountId, *old);
    oauth::Endpoint endpoint;
    endpoint.url = metadata->tokenEndpoint;
    endpoint.client = *identity;
    endpoint.reach = *reach;
    endpoint.caFile = view->server.settings.caFile;
    oauth::RefreshRequest request;
    request.refreshToken = old->refreshToken;
    request.resource = old->resource;
    request.scopes = old->scopes; // some issuers want it repeated (AADSTS90009)
    Result<oauth::TokenSet> answer =
        co_await parts->tokenEndpoint.refresh(endpoint, request, stop);
    if (!answer && mayHaveMoved(answer.error())) {
        const auto now = co_await metadataOf(parts, *view, *reach, MetadataFrom::Issuer, stop);
        if (now && now->tokenEndpoint != endpoint.url) {
            endpoint.url = now->tokenEndpoint;
            answer = co_await parts->tokenEndpoint.refresh(endpoint, request, stop);
        }
    }
    if (!answer)
        co_return co_await failed(accountId, *old, answer.error());

    TokenItem fresh = *old;
    fresh.generation = old->generation + 1;
    fresh.accessToken = answer->accessToken;
    if (!answer->refreshToken.isEmpty())
        fresh.refreshToken = answer->refreshToken;
    fresh.issuedAt = parts->now();
    fresh.expiresAt = answer->expiresInS ? fresh.issuedAt + *answer->expiresInS * 1000 : 0;
    if (answer->scopes)
        fresh.scopes = *answer->scopes;

    // A sign-out or a new sign-in while we waited has the last word.
    if (isOvertaken(accountId, old->generation))
        co_return co_await winner(accountId, old->generation);

    const Result<void> kept =
        co_await parts->tokens.put(accountId, fresh, TokenKeeper::OnFailure::Keep);
    if (isOvertaken(accountId, fresh.generation))
        co_return co_await winner(accountId, fresh.generation);
    if (!kept)
        co_return co_await failed(accountId, *old, kept.error());
    m_backoff.remove(accountId);
    const audit::Event about;
    const AccountEdit edit = [fresh](store::Account &account) {
        account.generation = fresh.generation;
        account.expiresAt = fresh.expiresAt;
        account.grantedScopes = fresh.scopes;
        account.hasRefreshToken = !fresh.refreshToken.isEmpty();
        account.tokenFingerprint = fresh.accessToken.fingerprint();
        account.lastError.clear();
    };
    co_await parts->move(accountId, AccountEvent::Refreshed, about, edit);
    m_due.remove(accountId);
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
        co_return co_await parts->tokens.get(accountId);
    co_return failure(ErrorCode::Cancelled,
        QStringLiteral("The account was signed out or in anew meanwhile."));
}

Task<Result<TokenItem>> Refresher::clientGone(QString accountId, TokenItem old)
{
    const std::shared_ptr<Parts> parts = m_parts.shared_from_this();
    const auto view = parts->catalogue.view(accountId);
    if (!view || isOvertaken(accountId, old.generation))
        co_return co_await winner(accountId, old.generation);
    const QString why = QStringLiteral("The client that %1 was signed in with is no longer the one "
                                       "that is set, so its tokens can't be renewed.")
                            .arg(view->fullName());
    audit::Event about;
    about.outcome = audit::Outcome::Failed;
    about.detail = why;
    const AccountEdit edit = [why](store::Account &account) { account.lastError = why; };
    co_await parts->move(accountId, AccountEvent::GrantLost, about, edit);
    m_due.remove(accountId);
    co_return failure(signInNeeded(*view, QStringLiteral("client_changed"), why));
}

Task<Result<TokenItem>> Refresher::failed(QString accountId, TokenItem old, Error error)
{
    const std::shared_ptr<Parts> parts = m_parts.shared_from_this();
    const std::optional<AccountView> view = parts->catalogue.view(accountId);
    if (!view || error.code == ErrorCode::Cancelled || parts->stopping.stop_requested())
        co_return failure(error);
    // A new sign-in may have ended the old grant: its refusal says nothing about the new one.
    if (isOvertaken(accountId, old.generation))
        co_return co_await winner(accountId, old.generation);

    audit::Event about = parts->eventFor(*view);
    about.outcome = audit::Outcome::Failed;
    about.detail = error.message;
    if (grantIsLost(error)) {
        const bool clientLost = error.data.value(QLatin1StringView("error")).toString()
            != QLatin1StringView("invalid_grant");
        const Result<void> dropped = co_await parts->tokens.drop(accountId, old.generation);
        Q_UNUSED(dropped); // it opens nothing any more
        if (clientLost && view->registration
            && view->registration->kind == store::RegistrationKind::Dynamic)
            co_await forgetRegistration(parts, view->registration->id);
        const AccountEdit edit = [why = error.message](store::Account &account) {
            account.lastError = why;
            account.hasRefreshToken = false;
        };
        co_await parts->move(accountId, AccountEvent::GrantLost, about, edit);
        m_due.remove(accountId);
        co_return failure(signInNeeded(
            *view, error.data.value(QLatin1StringView("error")).toString(), error.message));
    }
    // Anything else says nothing about the tokens: keep them, tell, and wait a little.
    Backoff &backoff = m_backoff[accountId];
    const qint64 doubled = firstBackoffMs << std::min(backoff.failures, 10);
    qint64 wait = std::min(doubled, longestBackoffMs);
    wait = wait / 2 + parts->context.random.below(static_cast<quint32>(wait / 2 + 1));
    wait = std::max(wait, error.data.value(QLatin1StringView("retry_after_s")).toInteger() * 1000);
    ++backoff.failures;
    backoff.notBeforeBootMs = parts->context.clock.bootMs() + std::min(wait, longestBackoffMs);
    backoff.last = error;
    if (old.goodFor(0, parts->now())) {
        m_due.insert(accountId, backoff.notBeforeBootMs);
        arm();
    }
    about.event = QStringLiteral("token.refresh");
    parts->context.audit.note(about);
    co_await parts->remark(accountId, error.message);
    co_return failure(error);
}

void Refresher::noteUse(const QString &accountId)
{
    if (m_due.contains(accountId))
        return;
    const TokenItem *item = m_parts.tokens.inMemory(accountId);
    if (!item || item->refreshToken.isEmpty() || item->expiresAt == 0)
        return;
    // Ahead by a tenth of its life, at most five minutes, and up to a quarter of that earlier or
    // later, so that fifty accounts that were signed in together are not refreshed together.
    const qint64 life = item->expiresAt - item->issuedAt;
    const qint64 ahead = std::min(life / 10, longestAheadMs);
    const qint64 jitter =
        ahead < 4 ? 0 : m_parts.context.random.below(static_cast<quint32>(ahead / 2)) - ahead / 4;
    const qint64 inMs = std::max<qint64>(item->expiresAt - m_parts.now() - ahead - jitter, 0);
    m_due.insert(accountId, m_parts.context.clock.bootMs() + inMs);
    arm();
}

void Refresher::forget(const QString &accountId)
{
    m_due.remove(accountId);
    m_backoff.remove(accountId);
    arm();
}

void Refresher::arm()
{
    if (m_parts.stopping.stop_requested())
        return;
    if (!m_alarm) {
        m_alarm = m_parts.context.clock.createAlarm();
        QObject::connect(m_alarm.get(), &Alarm::fired, m_alarm.get(), [this] { onAlarm(); });
    }
    if (m_due.isEmpty()) {
        m_alarm->clear();
        return;
    }
    m_alarm->set(*std::min_element(m_due.cbegin(), m_due.cend()));
}

void Refresher::onAlarm()
{
    const qint64 now = m_parts.context.clock.bootMs();
    QStringList due;
    for (auto entry = m_due.cbegin(); entry != m_due.cend(); ++entry) {
        if (entry.value() <= now)
            due.append(entry.key());
    }
    for (const QString &accountId : std::as_const(due)) {
        const auto view = m_parts.catalogue.view(accountId);
        const TokenItem *item = m_parts.tokens.inMemory(accountId);
        if (m_parts.locked || !view || !item) {
            m_due.remove(accountId);
            continue;
        }
        // One attempt for each use: where nobody borrows any more, nothing is refreshed.
        m_due.remove(accountId);
        detach(shared(accountId, m_parts.stopping.get_token()));
    }
    arm();
}

} // namespace chatelaine::credentials
