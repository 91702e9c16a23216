// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/broker/Broker.h"
#include "core/broker/LinuxPeerIdentity.h"
#include "core/net/NetworkHttpClient.h"
#include "core/testlab/TestLab.h"
#include "tests/support/Await.h"
#include "tests/support/DesktopStandIn.h"
#include "tests/support/FakeClock.h"
#include "tests/support/FakeRandom.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QLocalSocket>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace chatelaine;
using namespace chatelaine::broker;
using namespace chatelaine::test;

namespace {

constexpr qint64 minuteMs = 60'000;

/// Somebody who looks at the question and says nothing.
class SilentPrompter : public Prompter
{
public:
    Task<Result<Answer>> ask(Question question, std::stop_token stop) override
    {
        Q_UNUSED(question);
        ++open;
        Completion<Result<Answer>> never;
        const std::stop_callback onStop(stop, [never]() mutable { never.set(cancelled()); });
        Result<Answer> answer = co_await never;
        --open;
        co_return answer;
    }

    int open = 0;
};

/// One connection to a broker in this process.
class Line
{
public:
    explicit Line(const QString &path)
    {
        m_socket.connectToServer(path);
        if (!m_socket.waitForConnected())
            qFatal("no broker at %s", qPrintable(path));
    }
    int send(const char *method, const QJsonObject &params = {})
    {
        const QJsonObject request{{QStringLiteral("jsonrpc"), QStringLiteral("2.0")},
            {QStringLiteral("id"), ++m_id},
            {QStringLiteral("method"), QLatin1StringView(method)},
            {QStringLiteral("params"), params}};
        m_socket.write(QJsonDocument(request).toJson(QJsonDocument::Compact) + '\n');
        return m_id;
    }
    /// The answer to that request; nullopt when it has not come yet.
    std::optional<QJsonObject> answer(int id)
    {
        while (m_socket.canReadLine()) {
            const QJsonObject line = QJsonDocument::fromJson(m_socket.readLine()).object();
            m_answers.insert(line.value(QLatin1StringView("id")).toInt(), line);
        }
        const auto found = m_answers.constFind(id);
        return found == m_answers.cend() ? std::nullopt : std::optional(*found);
    }
    QJsonObject call(const char *method, const QJsonObject &params = {})
    {
        const int id = send(method, params);
        const auto came = [&] { return answer(id).has_value(); };
        if (!QTest::qWaitFor(came, 30'000))
            qFatal("no answer to %s", method);
        return *answer(id);
    }

private:
    QLocalSocket m_socket;
    QHash<int, QJsonObject> m_answers;
    int m_id = 0;
};

int errorOf(const QJsonObject &answer)
{
    return answer.value(QLatin1StringView("error"))
        .toObject()
        .value(QLatin1StringView("code"))
        .toInt();
}

QJsonObject resultOf(const QJsonObject &answer)
{
    return answer.value(QLatin1StringView("result")).toObject();
}

/// The broker as it is, in this process, with a clock that obeys and a lab to sign in to.
class Home
{
public:
    explicit Home(Vault::Kind kind = Vault::Kind::Memory, const char *passphrase = "",
        qint64 leaveWhenIdleMs = 0)
    {
        testlab::LabOptions options;
        options.autoApprove = true;
        lab = std::make_unique<testlab::TestLab>(clock, random, &http, options);
        if (const auto started = lab->start(); !started)
            qFatal("%s", qPrintable(started.error().message));
        Broker::Options own;
        own.paths = Paths::under(dir.path());
        own.vault = kind;
        own.passphrase = Secret::copyOf(passphrase);
        own.leaveWhenIdleMs = leaveWhenIdleMs;
        broker = std::make_unique<Broker>(own,
            Broker::Surroundings{clock, random, http, identity, prompter, &session});
        QSignalSpy ready(&session, &desktop::SessionWatch::watching);
        if (const auto started = await(broker->start()); !started)
            qFatal("%s", qPrintable(started.error().message));
        if (ready.isEmpty() && !ready.wait())
            qFatal("the buses did not answer");
        control = std::make_unique<Line>(own.paths.controlSocket());
        borrower = std::make_unique<Line>(own.paths.brokerSocket());
    }
    ~Home()
    {
        const auto stopped = [](Broker &which) -> Task<bool> {
            co_await which.stop();
            co_return true;
        };
        await(stopped(*broker));
    }

    void signIn()
    {
        const QJsonObject added = control->call("servers/add",
            {{QStringLiteral("url"), lab->mcpUrl()},
                {QStringLiteral("name"), QStringLiteral("demo")}});
        QVERIFY2(!added.contains(QLatin1StringView("error")),
            QJsonDocument(added).toJson().constData());
        const auto account = broker->credentials().find(QStringLiteral("demo"));
        const auto person = std::make_shared<Browser>();
        QVERIFY(await(broker->credentials().signIn(
            account->account.id, {}, person, minuteMs, {})));
        control->call("grants/add",
            {{QStringLiteral("server"), QStringLiteral("demo")},
                {QStringLiteral("any_client"), true}});
    }
    void set(const char *name, const QJsonValue &value)
    {
        const QJsonObject done = control->call("settings/set",
            {{QStringLiteral("name"), QLatin1StringView(name)}, {QStringLiteral("value"), value}});
        QVERIFY2(!done.contains(QLatin1StringView("error")),
            QJsonDocument(done).toJson().constData());
    }
    /// Whether it asks to be stopped once nobody has called for a quarter of an hour.
    bool leaves()
    {
        control.reset();
        borrower.reset();
        if (!QTest::qWaitFor([this] { return broker->reception().connections().empty(); }))
            qFatal("somebody is still connected");
        QSignalSpy leaving(broker.get(), &Broker::stopRequested);
        // The first may find the last use a moment ago.
        for (int i = 0; i < 2; ++i)
            clock.advance(15 * minuteMs);
        control = std::make_unique<Line>(Paths::under(dir.path()).controlSocket());
        control->call("status");
        return !leaving.isEmpty();
    }
    QJsonObject borrow()
    {
        return borrower->call("token/get", {{QStringLiteral("server"), QStringLiteral("demo")}});
    }
    QString history(const char *event)
    {
        audit::Filter filter;
        filter.event = QLatin1StringView(event);
        filter.ascending = true;
        const auto page = await(audit::query(broker->database(), filter));
        QStringList details;
        for (const audit::Record &record : page->records)
            details.append(record.event.detail);
        return details.join(u'|');
    }

    class Browser : public credentials::Person
    {
    public:
        void authorize(const credentials::AuthorizationPrompt &prompt) override
        {
            const auto visit = [](net::HttpClient &way, QUrl url) -> Task<void> {
                net::HttpRequest request;
                request.url = std::move(url);
                request.reach = net::Reach::Loopback;
                co_await way.send(request, {});
            };
            detach(visit(m_way, prompt.url));
        }
        void progress(const QString &, const QString &) override { }
        audit::ClientFacts facts() const override { return {}; }

    private:
        SystemClock m_clock;
        net::NetworkHttpClient m_way{m_clock};
    };

    QTemporaryDir dir;
    FakeClock clock;
    FakeRandom random;
    net::NetworkHttpClient http{clock};
    LinuxPeerIdentity identity{{{}, ::geteuid()}};
    SilentPrompter prompter;
    desktop::SessionWatch session;
    std::unique_ptr<testlab::TestLab> lab;
    std::unique_ptr<Broker> broker;
    std::unique_ptr<Line> control;
    std::unique_ptr<Line> borrower;
};

constexpr int lockedCode = -32001;

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
        home.signIn();
        home.set("lock_after_idle", 5);
        home.clock.advance(5 * minuteMs - 1);
        QVERIFY(!home.broker->isLocked());
        // A request is use, and so is a click in a window.
        home.control->call("status");
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
        QCOMPARE(errorOf(home.borrow()), lockedCode);
        // Locked it stays, without a clock that runs.
        home.clock.advance(60 * minuteMs);
        QVERIFY(resultOf(home.control->call("unlock")).contains(QLatin1StringView("locked")));
        QVERIFY(home.borrow().contains(QLatin1StringView("result")));
        QTRY_COMPARE(home.history("broker.locked"), QStringLiteral("not used for a while"));
        QTRY_COMPARE(home.history("broker.unlocked"), QStringLiteral("asked for"));
    }

