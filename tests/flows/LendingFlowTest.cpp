// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/broker/GrantBook.h"
#include "core/broker/Lending.h"
#include "core/broker/ProcessFacts.h"
#include "core/broker/Settings.h"
#include "tests/flows/Gates.h"
#include "tests/flows/Visitor.h"

#include <QTest>

using namespace chatelaine;
using namespace chatelaine::broker;
using namespace chatelaine::test;

namespace {

constexpr qint64 hourMs = 3'600'000;
const QString program = QStringLiteral("/usr/bin/agent");

/// A household that lends, by grants alone.
struct Bank
{
    Bank()
        : settings(gated.house.dir.filePath(QStringLiteral("settings.ini")))
        , grants(*gated.house.store, gated.house.clock)
        , lending(Lending::Rooms{*gated.house.heart, grants, *gated.house.audit, settings,
              gated.house.clock, gated.house.random, visitor})
        , account(gated.signedIn())
    {
        identity->pid = 50;
        identity->exe = program;
        identity->strong = true;
        visitor.present = false;
    }

    store::Grant grant(const QStringList &scopes)
    {
        store::Grant one;
        one.id = QStringLiteral("grant");
        one.serverId = gated.house.view(account).server.id;
        one.exe = program;
        one.scopes = scopes;
        return one;
    }

    Task<Result<Reply>> borrow()
    {
        Call call;
        call.params = {{QStringLiteral("server"), QStringLiteral("demo")}};
        call.caller = identity;
        return lending.token(call);
    }

    GatedHousehold gated;
    Visitor visitor;
    Settings settings;
    GrantBook grants;
    Lending lending;
    QString account;
    std::shared_ptr<CallerIdentity> identity = std::make_shared<CallerIdentity>();
};

} // namespace

