// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audit/AuditVerifier.h"

#include "core/audit/Begin.h"
#include "core/audit/Checkpoint.h"
#include "core/base/Random.h"
#include "core/base/Sentence.h"

#include <QSqlError>

#include <algorithm>
#include <limits>
#include <vector>

namespace chatelaine::audit {

namespace {

// A job of the reading thread: a twentieth of a second, so that queries get their turn.
constexpr int rowsPerJob = 20'000;

QString rowsText(qint64 first, qint64 last)
{
    return first == last ? Sentence::tr("Record %1 is").arg(first)
                         : Sentence::tr("Records %1 to %2 are").arg(first).arg(last);
}

// As bytes: what is no UTF-8 would be repaired on its way to a string, and a change go unseen. As
// one piece with the lengths of its parts: a piece each would take half again as long.
QString selectStatement()
{
    QStringList texts;
    QString lengths;
    for (const QLatin1StringView column : textColumns) {
        texts += column;
        lengths += QStringLiteral(", length(CAST(%1 AS BLOB))").arg(column);
    }
    return QStringLiteral("SELECT seq, time, pid, hash, CAST(%1 AS BLOB)%2 FROM audit "
                          "WHERE seq > ? ORDER BY seq LIMIT ?")
        .arg(texts.join(QStringLiteral(" || ")), lengths);
}

// The walk; used by one job at a time.
struct Walk
{
    explicit Walk(const Secret &key)
        : hasher(key)
    { }

    ChainHasher hasher;
    std::vector<Head> known; ///< heads that somebody vouches for
    Verification found;
    qint64 total = 0;
    bool done = false;

