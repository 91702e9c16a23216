// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Clock.h"

#include <functional>

namespace chatelaine::broker {

/// Says when nothing was used for so long. Boot time: the time a machine sleeps counts. One thread.
class IdleTimer : public QObject
{
    Q_OBJECT

public:
    /// `busy` says whether something runs, which counts as use. The clock outlives it.
    IdleTimer(Clock &clock, std::function<bool()> busy);

    /// Milliseconds; 0: never. Counts from the last use.
    void setLimit(qint64 ms);
    /// Called for every request: does no more than read the clock.
    void used() { m_lastUse = m_clock.bootMs(); }

Q_SIGNALS:
    /// Again after as long a time, if nothing has changed by then.
    void due();

private:
    void setAlarm();
    void look();

    Clock &m_clock;
    std::function<bool()> m_busy;
    std::unique_ptr<Alarm> m_alarm;
    qint64 m_limit = 0;
    qint64 m_lastUse;
};

} // namespace chatelaine::broker
