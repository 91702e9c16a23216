// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Async.h"
#include "core/base/Pace.h"
#include "core/credentials/AccountState.h"
#include "core/credentials/RefreshSchedule.h"
#include "core/credentials/TokenItem.h"
#include "core/credentials/Types.h"

#include <QHash>

namespace chatelaine::credentials {

struct Parts;

/// Keeps access tokens fresh. One refresh at a time for an account, whoever asks; when that is, its
/// schedule says; after a failure in transit the old tokens stay.
class Refresher
{
public:
    explicit Refresher(Parts &parts);
    ~Refresher();
    Q_DISABLE_COPY_MOVE(Refresher)

    /// A token good for another `minValidMs`, from memory, the vault, or the issuer.
    Task<Result<Loan>> token(QString accountId, qint64 minValidMs, std::stop_token stop);
    /// The same from memory alone.
    std::optional<Loan> warm(const QString &accountId, qint64 minValidMs) const;
    /// A new token in place of the one with that fingerprint; at once when somebody already has got
    /// a newer one.
    Task<Result<TokenItem>> replace(QString accountId, QString fingerprint, std::stop_token stop);

    /// The heart goes: nothing is refreshed ahead any more. A flow that is still under way may keep
    /// this object longer than there is a clock.
    void end() { m_schedule.end(); }
    /// None of those that have not begun begins any more: each ends by what it finds.
    void hurry() { m_pace.letAllGo(); }
    /// Waits for the refreshes under way, of one account or (empty) of all: called off in the
    /// middle, a rotation may be lost.
    Task<void> settle(QString accountId, std::stop_token stop);

    /// A token was lent: refresh it ahead, unless that is under way.
    void noteUse(const QString &accountId)
    {
        if (!m_running.contains(accountId))
            m_schedule.noteUse(accountId);
    }
    /// The account's tokens are gone or other ones.
    void forget(const QString &accountId) { m_schedule.forget(accountId); }

private:
    Task<Result<TokenItem>> shared(QString accountId, std::stop_token stop);
    Task<Result<TokenItem>> refresh(QString accountId);
    Task<Result<TokenItem>> keep(QString accountId, TokenItem old, TokenItem fresh);
    /// A sign-out or a new sign-in has had the last word since the tokens of that generation.
    bool isOvertaken(const QString &accountId, qint64 generation) const;
    /// What there is instead: the newer tokens, or Cancelled.
    Task<Result<TokenItem>> winner(QString accountId, qint64 generation);
    /// The grant is of no use any more; `error` says why, `reason` goes to who asked.
    Task<Result<TokenItem>> over(
        QString accountId, TokenItem old, AccountEvent event, QString reason, QString why);
    /// The tokens belong to a client that is not the account's any more.
    Task<Result<TokenItem>> clientGone(QString accountId, TokenItem old);
    Task<Result<TokenItem>> failed(QString accountId, TokenItem old, Error error);
    /// Into the history and the record; comes back with it.
    Task<Result<TokenItem>> told(QString accountId, Error error);

    Parts &m_parts;
    RefreshSchedule m_schedule;
    Pace m_pace; ///< of those that begin
    QHash<QString, Completion<Result<TokenItem>>> m_running;
};

/// As it is lent at that moment: expiresAt by the wall clock of now.
Loan loanFrom(const TokenItem &item, Instant now);

} // namespace chatelaine::credentials
