// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/broker/IdleTimer.h"
#include "core/broker/Locking.h"
#include "core/broker/Settings.h"
#include "core/desktop/SessionWatch.h"

namespace chatelaine::broker {

/// Says when it is time to lock: nobody has used the broker for as long as the settings say, the
/// screen was locked, the machine is about to sleep. The settings count at once. One thread.
class AutoLock : public QObject
{
    Q_OBJECT

public:
    /// Without a watch (a private broker, a test) only the idle time counts. `busy` says whether
    /// something runs, which counts as use. Clock, settings and watch outlive it.
    AutoLock(Clock &clock, Settings &settings, desktop::SessionWatch *watch,
        std::function<bool()> busy);

    /// A loan, an answer or an action of a person.
    void used() { m_idle.used(); }
    /// While locked no time runs.
    void setLocked(bool locked);

Q_SIGNALS:
    void due(chatelaine::broker::LockReason reason);

private:
    void apply();

    Settings &m_settings;
    desktop::SessionWatch *m_watch;
    IdleTimer m_idle;
    bool m_locked = false;
};

} // namespace chatelaine::broker
