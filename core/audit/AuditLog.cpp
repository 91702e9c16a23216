// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audit/AuditLog.h"

#include "core/audit/Checkpoint.h"
#include "core/base/Random.h"
#include "core/base/Sentence.h"

#include <QLoggingCategory>
#include <QPointer>

#include <vector>

namespace chatelaine::audit {

namespace {

Q_LOGGING_CATEGORY(lcAudit, "chatelaine.audit")

constexpr int keyBytes = 32;
constexpr qint64 recordsPerCheckpoint = 1000;
constexpr qint64 checkpointDelayMs = 5 * 60 * 1000;
constexpr qint64 retryDelayMs = 30'000;
// Loans get in between.
constexpr size_t eventsPerBatch = 500;

Error lockedError()
{
    return Error{ErrorCode::Locked,
        Sentence::tr("The history's key is in the vault, which is locked, so nothing "
                     "can be written down and nothing is lent. Run: chatelaine unlock"),
        {}, {}};
}

QString rows(qint64 first, qint64 last)
{
    return first == last ? Sentence::tr("record %1").arg(first)
                         : Sentence::tr("records %1 to %2").arg(first).arg(last);
}

} // namespace

struct AuditLog::Private
{
    Private(std::shared_ptr<store::Database> storage, Vault &place, Clock &time, Random &chance)
        : database(std::move(storage))
        , vault(place)
        , clock(time)
        , random(chance)
    { }

