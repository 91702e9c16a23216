// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QStringList>

#include <functional>
#include <memory>

namespace chatelaine {
class Alarm;
class Clock;
} // namespace chatelaine

namespace chatelaine::credentials {

/// Accounts and the moment of each, with one alarm for the earliest. Moments are boot time in ms,
/// so that a suspend or a clock that is set changes nothing. While it is empty there is no alarm.
class DueTimes
{
public:
    /// `due` is called from the event loop with those whose moment has come; they are no longer in.
    DueTimes(Clock &clock, std::function<void(const QStringList &)> due);
    ~DueTimes();
    Q_DISABLE_COPY_MOVE(DueTimes)

    bool contains(const QString &accountId) const { return m_due.contains(accountId); }
    void set(const QString &accountId, qint64 bootMs);
    void remove(const QString &accountId);
    void clear();

private:
    void arm();
    void onAlarm();

    Clock &m_clock;
    std::function<void(const QStringList &)> m_onDue;
    QHash<QString, qint64> m_due;
    std::unique_ptr<Alarm> m_alarm;
};

} // namespace chatelaine::credentials
