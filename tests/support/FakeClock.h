// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Clock.h"

#include <QPointer>

namespace chatelaine::test {

/// Time stands still until the test moves it.
class FakeClock : public Clock
{
public:
    UtcMs utcMs() const override { return m_utcMs; }
    qint64 bootMs() const override { return m_bootMs; }
    QString bootId() const override { return QString::number(m_boots); }
    std::unique_ptr<Alarm> createAlarm() override;

    /// Moves both clocks on and lets every alarm that fell due go off, earliest first.
    void advance(qint64 ms);
    /// Moves on to the earliest alarm that is set and lets it go off.
    void advanceToNextAlarm();
    /// Moves the wall clock alone, as ntp or a person does.
    void jump(qint64 ms) { m_utcMs += ms; }
    /// The machine starts anew: boot time begins again, the wall clock goes on.
    void reboot();
    /// How many alarms are set: an idle broker has none but those it needs.
    int alarmsSet() const;

private:
    class FakeAlarm;
    FakeAlarm *nextAlarm() const;
    UtcMs m_utcMs = 1'785'196'800'000; // 2026-07-28T00:00:00Z
    qint64 m_bootMs = 1'000'000;
    int m_boots = 1;
    QList<FakeAlarm *> m_alarms;
};

} // namespace chatelaine::test