    std::shared_ptr<store::Database> database;
    Vault &vault;
    Clock &clock;
    Random &random;
    std::shared_ptr<Chain> chain; ///< set: open; used in the writing thread only
    std::optional<Completion<Result<void>>> opening;
    Error closedBecause = lockedError();
    Backlog backlog;
    std::optional<Completion<Result<void>>> catchingUp;
    Head head;
    qint64 saved = 0; ///< seq of the checkpoint in the vault
    bool saving = false;
    bool alarmSet = false;
    std::unique_ptr<Alarm> alarm;
    bool retrySet = false;
    std::unique_ptr<Alarm> retry;
};

AuditLog::AuditLog(
    std::shared_ptr<store::Database> database, Vault &vault, Clock &clock, Random &random)
    : m(std::make_unique<Private>(std::move(database), vault, clock, random))
{
    m->alarm = clock.createAlarm();
    connect(m->alarm.get(), &Alarm::fired, this, [this] {
        m->alarmSet = false;
        detach(checkpoint());
    });
    m->retry = clock.createAlarm();
    connect(m->retry.get(), &Alarm::fired, this, [this] {
        m->retrySet = false;
        detach(catchUp());
    });
}

AuditLog::~AuditLog() = default;

bool AuditLog::isOpen() const
{
    return m->chain != nullptr;
}

std::optional<Head> AuditLog::head() const
{
    return isOpen() ? std::optional(m->head) : std::nullopt;
}

Task<Result<void>> AuditLog::open(std::stop_token stop)
{
    if (isOpen())
        co_return {};
    // Two who open at once would make two keys.
    if (m->opening)
        co_return co_await orCancelled(*m->opening, stop);
    Completion<Result<void>> opening;
    m->opening = opening;
    const QPointer<AuditLog> self(this);
    Result<void> opened = co_await openOnce(stop);
    if (self) {
        m->opening.reset();
        if (!opened && opened.error().code != ErrorCode::Cancelled)
            m->closedBecause = opened.error();
    }
    opening.set(opened);
    co_return opened;
}

Task<Result<void>> AuditLog::openOnce(std::stop_token stop)
{
    const QPointer<AuditLog> self(this);
    const auto database = m->database;
    Result<Secret> key = co_await readKey(&m->vault, stop);
    if (!self)
        co_return cancelled();
    const bool madeKey = !key && key.error().code == ErrorCode::NotFound;
    if (madeKey) {
        key = Secret(m->random.bytes(keyBytes));
        Result<void> written = co_await writeKey(&m->vault, *key);
        if (!written)
            co_return failure(std::move(written).error());
        if (!self)
            co_return cancelled();
    }
    if (!key)
        co_return failure(std::move(key).error());
    Result<Head> mark = co_await readCheckpoint(&m->vault, stop);
    if (!mark)
        co_return failure(std::move(mark).error());

    // The chain belongs to the writing thread from here on.
    auto chain = std::make_shared<Chain>(*key);
    struct Found
    {
        Head last;
        std::optional<Head> atCheckpoint;
    };
    auto look = [chain, checkpoint = *mark](store::Connection &connection) -> Result<Found> {
        auto last = chain->head(connection);
        if (!last)
            return failure(std::move(last).error());
        auto at = readHead(connection, std::max<qint64>(checkpoint.seq, 1));
        if (!at)
            return failure(std::move(at).error());
        if (last->seq < checkpoint.seq)
            chain->continueAfter(checkpoint);
        return Found{*last, checkpoint.seq > 0 ? *at : std::nullopt};
    };
    Result<Found> found = co_await database->write(std::move(look));
    if (!found)
        co_return failure(std::move(found).error());
    // Who called it off may have locked meanwhile.
    if (!self || stop.stop_requested())
        co_return cancelled();

    QString gap;
    if (found->last.seq < mark->seq) {
        gap = Sentence::tr("The end of the history was cut: %1 of it are missing.")
                  .arg(rows(found->last.seq + 1, mark->seq));
    } else if (mark->seq > 0 && (!found->atCheckpoint || found->atCheckpoint->hash != mark->hash)) {
        gap = Sentence::tr("Record %1 of the history is not the one that was written.")
                  .arg(mark->seq);
    } else if (madeKey && found->last.seq > 0) {
        gap = Sentence::tr("The vault had lost the history's key: %1 can no longer be verified.")
                  .arg(rows(1, found->last.seq));
    }
    m->chain = std::move(chain);
    m->head = found->last.seq < mark->seq ? *mark : found->last;
    m->saved = mark->seq;

    if (!gap.isEmpty()) {
        qCWarning(lcAudit).noquote() << gap << "Run: chatelaine audit verify";
        m->backlog.add({m->clock.utcMs(), 0, 0, Backlog::gapEvent(gap)});
    }
    Result<void> outcome = co_await catchUp();
    if (!self)
        co_return outcome;
    if (!outcome)
        close();
    else if (!gap.isEmpty())
        static_cast<void>(co_await checkpoint());
    co_return outcome;
}

Task<Result<Record>> AuditLog::write(UtcMs time, Event event)
{
    const QPointer<AuditLog> self(this);
    auto job = [chain = m->chain, time, event = std::move(event)](
                   store::Connection &connection) mutable {
        return chain->append(connection, time, std::move(event));
    };
    Result<Record> record = co_await m->database->write(std::move(job));
    if (record && self)
        remember(*record);
    co_return record;
}

Task<Result<qint64>> AuditLog::append(Event event)
{
    if (!isOpen())
        co_return failure(m->closedBecause);
    Result<Record> record = co_await write(m->clock.utcMs(), std::move(event));
    if (!record)
        co_return failure(std::move(record).error());
    co_return record->seq;
}

void AuditLog::note(Event event)
{
    Backlog::Item item = m->backlog.next(m->clock.utcMs(), std::move(event));
    if (isOpen())
        detach(writeOrKeep(std::move(item)));
    else
        m->backlog.add(std::move(item));
}

Task<Result<void>> AuditLog::noteAndWait(Event event)
{
    Backlog::Item item = m->backlog.next(m->clock.utcMs(), std::move(event));
    if (!isOpen()) {
        m->backlog.add(std::move(item));
        co_return failure(m->closedBecause);
    }
    const Result<Record> written = co_await writeOrKeep(std::move(item));
    if (!written)
        co_return failure(written.error());
    co_return Result<void>{};
}

Task<Result<Record>> AuditLog::writeOrKeep(Backlog::Item item)
{
    const QPointer<AuditLog> self(this);
    Result<Record> record = co_await write(item.time, item.event);
    // What stands before all others was found at the opening, and is found again at the next.
    if (record || !self || item.place == 0)
        co_return record;
    m->backlog.add(std::move(item));
    if (isOpen() && !m->retrySet) {
        qCWarning(lcAudit).noquote()
            << "What happens can't be written down for now:" << record.error().message;
        m->retrySet = true;
        m->retry->set(m->clock.bootMs() + retryDelayMs);
    }
    co_return record;
}

Task<Result<void>> AuditLog::catchUp()
{
    if (m->catchingUp) {
        const Completion<Result<void>> underWay = *m->catchingUp;
        co_return co_await underWay;
    }
    Completion<Result<void>> done;
    m->catchingUp = done;
    const QPointer<AuditLog> self(this);
    Result<void> outcome;
    while (self && outcome && isOpen() && !m->backlog.isEmpty()) {
        // All of them are queued before the first is waited for: one commit.
        std::vector<Task<Result<Record>>> writes;
        std::vector<Backlog::Item> items = m->backlog.take(eventsPerBatch, m->clock.utcMs());
        for (Backlog::Item &item : items)
            writes.push_back(writeOrKeep(std::move(item)));
        for (Task<Result<Record>> &writing : writes) {
            const Result<Record> written = co_await writing;
            if (!written)
                outcome = failure(written.error());
        }
    }
    if (self) {
        m->catchingUp.reset();
        if (outcome) {
            m->retry->clear();
            m->retrySet = false;
        }
    }
    done.set(outcome);
    co_return outcome;
}

void AuditLog::remember(const Record &record)
{
    if (record.seq > m->head.seq)
        m->head = Head{record.seq, record.hash, record.time};
    if (m->head.seq - m->saved >= recordsPerCheckpoint && !m->saving)
        detach(checkpoint());
    else
        setAlarm();
    if (isOpen() && !m->backlog.isEmpty() && !m->catchingUp)
        detach(catchUp());
    Q_EMIT appended(record);
}

void AuditLog::setAlarm()
{
    if (m->alarmSet || m->saving || m->head.seq <= m->saved)
        return;
    m->alarmSet = true;
    m->alarm->set(m->clock.bootMs() + checkpointDelayMs);
}

Task<Result<void>> AuditLog::checkpoint()
{
    if (!isOpen() || m->head.seq <= m->saved)
        co_return {};
    const QPointer<AuditLog> self(this);
    const Head head = m->head;
    m->saving = true;
    Result<void> written = co_await writeCheckpoint(&m->vault, head);
    if (!self)
        co_return written;
    m->saving = false;
    if (written) {
        m->saved = std::max(m->saved, head.seq);
        m->alarmSet = false;
        m->alarm->clear();
    } else {
        qCWarning(lcAudit).noquote()
            << "The head of the history is not in the vault yet:" << written.error().message;
    }
    setAlarm();
    co_return written;
}

Task<Result<Removed>> AuditLog::removeOldest(Removal what)
{
    if (!isOpen())
        co_return failure(m->closedBecause);
    // What the vault vouches for has to be there to be compared.
    what.belowSeq = what.belowSeq == 0 ? m->saved : std::min(what.belowSeq, m->saved);
    auto job = [chain = m->chain, what](store::Connection &connection) {
        return chain->removeOldest(connection, what);
    };
    Result<Removed> removed = co_await m->database->write(std::move(job));
    co_return removed;
}

void AuditLog::close()
{
    m->chain.reset();
    m->closedBecause = lockedError();
    m->alarm->clear();
    m->alarmSet = false;
    m->retry->clear();
    m->retrySet = false;
}

} // namespace chatelaine::audit
