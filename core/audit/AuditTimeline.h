// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audit/AuditQuery.h"

#include <QList>

#include <array>

namespace chatelaine::audit {

/// How many records there are over time, in equal stretches.
struct Timeline
{
    using Counts = std::array<qint64, 3>; ///< by Outcome

    UtcMs from = 0;
    qint64 widthMs = 0; ///< of one stretch: a second, a minute, an hour, a day or a round number of them
    QList<Counts> counts;

    UtcMs until() const { return from + widthMs * counts.size(); }
    qint64 total() const;
    /// The stretch a time is in; -1 outside.
    qsizetype indexOf(UtcMs time) const;
};

/// Counts what `filter` asks for, between its times or, where there is none, from the first record
/// to `now`. The stretches are the shortest ones of which `maxStretches` suffice, and begin at
/// round local times (`utcOffsetMs` east of UTC). A million rows are walked in several jobs of the
/// reading thread, so that queries get their turn. An empty history has no stretches. Cancelled
/// when stopped.
Task<Result<Timeline>> timeline(std::shared_ptr<store::Database> database, Filter filter, UtcMs now,
    qint64 utcOffsetMs, int maxStretches, std::stop_token stop);

} // namespace chatelaine::audit
