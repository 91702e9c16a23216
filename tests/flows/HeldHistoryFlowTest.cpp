// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/flows/Keep.h"
#include "tests/support/DatabaseHolder.h"

#include <QSemaphore>

using namespace chatelaine;
using namespace chatelaine::broker;
using namespace chatelaine::test;

namespace {

constexpr qint64 lockMs = 500; ///< so long a lock waits for a database that takes nothing
constexpr qint64 endMs = 12'000; ///< and the end

/// A database that is at one job, for as long as the test wants.
class Stuck
{
public:
    explicit Stuck(store::Database &database)
    {
        auto wait = [go = m_go](store::Connection &) -> Result<void> {
            go->acquire();
            return {};
        };
        detach(database.write(std::move(wait)));
    }
    ~Stuck() { goOn(); }
    Q_DISABLE_COPY_MOVE(Stuck)

    void goOn() { m_go->release(); }

private:
    std::shared_ptr<QSemaphore> m_go = std::make_shared<QSemaphore>();
};

/// Lets the time go by that it waits, and not a moment less.
void letItCome(Keep &keep, Task<void> task, qint64 ms)
{
    const Task<bool> done = ended(std::move(task));
    QVERIFY(!done.isReady());
    keep.gated.house.clock.advance(ms - 1);
    QVERIFY(!done.isReady());
    keep.gated.house.clock.advance(1);
    QTRY_VERIFY(done.isReady());
}

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

    void aLockWaitsHalfASecondAtMost()
    {
        Keep keep;
        QVERIFY(await(keep.audit.open({})));
        const UtcMs then = keep.gated.house.clock.utcMs();
        Stuck stuck(*keep.gated.house.database);
        letItCome(keep, keep.locking.lock(LockReason::Sleep, {}), lockMs);
        QVERIFY(!keep.audit.isOpen());
        QCOMPARE(keep.gated.house.vault.state(), Vault::State::Locked);
        stuck.goOn();
        QVERIFY(await(keep.locking.unlock({}, {}, {})));
        const QList<audit::Record> locks = keep.history(QStringLiteral("broker.locked"));
        QCOMPARE(locks.size(), 1);
        QCOMPARE(locks.first().time, then);
    }

    void theEndWaitsLonger()
    {
        Keep keep;
        QVERIFY(await(keep.audit.open({})));
        Stuck stuck(*keep.gated.house.database);
        letItCome(keep, keep.locking.leave(), endMs);
        QVERIFY(!keep.audit.isOpen());
        stuck.goOn();
        QTRY_COMPARE(keep.history(QStringLiteral("broker.stopped")).size(), 1);
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
