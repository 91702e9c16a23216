// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/broker/GrantBook.h"
#include "core/broker/Locking.h"
#include "tests/flows/Gates.h"
#include "tests/flows/Visitor.h"

#include <QTest>

using namespace chatelaine;
using namespace chatelaine::broker;
using namespace chatelaine::test;

namespace {

constexpr qint64 hourMs = 3'600'000;
constexpr qint64 lockMs = 1000; ///< so long a lock waits for a vault that says nothing
constexpr qint64 endMs = 12'000; ///< and the end

Task<bool> ended(Task<void> task)
{
    co_await task;
    co_return true;
}

/// A household whose history has its key in the vault that the test can silence, too.
struct QuietHousehold : GatedHousehold
{
    QuietHousehold()
    {
        house.audit =
            std::make_unique<audit::AuditLog>(house.database, vault, house.clock, house.random);
        house.heart = std::make_unique<credentials::Credentials>(credentials::Context{
            http, house.clock, house.random, vault, *house.store, *house.audit});
        house.load();
    }
};

/// What locks it.
struct Keep
{
    Keep()
        : audit(*gated.house.audit)
        , settings(gated.house.dir.filePath(QStringLiteral("settings.ini")))
        , grants(*gated.house.store, gated.house.clock)
        , lending(Lending::Rooms{*gated.house.heart, grants, audit, settings, gated.house.clock,
              gated.house.random, visitor})
        , locking(
              Locking::Rooms{gated.house.clock, gated.vault, *gated.house.heart, audit, lending})
        , account(gated.signedIn())
    { }

    /// The issuer has rotated the tokens, and the vault has not taken them.
    void rotateInMemory()
    {
        gated.house.clock.advance(hourMs + 1);
        gated.vault.hung = true;
        if (await(gated.house.heart->accessToken(account, 60'000, {})))
            qFatal("The vault has taken the tokens.");
        gated.vault.givenUp.clear();
        gated.vault.hung = false;
    }
    QList<audit::Record> history(const QString &event) { return gated.house.history(event); }
    /// Waits with the clock standing still: nothing but the vault is missing.
    void letItCome(Task<void> task, qint64 ms)
    {
        Completion<bool> done;
        const auto watch = [](Task<void> what, Completion<bool> to) -> Task<void> {
            co_await what;
            to.set(true);
        };
        detach(watch(std::move(task), done));
        // What goes through the database's thread first.
        for (int i = 0; i < 20; ++i)
            await(gated.house.store->load());
        QVERIFY(!done.isSet());
        gated.house.clock.advance(ms - 1);
        for (int i = 0; i < 20; ++i)
            await(gated.house.store->load());
        QVERIFY(!done.isSet());
        gated.house.clock.advance(1);
        QTRY_VERIFY(done.isSet());
    }

    QuietHousehold gated;
    audit::AuditLog &audit;
    Visitor visitor;
    Settings settings;
    GrantBook grants;
    Lending lending;
    Locking locking;
    QString account;
};

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
