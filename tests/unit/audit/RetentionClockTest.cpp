// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/audit/OldHouse.h"

using namespace chatelaine;
using namespace chatelaine::audit;
using namespace chatelaine::test;

/// How old a record is, by a clock that may be wrong.
class RetentionClockTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// It was set wrong, before the network put it right.
    void oneReadingOfTheClockRemovesNothing()
    {
        OldHouse house;
        house.clock.jump(3650 * dayMs);
        fill(*house.history, 5);
        QCOMPARE(*house.trim({60, 0}), 0);
        house.clock.jump(-3650 * dayMs);
        fill(*house.history, 5);
        QCOMPARE(*house.trim({60, 0}), 0);
        // The next day the same, and what was written ahead of time proves nothing.
        house.clock.advance(dayMs);
        house.clock.jump(3650 * dayMs);
        fill(*house.history, 5);
        QCOMPARE(*house.trim({60, 0}), 0);
        QCOMPARE(house.firstSeq(), 1);
    }

    void aMachineThatWasOffForAYearIsBelievedTheNextDay()
    {
        OldHouse house;
        house.clock.advance(365 * dayMs);
        fill(*house.history, 5);
        QCOMPARE(*house.trim({60, 0}), 0);
        house.clock.advance(dayMs);
        QCOMPARE(*house.trim({60, 0}), 1500);
        QCOMPARE(house.firstSeq(), 1501);
        QVERIFY(house.verify(house.history->head()).ok);
    }

    /// Less often than what is kept: what was too old the last time goes.
    void whoComesSeldomLosesOldRowsToo()
    {
        House house;
        const auto log = house.log();
        QVERIFY(await(log->open({})));
        for (int visit = 0; visit < 4; ++visit) {
            fill(*log, 10);
            Retention retention(house.database, *log, house.clock);
            retention.setLimits({7, 0});
            QCOMPARE(*await(retention.run()), visit < 2 ? 0 : 10);
            house.clock.jump(14 * dayMs);
        }
    }

    /// The machine runs, and nothing happens.
    void aQuietTimeCounts()
    {
        OldHouse house;
        Retention retention(house.database, *house.history, house.clock);
        retention.setLimits({60, 0});
        QCOMPARE(*await(retention.run()), 0);
        const auto aDayLater = [&] {
            house.clock.advance(dayMs);
            return house.firstSeq();
        };
        QTRY_COMPARE(aDayLater(), 1201);
        QVERIFY(house.clock.utcMs() - house.all().records.constFirst().time < 25 * dayMs);
    }

    /// Its battery is empty, and nothing is older than the beginning of time.
    void aClockThatBeginsAnewRemovesNothing()
    {
        OldHouse house;
        house.clock.jump(3'600'000 - house.clock.utcMs());
        fill(*house.history, 5);
        QCOMPARE(*house.trim({30, 0}), 0);
        house.clock.jump(dayMs);
        fill(*house.history, 5);
        QCOMPARE(*house.trim({30, 0}), 0);
        QCOMPARE(house.firstSeq(), 1);
    }

    /// Written while the clock was wrong, and in the way of those behind them.
    void recordsFromTheFutureGoWithOldOnes()
    {
        House house;
        const auto log = house.log();
        QVERIFY(await(log->open({})));
        fill(*log, 10);
        house.clock.jump(3650 * dayMs);
        fill(*log, 3);
        house.clock.jump(-3650 * dayMs);
        fill(*log, 10);
        house.clock.jump(40 * dayMs);
        fill(*log, 5);
        house.clock.jump(3650 * dayMs);
        fill(*log, 3);
        house.clock.jump(-3649 * dayMs);
        fill(*log, 5);
        Retention retention(house.database, *log, house.clock);
        retention.setLimits({30, 0});
        QCOMPARE(*await(retention.run()), 23);
        QCOMPARE(house.all().records.constFirst().seq, 24);
        QVERIFY(house.verify(log->head()).ok);
    }

    void aYoungHistoryStays()
    {
        House house;
        const auto log = house.log();
        QVERIFY(await(log->open({})));
        fill(*log, 10);
        Retention retention(house.database, *log, house.clock);
        retention.setLimits({1, 0});
        QCOMPARE(*await(retention.run()), 0);
    }
};

QTEST_GUILESS_MAIN(RetentionClockTest)
#include "RetentionClockTest.moc"