    void whatRunsIsUse()
    {
        Home home;
        home.signIn();
        home.set("policy", QStringLiteral("ask"));
        const QJsonArray grants = resultOf(home.control->call("grants/list"))
                                      .value(QLatin1StringView("grants"))
                                      .toArray();
        home.control->call("grants/remove",
            {{QStringLiteral("id"), grants.first().toObject().value(QLatin1StringView("id"))}});
        home.set("lock_after_idle", 1);
        home.borrower->send("token/get", {{QStringLiteral("server"), QStringLiteral("demo")}});
        QTRY_COMPARE(home.prompter.open, 1);
        // A question stands for three minutes.
        home.clock.advance(2 * minuteMs);
        QVERIFY(!home.broker->isLocked());
        QCOMPARE(home.prompter.open, 1);
    }

    void noTimeRunsWhereNoneIsSet()
    {
        Home home;
        const int before = home.clock.alarmsSet();
        home.set("lock_after_idle", 5);
        QCOMPARE(home.clock.alarmsSet(), before + 1);
        home.set("lock_after_idle", 0);
        QCOMPARE(home.clock.alarmsSet(), before);
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
        home.signIn();
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
        QCOMPARE(errorOf(home.borrow()), lockedCode);
        home.control->call("unlock");
        QTRY_COMPARE(home.history("broker.locked"), QStringLiteral("the screen was locked"));
    }

