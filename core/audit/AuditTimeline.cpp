// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audit/AuditTimeline.h"

#include "core/audit/Condition.h"

#include <QSqlError>

#include <algorithm>

namespace chatelaine::audit {

namespace {

constexpr qint64 rowsPerJob = 100'000;

qint64 stretchFor(qint64 span, int maxStretches)
{
    constexpr qint64 second = 1000;
    constexpr qint64 minute = 60 * second;
    constexpr qint64 hour = 60 * minute;
    constexpr qint64 day = 24 * hour;
    for (const qint64 width : {second, 5 * second, 15 * second, 30 * second, minute, 2 * minute,
             5 * minute, 15 * minute, 30 * minute, hour, 2 * hour, 4 * hour, 8 * hour, day, 2 * day,
             7 * day, 14 * day, 30 * day, 90 * day}) {
        // The first one begins before the span does.
        if (span / width + 2 <= maxStretches)
            return width;
    }
    return (span / maxStretches / (365 * day) + 1) * 365 * day;
}

qint64 floored(qint64 value, qint64 width)
{
    return (value >= 0 ? value / width : (value - width + 1) / width) * width;
}

struct Ends
{
    qint64 first = 0;
    qint64 last = 0;
};

/// The seqs there are; 0 and 0 for none.
Result<Ends> readSeqs(store::Connection &connection)
{
    const auto query =
        connection.execute(QStringLiteral("SELECT (SELECT min(seq) FROM audit), max(seq) FROM audit"));
    if (!query)
        return failure(query.error());
    if (!(*query)->next())
        return Ends {};
    return Ends {(*query)->value(0).toLongLong(), (*query)->value(1).toLongLong()};
}

/// The times there are in those rows: a clock may have been set back.
Result<std::optional<Ends>> readTimes(store::Connection &connection, qint64 after, qint64 before)
{
    const auto query = connection.execute(
        QStringLiteral("SELECT min(time), max(time) FROM audit WHERE seq > ? AND seq < ?"),
        {after, before});
    if (!query)
        return failure(query.error());
    if (!(*query)->next() || (*query)->value(0).isNull())
        return std::optional<Ends>();
    return std::optional(Ends {(*query)->value(0).toLongLong(), (*query)->value(1).toLongLong()});
}

struct Cell
{
    qsizetype stretch;
    Outcome outcome;
    qint64 count;
};

Result<QList<Cell>> countRows(
    store::Connection &connection, const Filter &filter, UtcMs from, qint64 width)
{
    const Condition where = conditionOf(filter);
    const QString sql = QStringLiteral("SELECT (time - ?) / ?, outcome, count(*) FROM audit")
        + where.sql() + QStringLiteral(" GROUP BY 1, 2");
    const auto query = connection.execute(sql, QVariantList {from, width} + where.values);
    if (!query)
        return failure(query.error());
    QList<Cell> cells;
    while ((*query)->next()) {
        cells.append({qsizetype((*query)->value(0).toLongLong()),
            outcomeFromName((*query)->value(1).toString()).value_or(Outcome::Failed),
            (*query)->value(2).toLongLong()});
    }
    if ((*query)->lastError().isValid())
        return failure(store::toError((*query)->lastError(), connection.path()));
    return cells;
}

} // namespace

qint64 Timeline::total() const
{
    qint64 sum = 0;
    for (const Counts &one : counts)
        sum += one[0] + one[1] + one[2];
    return sum;
}

qsizetype Timeline::indexOf(UtcMs time) const
{
    return time < from || time >= until() ? -1 : qsizetype((time - from) / widthMs);
}

Task<Result<Timeline>> timeline(std::shared_ptr<store::Database> database, Filter filter, UtcMs now,
    qint64 utcOffsetMs, int maxStretches, std::stop_token stop)
{
    const Result<Ends> seqs = co_await database->read(readSeqs);
    if (!seqs)
        co_return failure(seqs.error());
    Timeline found;
    if (seqs->last == 0)
        co_return found;
    UtcMs since = filter.since.value_or(now);
    UtcMs until = filter.until.value_or(now + 1);
    for (qint64 after = seqs->first - 1; after < seqs->last && !(filter.since && filter.until);
         after += rowsPerJob) {
        if (stop.stop_requested())
            co_return cancelled();
        auto job = [after](store::Connection &connection) {
            return readTimes(connection, after, after + rowsPerJob + 1);
        };
        const Result<std::optional<Ends>> times = co_await database->read(std::move(job));
        if (!times)
            co_return failure(times.error());
        if (*times && !filter.since)
            since = std::min(since, (*times)->first);
        if (*times && !filter.until)
            until = std::max(until, (*times)->last + 1);
    }
    until = std::max(until, since + 1);
    found.widthMs = stretchFor(until - since, maxStretches);
    found.from = floored(since + utcOffsetMs, found.widthMs) - utcOffsetMs;
    found.counts.resize((until - 1 - found.from) / found.widthMs + 1);
    filter.since = since;
    filter.until = until;
    for (qint64 after = seqs->first - 1; after < seqs->last; after += rowsPerJob) {
        if (stop.stop_requested())
            co_return cancelled();
        filter.afterSeq = after;
        filter.beforeSeq = after + rowsPerJob + 1;
        auto job = [filter, from = found.from, width = found.widthMs](
                       store::Connection &connection) {
            return countRows(connection, filter, from, width);
        };
        const Result<QList<Cell>> cells = co_await database->read(std::move(job));
        if (!cells)
            co_return failure(cells.error());
        for (const Cell &cell : *cells) {
            if (cell.stretch >= 0 && cell.stretch < found.counts.size())
                found.counts[cell.stretch][static_cast<size_t>(cell.outcome)] += cell.count;
        }
    }
    co_return found;
}

} // namespace chatelaine::audit
