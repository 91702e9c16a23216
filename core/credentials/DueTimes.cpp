// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/credentials/DueTimes.h"

#include "core/base/Clock.h"

#include <algorithm>

namespace chatelaine::credentials {

DueTimes::DueTimes(Clock &clock, std::function<void(const QStringList &)> due)
    : m_clock(clock)
    , m_onDue(std::move(due))
{ }

DueTimes::~DueTimes() = default;

void DueTimes::set(const QString &accountId, qint64 bootMs)
{
    m_due.insert(accountId, bootMs);
    arm();
}

void DueTimes::remove(const QString &accountId)
{
    if (m_due.remove(accountId))
        arm();
}

void DueTimes::clear()
{
    m_due.clear();
    m_alarm.reset();
}

void DueTimes::arm()
{
    if (m_due.isEmpty()) {
        if (m_alarm)
            m_alarm->clear();
        return;
    }
    if (!m_alarm) {
        m_alarm = m_clock.createAlarm();
        QObject::connect(m_alarm.get(), &Alarm::fired, m_alarm.get(), [this] { onAlarm(); });
    }
    m_alarm->set(*std::min_element(m_due.cbegin(), m_due.cend()));
}

void DueTimes::onAlarm()
{
    const qint64 now = m_clock.bootMs();
    QStringList due;
    for (auto entry = m_due.cbegin(); entry != m_due.cend(); ++entry) {
        if (entry.value() <= now)
            due.append(entry.key());
    }
    for (const QString &accountId : std::as_const(due))
        m_due.remove(accountId);
    arm();
    m_onDue(due);
}

} // namespace chatelaine::credentials