    void sleepWaitsForTheLock()
    {
        Home home;
        home.signIn();
        QCOMPARE(m_desktop->login().held(), 1);
        QSignalSpy locked(home.broker.get(), &Broker::locked);
        m_desktop->prepareForSleep(true);
        QVERIFY(locked.wait());
        QTRY_COMPARE(m_desktop->login().held(), 0);
        QVERIFY(home.broker->isLocked());
        m_desktop->prepareForSleep(false);
        QTRY_COMPARE(m_desktop->login().held(), 1);
        // Locked already: the machine need not wait.
        m_desktop->prepareForSleep(true);
        QTRY_COMPARE(m_desktop->login().held(), 0);
        home.control->call("unlock");
        QTRY_COMPARE(home.history("broker.locked"), QStringLiteral("the machine goes to sleep"));
    }

    void withoutBusesItLocksOnDemand()
    {
        m_desktop.reset();
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/session");
        qputenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent/system");
        Home home;
        home.signIn();
        QVERIFY(resultOf(home.control->call("lock")).value(QLatin1StringView("locked")).toBool());
        QCOMPARE(errorOf(home.borrow()), lockedCode);
        qunsetenv("DBUS_SESSION_BUS_ADDRESS");
        qunsetenv("DBUS_SYSTEM_BUS_ADDRESS");
    }

    void aLockClosesEverything()
    {
        Home home;
        home.signIn();
        QVERIFY(home.borrow().contains(QLatin1StringView("result")));
        const auto account = home.broker->credentials().find(QStringLiteral("demo"));
        QVERIFY(home.broker->credentials().warmToken(account->account.id, 0));

        // A question is open, and a sign-in waits.
        home.control->call("grants/add",
            {{QStringLiteral("server"), QStringLiteral("demo")},
                {QStringLiteral("exe"), QStringLiteral("/bin/true")}});
        const QJsonArray grants = resultOf(home.control->call("grants/list"))
                                      .value(QLatin1StringView("grants"))
                                      .toArray();
        for (const QJsonValue &grant : grants)
            home.control->call("grants/remove",
                {{QStringLiteral("id"), grant.toObject().value(QLatin1StringView("id"))}});
        const int question = home.borrower->send(
            "token/get", {{QStringLiteral("server"), QStringLiteral("demo")}});
        const int signIn =
            home.control->send("login", {{QStringLiteral("server"), QStringLiteral("demo")}});
        QTRY_COMPARE(home.prompter.open, 1);
        QTRY_COMPARE(home.broker->reception().runningRequests(), 2);

        QCOMPARE(resultOf(home.control->call("lock")),
            QJsonObject({{QStringLiteral("locked"), true}}));
        QTRY_VERIFY(home.borrower->answer(question));
        QCOMPARE(errorOf(*home.borrower->answer(question)), lockedCode);
        QTRY_VERIFY(home.control->answer(signIn));
        QCOMPARE(errorOf(*home.control->answer(signIn)), lockedCode);
        QCOMPARE(home.prompter.open, 0);
        QVERIFY(!home.broker->credentials().warmToken(account->account.id, 0));
        QVERIFY(!home.broker->audit().isOpen());
        QCOMPARE(home.broker->vault().state(), Vault::State::Locked);

        // Nothing is listed, nothing is lent, nothing is changed.
        QVERIFY(resultOf(home.borrower->call("servers/list"))
                    .value(QLatin1StringView("servers"))
                    .toArray()
                    .isEmpty());
        for (const char *method : {"servers/list", "servers/show", "servers/add", "servers/remove",
                 "discover", "login", "logout", "mcp/call", "clients/list", "grants/list",
                 "grants/add", "grants/remove", "audit/query", "audit/follow", "audit/verify",
                 "settings/set", "token/get", "token/rejected"})
            QCOMPARE(std::pair(method, errorOf(home.control->call(method))),
                std::pair(method, lockedCode));
        for (const char *method : {"status", "settings/get"})
            QVERIFY(home.control->call(method).contains(QLatin1StringView("result")));

        home.control->call("unlock");
        QVERIFY(home.control->call("servers/list").contains(QLatin1StringView("result")));
        // The head was in the vault before it was closed.
        const auto kept = await(home.broker->vault().read(QStringLiteral("audit/head"), {}));
        QVERIFY(kept);
        audit::Filter filter;
        filter.event = QStringLiteral("broker.locked");
        const auto page = await(audit::query(home.broker->database(), filter));
        QCOMPARE(page->records.size(), 1);
        QVERIFY(kept->expose().contains(page->records.first().hash.toHex()));
        QCOMPARE(page->records.first().event.detail, QStringLiteral("asked for"));
        QVERIFY(page->records.first().event.client.pid > 0);
    }

