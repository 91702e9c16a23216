// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"
#include "core/credentials/DueTimes.h"

#include <optional>

namespace chatelaine::credentials {

struct Parts;

/// When an account is refreshed: ahead of its token's end while the token is in use, and after a
/// failure not before a while (doubling from a second to five minutes, half of it by chance, or as
/// long as the server's Retry-After says, an hour at most). Times are boot time, so that a suspend
/// or a clock that is set changes nothing.
class RefreshSchedule
{
public:
    /// `due` is called with an account whose moment has come, from the event loop.
    RefreshSchedule(Parts &parts, std::function<void(const QString &)> due);
    ~RefreshSchedule();
    Q_DISABLE_COPY_MOVE(RefreshSchedule)

    /// A token was lent: refresh it ahead.
    void noteUse(const QString &accountId);
    /// What is told to who asks before the wait is over (data.retry_after_s); nullopt: go ahead.
    std::optional<Error> waiting(const QString &accountId) const;
    /// `again`: try once more by itself when the wait is over.
    void failed(const QString &accountId, const Error &error, bool again);
    /// The account has a new token, or none any more: nothing is due, nothing held back.
    void forget(const QString &accountId);
    /// Nothing falls due any more.
    void end();

private:
    struct Backoff
    {
        int failures = 0;
        qint64 notBeforeBootMs = 0;
        Error last;
    };
    void onDue(const QStringList &accounts);

    Parts &m_parts;
    std::function<void(const QString &)> m_onDue;
    QHash<QString, Backoff> m_backoff;
    DueTimes m_due;
};

} // namespace chatelaine::credentials
