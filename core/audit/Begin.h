// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audit/Chain.h"

namespace chatelaine::audit {

/// Where the history begins since its oldest rows were removed: what stood there last, signed with
/// the history's key, so that the chain can be verified from the next row on. The one row of the
/// table audit_begin.
///
///     mac = HMAC-SHA-256(key, "chatelaine history begins" || 0 || seq (8) || removed at (8) || hash)
///
/// Shorter than any row's bytes, so that neither can be taken for the other.
struct Begin
{
    qint64 seq = 0; ///< of the newest row that was removed; 0: none was
    QByteArray hash; ///< of that row
    UtcMs removedAt = 0;
    QByteArray mac = {};
};

/// As it is stored, whoever wrote it; seq 0 where there is none.
Result<Begin> readBegin(store::Connection &connection);
Result<void> writeBegin(store::Connection &connection, const Begin &begin);

/// Which of the oldest rows may go.
struct Removal
{
    /// Only those that are older, and what stands before them with a time that is yet to come; 0:
    /// whatever their age.
    UtcMs before = 0;
    qint64 belowSeq = 0; ///< only those below; 0: all that may go
    int atMost = 0; ///< rows
    UtcMs now = 0;
};

/// What became of it.
struct Removed
{
    qint64 rows = 0;
    qint64 lastSeq = 0; ///< the newest that went
    bool more = false; ///< there may be more of the kind
};

} // namespace chatelaine::audit
