// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audit/AuditEvent.h"
#include "core/audit/Backlog.h"
#include "core/audit/Begin.h"
#include "core/audit/Chain.h"
#include "core/base/Clock.h"
#include "core/store/Database.h"
#include "core/vault/Vault.h"

#include <QObject>

#include <memory>
#include <optional>

namespace chatelaine {
class Random;
}

namespace chatelaine::audit {

/// Writes the history: rows chained by HMAC-SHA-256 with the key "audit/key" of the vault, the
/// chain's head kept in the vault as "audit/head", so that a cut tail shows. Chain.h has the
/// bytes. Lives in the database's thread; vault, clock and random outlive it; its owner keeps it
/// until all tasks are done.
class AuditLog : public QObject
{
    Q_OBJECT

public:
    AuditLog(std::shared_ptr<store::Database> database, Vault &vault, Clock &clock, Random &random);
    ~AuditLog() override;

    /// Gets the key (or makes one), compares the last row with the vault's checkpoint and writes
    /// down what note() kept meanwhile. Rows missing below the checkpoint become an event
    /// "history.gap" and a warning; the history goes on after them, so that the hole stays visible
    /// to every later verification. Fails with what the vault fails with,
    /// Locked above all: unlock and call it again. Success when it is open already.
    Task<Result<void>> open(std::stop_token stop);
    bool isOpen() const;

    /// Writes one event and comes back with its seq once it is committed. Fails with Locked while
    /// the log is not open: without a record there is no loan.
    Task<Result<qint64>> append(Event event);
    /// Writes an event nobody waits for: a denial, a failure, a change of state. While the log is
    /// not open, and where it can't be written, it is kept with its time and follows when the log
    /// is opened, when something else could be written, or half a minute later. 10,000 are kept at
    /// most; how many were beyond that is written down too.
    void note(Event event);
    /// The same, and comes back when it is committed, or with why it is kept.
    Task<Result<void>> noteAndWait(Event event);
    /// Writes what is kept, as far as it goes now; nothing while the log is not open. Before the
    /// end: what is kept then is lost.
    Task<Result<void>> catchUp();

    /// The newest committed row that this log knows of; nullopt before open().
    std::optional<Head> head() const;

    /// Writes the head to the vault, if it is not there yet. The log does it by itself every 1,000
    /// records and 5 minutes after the first that is not covered; the owner does it before locking
    /// the vault and at quit.
    Task<Result<void>> checkpoint();

    /// Removes rows from the oldest on, only such as are older than the one that the vault's
    /// checkpoint names, and writes down where the history begins now. Fails with Locked while the
    /// log is not open.
    Task<Result<Removed>> removeOldest(Removal what);

    /// Forgets the key: append() fails with Locked from now on, note() keeps. Checkpoint first.
    void close();

Q_SIGNALS:
    /// Committed rows, in order.
    void appended(const chatelaine::audit::Record &record);

private:
    Task<Result<void>> openOnce(std::stop_token stop);
    Task<Result<Record>> write(UtcMs time, Event event);
    Task<Result<Record>> writeOrKeep(Backlog::Item item);
    void remember(const Record &record);
    void setAlarm();

    struct Private;
    std::unique_ptr<Private> m;
};

} // namespace chatelaine::audit
