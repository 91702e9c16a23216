// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Pace.h"

#include <QTimerEvent>

namespace chatelaine {

Pace::Pace(int intervalMs)
    : m_intervalMs(intervalMs)
{ }

Task<void> Pace::turn()
{
    if (!m_timer.isActive()) {
        m_timer.start(m_intervalMs, Qt::PreciseTimer, this);
        co_return;
    }
    const Completion<bool> mine;
    m_waiting.push_back(mine);
    co_await mine;
}

void Pace::letAllGo()
{
    std::deque<Completion<bool>> all;
    all.swap(m_waiting);
    for (Completion<bool> &one : all)
        one.set(true);
}

void Pace::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_timer.timerId())
        return;
    if (m_waiting.empty()) {
        m_timer.stop();
        return;
    }
    Completion<bool> first = std::move(m_waiting.front());
    m_waiting.pop_front();
    first.set(true);
}

} // namespace chatelaine
