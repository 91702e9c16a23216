// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/broker/Locking.h"

#include "core/base/Sentence.h"
#include "core/credentials/RefreshErrors.h"

#include <QLoggingCategory>

#include <algorithm>

namespace chatelaine::broker {

namespace {

Q_LOGGING_CATEGORY(lockLog, "chatelaine.lock")

constexpr qint64 firstPenaltyMs = 1000;
constexpr qint64 longestPenaltyMs = 30'000;
/// How long a refresh that is under way may hold up the lock, then a vault that does not answer,
/// and then a database that somebody else holds. logind gives five seconds before the machine
/// sleeps (InhibitDelayMaxSec in logind.conf(5)).
constexpr qint64 longestSettlingMs = 3000;
constexpr qint64 longestWritingMs = 1000;
constexpr qint64 longestNotingMs = 500;
/// The same for the end, where nothing can be written later. The keychain gives up by itself after
/// ten seconds.
constexpr qint64 longestGoodbyeMs = 5000;
constexpr qint64 longestLastWritingMs = 12'000;
constexpr qint64 longestLastNotingMs = 12'000;

QString howItOpened(Vault::Kind kind)
{
    switch (kind) {
    case Vault::Kind::Keychain:
        return QStringLiteral("by the keychain");
    case Vault::Kind::EncryptedFile:
        return QStringLiteral("with the passphrase");
    case Vault::Kind::Memory:
        break;
    }
    return QStringLiteral("asked for");
}

QString inMemoryAlone(const QStringList &accounts)
{
    return QStringLiteral("the vault has not taken the tokens of ")
        + accounts.join(QStringLiteral(", "));
}

} // namespace

QString lockReasonText(LockReason reason)
{
    switch (reason) {
    case LockReason::Asked:
        break;
    case LockReason::Idle:
        return QStringLiteral("not used for a while");
    case LockReason::ScreenLock:
        return QStringLiteral("the screen was locked");
    case LockReason::Sleep:
        return QStringLiteral("the machine goes to sleep");
    }
    return QStringLiteral("asked for");
}

Locking::Locking(Rooms rooms)
    : m(rooms)
{ }

Task<void> Locking::lock(LockReason reason, audit::ClientFacts by)
{
    if (m_locking) {
        const Completion<Result<bool>> underWay = *m_locking;
        co_await underWay;
        co_return;
    }
    Completion<Result<bool>> done;
    m_locking = done;
    const bool wasLocked = m.credentials.isLocked();
    // From here on nothing is lent, whatever the writing below meets.
    m.credentials.lock();
    if (m_reception)
        m_reception->callOff(credentials::lockedError());
    if (m_unlocking) {
        // It may end within the stop.
        const Completion<Result<bool>> underWay = *m_unlocking;
        m_unlockStop.request_stop();
        co_await underWay;
        m.credentials.lock();
    }
    // An answer that is on its way may hold the only refresh token that is still good.
    co_await m.credentials.settle(longestSettlingMs);
    const TimeLimit limit(m.clock, longestWritingMs);
    const QStringList unsaved = co_await m.credentials.saveUnsaved(limit.token());
    if (m.lending.isOpeningHistory())
        co_await m.lending.openHistory(limit.token());
    m.lending.callOffOpening();
    if (!wasLocked) {
        audit::Event event;
        event.event = QStringLiteral("broker.locked");
        event.client = std::move(by);
        event.detail = lockReasonText(reason);
        if (!unsaved.isEmpty())
            event.detail += QStringLiteral("; ") + inMemoryAlone(unsaved);
        co_await closeHistory(event, longestNotingMs, limit.token());
    }
    m.audit.close();
    m.vault.lock();
    m_locking.reset();
    // First: who waits for it may open it again at once.
    if (!wasLocked)
        Q_EMIT locked(reason);
    done.set(true);
}

Task<void> Locking::leave()
{
    co_await m.credentials.settle(longestGoodbyeMs);
    const TimeLimit limit(m.clock, longestLastWritingMs);
    const QStringList lost = co_await m.credentials.saveUnsaved(limit.token());
    co_await m.credentials.remarkUnsaved();
    m.lending.flush();
    // What was kept while the history was closed would go with us.
    co_await m.lending.openHistory(limit.token());
    m.lending.callOffOpening();
    co_await orCancelled(m.audit.catchUp(), limit.token());
    audit::Event event;
    event.event = QStringLiteral("broker.stopped");
    if (!lost.isEmpty()) {
        event.outcome = audit::Outcome::Failed;
        event.detail = inMemoryAlone(lost);
    }
    co_await closeHistory(event, longestLastNotingMs, limit.token());
    m.audit.close();
}

Task<void> Locking::closeHistory(audit::Event event, qint64 notingMs, std::stop_token stop)
{
    if (!m.audit.isOpen()) {
        m.audit.note(event);
        co_return;
    }
    const TimeLimit noting(m.clock, notingMs);
    const Result<void> written = co_await orCancelled(m.audit.noteAndWait(event), noting.token());
    const Result<void> checked = co_await orCancelled(m.audit.checkpoint(), stop);
    if (!written || !checked) {
        qCWarning(lockLog) << "Closed, but the history was not checkpointed:"
                           << (written ? checked.error().message : written.error().message);
    }
}

Task<Result<void>> Locking::unlock(
    Secret passphrase, audit::ClientFacts by, std::stop_token stop)
{
    // Whoever comes back from waiting looks again: all of them wait for the same.
    while (m_locking || m_unlocking) {
        const Completion<Result<bool>> before = m_locking ? *m_locking : *m_unlocking;
        const Result<bool> turn = co_await orCancelled(before, stop);
        if (!turn)
            co_return failure(turn.error());
    }
    Completion<Result<bool>> done;
    m_unlocking = done;
    m_unlockStop = {};
    const EitherStop either(stop, m_unlockStop.get_token());
    Result<void> unlocked =
        co_await unlockOnce(std::move(passphrase), std::move(by), either.token());
    m_unlocking.reset();
    done.set(true);
    co_return unlocked;
}

Task<Result<void>> Locking::unlockOnce(
    Secret passphrase, audit::ClientFacts by, std::stop_token stop)
{
    if (const qint64 wait = m_nextTry - m.clock.bootMs(); wait > 0) {
        const Result<void> waited = co_await m.clock.wait(wait, stop);
        if (!waited)
            co_return waited;
    }
    const Result<void> opened = co_await m.vault.unlock(std::move(passphrase), stop);
    if (!opened) {
        const bool wrong = m.vault.kind() == Vault::Kind::EncryptedFile
            && opened.error().code == ErrorCode::Locked;
        if (wrong) {
            m_penaltyMs = std::clamp(m_penaltyMs * 2, firstPenaltyMs, longestPenaltyMs);
            m_nextTry = m.clock.bootMs() + m_penaltyMs;
        }
        co_return failure(opened.error());
    }
    m_penaltyMs = 0;
    m_nextTry = 0;
    const Result<void> history = co_await m.lending.openHistory(stop);
    if (!history)
        co_return failure(history.error());
    if (stop.stop_requested())
        co_return cancelled();
    const bool wasLocked = m.credentials.isLocked();
    m.credentials.unlock();
    if (wasLocked) {
        audit::Event event;
        event.event = QStringLiteral("broker.unlocked");
        event.client = std::move(by);
        event.detail = howItOpened(m.vault.kind());
        m.audit.note(event);
        Q_EMIT unlocked();
    }
    co_return Result<void>{};
}

} // namespace chatelaine::broker
