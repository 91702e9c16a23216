// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/DatabaseHolder.h"
#include "tests/unit/audit/House.h"

#include <QRegularExpression>
#include <QTest>

using namespace chatelaine;
using namespace chatelaine::audit;
using namespace chatelaine::test;

namespace {

const QString denied = QStringLiteral("loan.denied");

/// It is held, and the log is told so.
struct Holder
{
    explicit Holder(House &house)
        : held(*house.database)
    {
        QTest::ignoreMessage(QtWarningMsg,
            QRegularExpression(QStringLiteral("^What happens can't be written down for now: ")));
    }

    DatabaseHolder held;
};

/// What was asked of the writing thread so far is done.
void settle(House &house)
{
    auto nothing = [](store::Connection &) -> Result<void> { return {}; };
    static_cast<void>(await(house.database->write(std::move(nothing))));
}

QStringList names(const Page &page)
{
    QStringList all;
    for (const Record &record : page.records)
        all.append(record.event.event);
    return all;
}

} // namespace

/// What can't be written down now is written down later.
class BacklogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itFollowsByItselfWithItsOwnTime()
    {
        House house;
        const auto log = house.log();
        QVERIFY(await(log->open({})));
        const UtcMs then = house.clock.utcMs();
        {
            const Holder holder(house);
            log->note(happened("loan.denied"));
            settle(house);
        }
        QVERIFY(house.all().records.isEmpty());
        house.clock.advance(29'999);
        settle(house);
        QVERIFY(house.all().records.isEmpty());
        house.clock.advance(1);
        settle(house);
        const Page page = house.all();
        QCOMPARE(names(page), QStringList{denied});
        QCOMPARE(page.records.first().time, then);
        QVERIFY(house.verify(log->head()).ok);
        // Once, and only the head has yet to be saved.
        house.clock.advance(60'000);
        settle(house);
        QCOMPARE(house.all().records.size(), 1);
        QCOMPARE(house.clock.alarmsSet(), 1);
    }

    void aTryThatFailsIsTriedAgain()
    {
        House house;
        const auto log = house.log();
        QVERIFY(await(log->open({})));
        {
            const Holder holder(house);
            log->note(happened("loan.denied"));
            settle(house);
            QTest::ignoreMessage(QtWarningMsg,
                QRegularExpression(QStringLiteral("^What happens can't be written down for now")));
            house.clock.advance(30'000);
            settle(house);
        }
        house.clock.advance(30'000);
        settle(house);
        QCOMPARE(house.all().records.size(), 1);
    }

    void itFollowsWhateverCanBeWritten()
    {
        House house;
        const auto log = house.log();
        QVERIFY(await(log->open({})));
        {
            const Holder holder(house);
            log->note(happened("loan.denied"));
            log->note(happened("grant.removed"));
            settle(house);
        }
        QVERIFY(await(log->append(happened("loan.token"))));
        settle(house);
        QCOMPARE(names(house.all()),
            (QStringList{QStringLiteral("loan.token"), denied, QStringLiteral("grant.removed")}));
        QVERIFY(house.verify(log->head()).ok);
    }

    void aLoanThatWasNotLentDoesNotFollow()
    {
        House house;
        const auto log = house.log();
        QVERIFY(await(log->open({})));
        {
            const Holder holder(house);
            log->note(happened("loan.denied"));
            QVERIFY(!await(log->append(happened("loan.token"))));
        }
        house.clock.advance(30'000);
        settle(house);
        QCOMPARE(names(house.all()), QStringList{denied});
    }

    void whoWaitsIsToldAndItFollows()
    {
        House house;
        const auto log = house.log();
        QVERIFY(await(log->open({})));
        {
            const Holder holder(house);
            QVERIFY(!await(log->noteAndWait(happened("broker.locked"))));
        }
        QVERIFY(await(log->noteAndWait(happened("broker.unlocked"))));
        QVERIFY(await(log->catchUp()));
        QCOMPARE(names(house.all()),
            (QStringList{QStringLiteral("broker.unlocked"), QStringLiteral("broker.locked")}));
    }

    void whatFailsAfterTheCloseFollowsAtTheOpening()
    {
        House house;
        const auto log = house.log();
        QVERIFY(await(log->open({})));
        {
            const Holder holder(house);
            log->note(happened("loan.denied"));
            settle(house);
            auto locked = log->noteAndWait(happened("broker.locked"));
            log->close();
            QVERIFY(!await(std::move(locked)));
        }
        log->note(happened("loan.failed"));
        QCOMPARE(house.clock.alarmsSet(), 0);
        QVERIFY(await(log->open({})));
        QCOMPARE(names(house.all()),
            (QStringList{denied, QStringLiteral("broker.locked"), QStringLiteral("loan.failed")}));
        QVERIFY(house.verify(log->head()).ok);
    }

    void howMuchWasTooMuchIsWrittenDown()
    {
        House house;
        const auto log = house.log();
        QVERIFY(await(log->open({})));
        {
            const Holder holder(house);
            for (int i = 0; i < 10'003; ++i)
                log->note(happened("loan.denied"));
            settle(house);
        }
        QVERIFY(await(log->catchUp()));
        QCOMPARE(log->head()->seq, 10'001);
        Filter last;
        last.limit = 1;
        const Record record = await(query(house.database, last))->records.first();
        QCOMPARE(record.event.event, QStringLiteral("history.gap"));
        QVERIFY(record.event.detail.startsWith(QStringLiteral("3 events")));
        QVERIFY(house.verify(log->head()).ok);
    }

    void aGapThatCouldNotBeToldIsToldWithTheNext()
    {
        Backlog backlog;
        for (int i = 0; i < 10'002; ++i)
            backlog.add(backlog.next(i, happened("loan.denied")));
        QCOMPARE(backlog.take(9'999, 0).size(), 9'999);
        std::vector<Backlog::Item> rest = backlog.take(9'999, 0);
        QCOMPARE(rest.size(), 2);
        QCOMPARE(rest.back().gap, 2);
        QVERIFY(backlog.isEmpty());
        for (Backlog::Item &item : rest)
            backlog.add(std::move(item));
        backlog.add(backlog.next(0, happened("grant.removed")));
        rest = backlog.take(9'999, 0);
        QCOMPARE(rest.size(), 3);
        QCOMPARE(rest.front().event.event, denied);
        QVERIFY(rest.back().event.detail.startsWith(QStringLiteral("2 events")));
    }
};

QTEST_GUILESS_MAIN(BacklogTest)
#include "BacklogTest.moc"
