// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/broker/IdleTimer.h"

namespace chatelaine::broker {

IdleTimer::IdleTimer(Clock &clock, std::function<bool()> busy)
    : m_clock(clock)
    , m_busy(std::move(busy))
    , m_alarm(clock.createAlarm())
    , m_lastUse(clock.bootMs())
{
    connect(m_alarm.get(), &Alarm::fired, this, &IdleTimer::look);
}

void IdleTimer::setLimit(qint64 ms)
{
    m_limit = ms;
    setAlarm();
}

void IdleTimer::setAlarm()
{
    if (m_limit > 0)
        m_alarm->set(m_lastUse + m_limit);
    else
        m_alarm->clear();
}

void IdleTimer::look()
{
    // Moved here and not at each use: an alarm is a system call.
    if (m_busy())
        used();
    const bool isDue = m_clock.bootMs() - m_lastUse >= m_limit;
    if (isDue)
        used();
    setAlarm();
    if (isDue)
        Q_EMIT due();
}

} // namespace chatelaine::broker
