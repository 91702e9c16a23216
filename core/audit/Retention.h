// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audit/AuditLog.h"

namespace chatelaine::audit {

/// Removes the oldest rows of the history when it has become too old or too large, and leaves a
/// signed record of where it begins now (Begin.h). Works in small batches, so that the records of
/// loans get in between; looks once a day, after every 5,000 records and when the limits change.
/// Without limits it does nothing. A clock that leaps ahead is believed the day after. Lives in the
/// log's thread and is destroyed before it.
class Retention : public QObject
{
    Q_OBJECT

public:
    struct Limits
    {
        qint64 keepDays = 0; ///< 0: for ever
        qint64 keepMegabytes = 0; ///< of 1,000,000 bytes of the database in use; 0: no limit
        bool operator==(const Limits &) const = default;
    };

    Retention(std::shared_ptr<store::Database> database, AuditLog &log, Clock &clock);

    void setLimits(Limits limits);
    /// Runs without anybody waiting: the log was opened.
    void look() { runSoon(); }

    /// Removes what is beyond the limits now and gives how many rows that were; what it did is an
    /// event "history.trimmed". The newest row always stays. Errors: what the database and the
    /// vault fail with, Locked above all. One at a time: a second call waits for the first.
    Task<Result<qint64>> run();

private:
    Task<Result<qint64>> runOnce();
    void runSoon();
    void setAlarm();

    std::shared_ptr<store::Database> m_database;
    AuditLog &m_log;
    Clock &m_clock;
    Limits m_limits;
    std::unique_ptr<Alarm> m_alarm;
    std::optional<Completion<Result<qint64>>> m_running;
    qint64 m_sinceRun = 0; ///< records
    qint64 m_lastRecord; ///< Clock::bootMs(); or when we were made
};

} // namespace chatelaine::audit
