// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/flows/Keep.h"

using namespace chatelaine;
using namespace chatelaine::broker;
using namespace chatelaine::test;

namespace {

constexpr qint64 lockMs = 1000; ///< so long a lock waits for a vault that says nothing
constexpr qint64 endMs = 12'000; ///< and the end

Result<void> dismissed()
{
    return failure(ErrorCode::Locked, QStringLiteral("The prompt was dismissed."));
}

/// What is heard of it, in its order.
class Ear
{
public:
    explicit Ear(Locking &of)
    {
        QObject::connect(&of, &Locking::locked, &m_here, [this] { heard += QStringLiteral("L"); });
        QObject::connect(
            &of, &Locking::unlocked, &m_here, [this] { heard += QStringLiteral("U"); });
    }

    QString heard;

private:
    QObject m_here;
};

} // namespace

/// Locks, unlocks and the end that overlap.
class LockingFlowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSecondLockEndsWithTheFirst()
    {
        Keep keep;
        const Ear ear(keep.locking);
        QVERIFY(await(keep.audit.open({})));
        keep.rotateInMemory();
        keep.gated.vault.silent = true;
        auto first = keep.locking.lock(LockReason::Idle, {});
        keep.gated.house.clock.advance(lockMs / 2);
        auto second = keep.locking.lock(LockReason::Sleep, {});
        QVERIFY(!second.isReady());
        // It has no second of its own.
        keep.gated.house.clock.advance(lockMs / 2);
        QVERIFY(await(ended(std::move(first))));
        QVERIFY(second.isReady());
        QCOMPARE(ear.heard, QStringLiteral("L"));
        QCOMPARE(keep.history(QStringLiteral("broker.locked")).size(), 1);
        keep.gated.vault.speak();
    }

    void aLockOfALockedHouseSaysNothing()
    {
        Keep keep;
        QVERIFY(await(keep.audit.open({})));
        await(ended(keep.locking.lock(LockReason::Asked, {})));
        const Ear ear(keep.locking);
        await(ended(keep.locking.lock(LockReason::Sleep, {})));
        QCOMPARE(ear.heard, QString());
        QVERIFY(await(keep.locking.unlock({}, {}, {})));
        QTRY_COMPARE(keep.history(QStringLiteral("broker.unlocked")).size(), 1);
        QCOMPARE(keep.history(QStringLiteral("broker.locked")).size(), 1);
    }

    /// As the window asks: without a stop of its own.
    void aLockCallsOffTheUnlockUnderWay()
    {
        Keep keep;
        await(ended(keep.locking.lock(LockReason::Asked, {})));
        const Ear ear(keep.locking);
        keep.gated.vault.prompting = true;
        auto unlocking = keep.locking.unlock({}, {}, {});
        QVERIFY(!unlocking.isReady());
        auto locking = keep.locking.lock(LockReason::Idle, {});
        QVERIFY(unlocking.isReady());
        QCOMPARE(await(std::move(unlocking)).error().code, ErrorCode::Cancelled);
        await(ended(std::move(locking)));
        QVERIFY(keep.gated.house.heart->isLocked());
        QCOMPARE(keep.gated.house.vault.state(), Vault::State::Locked);
        QCOMPARE(ear.heard, QString());
        // Only that one was called off.
        keep.gated.vault.prompting = false;
        QVERIFY(await(keep.locking.unlock({}, {}, {})));
        QVERIFY(!keep.gated.house.heart->isLocked());
        QCOMPARE(ear.heard, QStringLiteral("U"));
    }

    /// A file that is being made is made to its end.
    void aLockWaitsForAnUnlockThatGoesOn()
    {
        Keep keep;
        // The keychain has locked itself, the house is open.
        QVERIFY(await(keep.audit.open({})));
        const Ear ear(keep.locking);
        keep.gated.vault.prompting = true;
        keep.gated.vault.deaf = true;
        auto unlocking = keep.locking.unlock({}, {}, {});
        auto locking = keep.locking.lock(LockReason::ScreenLock, {});
        QVERIFY(keep.gated.house.heart->isLocked());
        for (int i = 0; i < 20; ++i)
            await(keep.gated.house.store->load());
        QVERIFY(!locking.isReady());
        keep.gated.vault.answer({});
        await(ended(std::move(locking)));
        QCOMPARE(await(std::move(unlocking)).error().code, ErrorCode::Cancelled);
        QVERIFY(keep.gated.house.heart->isLocked());
        QCOMPARE(keep.gated.house.vault.state(), Vault::State::Locked);
        QCOMPARE(ear.heard, QStringLiteral("L"));
    }

    void aLockCallsOffTheOpeningOfTheHistory()
    {
        Keep keep;
        await(ended(keep.locking.lock(LockReason::Asked, {})));
        keep.gated.vault.silent = true;
        auto unlocking = keep.locking.unlock({}, {}, {});
        QVERIFY(!unlocking.isReady());
        auto locking = keep.locking.lock(LockReason::Idle, {});
        QVERIFY(unlocking.isReady());
        QCOMPARE(await(std::move(unlocking)).error().code, ErrorCode::Cancelled);
        keep.letItCome(std::move(locking), lockMs);
        QVERIFY(keep.gated.house.heart->isLocked());
        keep.gated.vault.speak();
    }

    void anUnlockWaitsForTheLock()
    {
        Keep keep;
        const Ear ear(keep.locking);
        QVERIFY(await(keep.audit.open({})));
        keep.rotateInMemory();
        keep.gated.vault.silent = true;
        auto locking = keep.locking.lock(LockReason::Asked, {});
        std::stop_source stop;
        auto tired = keep.locking.unlock({}, {}, stop.get_token());
        auto unlocking = keep.locking.unlock({}, {}, {});
        QCOMPARE(keep.gated.vault.unlocks, 0);
        // Who stands in line may go.
        QVERIFY(!tired.isReady());
        stop.request_stop();
        QVERIFY(tired.isReady());
        QCOMPARE(await(std::move(tired)).error().code, ErrorCode::Cancelled);
        keep.letItCome(std::move(locking), lockMs);
        keep.gated.vault.speak();
        QVERIFY(await(std::move(unlocking)));
        QCOMPARE(keep.gated.vault.unlocks, 1);
        QVERIFY(!keep.gated.house.heart->isLocked());
        QCOMPARE(ear.heard, QStringLiteral("LU"));
    }

    void unlocksComeOneAfterAnother()
    {
        Keep keep;
        await(ended(keep.locking.lock(LockReason::Asked, {})));
        const Ear ear(keep.locking);
        keep.gated.vault.prompting = true;
        auto first = keep.locking.unlock({}, {}, {});
        auto second = keep.locking.unlock({}, {}, {});
        auto third = keep.locking.unlock({}, {}, {});
        QCOMPARE(keep.gated.vault.unlocks, 1);
        keep.gated.vault.answer(dismissed());
        QCOMPARE(await(std::move(first)).error().code, ErrorCode::Locked);
        QCOMPARE(keep.gated.vault.unlocks, 2);
        keep.gated.vault.answer({});
        QVERIFY(await(std::move(second)));
        QTRY_COMPARE(keep.gated.vault.unlocks, 3);
        keep.gated.vault.answer({});
        QVERIFY(await(std::move(third)));
        // It was open when the third came to its turn.
        QCOMPARE(ear.heard, QStringLiteral("U"));
    }

    void whoAsksForAnUnlockMayCallItOff()
    {
        Keep keep;
        await(ended(keep.locking.lock(LockReason::Asked, {})));
        keep.gated.vault.prompting = true;
        std::stop_source stop;
        auto unlocking = keep.locking.unlock({}, {}, stop.get_token());
        QVERIFY(!unlocking.isReady());
        stop.request_stop();
        QVERIFY(unlocking.isReady());
        QCOMPARE(await(std::move(unlocking)).error().code, ErrorCode::Cancelled);
        QVERIFY(keep.gated.house.heart->isLocked());
    }

    void aWaitForTheNextTryMayBeCalledOff()
    {
        Keep keep;
        await(ended(keep.locking.lock(LockReason::Asked, {})));
        keep.gated.vault.as = Vault::Kind::EncryptedFile;
        keep.gated.vault.prompting = true;
        auto wrong = keep.locking.unlock({}, {}, {});
        keep.gated.vault.answer(dismissed());
        QCOMPARE(await(std::move(wrong)).error().code, ErrorCode::Locked);
        auto next = keep.locking.unlock({}, {}, {});
        QVERIFY(!next.isReady());
        await(ended(keep.locking.lock(LockReason::Idle, {})));
        QVERIFY(next.isReady());
        QCOMPARE(await(std::move(next)).error().code, ErrorCode::Cancelled);
        QCOMPARE(keep.gated.vault.unlocks, 1);
    }

    void theRightPassphraseEndsThePenalty()
    {
        Keep keep;
        keep.gated.vault.as = Vault::Kind::EncryptedFile;
        for (int round = 0; round < 2; ++round) {
            await(ended(keep.locking.lock(LockReason::Asked, {})));
            keep.gated.vault.prompting = true;
            auto wrong = keep.locking.unlock({}, {}, {});
            keep.gated.vault.answer(dismissed());
            QCOMPARE(await(std::move(wrong)).error().code, ErrorCode::Locked);
            keep.gated.vault.prompting = false;
            auto right = keep.locking.unlock({}, {}, {});
            keep.gated.house.clock.advance(999);
            QCOMPARE(keep.gated.vault.unlocks, 2 * round + 1);
            keep.gated.house.clock.advance(1);
            QVERIFY(await(std::move(right)));
        }
    }

    /// Only a wrong passphrase is slowed down.
    void whatIsNoWrongPassphraseCostsNoTime_data()
    {
        QTest::addColumn<Vault::Kind>("kind");
        QTest::addColumn<ErrorCode>("code");
        QTest::newRow("a prompt that was dismissed") << Vault::Kind::Keychain << ErrorCode::Locked;
        QTest::newRow("a file that can't be read")
            << Vault::Kind::EncryptedFile << ErrorCode::VaultUnavailable;
    }
    void whatIsNoWrongPassphraseCostsNoTime()
    {
        QFETCH(const Vault::Kind, kind);
        QFETCH(const ErrorCode, code);
        Keep keep;
        await(ended(keep.locking.lock(LockReason::Asked, {})));
        keep.gated.vault.as = kind;
        keep.gated.vault.prompting = true;
        auto failing = keep.locking.unlock({}, {}, {});
        keep.gated.vault.answer(failure(code, QStringLiteral("No.")));
        QCOMPARE(await(std::move(failing)).error().code, code);
        keep.gated.vault.prompting = false;
        // The clock stands still.
        QVERIFY(await(keep.locking.unlock({}, {}, {})));
    }

    void withoutItsHistoryTheHouseStaysLocked()
    {
        Keep keep;
        QVERIFY(await(keep.gated.vault.remove(QStringLiteral("audit/key"))));
        await(ended(keep.locking.lock(LockReason::Asked, {})));
        const Ear ear(keep.locking);
        // There is no room for a new one.
        keep.gated.vault.failing = true;
        QCOMPARE(await(keep.locking.unlock({}, {}, {})).error().code, ErrorCode::DiskFull);
        QVERIFY(keep.gated.house.heart->isLocked());
        QCOMPARE(ear.heard, QString());
    }

    void aHistoryThatOpensInTimeHasTheLock()
    {
        Keep keep;
        keep.gated.vault.silent = true;
        auto opening = keep.lending.openHistory({});
        auto locking = keep.locking.lock(LockReason::Asked, {});
        keep.gated.vault.speak();
        await(ended(std::move(locking)));
        QVERIFY(await(std::move(opening)));
        QVERIFY(!keep.audit.isOpen());
        QCOMPARE(keep.history(QStringLiteral("broker.locked")).size(), 1);
    }

    void aLockOpensNoHistory()
    {
        Keep keep;
        keep.gated.vault.silent = true;
        await(ended(keep.locking.lock(LockReason::Asked, {})));
        QVERIFY(!keep.audit.isOpen());
        keep.gated.vault.speak();
        // What it has to say is kept until there is one.
        QVERIFY(await(keep.locking.unlock({}, {}, {})));
        QTRY_COMPARE(keep.history(QStringLiteral("broker.locked")).size(), 1);
    }

    void theEndWaitsForTheRotationUnderWay()
    {
        Keep keep;
        QVERIFY(await(keep.audit.open({})));
        keep.gated.house.clock.advance(3'600'001);
        keep.gated.http.holding = QStringLiteral("grant_type=refresh_token");
        auto asking = keep.gated.house.heart->accessToken(keep.account, 60'000, {});
        QTRY_COMPARE(keep.gated.http.held, 1);
        auto leaving = keep.locking.leave();
        keep.gated.house.clock.advance(4999);
        for (int i = 0; i < 20; ++i)
            await(keep.gated.house.store->load());
        QVERIFY(!leaving.isReady());
        keep.gated.http.release();
        await(ended(std::move(leaving)));
        QVERIFY(await(std::move(asking)));
        QVERIFY(!keep.gated.house.heart->holdsUnsaved());
        QCOMPARE(keep.history(QStringLiteral("broker.stopped")).first().event.outcome,
            audit::Outcome::Ok);
    }

    void theEndWritesWhatWasKept()
    {
        Keep keep;
        audit::Event kept;
        kept.event = QStringLiteral("loan.token");
        keep.audit.note(kept);
        await(ended(keep.locking.leave()));
        QVERIFY(!keep.audit.isOpen());
        QCOMPARE(keep.history(QStringLiteral("loan.token")).size(), 1);
        QCOMPARE(keep.history(QStringLiteral("broker.stopped")).size(), 1);
    }

    void theEndWaitsForAHistorySoLongAndNoLonger()
    {
        Keep keep;
        keep.gated.vault.silent = true;
        keep.letItCome(keep.locking.leave(), endMs);
        // The vault gives the key away when all is over.
        keep.gated.vault.speak();
        for (int i = 0; i < 20; ++i)
            await(keep.gated.house.store->load());
        QVERIFY(!keep.audit.isOpen());
    }
};

QTEST_GUILESS_MAIN(LockingFlowTest)
#include "LockingFlowTest.moc"
