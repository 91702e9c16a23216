// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/credentials/Credentials.h"

#include "core/base/Clock.h"
#include "core/base/Sentence.h"
#include "core/credentials/Accounts.h"
#include "core/credentials/Call.h"
#include "core/credentials/Change.h"
#include "core/credentials/DryRun.h"
#include "core/credentials/Parts.h"
#include "core/credentials/Possession.h"
#include "core/credentials/SignIn.h"
#include "core/credentials/SignOut.h"
#include "core/vault/Vault.h"

#include <QLoggingCategory>

namespace chatelaine::credentials {

namespace {

/// So long nobody's word brings about another refresh.
constexpr qint64 longEnoughForANewTokenMs = 30'000;

Q_LOGGING_CATEGORY(logKeeping, "chatelaine.credentials")

Task<Result<void>> writeAgain(std::shared_ptr<Parts> parts)
{
    const std::stop_token gone = parts->stopping.get_token();
    const QStringList accounts = parts->tokens.toBeWritten();
    for (const QString &id : accounts) {
        const Result<void> written = co_await parts->tokens.rewrite(id);
        // The vault goes next.
        if (gone.stop_requested())
            co_return cancelled();
        if (!written) {
            qCWarning(logKeeping) << "Tokens are in memory alone:" << written.error().message;
            continue;
        }
        // The record of the account is as old as what the vault had.
        const auto state = parts->catalogue.state(id);
        if (state == store::AccountState::SignedIn || state == store::AccountState::Expired)
            co_await possession(parts, id, gone);
    }
    co_return co_await parts->tokens.removeLate(gone);
}

} // namespace

Credentials::Credentials(Context context, QObject *parent)
    : QObject(parent)
    , m_parts(std::make_shared<Parts>(std::move(context)))
{
    m_parts->accountChanged = [this](const QString &id) {
        m_parts->lapses.note(id);
        Q_EMIT accountChanged(id);
    };
    m_parts->tokenChanged = [this](const QString &id) { Q_EMIT tokenChanged(id); };
    connect(&m_parts->context.vault, &Vault::stateChanged, this, [this](Vault::State state) {
        if (state == Vault::State::Open)
            detach(writeAgain(m_parts));
    });
}

Credentials::~Credentials()
{
    m_parts->accountChanged = {};
    m_parts->tokenChanged = {};
    m_parts->refresher.end();
    m_parts->lapses.end();
    m_parts->stopping.request_stop();
    m_parts->refresher.hurry();
}

void Credentials::take(const store::Snapshot &all)
{
    m_parts->catalogue.take(all);
}

void Credentials::watchLapses()
{
    m_parts->lapses.noteAll();
}

QList<AccountView> Credentials::accounts() const
{
    return m_parts->catalogue.views();
}

std::optional<AccountView> Credentials::account(const QString &accountId) const
{
    return m_parts->catalogue.view(accountId);
}

Result<AccountView> Credentials::find(const QString &server, const QString &account) const
{
    return m_parts->catalogue.find(server, account);
}

Task<Result<AccountView>> Credentials::add(NewServer server, audit::ClientFacts by)
{
    return addServer(m_parts, std::move(server), std::move(by));
}

Task<Result<Farewell>> Credentials::remove(QString accountId, audit::ClientFacts by)
{
    const std::shared_ptr<Parts> parts = m_parts;
    const auto view = parts->catalogue.view(accountId);
    Result<Farewell> farewell = co_await removeAccount(parts, accountId, by);
    // accountChanged is emptied when the face goes: then there is no one to tell.
    if (farewell && view && parts->accountChanged)
        Q_EMIT accountRemoved(accountId, view->fullName());
    co_return farewell;
}

Task<Result<void>> Credentials::removeAll(audit::ClientFacts by)
{
    const std::shared_ptr<Parts> parts = m_parts;
    Result<void> all;
    const QList<AccountView> views = parts->catalogue.views();
    for (const AccountView &view : views) {
        const Result<Farewell> removed = co_await removeAccount(parts, view.account.id, by);
        if (!removed && all)
            all = failure(removed.error());
    }
    const QStringList left = parts->catalogue.registrationIds();
    for (const QString &id : left) {
        const Result<void> forgotten = co_await forgetRegistration(parts, id);
        if (!forgotten && all)
            all = forgotten;
    }
    co_return all;
}

Task<Result<AccountView>> Credentials::change(
    QString accountId, AccountChange change, audit::ClientFacts by)
{
    return changeAccount(m_parts, std::move(accountId), std::move(change), std::move(by));
}

Task<Result<QJsonObject>> Credentials::discover(
    NewServer server, std::shared_ptr<Person> person, std::stop_token stop)
{
    return dryRun(m_parts, std::move(server), std::move(person), std::move(stop));
}

Task<Result<AccountView>> Credentials::signIn(QString accountId, QStringList extraScopes,
    std::shared_ptr<Person> person, qint64 timeoutMs, std::stop_token stop)
{
    const std::shared_ptr<Parts> parts = m_parts;
    SignInRequest request;
    request.accountId = accountId;
    request.extraScopes = extraScopes;
    request.person = person;
    request.timeoutMs = timeoutMs;
    request.verify = true;
    // Who asks for nothing by name starts over; a scope by name is added to those of before.
    request.startsOver = extraScopes.isEmpty();
    const Result<void> done = co_await credentials::signIn(parts, request, stop);
    if (!done)
        co_return failure(done.error());
    const auto view = parts->catalogue.view(accountId);
    if (!view)
        co_return failure(ErrorCode::NotFound, Sentence::tr("The account was removed meanwhile."));
    co_return *view;
}

void Credentials::noteMissing(const QString &accountId, const QStringList &scopes)
{
    m_parts->noteMissing(accountId, scopes);
}

bool Credentials::acceptCallback(const QUrl &url)
{
    const QString text = url.toString(QUrl::FullyEncoded);
    for (const auto &pending : std::as_const(m_parts->pending)) {
        const Result<QByteArray> query = oauth::queryOfPastedCallback(pending->request, text);
        if (!query)
            continue;
        const auto response = oauth::judgeAuthorizationResponse(pending->request, *query);
        if (!response.ours)
            continue;
        Completion<Result<Secret>> answer = pending->code;
        answer.set(response.code);
        return true;
    }
    return false;
}

Task<Result<Farewell>> Credentials::signOut(
    QString accountId, audit::ClientFacts by, Unconfirmed unconfirmed)
{
    return credentials::signOut(m_parts, std::move(accountId), std::move(by), unconfirmed);
}

std::optional<Loan> Credentials::warmToken(const QString &accountId, qint64 minValidMs) const
{
    std::optional<Loan> loan = m_parts->refresher.warm(accountId, minValidMs);
    if (loan)
        m_parts->refresher.noteUse(accountId);
    return loan;
}

Task<Result<Loan>> Credentials::accessToken(
    QString accountId, qint64 minValidMs, std::stop_token stop)
{
    const std::shared_ptr<Parts> parts = m_parts;
    const EitherStop either(stop, parts->stopping.get_token());
    Result<Loan> loan = co_await parts->refresher.token(accountId, minValidMs, either.token());
    if (loan)
        parts->refresher.noteUse(accountId);
    co_return loan;
}

Task<Result<AccountView>> Credentials::refresh(QString accountId, std::stop_token stop)
{
    const std::shared_ptr<Parts> parts = m_parts;
    const EitherStop either(stop, parts->stopping.get_token());
    const auto before = parts->catalogue.view(accountId);
    if (!before)
        co_return failure(ErrorCode::NotFound, Sentence::tr("The account was removed."));
    const Result<TokenItem> fresh = co_await parts->refresher.replace(
        accountId, before->account.tokenFingerprint, either.token());
    if (!fresh)
        co_return failure(fresh.error());
    const auto view = parts->catalogue.view(accountId);
    if (!view)
        co_return failure(ErrorCode::NotFound, Sentence::tr("The account was removed meanwhile."));
    co_return *view;
}

Task<Result<Advice>> Credentials::tokenRejected(QString accountId, QString fingerprint, int status,
    QList<QByteArray> challenges, std::stop_token stop)
{
    const std::shared_ptr<Parts> parts = m_parts;
    const EitherStop either(stop, parts->stopping.get_token());
    net::HttpResponse response;
    response.status = status;
    for (const QByteArray &value : challenges)
        response.headers.append(net::HttpHeader{"WWW-Authenticate", value});
    const auto challenge = net::bearerChallenge(response);
    const auto view = parts->catalogue.view(accountId);
    if (!view)
        co_return failure(ErrorCode::NotFound, Sentence::tr("The account was removed."));
    if (status == 403) {
        const bool stepUp =
            challenge && challenge->param("error") == QLatin1StringView("insufficient_scope");
        co_return stepUp ? Advice::StepUp : Advice::GiveUp;
    }
    if (status != 401)
        co_return Advice::GiveUp;
    if (view->account.state != store::AccountState::SignedIn)
        co_return Advice::SignInNeeded;
    if (view->account.tokenFingerprint == fingerprint && !view->account.hasRefreshToken)
        co_return Advice::SignInNeeded;
    const bool isCurrent = view->account.tokenFingerprint == fingerprint;
    // A server that refuses what it was just given is not content with yet another one, and a
    // client that says so to force refreshes gets no more of them.
    const Parts::Replaced before = parts->replaced.value(accountId);
    if (isCurrent && before.fingerprint == fingerprint
        && parts->context.clock.bootMs() - before.bootMs < longEnoughForANewTokenMs)
        co_return Advice::GiveUp;
    const auto fresh = co_await parts->refresher.replace(accountId, fingerprint, either.token());
    if (fresh && isCurrent && !parts->stopping.stop_requested()) {
        const Parts::Replaced now{fresh->accessToken.fingerprint(), parts->context.clock.bootMs()};
        parts->replaced.insert(accountId, now);
    }
    if (fresh)
        co_return Advice::RetryWithNewToken;
    if (fresh.error().code == ErrorCode::SignInNeeded)
        co_return Advice::SignInNeeded;
    co_return failure(fresh.error());
}

Task<Result<QJsonObject>> Credentials::call(QString accountId, QString tool, QJsonObject arguments,
    QString protocolVersion, std::shared_ptr<Person> person, std::stop_token stop,
    BeforeUse beforeUse)
{
    return callServer(m_parts, std::move(accountId), std::move(tool), std::move(arguments),
        std::move(protocolVersion), std::move(person), std::move(beforeUse), std::move(stop));
}

Task<void> Credentials::settle(qint64 atMostMs)
{
    const std::shared_ptr<Parts> parts = m_parts;
    const TimeLimit limit(parts->context.clock, atMostMs);
    const EitherStop either(limit.token(), parts->stopping.get_token());
    co_await parts->refresher.settle(QString(), either.token());
}

bool Credentials::holdsUnsaved() const
{
    return m_parts->tokens.holdsUnsaved();
}

Task<QStringList> Credentials::saveUnsaved(std::stop_token stop)
{
    const std::shared_ptr<Parts> parts = m_parts;
    co_await orCancelled(writeAgain(parts), std::move(stop));
    QStringList names;
    const QStringList accounts = parts->tokens.unsaved();
    for (const QString &id : accounts) {
        if (const auto view = parts->catalogue.view(id))
            names.append(view->fullName());
    }
    names.sort();
    co_return names;
}

Task<void> Credentials::remarkUnsaved()
{
    const std::shared_ptr<Parts> parts = m_parts;
    const QStringList accounts = parts->tokens.unsaved();
    for (const QString &id : accounts) {
        const auto view = parts->catalogue.view(id);
        if (!view)
            continue;
        const QString why = Sentence::tr("The vault had not taken the newest tokens of %1 when "
                                         "the broker ended. If it can't be renewed, run: "
                                         "chatelaine login %1")
                                .arg(view->fullName());
        co_await parts->remark(id, why);
    }
}

bool Credentials::isLocked() const
{
    return m_parts->locked;
}

void Credentials::lock()
{
    if (m_parts->locked)
        return;
    m_parts->locked = true;
    m_parts->tokens.setForgetting(true);
    m_parts->lapses.end();
    Q_EMIT lockedChanged(true);
    m_parts->refresher.hurry();
}

void Credentials::unlock()
{
    const bool wasLocked = std::exchange(m_parts->locked, false);
    // A vault that was closed from the start, too.
    m_parts->lapses.noteAll();
    if (!wasLocked)
        return;
    m_parts->tokens.setForgetting(false);
    detach(writeAgain(m_parts));
    Q_EMIT lockedChanged(false);
}

} // namespace chatelaine::credentials
