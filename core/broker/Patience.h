// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QString>

namespace chatelaine::broker {

/// How much of the person's attention, and of the history, one client gets. Keeps no clock: every
/// time is Clock::bootMs, and comes with the call. One thread.
class Patience
{
public:
    struct Limits
    {
        /// Questions: so many at once, then one more each so many milliseconds.
        int questions = 6;
        qint64 questionEveryMs = 20'000;
        int waiting = 4; ///< of one client, unanswered
        int waitingInAll = 32;
        /// Refusals, by whomever: so many at once, then one more each so many milliseconds.
        int refusals = 30;
        qint64 refusalEveryMs = 2'000;
        /// How long a plain "no" answers the same question.
        qint64 denialMs = 60'000;
    };

    Patience() = default;
    explicit Patience(Limits limits)
        : m_limits(limits)
    { }

    /// Milliseconds until `client` may put a question; 0: it has put one, and ends it with
    /// questionEnded().
    qint64 question(const QString &client, qint64 now);
    void questionEnded(const QString &client);
    /// Milliseconds until `client` may be refused again; 0: this one was counted.
    qint64 refusal(const QString &client, qint64 now);

    /// `question` names client, account and scopes.
    void denied(const QString &question, qint64 now);
    /// Milliseconds for which the answer is still no; 0: it may be asked.
    qint64 deniedFor(const QString &question, qint64 now);

private:
    Limits m_limits;
    // When the allowance of a client is whole again (the generic cell rate algorithm).
    QHash<QString, qint64> m_questions;
    QHash<QString, qint64> m_refusals;
    QHash<QString, int> m_waiting;
    int m_waitingInAll = 0;
    QHash<QString, qint64> m_denied; ///< until when
};

} // namespace chatelaine::broker
