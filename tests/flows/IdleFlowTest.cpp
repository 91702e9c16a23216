// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/flows/LockHome.h"
#include "tests/support/DesktopStandIn.h"

using namespace chatelaine;
using namespace chatelaine::broker;
using namespace chatelaine::test;

/// What counts as use, and what happens when there is none: a lock, the end.
class IdleFlowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_desktop = std::make_unique<DesktopStandIn>(); }
    void cleanup() { m_desktop.reset(); }

    void idleMinutesLock()
    {
        Home home;
        home.set("lock_after_idle", 5);
        home.clock.advance(5 * minuteMs - 1);
        QVERIFY(!home.broker->isLocked());
        // A loan is use, and so are a person's command and a click in a window.
        QVERIFY(!home.borrower->token().error);
        home.clock.advance(5 * minuteMs - 1);
        QVERIFY(!home.broker->isLocked());
        home.must("grants/list");
        home.clock.advance(5 * minuteMs - 1);
        QVERIFY(!home.broker->isLocked());
        home.broker->noteUse();
        QSignalSpy locked(home.broker.get(), &Broker::locked);
        home.clock.advance(5 * minuteMs - 1);
        QVERIFY(!home.broker->isLocked());
        // The time a machine sleeps counts: the clock goes on by itself.
        home.clock.advance(1);
        QVERIFY(!locked.isEmpty() || locked.wait());
        QCOMPARE(locked.first().first().value<LockReason>(), LockReason::Idle);
        QVERIFY(home.broker->isLocked());
        QCOMPARE(codeOf(home.borrower->token()), ErrorCode::Locked);
        // Locked it stays, without a clock that runs.
        home.clock.advance(60 * minuteMs);
        QVERIFY(home.must("unlock").contains(QLatin1StringView("locked")));
        QVERIFY(!home.borrower->token().error);
        QTRY_COMPARE(home.details("broker.locked"), QStringLiteral("not used for a while"));
        QTRY_COMPARE(home.details("broker.unlocked"), QStringLiteral("asked for"));
    }

    /// A sign-in may take its time; a program that asks is not its person.

    void aSignInThatRunsIsUse()
    {
        Home home;
        home.set("lock_after_idle", 1);
        Caller person(home.controlSocket());
        person.say("login", {{QStringLiteral("server"), QStringLiteral("demo")}});
        QTRY_COMPARE(home.broker->reception().runningRequests(), 1);
        home.clock.advance(2 * minuteMs);
        QVERIFY(!home.broker->isLocked());
        person.leave();
        QTRY_COMPARE(home.broker->reception().runningRequests(), 0);
        home.clock.advance(minuteMs);
        QTRY_VERIFY(home.broker->isLocked());
    }

    void anAnswerOfThePersonIsUse()
    {
        Home home;
        home.removeGrants();
        home.set("lock_after_idle", 2);
        home.borrower->ask();
        QTRY_COMPARE(home.person.waiting, 1);
        home.clock.advance(minuteMs);
        home.person.answer(Answer::Kind::Denied);
        QCOMPARE(codeOf(home.borrower->answer()), ErrorCode::Refused);
        home.clock.advance(2 * minuteMs - 1);
        QVERIFY(!home.broker->isLocked());
        home.clock.advance(1);
        QTRY_VERIFY(home.broker->isLocked());
    }

    /// Whoever may not borrow does not keep the house open, however often it asks.

    void whoMayNotBorrowKeepsNothingOpen_data()
    {
        QTest::addColumn<bool>("control");
        QTest::addColumn<QString>("method");
        QTest::addColumn<bool>("waits");
        const QString token = QStringLiteral("token/get");
        QTest::newRow("says hello") << false << QStringLiteral("hello") << false;
        QTest::newRow("lists") << false << QStringLiteral("servers/list") << false;
        QTest::newRow("is refused") << false << token << false;
        QTest::newRow("has a question waiting") << false << token << true;
        QTest::newRow("is refused by command") << true << QStringLiteral("mcp/call") << false;
        QTest::newRow("looks how it is") << true << QStringLiteral("status") << false;
    }
    void whoMayNotBorrowKeepsNothingOpen()
    {
        QFETCH(const bool, control);
        QFETCH(const QString, method);
        QFETCH(const bool, waits);
        Home home;
        home.removeGrants();
        home.person.present = waits;
        home.set("lock_after_idle", 2);
        Caller program(control ? home.controlSocket() : home.borrowSocket());
        const QJsonObject params{{QStringLiteral("server"), QStringLiteral("demo")}};
        for (int i = 0; i < 2; ++i) {
            QVERIFY(!home.broker->isLocked());
            if (!waits)
                program.call(method, params);
            else if (i == 0)
                program.say(method, params);
            if (waits)
                QTRY_COMPARE(home.person.waiting, 1);
            home.clock.advance(minuteMs);
        }
        QTRY_VERIFY(home.broker->isLocked());
    }

    void noTimeRunsWhereNoneIsSet()
    {
        Home home(withoutServers());
        // The history's own alarm is out of the way first.
        const auto alarms = [&home] {
            Q_UNUSED(await(home.broker->audit().checkpoint()));
            return home.clock.alarmsSet();
        };
        const int before = alarms();
        home.set("lock_after_idle", 5);
        QCOMPARE(alarms(), before + 1);
        home.set("lock_after_idle", 0);
        QCOMPARE(alarms(), before);
    }

    void aBrokerNobodyNeedsLeaves()
    {
        Parlour::Options options = inAFile("");
        options.leaveWhenIdleMs = 15 * minuteMs;
        Home home(withoutServers(options));
        QSignalSpy leaving(home.broker.get(), &Broker::stopRequested);
        // Somebody is connected.
        home.must("status");
        home.clock.advance(60 * minuteMs);
        QCOMPARE(leaving.size(), 0);
        QVERIFY(home.leaves());

        // The passphrase would have to be typed again.
        const QJsonObject passphrase{{QStringLiteral("passphrase"), QStringLiteral("new")}};
        home.must("unlock", passphrase);
        QVERIFY(!home.leaves());
        home.must("lock");
        QVERIFY(home.leaves());

        // A grant holds for as long as this program runs, through a lock too.
        home.must("unlock", passphrase);
        home.must("servers/add",
            {{QStringLiteral("url"), home.lab->mcpUrl()},
                {QStringLiteral("name"), QStringLiteral("demo")}});
        const QJsonObject grant = home.must("grants/add",
            {{QStringLiteral("server"), QStringLiteral("demo")}, {QStringLiteral("caller"), true},
                {QStringLiteral("lifetime"), QStringLiteral("session")}});
        const QJsonValue id = grant.value(QLatin1StringView("id"));
        QVERIFY(id.isString());
        home.must("lock");
        QVERIFY(!home.leaves());
        home.must("unlock", passphrase);
        home.must("grants/remove", {{QStringLiteral("id"), id}});
        home.must("lock");
        QVERIFY(home.leaves());
    }

    void whatIsInMemoryAloneStays()
    {
        Parlour::Options options;
        options.leaveWhenIdleMs = 15 * minuteMs;
        Home home(withoutServers(options));
        QVERIFY(!home.leaves());
    }

private:
    std::unique_ptr<DesktopStandIn> m_desktop;
};

QTEST_GUILESS_MAIN(IdleFlowTest)
#include "IdleFlowTest.moc"
