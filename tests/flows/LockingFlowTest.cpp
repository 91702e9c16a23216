// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/flows/Keep.h"

using namespace chatelaine;
using namespace chatelaine::broker;
using namespace chatelaine::test;

namespace {

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
};

QTEST_GUILESS_MAIN(LockingFlowTest)
#include "LockingFlowTest.moc"
