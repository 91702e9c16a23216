// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audit/Begin.h"

#include "core/store/Connection.h"

#include <QSqlError>

namespace chatelaine::audit {

Result<Begin> readBegin(store::Connection &connection)
{
    const auto query = connection.execute(
        QStringLiteral("SELECT seq, hash, removed_at, mac FROM audit_begin WHERE id = 1"));
    if (!query)
        return failure(query.error());
    if (!(*query)->next()) {
        if ((*query)->lastError().isValid())
            return failure(store::toError((*query)->lastError(), connection.path()));
        return Begin{};
    }
    return Begin{(*query)->value(0).toLongLong(), (*query)->value(1).toByteArray(),
        (*query)->value(2).toLongLong(), (*query)->value(3).toByteArray()};
}

Result<void> writeBegin(store::Connection &connection, const Begin &begin)
{
    const auto query = connection.execute(
        QStringLiteral("INSERT OR REPLACE INTO audit_begin (id, seq, hash, removed_at, mac) "
                       "VALUES (1, ?, ?, ?, ?)"),
        {begin.seq, begin.hash, begin.removedAt, begin.mac});
    if (!query)
        return failure(query.error());
    return {};
}

// Part of Chain: it has the key.
Result<Removed> Chain::removeOldest(store::Connection &connection, const Removal &what)
{
    const auto query = connection.execute(
        QStringLiteral("SELECT seq, time, hash FROM audit ORDER BY seq LIMIT ?"),
        {what.atMost + 1});
    if (!query)
        return failure(query.error());
    Removed removed;
    Begin begin;
    int seen = 0;
    while ((*query)->next()) {
        const qint64 seq = (*query)->value(0).toLongLong();
        const UtcMs time = (*query)->value(1).toLongLong();
        // A run from the oldest on, without holes, whatever the clock did meanwhile.
        const bool fromTheFuture = what.before > 0 && time > what.now;
        if (seq >= what.belowSeq || (what.before > 0 && time >= what.before && !fromTheFuture))
            break;
        if (seen == what.atMost) {
            removed.more = removed.rows > 0;
            break;
        }
        ++seen;
        // The clock was wrong then: it goes with the next that is old.
        if (fromTheFuture)
            continue;
        begin.seq = seq;
        begin.hash = (*query)->value(2).toByteArray();
        removed.rows = seen;
    }
    if ((*query)->lastError().isValid())
        return failure(store::toError((*query)->lastError(), connection.path()));
    if (removed.rows == 0)
        return removed;
    removed.lastSeq = begin.seq;
    begin.removedAt = what.now;
    begin.mac = m_hasher.seal(begin);
    // The trigger lets go what lies before the beginning.
    if (const auto written = writeBegin(connection, begin); !written)
        return failure(written.error());
    const auto gone =
        connection.execute(QStringLiteral("DELETE FROM audit WHERE seq <= ?"), {begin.seq});
    if (!gone)
        return failure(gone.error());
    return removed;
}

} // namespace chatelaine::audit