/// What holds when the loan is made is what holds when the token leaves.
class LendingFlowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aGrantTakenAwayDuringARefreshLendsNothing()
    {
        Bank bank;
        QVERIFY(await(bank.grants.add(bank.grant({}))));
        QVERIFY(await(bank.borrow()));
        bank.gated.house.clock.jump(hourMs + 1);
        bank.gated.http.holding = QStringLiteral("grant_type=refresh_token");
        auto borrowing = bank.borrow();
        QTRY_COMPARE(bank.gated.http.held, 1);
        QVERIFY(await(bank.grants.remove(QStringLiteral("grant"))));
        bank.gated.http.release();
        const auto reply = await(std::move(borrowing));
        QVERIFY(!reply);
        QCOMPARE(reply.error().code, ErrorCode::Refused);
    }

    void aTokenThatHasGainedScopesMeanwhileIsNotLentOnTheOldOnes()
    {
        Bank bank;
        Household &house = bank.gated.house;
        const QStringList had = house.view(bank.account).account.grantedScopes;
        QVERIFY(await(bank.grants.add(bank.grant(had))));
        QVERIFY(await(bank.borrow()));
        house.clock.jump(hourMs + 1);
        bank.gated.http.holding = QStringLiteral("grant_type=refresh_token");
        auto borrowing = bank.borrow();
        QTRY_COMPARE(bank.gated.http.held, 1);
        const QStringList more{QStringLiteral("sentiment:write")};
        QVERIFY(!had.contains(more.first()));
        const auto steppedUp =
            await(house.heart->signIn(bank.account, more, house.person, 60'000, {}));
        QVERIFY2(steppedUp, steppedUp ? "" : qPrintable(steppedUp.error().message));
        bank.gated.http.release();
        const auto reply = await(std::move(borrowing));
        QVERIFY(!reply);
        QCOMPARE(reply.error().code, ErrorCode::Refused);
    }

    void aGrantForAnyScopeIsNoneForWhatIsDenied()
    {
        Bank bank;
        Household &house = bank.gated.house;
        const QStringList more{QStringLiteral("sentiment:write")};
        store::Grant once = bank.grant({});
        once.lifetime = store::GrantLifetime::Once;
        QVERIFY(await(bank.grants.add(once)));
        store::Grant no = bank.grant(more);
        no.id = QStringLiteral("no");
        no.deny = true;
        QVERIFY(await(bank.grants.add(no)));
        house.clock.jump(hourMs + 1);
        bank.gated.http.holding = QStringLiteral("grant_type=refresh_token");
        auto borrowing = bank.borrow();
        QTRY_COMPARE(bank.gated.http.held, 1);
        QVERIFY(await(house.heart->signIn(bank.account, more, house.person, 60'000, {})));
        bank.gated.http.release();
        QCOMPARE(await(std::move(borrowing)).error().code, ErrorCode::Refused);
        QCOMPARE(bank.grants.all().size(), 2);
    }

    void aGrantForOnceOutlivesARecordThatCouldNotBeWritten()
    {
        Bank bank;
        store::Grant once = bank.grant({});
        once.lifetime = store::GrantLifetime::Once;
        QVERIFY(await(bank.grants.add(once)));
        bank.gated.house.sql("CREATE TRIGGER full_disk BEFORE INSERT ON audit BEGIN"
                             " SELECT RAISE(ABORT, 'no'); END");
        QVERIFY(!await(bank.borrow()));
        QCOMPARE(bank.grants.all().size(), 1);
        QTRY_COMPARE(await(bank.gated.house.store->load())->grants.size(), 1);
        bank.gated.house.sql("DROP TRIGGER full_disk");
        // Nor is it used up where its row can't be removed.
        bank.gated.house.sql("CREATE TRIGGER stuck BEFORE DELETE ON grants BEGIN"
                             " SELECT RAISE(ABORT, 'no'); END");
        QVERIFY(!await(bank.borrow()));
        QCOMPARE(bank.grants.all().size(), 1);
        bank.gated.house.sql("DROP TRIGGER stuck");
        QVERIFY(await(bank.borrow()));
        QVERIFY(bank.grants.all().isEmpty());
        QVERIFY(!bank.grants.find(QStringLiteral("grant")));
        QVERIFY(await(bank.gated.house.store->load())->grants.isEmpty());
        QVERIFY(!await(bank.borrow()));
    }

    void aGrantForOnceThatIsTakenBackMeanwhileLendsNothing()
    {
        Bank bank;
        store::Grant once = bank.grant({});
        once.lifetime = store::GrantLifetime::Once;
        QVERIFY(await(bank.grants.add(once)));
        bank.gated.house.clock.jump(hourMs + 1);
        bank.gated.http.holding = QStringLiteral("grant_type=refresh_token");
        auto borrowing = bank.borrow();
        QTRY_COMPARE(bank.gated.http.held, 1);
        QVERIFY(await(bank.lending.revoke(QStringLiteral("grant"), {})));
        bank.gated.http.release();
        const auto reply = await(std::move(borrowing));
        QVERIFY(!reply);
        QCOMPARE(reply.error().code, ErrorCode::Refused);
        // What was noted before this one is there with it.
        Household &house = bank.gated.house;
        audit::Event after;
        after.event = QStringLiteral("settings.changed");
        QVERIFY(await(house.audit->append(after)));
        QVERIFY(house.history(QStringLiteral("loan.token")).isEmpty());
    }

    void aLoanIsAUse()
    {
        Bank bank;
        QVERIFY(await(bank.grants.add(bank.grant({}))));
        bank.gated.house.clock.advance(1000);
        QVERIFY(await(bank.borrow()));
        QCOMPARE(bank.grants.all().constFirst().lastUsed, bank.gated.house.clock.utcMs());
    }

    void aDenialForOnceDeniesOnce()
    {
        Bank bank;
        store::Grant no = bank.grant({});
        no.lifetime = store::GrantLifetime::Once;
        no.deny = true;
        QVERIFY(await(bank.grants.add(no)));
        store::Grant yes = bank.grant({});
        yes.id = QStringLiteral("yes");
        QVERIFY(await(bank.grants.add(yes)));
        QCOMPARE(await(bank.borrow()).error().code, ErrorCode::Refused);
        QVERIFY(await(bank.borrow()));
        QCOMPARE(bank.grants.all().size(), 1);
    }

    void aNoThatLastsIsADenial()
    {
        // Whoever puts the question need not say so in the grant, too.
        Bank bank;
        bank.visitor.present = true;
        bank.visitor.automatic = Answer::Kind::Denied;
        store::Grant always;
        always.exe = program;
        bank.visitor.remember = always;
        for (int i = 0; i < 2; ++i)
            QCOMPARE(await(bank.borrow()).error().code, ErrorCode::Refused);
        QVERIFY(bank.grants.all().constFirst().deny);
        QCOMPARE(bank.visitor.asked.size(), 1);
    }

    void whatIsLockedPermitsNothing()
    {
        // Whatever stands before it: what goes on after a wait comes here again.
        Bank bank;
        QVERIFY(await(bank.grants.add(bank.grant({}))));
        Call call;
        call.caller = bank.identity;
        const auto account = bank.gated.house.view(bank.account);
        QVERIFY(await(bank.lending.permit(call, account, {}, false, QStringLiteral("loan.token"))));
        bank.gated.house.heart->lock();
        const auto permit =
            await(bank.lending.permit(call, account, {}, false, QStringLiteral("loan.token")));
        QVERIFY(!permit);
        QCOMPARE(permit.error().code, ErrorCode::Locked);
    }

    void aChangedProgramIsAskedAboutAgain()
    {
        Bank bank;
        const QString script = bank.gated.house.dir.filePath(QStringLiteral("agent.py"));
        const auto becomes = [&](const QByteArray &text) {
            QFile file(script);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(text);
            file.close();
            bank.identity = std::make_shared<CallerIdentity>(*bank.identity);
            bank.identity->script = script;
            bank.identity->file = ProcessDirectory::fileAt(script);
        };
        becomes("print('one')");
        bank.visitor.present = true;
        bank.visitor.automatic = Answer::Kind::Allowed;
        store::Grant always;
        always.exe = script;
        bank.visitor.remember = always;
        QVERIFY(await(bank.borrow()));
        QVERIFY(!bank.visitor.asked.constFirst().changed);
        QCOMPARE(bank.grants.all().constFirst().exeSha256.size(), 64);
        QVERIFY(await(bank.borrow()));
        QCOMPARE(bank.visitor.asked.size(), 1);

        becomes("print('two')");
        bank.visitor.remember.reset();
        bank.visitor.automatic = Answer::Kind::Denied;
        QVERIFY(!await(bank.borrow()));
        QCOMPARE(bank.visitor.asked.size(), 2);
        QVERIFY(bank.visitor.asked.constLast().changed);
        // Who was allowed before is what it was: then it may.
        becomes("print('one')");
        QVERIFY(await(bank.borrow()));
    }

    void aProgramThatIsNotReadInTimeHasNoGrant()
    {
        Bank bank;
        const QString large = bank.gated.house.dir.filePath(QStringLiteral("large"));
        QFile file(large);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(file.resize(256 * 1024 * 1024));
        Call call;
        call.caller = bank.identity;
        auto hash = bank.lending.hashFor(call, large);
        QVERIFY(!hash.isReady());
        bank.gated.house.clock.advance(10'000);
        const auto late = await(std::move(hash));
        QVERIFY(!late);
        QCOMPARE(late.error().code, ErrorCode::InvalidInput);
        QVERIFY(late.error().message.startsWith(large));
        // Called off is not late.
        std::stop_source stop;
        call.stop = stop.get_token();
        auto again = bank.lending.hashFor(call, large);
        stop.request_stop();
        QCOMPARE(await(std::move(again)).error().code, ErrorCode::Cancelled);
        call.stop = {};
        QCOMPARE(await(bank.lending.hashFor(call, large)).value_or(QString()).size(), 64);
    }

    void aCallerWhoseFileDoesNotAnswerHasNone()
    {
        Bank bank;
        Call call;
        const auto gone = std::make_shared<CallerIdentity>(*bank.identity);
        gone->script = bank.gated.house.dir.filePath(QStringLiteral("gone.py"));
        gone->file.inode = 1;
        gone->slowFile = true;
        call.caller = gone;
        const auto none = await(bank.lending.hashFor(call, {}));
        QVERIFY(!none);
        QVERIFY(none.error().message.startsWith(gone->script));
        // One that may not be read has a grant by its inode.
        gone->slowFile = false;
        const auto without = await(bank.lending.hashFor(call, {}));
        QVERIFY(without && without->isEmpty());
    }

    void aLockWhileTheRecordIsWrittenLendsNothing()
    {
        Bank bank;
        QVERIFY(await(bank.grants.add(bank.grant({}))));
        QVERIFY(await(bank.borrow()));
        auto borrowing = bank.borrow();
        QVERIFY(!borrowing.isReady());
        bank.gated.house.heart->lock();
        const auto reply = await(std::move(borrowing));
        QVERIFY(!reply);
        QCOMPARE(reply.error().code, ErrorCode::Locked);
    }
};

QTEST_GUILESS_MAIN(LendingFlowTest)
#include "LendingFlowTest.moc"
