// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/broker/Patience.h"

#include <algorithm>

namespace chatelaine::broker {

namespace {

/// What is remembered of clients at most; what is over goes first.
constexpr qsizetype mostKept = 4096;
/// Who has to wait for an answer of the person is told so.
constexpr qint64 whileOthersWaitMs = 5'000;

void makeRoom(QHash<QString, qint64> &times, qint64 now)
{
    if (times.size() < mostKept)
        return;
    times.removeIf([now](const auto &one) { return one.value() <= now; });
    if (times.size() >= mostKept)
        times.clear();
}

qint64 take(QHash<QString, qint64> &allowances, const QString &client, qint64 now, int burst,
    qint64 everyMs)
{
    const qint64 whole = std::max(allowances.value(client, now), now);
    const qint64 wait = whole - now - (burst - 1) * everyMs;
    if (wait > 0)
        return wait;
    makeRoom(allowances, now);
    allowances.insert(client, whole + everyMs);
    return 0;
}

} // namespace

qint64 Patience::question(const QString &client, qint64 now)
{
    if (m_waiting.value(client) >= m_limits.waiting || m_waitingInAll >= m_limits.waitingInAll)
        return whileOthersWaitMs;
    const qint64 wait =
        take(m_questions, client, now, m_limits.questions, m_limits.questionEveryMs);
    if (wait == 0) {
        ++m_waiting[client];
        ++m_waitingInAll;
    }
    return wait;
}

void Patience::questionEnded(const QString &client)
{
    --m_waitingInAll;
    if (--m_waiting[client] <= 0)
        m_waiting.remove(client);
}

qint64 Patience::refusal(const QString &client, qint64 now)
{
    return take(m_refusals, client, now, m_limits.refusals, m_limits.refusalEveryMs);
}

void Patience::denied(const QString &question, qint64 now)
{
    makeRoom(m_denied, now);
    m_denied.insert(question, now + m_limits.denialMs);
}

qint64 Patience::deniedFor(const QString &question, qint64 now)
{
    return std::max<qint64>(m_denied.value(question, now) - now, 0);
}

} // namespace chatelaine::broker