    void fail(qint64 seq, const QString &reason)
    {
        found.ok = false;
        found.firstBadSeq = seq;
        found.reason = reason;
        done = true;
    }
    Result<void> findBegin(store::Connection &connection);
    void check(const StoredRow &row, const QByteArray &hash);
    void checkEnd();
    Result<void> step(store::Connection &connection);
};

void Walk::check(const StoredRow &row, const QByteArray &hash)
{
    const qint64 expected = found.headSeq + 1;
    if (row.seq != expected) {
        const bool before = row.seq < expected;
        return fail(before ? row.seq : expected,
            before ? Sentence::tr("Record %1 can't be: records begin with %2.")
                         .arg(row.seq)
                         .arg(found.firstSeq)
                : expected == 1
                ? Sentence::tr("%1 missing, and no record says that they were removed.")
                      .arg(rowsText(expected, row.seq - 1))
                : Sentence::tr("%1 missing.").arg(rowsText(expected, row.seq - 1)));
    }
    if (!equalInConstantTime(hasher.hash(found.headHash, row), hash)) {
        return fail(row.seq,
            row.seq == 1 ? Sentence::tr("Record 1 was changed, or written with another key.")
                         : Sentence::tr("Record %1 was changed, or does not follow record %2.")
                               .arg(row.seq)
                               .arg(row.seq - 1));
    }
    for (const Head &head : known) {
        if (head.seq == row.seq && head.hash != hash) {
            return fail(row.seq,
                Sentence::tr("Record %1 is not the one whose hash was kept.").arg(row.seq));
        }
    }
    found.headSeq = row.seq;
    found.headHash = hash;
    ++found.rows;
}

// Older rows may go while we walk: each step looks anew, in the transaction of its rows.
Result<void> Walk::findBegin(store::Connection &connection)
{
    const Result<Begin> begin = readBegin(connection);
    if (!begin)
        return failure(begin.error());
    if (begin->seq == 0 || begin->seq <= found.headSeq)
        return {};
    if (!equalInConstantTime(hasher.seal(*begin), begin->mac)) {
        fail(begin->seq,
            Sentence::tr("The note that the records up to %1 were removed is forged.")
                .arg(begin->seq));
        return {};
    }
    for (const Head &head : known) {
        if (head.seq == begin->seq && head.hash != begin->hash) {
            fail(begin->seq,
                Sentence::tr("Record %1, which was removed, is not the one whose hash was kept.")
                    .arg(begin->seq));
            return {};
        }
    }
    found.headSeq = begin->seq;
    found.headHash = begin->hash;
    found.firstSeq = begin->seq + 1;
    found.removedAt = begin->removedAt;
    return {};
}

void Walk::checkEnd()
{
    qint64 newest = 0;
    for (const Head &head : known)
        newest = std::max(newest, head.seq);
    if (newest > found.headSeq) {
        fail(found.headSeq + 1,
            Sentence::tr("The end was cut: %1 missing.").arg(rowsText(found.headSeq + 1, newest)));
    }
    done = true;
}

Result<void> Walk::step(store::Connection &connection)
{
    static const QString select = selectStatement();
    if (total == 0) {
        const auto last = readHead(connection, 0);
        if (!last)
            return failure(last.error());
        total = last->value_or(Head()).seq;
    }
    if (const Result<void> begun = findBegin(connection); !begun || done)
        return begun;
    // The first step takes rows below 1 too: there must be none.
    const qint64 after = found.rows == 0 ? std::numeric_limits<qint64>::min() : found.headSeq;
    const auto query = connection.execute(select, {after, rowsPerJob});
    if (!query)
        return failure(query.error());
    int count = 0;
    StoredRow row;
    while (!done && (*query)->next()) {
        row.seq = (*query)->value(0).toLongLong();
        row.time = (*query)->value(1).toLongLong();
        row.pid = (*query)->value(2).toLongLong();
        const QByteArray texts = (*query)->value(4).toByteArray();
        qsizetype begin = 0;
        for (size_t i = 0; i < row.texts.size(); ++i) {
            // A NULL of a foreign hand empties the whole; such a row does not verify anyway.
            const qsizetype length = std::min<qsizetype>(
                (*query)->value(static_cast<int>(i) + 5).toLongLong(), texts.size() - begin);
            row.texts[i] = QByteArrayView(texts).sliced(begin, length);
            begin += length;
        }
        check(row, (*query)->value(3).toByteArray());
        ++count;
    }
    if ((*query)->lastError().isValid())
        return failure(store::toError((*query)->lastError(), connection.path()));
    if (!done && count < rowsPerJob)
        checkEnd();
    return {};
}

} // namespace

AuditVerifier::AuditVerifier(
    std::shared_ptr<store::Database> database, Vault &vault, std::optional<Head> known)
    : m_database(std::move(database))
    , m_vault(vault)
    , m_known(std::move(known))
{ }

Task<Result<Verification>> AuditVerifier::verify(Progress progress, std::stop_token stop)
{
    const std::optional<Head> known = m_known;
    const auto database = m_database;
    Result<Secret> key = co_await readKey(&m_vault, stop);
    const bool noKey = !key && key.error().code == ErrorCode::NotFound;
    if (!key && !noKey)
        co_return failure(std::move(key).error());
    Result<Head> checkpoint = co_await readCheckpoint(&m_vault, stop);
    if (!checkpoint)
        co_return failure(std::move(checkpoint).error());

    // Without its key no row is good, but an empty history is.
    if (noKey)
        key = Secret(SystemRandom().bytes(hashBytes));
    const auto walk = std::make_shared<Walk>(*key);
    if (checkpoint->seq > 0)
        walk->known.push_back(*checkpoint);
    if (known && known->seq > 0)
        walk->known.push_back(*known);
    while (!walk->done) {
        if (stop.stop_requested())
            co_return cancelled();
        auto job = [walk](store::Connection &connection) { return walk->step(connection); };
        Result<void> stepped = co_await database->read(std::move(job));
        if (!stepped)
            co_return failure(std::move(stepped).error());
        if (progress)
            progress(walk->found.headSeq, std::max(walk->total, walk->found.headSeq));
    }
    co_return walk->found;
}

} // namespace chatelaine::audit
