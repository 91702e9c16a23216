// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audit/AuditLog.h"
#include "core/broker/Lending.h"
#include "core/broker/Reception.h"

namespace chatelaine::broker {

enum class LockReason { Asked, Idle, ScreenLock, Sleep };
/// As the history says it: "asked for", "not used for long enough", …
QString lockReasonText(LockReason reason);

/// Closes the house and opens it again. Locking calls off what runs, forgets what memory holds of
/// tokens and keys and writes the history's head to the vault; unlocking goes through the vault.
/// Its owner keeps it until all tasks are done.
class Locking : public QObject
{
    Q_OBJECT

public:
    struct Rooms
    {
        Clock &clock;
        Vault &vault;
        credentials::Credentials &credentials;
        audit::AuditLog &audit;
        Lending &lending;
    };

    explicit Locking(Rooms rooms);

    /// Whose running requests are called off at a lock. It outlives us or is taken back with null.
    void setReception(Reception *reception) { m_reception = reception; }

    /// From the call on nothing is lent; comes back when all is closed, four and a half seconds
    /// later at the most, also where neither the vault nor the database answers. What the vault has
    /// not taken until then stays in memory and is written at the unlock; the history says so. What
    /// the history has not taken follows (AuditLog::note). It is locked all the same.
    Task<void> lock(LockReason reason, audit::ClientFacts by);
    /// The end: writes what is to be written, and closes the history. A vault that does not answer
    /// is waited for longer than at a lock; what it has not taken then is lost, and the history and
    /// the accounts say so.
    Task<void> leave();
    /// One at a time. After a wrong passphrase the next try waits: a second, two, four … half a
    /// minute at most.
    Task<Result<void>> unlock(Secret passphrase, audit::ClientFacts by, std::stop_token stop);

Q_SIGNALS:
    /// All is closed.
    void locked(chatelaine::broker::LockReason reason);
    void unlocked();

private:
    /// `stop` is the vault's, which has the history's head to take.
    Task<void> closeHistory(audit::Event event, qint64 notingMs, std::stop_token stop);
    Task<Result<void>> unlockOnce(
        Secret passphrase, audit::ClientFacts by, std::stop_token stop);

    Rooms m;
    Reception *m_reception = nullptr;
    std::optional<Completion<Result<bool>>> m_locking;
    std::optional<Completion<Result<bool>>> m_unlocking;
    std::stop_source m_unlockStop; ///< a lock that comes meanwhile wins
    qint64 m_penaltyMs = 0;
    qint64 m_nextTry = 0; ///< Clock::bootMs()
};

} // namespace chatelaine::broker
