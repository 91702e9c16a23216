// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/flows/Keep.h"

using namespace chatelaine;
using namespace chatelaine::broker;
using namespace chatelaine::test;

namespace {

constexpr qint64 lockMs = 1000; ///< so long a lock waits for a vault that says nothing
constexpr qint64 endMs = 12'000; ///< and the end

} // namespace

/// A keychain that says nothing keeps nobody from locking, nor from leaving.
class HungVaultFlowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLockWaitsASecondAtMost()
    {
        Keep keep;
        QVERIFY(await(keep.audit.open({})));
        keep.rotateInMemory();
        keep.gated.vault.silent = true;
        auto locking = keep.locking.lock(LockReason::Sleep, {});
        QVERIFY(keep.gated.house.heart->isLocked());
        keep.letItCome(std::move(locking), lockMs);
        QVERIFY(!keep.audit.isOpen());
        const QList<audit::Record> locks = keep.history(QStringLiteral("broker.locked"));
        QCOMPARE(locks.size(), 1);
        QCOMPARE(locks.first().event.detail,
            QStringLiteral(
                "the machine goes to sleep; the vault has not taken the tokens of demo"));
        // Nothing is lost: it takes them when it goes on, or at the unlock.
        QVERIFY(keep.gated.house.heart->holdsUnsaved());
        keep.gated.vault.speak();
        QVERIFY(await(keep.locking.unlock({}, {}, {})));
        QTRY_VERIFY(!keep.gated.house.heart->holdsUnsaved());
        QVERIFY(await(keep.gated.house.heart->accessToken(keep.account, 60'000, {})));
    }

    void aWriteUnderWayIsWaitedFor()
    {
        Keep keep;
        QVERIFY(await(keep.audit.open({})));
        keep.rotateInMemory();
        keep.gated.vault.silent = true;
        auto asking = keep.gated.house.heart->accessToken(keep.account, 60'000, {});
        auto locking = keep.locking.lock(LockReason::Asked, {});
        keep.gated.vault.speak();
        QVERIFY(await(ended(std::move(locking))));
        QCOMPARE(await(std::move(asking)).error().code, ErrorCode::Locked);
        QVERIFY(!keep.gated.house.heart->holdsUnsaved());
        QCOMPARE(keep.history(QStringLiteral("broker.locked")).first().event.detail,
            QStringLiteral("asked for"));
    }

    /// The vault gives the key away when the house is locked already.
    void aHistoryThatWasBeingOpenedStaysClosed()
    {
        Keep keep;
        keep.gated.vault.silent = true;
        auto opening = keep.lending.openHistory({});
        auto locking = keep.locking.lock(LockReason::Asked, {});
        keep.letItCome(std::move(locking), lockMs);
        keep.gated.vault.speak();
        QCOMPARE(await(std::move(opening)).error().code, ErrorCode::Cancelled);
        QVERIFY(!keep.audit.isOpen());
        QVERIFY(await(keep.locking.unlock({}, {}, {})));
        QVERIFY(keep.audit.isOpen());
        QTRY_COMPARE(keep.history(QStringLiteral("broker.locked")).size(), 1);
    }

    void theEndTellsWhatIsLost()
    {
        Keep keep;
        QVERIFY(await(keep.audit.open({})));
        keep.rotateInMemory();
        keep.gated.vault.silent = true;
        keep.letItCome(keep.locking.leave(), endMs);
        const QList<audit::Record> ends = keep.history(QStringLiteral("broker.stopped"));
        QCOMPARE(ends.size(), 1);
        QCOMPARE(ends.first().event.outcome, audit::Outcome::Failed);
        QCOMPARE(ends.first().event.detail,
            QStringLiteral("the vault has not taken the tokens of demo"));
        const auto written = await(keep.gated.house.store->load());
        QVERIFY(written);
        QVERIFY2(written->accounts.first().lastError.contains(QStringLiteral("login demo")),
            qPrintable(written->accounts.first().lastError));
        keep.gated.vault.speak();
    }

    void anEndWithoutTroubleSaysNothing()
    {
        Keep keep;
        QVERIFY(await(keep.audit.open({})));
        await(ended(keep.locking.leave()));
        QVERIFY(!keep.audit.isOpen());
        const QList<audit::Record> ends = keep.history(QStringLiteral("broker.stopped"));
        QCOMPARE(ends.size(), 1);
        QCOMPARE(ends.first().event.outcome, audit::Outcome::Ok);
        QCOMPARE(ends.first().event.detail, QString());
        QCOMPARE(keep.gated.house.view(keep.account).account.lastError, QString());
    }
};

QTEST_GUILESS_MAIN(HungVaultFlowTest)
#include "HungVaultFlowTest.moc"
