// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audit/AuditLog.h"
#include "core/base/Clock.h"

#include <QHash>

namespace chatelaine::broker {

/// Writes down what was denied or has failed, without letting a client fill the history with it:
/// the first of equal ones at once, those of the minute after it as one more row with their number.
/// A client that varies what it asks gets ten such first rows a minute; what is beyond is one row
/// together. A crash loses the number, never the first row.
class DenialNotes : public QObject
{
    Q_OBJECT

public:
    static constexpr qint64 togetherMs = 60'000;
    static constexpr int rowsOfOneClient = 10;

    DenialNotes(audit::AuditLog &audit, Clock &clock);

    void note(audit::Event event);
    /// Writes what was only counted so far.
    void flush();

private:
    struct Counted
    {
        audit::Event event;
        qint64 until = 0;
        int more = 0;
        bool others = false; ///< of one client, whatever they were
    };

    void sweep();
    void write(const Counted &counted);
    void setAlarm();

    audit::AuditLog &m_audit;
    Clock &m_clock;
    std::unique_ptr<Alarm> m_alarm;
    QHash<QString, Counted> m_counted;
    QHash<QString, int> m_rows; ///< of a client, in m_counted
};

} // namespace chatelaine::broker
