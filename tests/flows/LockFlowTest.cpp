// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/flows/Parlour.h"
#include "tests/support/DesktopStandIn.h"

#include <QJsonArray>
#include <QSignalSpy>
#include <QTest>

using namespace chatelaine;
using namespace chatelaine::broker;
using namespace chatelaine::test;

namespace {

constexpr qint64 minuteMs = 60'000;

/// A parlour in a desktop's session, with a program at each socket and a grant for everybody.
class Home : public Parlour
{
public:
    explicit Home(Options options = {})
        : Parlour(inSession(std::move(options)))
    {
        connect();
        if (!account.isEmpty()) {
            must("grants/add",
                {{QStringLiteral("server"), QStringLiteral("demo")},
                    {QStringLiteral("any_client"), true}});
        }
    }

    /// A request that is not refused.
    QJsonObject must(const char *method, const QJsonObject &params = {})
    {
        const client::Message answer = control->call(method, params);
        if (answer.error)
            qFatal("%s: %s", method, qPrintable(answer.error->message));
        return answer.object;
    }
    void set(const char *name, const QJsonValue &value)
    {
        must("settings/set",
            {{QStringLiteral("name"), QLatin1StringView(name)}, {QStringLiteral("value"), value}});
    }
    void removeGrants()
    {
        const QJsonArray grants = must("grants/list").value(QLatin1StringView("grants")).toArray();
        for (const QJsonValue &grant : grants) {
            must("grants/remove",
                {{QStringLiteral("id"), grant.toObject().value(QLatin1StringView("id"))}});
        }
    }
    /// Whether it asks to be stopped once nobody has called for a quarter of an hour.
    bool leaves()
    {
        control.reset();
        borrower.reset();
        if (!QTest::qWaitFor([this] { return broker->reception().connections().empty(); }))
            qFatal("Somebody is still connected.");
        QSignalSpy leaving(broker.get(), &Broker::stopRequested);
        // The first may find the last use a moment ago.
        for (int i = 0; i < 2; ++i)
            clock.advance(15 * minuteMs);
        connect();
        must("status");
        return !leaving.isEmpty();
    }
    /// What stands beside such events in the history.
    QString details(const char *event)
    {
        QStringList details;
        for (const audit::Record &record : history(QLatin1StringView(event)))
            details.append(record.event.detail);
        return details.join(u'|');
    }

    std::unique_ptr<Caller> control;
    std::unique_ptr<Caller> borrower;

private:
    static Options inSession(Options options)
    {
        options.session = true;
        return options;
    }
    void connect()
    {
        control = std::make_unique<Caller>(controlSocket());
        borrower = std::make_unique<Caller>(borrowSocket());
    }
};

Parlour::Options withoutServers(Parlour::Options options = {})
{
    options.signedIn = false;
    return options;
}

Parlour::Options inAFile(const char *passphrase)
{
    Parlour::Options options;
    options.vault = Vault::Kind::EncryptedFile;
    options.passphrase = Secret::copyOf(passphrase);
    return options;
}

} // namespace

/// What locks, what a lock closes, and what opens it again.
class LockFlowTest : public QObject
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

QTEST_GUILESS_MAIN(LockFlowTest)
#include "LockFlowTest.moc"
