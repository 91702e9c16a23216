// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/broker/AutoLock.h"

namespace chatelaine::broker {

namespace {

constexpr qint64 minuteMs = 60'000;

} // namespace

AutoLock::AutoLock(Clock &clock, Settings &settings, desktop::SessionWatch *watch,
    std::function<bool()> busy)
    : m_clock(clock)
    , m_settings(settings)
    , m_watch(watch)
    , m_busy(std::move(busy))
    , m_alarm(clock.createAlarm())
    , m_lastUse(clock.bootMs())
{
    connect(m_alarm.get(), &Alarm::fired, this, &AutoLock::look);
    connect(&settings, &Settings::changed, this, &AutoLock::apply);
    if (watch) {
        connect(watch, &desktop::SessionWatch::screenLocked, this,
            [this] { Q_EMIT due(LockReason::ScreenLock); });
        connect(watch, &desktop::SessionWatch::aboutToSleep, this,
            [this] { Q_EMIT due(LockReason::Sleep); });
    }
    apply();
}

void AutoLock::apply()
{
    const Settings::Values &values = m_settings.values();
    if (m_watch)
        m_watch->watch({values.lockOnScreenLock, values.lockBeforeSleep});
    setAlarm();
}

void AutoLock::setAlarm()
{
    const qint64 minutes = m_settings.values().lockAfterIdleMin;
    if (minutes > 0 && !m_locked)
        m_alarm->set(m_lastUse + minutes * minuteMs);
    else
        m_alarm->clear();
}

void AutoLock::setLocked(bool locked)
{
    m_locked = locked;
    used();
    setAlarm();
}

void AutoLock::look()
{
    // Moved here and not at each use: an alarm is a system call.
    if (m_busy())
        used();
    const qint64 minutes = m_settings.values().lockAfterIdleMin;
    if (m_clock.bootMs() - m_lastUse >= minutes * minuteMs)
        Q_EMIT due(LockReason::Idle);
    else
        setAlarm();
}

} // namespace chatelaine::broker
