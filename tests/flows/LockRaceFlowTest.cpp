// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/flows/Parlour.h"
#include "tests/unit/store/Hands.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTest>

using namespace chatelaine;
using namespace chatelaine::broker;
using namespace chatelaine::test;

namespace {

constexpr qint64 hourMs = 3'600'000;
constexpr int longWaitMs = 30'000; ///< for a passphrase to be stretched on a busy machine
const QString refreshing = QStringLiteral("grant_type=refresh_token");

QJsonObject passphrase(const char *text)
{
    return {{QStringLiteral("passphrase"), QLatin1StringView(text)}};
}

Parlour::Options withFile(const char *text = "right")
{
    Parlour::Options options;
    options.vault = Vault::Kind::EncryptedFile;
    options.passphrase = Secret::copyOf(text);
    return options;
}

} // namespace

/// What a lock or the end meets on its way: a refresh, a grant, people who unlock.
class LockRaceFlowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLockWaitsForTheRotationUnderWay()
    {
        Parlour home(withFile());
        auto asking = rotate(home);
        Caller control(home.controlSocket());
        control.say("lock");
        QTRY_VERIFY(home.broker->credentials().isLocked());
        QCOMPARE(codeOf(Caller(home.borrowSocket()).token()), ErrorCode::Locked);
        // The vault stays open until then.
        for (int i = 0; i < 20; ++i)
            QVERIFY(await(home.broker->vault().write(QStringLiteral("x"), Secret::copyOf("y"))));
        QVERIFY(!control.isAnswered());
        home.gate.release();
        QCOMPARE(control.answer().object.value(QLatin1StringView("locked")).toBool(), true);
        QCOMPARE(home.broker->vault().state(), Vault::State::Locked);
        QCOMPARE(await(std::move(asking)).error().code, ErrorCode::Locked);
        // From the lock's screen straight to the end of the session.
        QVERIFY(stillLends(home));
    }

    void aRotationThatComesAfterTheLockIsSavedAtTheUnlock()
    {
        Parlour home(withFile());
        auto asking = rotate(home);
        Caller control(home.controlSocket());
        control.say("lock");
        QTRY_VERIFY(home.broker->credentials().isLocked());
        // A machine that goes to sleep can't wait for ever.
        home.clock.advance(3000);
        QVERIFY(control.answer().object.value(QLatin1StringView("locked")).toBool());
        home.gate.release();
        QCOMPARE(await(std::move(asking)).error().code, ErrorCode::Locked);
        QVERIFY(home.broker->credentials().holdsUnsaved());
        QVERIFY(!control.call("unlock", passphrase("right")).error);
        // Nobody has asked for the account.
        QTRY_VERIFY(!home.broker->credentials().holdsUnsaved());
        QVERIFY(stillLends(home));
    }

    void whatIsNotYetAskedForIsNotAskedForInALock()
    {
        Parlour home(withFile());
        home.clock.advance(hourMs + 1);
        // The issuer's metadata are a day old.
        home.clock.advance(24 * hourMs);
        home.gate.holding = QStringLiteral("well-known");
        auto asking = home.broker->credentials().accessToken(home.account, 60'000, {});
        QTRY_COMPARE(home.gate.held, 1);
        home.lab->reset();
        Caller control(home.controlSocket());
        control.say("lock");
        QTRY_VERIFY(home.broker->credentials().isLocked());
        home.gate.release();
        QVERIFY(control.answer().object.value(QLatin1StringView("locked")).toBool());
        QCOMPARE(await(std::move(asking)).error().code, ErrorCode::Locked);
        QCOMPARE(home.lab->requestCounts().value(QStringLiteral("token_refresh")), 0);
        QVERIFY(stillLends(home));
    }

    void whatTheVaultDidNotTakeIsSavedAtTheEnd()
    {
        Parlour home(withFile());
        // The file can't be replaced for a while.
        const QString file = home.dir.filePath(QStringLiteral("data/vault.bin"));
        QVERIFY(QFile::rename(file, file + QStringLiteral(".aside")));
        QVERIFY(QDir().mkdir(file));
        home.clock.advance(hourMs + 1);
        QVERIFY(!await(home.broker->credentials().accessToken(home.account, 60'000, {})));
        QVERIFY(home.broker->credentials().holdsUnsaved());
        QVERIFY(QDir().rmdir(file));
        QVERIFY(QFile::rename(file + QStringLiteral(".aside"), file));
        QVERIFY(stillLends(home));
    }

    void unlocksThatComeDuringALockWaitInLine()
    {
        Parlour home(withFile());
        Caller control(home.controlSocket());
        const qint64 lock = control.say("lock");
        const qint64 first = control.say("unlock", passphrase("wrong"));
        const qint64 second = control.say("unlock", passphrase("wrong"));
        QTRY_VERIFY(control.answerTo(lock));
        const int alarms = home.clock.alarmsSet();
        QTRY_VERIFY_WITH_TIMEOUT(control.answerTo(first), longWaitMs);
        QCOMPARE(codeOf(*control.answerTo(first)), ErrorCode::Locked);
        QTRY_COMPARE(home.clock.alarmsSet(), alarms + 1);
        QVERIFY(!control.answerTo(second));
        home.clock.advance(1000);
        QTRY_VERIFY_WITH_TIMEOUT(control.answerTo(second), longWaitMs);
        QCOMPARE(codeOf(*control.answerTo(second)), ErrorCode::Locked);
    }

    void aGrantUntilTheLockEndsWithALockThatComesWhileItIsWritten()
    {
        Parlour home;
        Caller control(home.controlSocket());
        Gate writer;
        auto held = home.broker->database()->write(writer.job());
        writer.entered.acquire();
        const qint64 add = control.say("grants/add",
            {{QStringLiteral("server"), QStringLiteral("demo")},
                {QStringLiteral("any_client"), true},
                {QStringLiteral("lifetime"), QStringLiteral("until_lock")}});
        // A connection's lines are read in their order: now the grant waits to be written.
        const bool isOpen = !control.call("status").error;
        const qint64 lock = control.say("lock");
        const bool isLocked =
            QTest::qWaitFor([&home] { return home.broker->credentials().isLocked(); }, longWaitMs);
        const bool isEarly = control.answerTo(add).has_value();
        writer.open.release();
        QVERIFY(isOpen && isLocked && !isEarly);
        QVERIFY(await(std::move(held)));
        QTRY_VERIFY(control.answerTo(add));
        QTRY_VERIFY(control.answerTo(lock));
        const auto refused = control.answerTo(add)->error;
        QVERIFY(refused);
        QCOMPARE(refused->code, ErrorCode::Locked);
        QVERIFY2(refused->message.contains(QStringLiteral("ended before it began")),
            qPrintable(refused->message));
        QVERIFY(!control.call("unlock").error);
        const auto grants = control.call("grants/list");
        QVERIFY(grants.object.value(QLatin1StringView("grants")).toArray().isEmpty());
        const auto stored = await(store::Store(home.broker->database()).load());
        QVERIFY(stored && stored->grants.isEmpty());
    }

    // The same for what a person answers while the broker is being locked.
    void anAnswerThatComesWithTheLockLeavesNoGrant()
    {
        Parlour home;
        store::Grant lasting;
        lasting.exe = QCoreApplication::applicationFilePath();
        lasting.lifetime = store::GrantLifetime::UntilLock;
        home.person.remember = lasting;
        Caller borrower(home.borrowSocket());
        borrower.ask();
        QTRY_COMPARE(home.person.waiting, 1);
        // The hash of this program is found out in a thread: the lock is quicker.
        home.person.answer(Answer::Kind::Allowed);
        const auto locked = await(home.broker->lock({}));
        QVERIFY(locked);
        QCOMPARE(codeOf(borrower.answer()), ErrorCode::Locked);
        QVERIFY(home.broker->grants().all().isEmpty());
    }

    void aFileThatNobodyHasOpenedIsALock()
    {
        Parlour home(withFile());
        home.restart({});
        QVERIFY(home.broker->isLocked());
        Caller control(home.controlSocket());
        const auto status = control.call("status");
        QVERIFY(status.object.value(QLatin1StringView("locked")).toBool());
        for (const char *method : {"servers/list", "clients/list", "grants/list", "audit/query"})
            QCOMPARE(codeOf(control.call(method)), ErrorCode::Locked);
        const auto servers = Caller(home.borrowSocket()).call("servers/list");
        QVERIFY(!servers.error);
        QVERIFY(servers.object.value(QLatin1StringView("servers")).toArray().isEmpty());
        QVERIFY(!control.call("unlock", passphrase("right")).error);
        QCOMPARE(control.call("servers/list")
                     .object.value(QLatin1StringView("servers"))
                     .toArray()
                     .size(),
            1);
    }

private:
    /// A refresh that the issuer has answered, and nobody has heard yet.
    static Task<Result<credentials::Loan>> rotate(Parlour &home)
    {
        home.clock.advance(hourMs + 1);
        home.gate.holding = refreshing;
        auto asking = home.broker->credentials().accessToken(home.account, 60'000, {});
        if (!QTest::qWaitFor([&home] { return home.gate.held == 1; }, longWaitMs))
            qFatal("Nothing was refreshed.");
        return asking;
    }

    /// Whether what the vault has on the disk is a refresh token that the issuer takes.
    static bool stillLends(Parlour &home)
    {
        home.restart(Secret::copyOf("right"));
        home.clock.advance(2 * hourMs);
        const auto loan =
            await(home.broker->credentials().accessToken(home.account, 60'000, {}));
        if (!loan)
            qWarning("%s", qPrintable(loan.error().message));
        return loan.has_value();
    }
};

QTEST_GUILESS_MAIN(LockRaceFlowTest)
#include "LockRaceFlowTest.moc"
