// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audit/Retention.h"

#include "core/audit/Begin.h"
#include "core/base/Sentence.h"
#include "core/store/Connection.h"

#include <QLoggingCategory>
#include <QPointer>
#include <QSqlError>

#include <algorithm>

namespace chatelaine::audit {

namespace {

Q_LOGGING_CATEGORY(retentionLog, "chatelaine.audit")

// Some milliseconds of the writing thread.
constexpr int rowsPerBatch = 500;
constexpr qint64 recordsPerRun = 5000;
constexpr qint64 dayMs = 24LL * 60 * 60 * 1000;
constexpr qint64 bytesPerMegabyte = 1'000'000;

// What is in use: pages that removed rows leave are used again, and the file stays as large.
Result<qint64> bytesInUse(store::Connection &connection)
{
    qint64 numbers[3] = {};
    const char *pragmas[] = {"page_count", "freelist_count", "page_size"};
    for (int i = 0; i < 3; ++i) {
        const auto value =
            connection.run(QStringLiteral("PRAGMA %1").arg(QLatin1StringView(pragmas[i])));
        if (!value)
            return failure(value.error());
        numbers[i] = value->toLongLong();
    }
    return (numbers[0] - numbers[1]) * numbers[2];
}

// What the clock said when the last record was written that is as old as that; 0 without one.
Result<UtcMs> lastTimeUntil(store::Connection &connection, UtcMs until)
{
    const auto query = connection.execute(
        QStringLiteral("SELECT time FROM audit WHERE time <= ? ORDER BY seq DESC LIMIT 1"),
        {until});
    if (!query)
        return failure(query.error());
    if (!(*query)->next()) {
        if ((*query)->lastError().isValid())
            return failure(store::toError((*query)->lastError(), connection.path()));
        return 0;
    }
    return (*query)->value(0).toLongLong();
}

} // namespace

Retention::Retention(std::shared_ptr<store::Database> database, AuditLog &log, Clock &clock)
    : m_database(std::move(database))
    , m_log(log)
    , m_clock(clock)
    , m_alarm(clock.createAlarm())
    , m_lastRecord(clock.bootMs())
{
    connect(m_alarm.get(), &Alarm::fired, this, &Retention::runSoon);
    connect(&log, &AuditLog::appended, this, [this] {
        if (m_limits == Limits{})
            return;
        m_lastRecord = m_clock.bootMs();
        if (++m_sinceRun >= recordsPerRun)
            runSoon();
    });
}

void Retention::setLimits(Limits limits)
{
    if (m_limits == limits)
        return;
    m_limits = limits;
    runSoon();
}

void Retention::setAlarm()
{
    if (m_limits == Limits{})
        m_alarm->clear();
    else
        m_alarm->set(m_clock.bootMs() + dayMs);
}

void Retention::runSoon()
{
    m_sinceRun = 0;
    setAlarm();
    const auto unheard = [](Task<Result<qint64>> running) -> Task<void> {
        const Result<qint64> removed = co_await running;
        if (!removed && removed.error().code != ErrorCode::Locked
            && removed.error().code != ErrorCode::Cancelled) {
            qCWarning(retentionLog).noquote()
                << "Old records could not be removed:" << removed.error().message;
        }
    };
    detach(unheard(run()));
}

Task<Result<qint64>> Retention::run()
{
    if (m_running) {
        const Completion<Result<qint64>> underWay = *m_running;
        co_return co_await underWay;
    }
    Completion<Result<qint64>> running;
    m_running = running;
    const QPointer<Retention> self(this);
    Result<qint64> removed = co_await runOnce();
    if (self)
        self->m_running.reset();
    running.set(removed);
    co_return removed;
}

Task<Result<qint64>> Retention::runOnce()
{
    const QPointer<Retention> self(this);
    const Limits limits = m_limits;
    if (limits == Limits{})
        co_return 0;
    const UtcMs now = m_clock.utcMs();
    Removal removal;
    removal.atMost = rowsPerBatch;
    removal.now = now;
    qint64 rows = 0;
    qint64 last = 0;
    Result<void> outcome = co_await m_log.checkpoint();
    if (!self)
        co_return cancelled();
    // A clock may be far ahead until the network has set it: age counts from the day after the last
    // record that is a day old, and on with the time that has really passed without one. A machine
    // that was off for a year removes what is too old on its second day.
    auto aDayAgo = [until = now - dayMs](
                       store::Connection &connection) { return lastTimeUntil(connection, until); };
    const Result<UtcMs> known = co_await m_database->read(std::move(aDayAgo));
    if (!self)
        co_return cancelled();
    if (!known)
        co_return failure(known.error());
    const UtcMs believed = std::min(now, *known + dayMs + m_clock.bootMs() - m_lastRecord);
    const UtcMs tooOld = std::max<UtcMs>(believed - limits.keepDays * dayMs, 0);
    for (const bool byAge : {true, false}) {
        if ((byAge ? limits.keepDays : limits.keepMegabytes) == 0 || (byAge && tooOld == 0))
            continue;
        removal.before = byAge ? tooOld : 0;
        for (bool more = true; more && outcome;) {
            if (!byAge) {
                const Result<qint64> used = co_await m_database->read(bytesInUse);
                if (!self)
                    co_return cancelled();
                if (!used)
                    outcome = failure(used.error());
                if (!used || *used <= limits.keepMegabytes * bytesPerMegabyte)
                    break;
            }
            const Result<Removed> removed = co_await m_log.removeOldest(removal);
            if (!self)
                co_return cancelled();
            if (!removed) {
                outcome = failure(removed.error());
                break;
            }
            rows += removed->rows;
            last = std::max(last, removed->lastSeq);
            more = removed->more;
        }
    }
    if (rows > 0) {
        Event event;
        event.event = QStringLiteral("history.trimmed");
        event.detail = Sentence::tr("%1 records up to %2 were removed, as the settings say")
                           .arg(rows)
                           .arg(last);
        m_log.note(event);
    }
    if (!outcome)
        co_return failure(outcome.error());
    co_return rows;
}

} // namespace chatelaine::audit
