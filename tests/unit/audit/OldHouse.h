// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audit/Retention.h"
#include "tests/unit/audit/House.h"

#include <QTest>

namespace chatelaine::test {

inline constexpr qint64 dayMs = 86'400'000;

/// `count` rows, in one commit.
inline void fill(audit::AuditLog &log, int count)
{
    std::vector<Task<Result<qint64>>> writes;
    for (int i = 0; i < count; ++i)
        writes.push_back(log.append(happened("loan.token")));
    for (auto &write : writes)
        QVERIFY(await(std::move(write)));
}

/// A history whose first 1,200 rows are 41 days old, and 300 that are of yesterday.
struct OldHouse : House
{
    OldHouse()
        : history(log())
    {
        if (!await(history->open({})))
            qFatal("the history can't be opened");
        fill(*history, 1200);
        clock.advance(40 * dayMs);
        fill(*history, 300);
        clock.jump(dayMs);
    }
    Result<qint64> trim(audit::Retention::Limits limits)
    {
        audit::Retention retention(database, *history, clock);
        retention.setLimits(limits);
        return await(retention.run());
    }
    qint64 firstSeq() { return all().records.constFirst().seq; }

    std::unique_ptr<audit::AuditLog> history;
};

} // namespace chatelaine::test
