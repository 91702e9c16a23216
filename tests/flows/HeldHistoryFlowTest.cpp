// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/flows/Keep.h"
#include "tests/support/DatabaseHolder.h"

using namespace chatelaine;
using namespace chatelaine::broker;
using namespace chatelaine::test;

namespace {

audit::Event refusal()
{
    audit::Event event;
    event.event = QStringLiteral("loan.token");
    event.outcome = audit::Outcome::Denied;
    return event;
}

} // namespace

/// Somebody else holds the database while it is locked, or left.
class HeldHistoryFlowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLockIsInTheHistoryLater()
    {
        Keep keep;
        QVERIFY(await(keep.audit.open({})));
        const UtcMs then = keep.gated.house.clock.utcMs();
        {
            const DatabaseHolder holder(*keep.gated.house.database);
            await(ended(keep.locking.lock(LockReason::ScreenLock, {})));
        }
        QVERIFY(!keep.audit.isOpen());
        keep.gated.house.clock.advance(60'000);
        QVERIFY(await(keep.locking.unlock({}, {}, {})));
        QTRY_COMPARE(keep.history(QStringLiteral("broker.unlocked")).size(), 1);
        const QList<audit::Record> locks = keep.history(QStringLiteral("broker.locked"));
        QCOMPARE(locks.size(), 1);
        QCOMPARE(locks.first().time, then);
        QCOMPARE(locks.first().event.detail, QStringLiteral("the screen was locked"));
    }

    void theEndWritesWhatWasKept()
    {
        Keep keep;
        QVERIFY(await(keep.audit.open({})));
        {
            const DatabaseHolder holder(*keep.gated.house.database);
            QVERIFY(!await(keep.audit.noteAndWait(refusal())));
        }
        await(ended(keep.locking.leave()));
        QVERIFY(!keep.audit.isOpen());
        const QList<audit::Record> all = keep.history({});
        QVERIFY(all.size() > 2);
        QCOMPARE(all.at(all.size() - 2).event.outcome, audit::Outcome::Denied);
        QCOMPARE(all.last().event.event, QStringLiteral("broker.stopped"));
    }
};

QTEST_GUILESS_MAIN(HeldHistoryFlowTest)
#include "HeldHistoryFlowTest.moc"