    void aWrongPassphraseIsToldAndSlowedDown()
    {
        Home home(Vault::Kind::EncryptedFile, "right");
        home.signIn();
        home.control->call("lock");
        const QJsonObject wrong{{QStringLiteral("passphrase"), QStringLiteral("wrong")}};
        const QJsonObject told = home.control->call("unlock", wrong);
        QCOMPARE(errorOf(told), lockedCode);
        QVERIFY2(QJsonDocument(told).toJson().contains("passphrase"),
            QJsonDocument(told).toJson().constData());
        for (const qint64 waits : {1'000, 2'000, 4'000, 8'000, 16'000, 30'000}) {
            const int alarms = home.clock.alarmsSet();
            const int next = home.control->send("unlock", wrong);
            QTRY_COMPARE(home.clock.alarmsSet(), alarms + 1);
            home.clock.advance(waits - 1);
            QCOMPARE(home.clock.alarmsSet(), alarms + 1);
            home.clock.advance(1);
            QTRY_VERIFY_WITH_TIMEOUT(home.control->answer(next), 30'000);
            QCOMPARE(errorOf(*home.control->answer(next)), lockedCode);
        }
        home.clock.advance(30'000);
        const QJsonObject right{{QStringLiteral("passphrase"), QStringLiteral("right")}};
        QVERIFY(home.control->call("unlock", right).contains(QLatin1StringView("result")));
        QVERIFY(!home.broker->isLocked());
        QTRY_COMPARE(home.history("broker.unlocked"), QStringLiteral("with the passphrase"));
        // The penalty is over.
        home.control->call("lock");
        QVERIFY(home.control->call("unlock", right).contains(QLatin1StringView("result")));
    }

    void aLockWinsOverAnUnlockUnderWay()
    {
        Home home(Vault::Kind::EncryptedFile, "right");
        home.signIn();
        home.control->call("lock");
        const int unlock = home.control->send(
            "unlock", {{QStringLiteral("passphrase"), QStringLiteral("right")}});
        QTRY_COMPARE(home.broker->reception().runningRequests(), 1);
        m_desktop->lockSession();
        QTRY_VERIFY_WITH_TIMEOUT(home.control->answer(unlock), 30'000);
        QCOMPARE(errorOf(*home.control->answer(unlock)), lockedCode);
        QVERIFY(home.broker->isLocked());
        QCOMPARE(home.broker->vault().state(), Vault::State::Locked);
    }

    void aBrokerNobodyNeedsLeaves()
    {
        Home home(Vault::Kind::EncryptedFile, "", 15 * minuteMs);
        QSignalSpy leaving(home.broker.get(), &Broker::stopRequested);
        // Somebody is connected.
        home.control->call("status");
        home.clock.advance(60 * minuteMs);
        QCOMPARE(leaving.size(), 0);
        QVERIFY(home.leaves());

        // A grant holds for as long as this program runs.
        home.control->call("servers/add",
            {{QStringLiteral("url"), home.lab->mcpUrl()},
                {QStringLiteral("name"), QStringLiteral("demo")}});
        const QJsonObject grant = resultOf(home.control->call("grants/add",
            {{QStringLiteral("server"), QStringLiteral("demo")},
                {QStringLiteral("caller"), true},
                {QStringLiteral("lifetime"), QStringLiteral("session")}}));
        const QJsonValue id = grant.value(QLatin1StringView("id"));
        QVERIFY2(id.isString(), QJsonDocument(grant).toJson().constData());
        QVERIFY(!home.leaves());
        home.control->call("grants/remove", {{QStringLiteral("id"), id}});
        QVERIFY(home.leaves());

        // The passphrase would have to be typed again.
        home.control->call("unlock", {{QStringLiteral("passphrase"), QStringLiteral("new")}});
        QVERIFY(!home.leaves());
        home.control->call("lock");
        QVERIFY(home.leaves());
    }

    void whatIsInMemoryAloneStays()
    {
        Home home(Vault::Kind::Memory, "", 15 * minuteMs);
        QVERIFY(!home.leaves());
    }

private:
    std::unique_ptr<DesktopStandIn> m_desktop;
};

QTEST_GUILESS_MAIN(LockFlowTest)
#include "LockFlowTest.moc"
