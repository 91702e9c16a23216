// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/FakeClock.h"

#include <algorithm>
#include <optional>

namespace chatelaine::test {

class FakeClock::FakeAlarm : public Alarm
{
public:
    explicit FakeAlarm(FakeClock &clock)
        : m_clock(clock)
    {
        m_clock.m_alarms.append(this);
    }
    ~FakeAlarm() override { m_clock.m_alarms.removeOne(this); }
    Q_DISABLE_COPY_MOVE(FakeAlarm)

    void set(qint64 bootMs) override
    {
        due = bootMs;
        if (bootMs <= m_clock.bootMs()) {
            QMetaObject::invokeMethod(
                this, [this] { fireIfDue(); }, Qt::QueuedConnection);
        }
    }
    void clear() override { due.reset(); }
    void fireIfDue()
    {
        if (due && *due <= m_clock.bootMs()) {
            due.reset();
            Q_EMIT fired();
        }
    }

    std::optional<qint64> due;

private:
    FakeClock &m_clock;
};

std::unique_ptr<Alarm> FakeClock::createAlarm()
{
    return std::make_unique<FakeAlarm>(*this);
}

void FakeClock::advance(qint64 ms)
{
    const qint64 target = m_bootMs + ms;
    for (;;) {
        FakeAlarm *next = nextAlarm();
        if (!next || *next->due > target)
            break;
        const qint64 step = std::max<qint64>(*next->due - m_bootMs, 0);
        m_bootMs += step;
        m_utcMs += step;
        next->fireIfDue();
    }
    m_utcMs += target - m_bootMs;
    m_bootMs = target;
}

FakeClock::FakeAlarm *FakeClock::nextAlarm() const
{
    FakeAlarm *next = nullptr;
    for (FakeAlarm *alarm : m_alarms) {
        if (alarm->due && (!next || *alarm->due < *next->due))
            next = alarm;
    }
    return next;
}

void FakeClock::advanceToNextAlarm()
{
    if (const FakeAlarm *next = nextAlarm())
        advance(std::max<qint64>(*next->due - m_bootMs, 0));
}

void FakeClock::reboot()
{
    ++m_boots;
    m_bootMs = 10'000;
}

int FakeClock::alarmsSet() const
{
    return static_cast<int>(std::count_if(m_alarms.cbegin(), m_alarms.cend(),
        [](const FakeAlarm *alarm) { return alarm->due.has_value(); }));
}

} // namespace chatelaine::test
