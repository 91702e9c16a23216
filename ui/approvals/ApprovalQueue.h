// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/broker/Prompter.h"

#include <QList>
#include <QObject>

namespace chatelaine::ui {

/// What a person can answer to a program that wants to borrow.
enum class Verdict { Deny, DenyAlways, Once, Session, UntilLock, OneHour, EightHours, Always };

/// Whether the answer outlives the process that asked.
bool isLasting(Verdict verdict);

/// The questions that wait for the person, first come first served. Outlives the broker that asks
/// through it; lives in the broker's thread.
class ApprovalQueue : public QObject, public broker::Prompter
{
    Q_OBJECT

public:
    /// Equal questions of one process are one; a stop takes the asker out, and the question with
    /// its last asker.
    Task<Result<broker::Answer>> ask(broker::Question question, std::stop_token stop) override;

    qsizetype count() const { return m_waiting.size(); }
    /// The one to be answered now; there is one. Its number never comes again.
    const broker::Question &current() const { return m_waiting.constFirst().question; }
    quint64 currentNumber() const { return m_waiting.isEmpty() ? 0 : m_waiting.constFirst().number; }

    /// False for an answer that would have no effect: a program that is known weakly gets no more
    /// than this one loan, and one whose file was replaced nothing beyond its own run.
    bool canRemember(Verdict verdict) const;
    /// Answers the current question, and those behind it that the answer settles too. Nothing
    /// happens when that is another question by now.
    void answer(quint64 number, Verdict verdict);

Q_SIGNALS:
    /// The current question or the count is another one.
    void changed();
    /// A question went away with its last asker, or when its time was over.
    void withdrawn(const broker::Question &question);

private:
    struct Asker
    {
        quint64 id;
        qint64 answerBy;
        Completion<Result<broker::Answer>> answered;
    };
    struct Waiting
    {
        quint64 number;
        broker::Question question;
        QList<Asker> askers;
    };
    struct Withdraw
    {
        ApprovalQueue *queue;
        quint64 asker;
        void operator()() const { queue->leave(asker); }
    };

    static qint64 latest(const QList<Asker> &askers);
    void leave(quint64 asker);

    QList<Waiting> m_waiting;
    quint64 m_last = 0;
};

} // namespace chatelaine::ui
