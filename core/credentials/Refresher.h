// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Async.h"
#include "core/credentials/TokenItem.h"
#include "core/credentials/Types.h"

#include <QHash>
#include <QSet>

#include <memory>

namespace chatelaine {
class Alarm;
}

namespace chatelaine::credentials {

struct Parts;

/// Keeps access tokens fresh. One refresh at a time for an account, whoever asks; a token that is
/// in use is refreshed ahead of its end, at a moment that differs from account to account; after a
/// failure in transit the old tokens stay and the next attempt waits (doubling, at most 5 minutes,
/// or as long as the server's Retry-After says).
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
    void end();
    /// Waits for the refreshes under way: called off in the middle, a rotation may be lost.
    Task<void> settle(std::stop_token stop);

    /// A token was lent: refresh it ahead.
    void noteUse(const QString &accountId);
    /// The account's tokens are gone or other ones.
    void forget(const QString &accountId);

private:
    struct Backoff
    {
        int failures = 0;
        qint64 notBeforeBootMs = 0;
        Error last;
    };
    Task<Result<TokenItem>> shared(QString accountId, std::stop_token stop);
    Task<Result<TokenItem>> refresh(QString accountId);
    /// A sign-out or a new sign-in has had the last word since the tokens of that generation.
    bool isOvertaken(const QString &accountId, qint64 generation) const;
    /// What there is instead: the newer tokens, or Cancelled.
    Task<Result<TokenItem>> winner(QString accountId, qint64 generation);
    /// The tokens belong to a client that is not the account's any more.
    Task<Result<TokenItem>> clientGone(QString accountId, TokenItem old);
    Task<Result<TokenItem>> failed(QString accountId, TokenItem old, Error error);
    void arm();
    void onAlarm();

    Parts &m_parts;
    QHash<QString, Completion<Result<TokenItem>>> m_running;
    QHash<QString, Backoff> m_backoff;
    QHash<QString, qint64> m_due; ///< boot time of the refresh ahead, for accounts in use
    std::unique_ptr<Alarm> m_alarm;
};

Loan loanFrom(const TokenItem &item);

} // namespace chatelaine::credentials
