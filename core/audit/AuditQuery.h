// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audit/AuditEvent.h"
#include "core/store/Database.h"

#include <QList>

#include <memory>
#include <optional>

namespace chatelaine::audit {

/// Which records. Everything that is set must hold; text compares without regard to ASCII case.
struct Filter
{
    std::optional<UtcMs> since; ///< at or after
    std::optional<UtcMs> until; ///< before
    QString server; ///< the whole name
    QString client; ///< part of the executable, argv0 or app
    QString event; ///< the whole name, or "loan." for all that start so
    std::optional<Outcome> outcome;
    QString text; ///< part of any text of the record
    qint64 afterSeq = 0; ///< greater than; 0: from the first
    qint64 beforeSeq = 0; ///< less than; 0: to the last
    bool ascending = false; ///< newest first otherwise
    int limit = 100; ///< 1 to 1000
};

struct Page
{
    QList<Record> records;
    bool more = false; ///< there are more in this direction: go on from the last seq
};

/// Reads the history; needs no key, so it works while the vault is locked. Runs in the database's
/// reading thread. InvalidInput when the limit is out of range.
Task<Result<Page>> query(std::shared_ptr<store::Database> database, Filter filter);

/// What the history knows of one program that asked for loans.
struct ClientSum
{
    QString exe;
    UtcMs firstSeen = 0;
    UtcMs lastSeen = 0;
    qint64 loans = 0;
    qint64 denials = 0;
};

/// One for each program, by name. One walk over the whole history in the database's reading thread.
Task<Result<QList<ClientSum>>> clientSums(std::shared_ptr<store::Database> database);

/// Whether a record that was just appended belongs to what `filter` asks for (audit/follow).
bool matches(const Filter &filter, const Record &record);

} // namespace chatelaine::audit
