// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/broker/AutoLock.h"

namespace chatelaine::broker {

namespace {

constexpr qint64 minuteMs = 60'000;

} // namespace

AutoLock::AutoLock(Clock &clock, Settings &settings, desktop::SessionWatch *watch,
    std::function<bool()> busy)
    : m_settings(settings)
    , m_watch(watch)
    , m_idle(clock, std::move(busy))
{
    connect(&m_idle, &IdleTimer::due, this, [this] { Q_EMIT due(LockReason::Idle); });
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
    m_idle.setLimit(m_locked ? 0 : values.lockAfterIdleMin * minuteMs);
}

void AutoLock::setLocked(bool locked)
{
    m_locked = locked;
    used();
    apply();
}

} // namespace chatelaine::broker
