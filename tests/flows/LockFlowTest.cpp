// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/flows/LockHome.h"
#include "tests/support/DesktopStandIn.h"

using namespace chatelaine;
using namespace chatelaine::broker;
using namespace chatelaine::test;

/// What locks at once, what a lock closes, and what opens it again.
class LockFlowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_desktop = std::make_unique<DesktopStandIn>(); }
    void cleanup() { m_desktop.reset(); }

    void theScreensLockLocks_data()
    {
        QTest::addColumn<bool>("saver");
        QTest::addColumn<bool>("wanted");
        QTest::newRow("screen saver") << true << true;
        QTest::newRow("logind") << false << true;
        QTest::newRow("not wanted") << false << false;
    }
    void theScreensLockLocks()
    {
        QFETCH(const bool, saver);
        QFETCH(const bool, wanted);
        Home home;
        home.set("lock_on_screen_lock", wanted);
        QSignalSpy locked(home.broker.get(), &Broker::locked);
        if (saver)
            m_desktop->screenSaver(QStringLiteral("org.freedesktop.ScreenSaver"), true);
        else
            m_desktop->lockSession();
        if (!wanted) {
            QSignalSpy heard(&home.session, &desktop::SessionWatch::watching);
            m_desktop->sessionNew();
            QVERIFY(heard.wait());
            QVERIFY(!home.broker->isLocked());
            return;
        }
        QVERIFY(!locked.isEmpty() || locked.wait());
        QCOMPARE(codeOf(home.borrower->token()), ErrorCode::Locked);
        home.must("unlock");
        QTRY_COMPARE(home.details("broker.locked"), QStringLiteral("the screen was locked"));
    }

    void sleepWaitsForTheLock()
    {
        Home home;
        QCOMPARE(m_desktop->login().held(), 1);
        int heldAtTheLock = -1;
        QObject::connect(home.broker.get(), &Broker::locked, home.broker.get(),
            [&] { heldAtTheLock = m_desktop->login().held(); });
        m_desktop->prepareForSleep(true);
        QTRY_COMPARE(heldAtTheLock, 1);
        QTRY_COMPARE(m_desktop->login().held(), 0);
        QVERIFY(home.broker->isLocked());
        m_desktop->prepareForSleep(false);
        QTRY_COMPARE(m_desktop->login().held(), 1);
        // Locked already: the machine need not wait.
        m_desktop->prepareForSleep(true);
        QTRY_COMPARE(m_desktop->login().held(), 0);
        home.must("unlock");
        QTRY_COMPARE(home.details("broker.locked"), QStringLiteral("the machine goes to sleep"));
    }

    void withoutBusesItLocksOnDemand()
    {
        m_desktop.reset();
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/session");
        qputenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent/system");
        Home home;
        QVERIFY(home.must("lock").value(QLatin1StringView("locked")).toBool());
        QCOMPARE(codeOf(home.borrower->token()), ErrorCode::Locked);
        qunsetenv("DBUS_SESSION_BUS_ADDRESS");
        qunsetenv("DBUS_SYSTEM_BUS_ADDRESS");
    }

    void aLockClosesEverything()
    {
        Home home;
        QVERIFY(!home.borrower->token().error);
        const auto account = home.broker->credentials().find(QStringLiteral("demo"));
        QVERIFY(home.broker->credentials().warmToken(account->account.id, 0));

        // A question is open, and a sign-in waits.
        home.removeGrants();
        const qint64 question = home.borrower->ask();
        const qint64 signIn =
            home.control->say("login", {{QStringLiteral("server"), QStringLiteral("demo")}});
        QTRY_COMPARE(home.person.waiting, 1);
        QTRY_COMPARE(home.broker->reception().runningRequests(), 2);

        QCOMPARE(home.must("lock"), QJsonObject({{QStringLiteral("locked"), true}}));
        QTRY_VERIFY(home.borrower->answerTo(question));
        QCOMPARE(codeOf(*home.borrower->answerTo(question)), ErrorCode::Locked);
        QTRY_VERIFY(home.control->answerTo(signIn));
        QCOMPARE(codeOf(*home.control->answerTo(signIn)), ErrorCode::Locked);
        QCOMPARE(home.person.waiting, 0);
        QVERIFY(!home.broker->credentials().warmToken(account->account.id, 0));
        QVERIFY(!home.broker->audit().isOpen());
        QCOMPARE(home.broker->vault().state(), Vault::State::Locked);

        // Nothing is listed, nothing is lent, nothing is changed.
        const client::Message listed = home.borrower->call("servers/list");
        QVERIFY(!listed.error);
        QCOMPARE(listed.object.value(QLatin1StringView("servers")).toArray(), QJsonArray());
        QVERIFY(listed.object.contains(QLatin1StringView("servers")));
        for (const char *method : {"servers/list", "servers/show", "servers/add", "servers/remove",
                 "discover", "login", "logout", "mcp/call", "clients/list", "grants/list",
                 "grants/add", "grants/remove", "audit/query", "audit/follow", "audit/verify",
                 "settings/set", "token/get", "token/rejected"})
            QCOMPARE(std::pair(method, codeOf(home.control->call(method))),
                std::pair(method, ErrorCode::Locked));
        for (const char *method : {"status", "settings/get"})
            QVERIFY(!home.control->call(method).error);

        home.must("unlock");
        QVERIFY(!home.control->call("servers/list").error);
        // The head was in the vault before it was closed.
        const auto kept = await(home.broker->vault().read(QStringLiteral("audit/head"), {}));
        QVERIFY(kept);
        const QList<audit::Record> locks = home.history(QStringLiteral("broker.locked"));
        QCOMPARE(locks.size(), 1);
        QVERIFY(kept->expose().contains(locks.first().hash.toHex()));
        QCOMPARE(locks.first().event.detail, QStringLiteral("asked for"));
        QVERIFY(locks.first().event.client.pid > 0);
    }

    void aWrongPassphraseIsToldAndSlowedDown()
    {
        Home home(inAFile("right"));
        home.must("lock");
        const QJsonObject wrong{{QStringLiteral("passphrase"), QStringLiteral("wrong")}};
        const client::Message told = home.control->call("unlock", wrong);
        QCOMPARE(codeOf(told), ErrorCode::Locked);
        QVERIFY2(told.error->message.contains(QStringLiteral("passphrase")),
            qPrintable(told.error->message));
        for (const qint64 waits : {1'000, 2'000, 4'000, 8'000, 16'000, 30'000}) {
            const int alarms = home.clock.alarmsSet();
            const qint64 next = home.control->say("unlock", wrong);
            QTRY_COMPARE(home.clock.alarmsSet(), alarms + 1);
            home.clock.advance(waits - 1);
            QCOMPARE(home.clock.alarmsSet(), alarms + 1);
            home.clock.advance(1);
            QTRY_VERIFY_WITH_TIMEOUT(home.control->answerTo(next), 30'000);
            QCOMPARE(codeOf(*home.control->answerTo(next)), ErrorCode::Locked);
        }
        home.clock.advance(30'000);
        const QJsonObject right{{QStringLiteral("passphrase"), QStringLiteral("right")}};
        QVERIFY(!home.control->call("unlock", right).error);
        QVERIFY(!home.broker->isLocked());
        QTRY_COMPARE(home.details("broker.unlocked"), QStringLiteral("with the passphrase"));
        // The penalty is over.
        home.must("lock");
        QVERIFY(!home.control->call("unlock", right).error);
    }

    void aLockWinsOverAnUnlockUnderWay()
    {
        Home home(inAFile("right"));
        home.must("lock");
        const qint64 unlock =
            home.control->say("unlock", {{QStringLiteral("passphrase"), QStringLiteral("right")}});
        QTRY_COMPARE(home.broker->reception().runningRequests(), 1);
        m_desktop->lockSession();
        QTRY_VERIFY_WITH_TIMEOUT(home.control->answerTo(unlock), 30'000);
        QCOMPARE(codeOf(*home.control->answerTo(unlock)), ErrorCode::Locked);
        QVERIFY(home.broker->isLocked());
        QCOMPARE(home.broker->vault().state(), Vault::State::Locked);
    }

private:
    std::unique_ptr<DesktopStandIn> m_desktop;
};

QTEST_GUILESS_MAIN(LockFlowTest)
#include "LockFlowTest.moc"
