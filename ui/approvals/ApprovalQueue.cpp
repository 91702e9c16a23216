// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/approvals/ApprovalQueue.h"

#include "core/broker/Hosts.h"
#include "core/broker/Policy.h"

#include <algorithm>

namespace chatelaine::ui {

namespace {

constexpr qint64 hourMs = 3'600'000;

bool sameRequest(const broker::Question &a, const broker::Question &b)
{
    return a.server == b.server && a.account == b.account && a.scopes == b.scopes
        && a.caller->program() == b.caller->program();
}

bool sameProcess(const broker::Question &a, const broker::Question &b)
{
    return a.caller->pid == b.caller->pid && a.caller->startTime == b.caller->startTime;
}

bool sameQuestion(const broker::Question &a, const broker::Question &b)
{
    return sameRequest(a, b) && sameProcess(a, b) && a.purpose == b.purpose
        && a.changed == b.changed;
}

// A plain "no" is for the program, whichever process of it asks, as Patience has it afterwards.
bool isDenied(const broker::Question &answered, const broker::Question &other)
{
    return sameRequest(answered, other)
        && (!answered.caller->program().isEmpty() || sameProcess(answered, other));
}

// What Policy will say once the grant is written.
bool settles(const store::Grant &grant, const broker::Question &answered,
    const broker::Question &other)
{
    const bool covered = grant.scopes.isEmpty()
        || std::all_of(other.scopes.cbegin(), other.scopes.cend(),
            [&grant](const QString &scope) { return grant.scopes.contains(scope); });
    // What lasts is for these bytes.
    const bool sameBytes = grant.deny || grant.lifetime == store::GrantLifetime::Session
        || answered.caller->file == other.caller->file;
    return covered && sameBytes && answered.server == other.server
        && answered.account == other.account && broker::matchesCaller(grant, *other.caller);
}

broker::Answer answerFor(const broker::Question &question, Verdict verdict)
{
    broker::Answer answer;
    const bool deny = verdict == Verdict::Deny || verdict == Verdict::DenyAlways;
    answer.kind = deny ? broker::Answer::Kind::Denied : broker::Answer::Kind::Allowed;
    if (verdict == Verdict::Deny || verdict == Verdict::Once)
        return answer;
    store::Grant grant;
    grant.deny = deny;
    grant.exe = question.caller->program();
    // A permission is for what was shown; a denial for whatever the account has.
    if (!deny)
        grant.scopes = question.scopes;
    if (verdict == Verdict::Session) {
        const broker::Ancestor holder = broker::sessionHolder(*question.caller);
        grant.lifetime = store::GrantLifetime::Session;
        grant.exe = holder.program();
        grant.sessionPid = holder.pid;
        grant.sessionStart = holder.startTime;
    } else if (verdict == Verdict::UntilLock) {
        grant.lifetime = store::GrantLifetime::UntilLock;
    } else if (verdict == Verdict::OneHour || verdict == Verdict::EightHours) {
        grant.lifetime = store::GrantLifetime::Until;
        answer.forMs = (verdict == Verdict::OneHour ? 1 : 8) * hourMs;
    }
    answer.remember = grant;
    return answer;
}

} // namespace

bool isLasting(Verdict verdict)
{
    return verdict == Verdict::UntilLock || verdict == Verdict::OneHour
        || verdict == Verdict::EightHours || verdict == Verdict::Always;
}

Task<Result<broker::Answer>> ApprovalQueue::ask(broker::Question question, std::stop_token stop)
{
    if (stop.stop_requested())
        co_return cancelled();
    Asker asker{++m_last, question.answerBy, {}};
    const Completion<Result<broker::Answer>> answered = asker.answered;
    const Withdraw withdraw {this, asker.id};
    const auto equal = std::find_if(m_waiting.begin(), m_waiting.end(),
        [&question](const Waiting &one) { return sameQuestion(one.question, question); });
    if (equal != m_waiting.end()) {
        equal->askers.append(asker);
        equal->question.answerBy = latest(equal->askers);
        Q_EMIT changed();
    } else {
        m_waiting.append({++m_last, question, {asker}});
        Q_EMIT changed();
    }
    const std::stop_callback onStop(stop, withdraw);
    Result<broker::Answer> answer = co_await answered;
    co_return answer;
}

qint64 ApprovalQueue::latest(const QList<Asker> &askers)
{
    qint64 by = 0;
    for (const Asker &asker : askers)
        by = qMax(by, asker.answerBy);
    return by;
}

void ApprovalQueue::leave(quint64 asker)
{
    for (qsizetype i = 0; i < m_waiting.size(); ++i) {
        QList<Asker> &askers = m_waiting[i].askers;
        const auto found = std::find_if(askers.begin(), askers.end(),
            [asker](const Asker &one) { return one.id == asker; });
        if (found == askers.end())
            continue;
        Completion<Result<broker::Answer>> answered = found->answered;
        askers.erase(found);
        if (askers.isEmpty()) {
            const broker::Question gone = m_waiting.takeAt(i).question;
            Q_EMIT changed();
            Q_EMIT withdrawn(gone);
        } else {
            m_waiting[i].question.answerBy = latest(askers);
            Q_EMIT changed();
        }
        answered.set(cancelled());
        return;
    }
}

bool ApprovalQueue::canRemember(Verdict verdict) const
{
    const broker::CallerIdentity &caller = *current().caller;
    if (verdict == Verdict::Deny || verdict == Verdict::Once)
        return true;
    // Without a program there is nothing a grant could be told by.
    return caller.strong && !caller.program().isEmpty() && (!isLasting(verdict) || !caller.foreign);
}

void ApprovalQueue::answer(quint64 number, Verdict verdict)
{
    if (number == 0 || currentNumber() != number || !canRemember(verdict))
        return;
    const Waiting answered = m_waiting.takeFirst();
    broker::Answer answer = answerFor(answered.question, verdict);
    QList<Asker> askers = answered.askers;
    const auto settled = [&](const broker::Question &other) {
        return answer.remember ? settles(*answer.remember, answered.question, other)
                               : verdict == Verdict::Deny && isDenied(answered.question, other);
    };
    for (qsizetype i = m_waiting.size() - 1; i >= 0; --i) {
        if (settled(m_waiting.at(i).question))
            askers += m_waiting.takeAt(i).askers;
    }
    Q_EMIT changed();
    // Each goes on at once and may ask again. One of them brings the grant.
    for (Asker &asker : askers) {
        asker.answered.set(answer);
        answer.remember.reset();
    }
}

} // namespace chatelaine::ui
