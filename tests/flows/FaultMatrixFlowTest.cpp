// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/flows/Gates.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTest>

#include <functional>

using namespace chatelaine;
using namespace chatelaine::credentials;
using namespace chatelaine::test;
using testlab::Fault;

namespace {

constexpr qint64 hourMs = 3'600'000;
constexpr qint64 longestWaitMs = 5 * 60'000;

using Step = std::function<void(GatedHousehold &)>;

int refreshes(const Household &house)
{
    return house.lab->requestCounts().value(QStringLiteral("token_refresh"));
}

Result<Loan> loan(Household &house, const QString &id)
{
    return await(house.heart->accessToken(id, 60'000, {}));
}

Step with(std::initializer_list<Fault> faults)
{
    return [all = QList<Fault>(faults)](GatedHousehold &gated) {
        for (const Fault fault : all)
            QVERIFY(gated.house.lab->setFault(fault));
    };
}

void clear(GatedHousehold &gated)
{
    gated.house.lab->clearFaults();
}

void goAway(GatedHousehold &gated)
{
    gated.house.lab->stop();
}

void comeBack(GatedHousehold &gated)
{
    QVERIFY(gated.house.lab->start());
}

qint64 retryAfterS(const Result<Loan> &refused)
{
    return refused ? 0 : refused.error().data.value(QLatin1StringView("retry_after_s")).toInteger();
}

Result<void> run(Household &house, const QString &pragma)
{
    auto job = [pragma](store::Connection &connection) -> Result<int> {
        const Result<QVariant> done = connection.run(pragma);
        if (!done)
            return failure(done.error());
        return 0;
    };
    const Result<int> done = await(house.database->write(std::move(job)));
    return done ? Result<void>() : Result<void>(failure(done.error()));
}

audit::Event aLoan()
{
    audit::Event event;
    event.event = QStringLiteral("loan.token");
    return event;
}

} // namespace

Q_DECLARE_METATYPE(Step)

/// What may happen around a refresh: what is told, what is kept, and that it goes on by itself.
/// docs/sign-in.md, "When something fails", has a line for each of these.
class FaultMatrixFlowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// The token has run out, then the fault: an error that says so, nothing lost, and a new token
    /// as soon as the fault and the wait are over.
    void aFaultOnTheWay_data()
    {
        QTest::addColumn<Step>("fault");
        QTest::addColumn<Step>("mend");
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *name, const Step &fault, const Step &mend, ErrorCode code,
                             const char *says) {
            QTest::newRow(name) << fault << mend << code << QString::fromLatin1(says);
        };
        using E = ErrorCode;
        row("network loss", goAway, comeBack, E::Unreachable, "Nothing answers");
        row("half a response, old refresh token good",
            with({Fault::TokenHalfResponse, Fault::RefreshNotRotated}), clear, E::Unreachable,
            "without a complete answer");
        row("no answer", with({Fault::TokenEndpointHangs}), clear, E::Unreachable,
            "did not answer");
        row("429 with seconds", with({Fault::Token429}), clear, E::Unreachable, "(429)");
        row("429 with a date", with({Fault::Token429Date}), clear, E::Unreachable, "(429)");
        row("500", with({Fault::Token500}), clear, E::Unreachable, "(500)");
        row("a captive portal's page", with({Fault::TokenHtml}), clear, E::ProtocolViolation,
            "web page");
        row(
            "no room for the new tokens", [](GatedHousehold &gated) { gated.vault.failing = true; },
            [](GatedHousehold &gated) { gated.vault.failing = false; }, E::DiskFull, "disk");
    }
    void aFaultOnTheWay()
    {
        QFETCH(const Step, fault);
        QFETCH(const Step, mend);
        QFETCH(const ErrorCode, code);
        QFETCH(const QString, says);
        const bool isSilence = says == QLatin1StringView("did not answer");
        GatedHousehold gated;
        Household &house = gated.house;
        const QString id = gated.signedIn();
        house.clock.advance(hourMs);
        fault(gated);
        auto asking = house.heart->accessToken(id, 60'000, {});
        if (isSilence) {
            QTRY_COMPARE(refreshes(house), 1);
            house.clock.advance(10'000);
        }
        const auto refused = await(std::move(asking));
        QVERIFY(!refused);
        qInfo().noquote() << refused.error().message;
        QCOMPARE(errorCodeName(refused.error().code), errorCodeName(code));
        QVERIFY2(refused.error().message.contains(says), qPrintable(refused.error().message));
        // The person sees it, and nothing is taken away.
        QCOMPARE(house.view(id).account.state, store::AccountState::SignedIn);
        QCOMPARE(house.view(id).account.lastError, refused.error().message);
        QVERIFY(house.view(id).account.hasRefreshToken);
        QCOMPARE(retryAfterS(refused) > 0, code != ErrorCode::DiskFull);
        // Who asks at once is told how long to wait, and nobody else is asked.
        const int before = refreshes(house);
        const auto soon = loan(house, id);
        if (code != ErrorCode::DiskFull) {
            QVERIFY(retryAfterS(soon) > 0);
            QCOMPARE(refreshes(house), before);
        }
        mend(gated);
        house.clock.advance(longestWaitMs);
        const auto fresh = loan(house, id);
        QVERIFY2(fresh, fresh ? "" : qPrintable(fresh.error().message));
        QVERIFY(house.view(id).account.lastError.isEmpty());
        // What had been rotated but not written down was not asked for a second time.
        if (code == ErrorCode::DiskFull)
            QCOMPARE(refreshes(house), before);
        QCOMPARE(house.lab->requestCounts().value(QStringLiteral("refresh_reused")), 0);
    }

    /// The one answer whose loss costs the sign-in: the server has rotated and will not do it
    /// again.
    void halfAResponseThatRotated()
    {
        GatedHousehold gated;
        Household &house = gated.house;
        const QString id = gated.signedIn();
        house.clock.advance(hourMs);
        house.lab->setFault(Fault::TokenHalfResponse);
        QCOMPARE(loan(house, id).error().code, ErrorCode::Unreachable);
        house.lab->clearFaults();
        house.clock.advance(longestWaitMs);
        const auto refused = loan(house, id);
        QCOMPARE(refused.error().code, ErrorCode::SignInNeeded);
        QCOMPARE(house.view(id).account.state, store::AccountState::NeedsSignIn);
        QVERIFY(house.signIn(id));
        QVERIFY(loan(house, id));
    }

    void theServersPatienceIsKeptTo_data()
    {
        QTest::addColumn<Fault>("fault");
        QTest::newRow("seconds") << Fault::Token429;
        QTest::newRow("a date") << Fault::Token429Date;
    }
    void theServersPatienceIsKeptTo()
    {
        QFETCH(const Fault, fault);
        GatedHousehold gated;
        Household &house = gated.house;
        const QString id = gated.signedIn();
        house.clock.advance(hourMs);
        house.lab->setFault(fault);
        QCOMPARE(retryAfterS(loan(house, id)), 7);
        house.lab->clearFaults();
        house.clock.advance(6'900);
        QVERIFY(!loan(house, id));
        QCOMPARE(refreshes(house), 1);
        house.clock.advance(100);
        QVERIFY(loan(house, id));
    }

    // Thirty years would be for ever.
    void theServersPatienceEndsAfterAnHour()
    {
        GatedHousehold gated;
        const QString id = gated.signedIn();
        gated.house.clock.advance(hourMs);
        gated.house.lab->setFault(Fault::Token429);
        gated.http.patience = "1000000000";
        QCOMPARE(retryAfterS(loan(gated.house, id)), 3600);
        gated.house.lab->clearFaults();
        gated.house.clock.advance(hourMs);
        QVERIFY(loan(gated.house, id));
    }

    void aStormOf5xxIsMetWithLongerWaits()
    {
        GatedHousehold gated;
        Household &house = gated.house;
        const QString id = gated.signedIn();
        house.clock.advance(hourMs);
        house.lab->setFault(Fault::Token500);
        QList<qint64> waits;
        for (int i = 0; i < 14; ++i) {
            QVERIFY(!loan(house, id));
            waits.append(retryAfterS(loan(house, id)));
            house.clock.advance(waits.last() * 1000);
        }
        for (int i = 0; i < waits.size(); ++i) {
            // Half of it is by chance; never longer than five minutes.
            const qint64 most = std::min<qint64>(qint64(1) << std::min(i, 10), 300);
            QVERIFY2(waits.at(i) >= most / 2 && waits.at(i) <= most,
                qPrintable(QStringLiteral("%1: %2 s").arg(i).arg(waits.at(i))));
        }
        // At the ceiling too, so that not all who wait come back at once.
        const QList<qint64> longest = waits.last(5);
        QVERIFY(std::count(longest.cbegin(), longest.cend(), longest.first()) < longest.size());
        QCOMPARE(refreshes(house), waits.size());
        house.lab->clearFaults();
        QVERIFY(loan(house, id));
        // The next trouble begins with short waits again.
        house.lab->setFault(Fault::Token500);
        house.clock.advance(hourMs);
        QVERIFY(!loan(house, id));
        QCOMPARE(retryAfterS(loan(house, id)), 1);
    }

    void aServersClockAnHourOff_data()
    {
        QTest::addColumn<Fault>("fault");
        QTest::newRow("ahead") << Fault::ClockOneHourOff;
        QTest::newRow("behind") << Fault::ClockOneHourBehind;
    }
    void aServersClockAnHourOff()
    {
        QFETCH(const Fault, fault);
        GatedHousehold gated;
        Household &house = gated.house;
        house.lab->setFault(fault);
        const QString id = gated.signedIn();
        QCOMPARE(house.view(id).account.expiresAt, house.clock.utcMs() + hourMs);
        for (int i = 1; i <= 3; ++i) {
            house.clock.advance(hourMs);
            const auto fresh = loan(house, id);
            QVERIFY2(fresh, fresh ? "" : qPrintable(fresh.error().message));
            QCOMPARE(fresh->expiresAt, house.clock.utcMs() + hourMs);
            QCOMPARE(refreshes(house), i);
        }
        // Nor does the server find them too old or too young.
        QVERIFY(await(house.heart->call(id, {}, {}, {}, nullptr, {})));
    }

    void aDatabaseThatTakesNothing_data()
    {
        QTest::addColumn<bool>("full"); // or locked by another process
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<QString>("says");
        QTest::newRow("disk full") << true << ErrorCode::DiskFull << QStringLiteral("disk is full");
        QTest::newRow("locked by another process")
            << false << ErrorCode::Internal << QStringLiteral("locked by another process");
    }
    /// Tokens are in the vault: they are refreshed all the same. Nothing is lent, since a loan has
    /// to be written down.
    void aDatabaseThatTakesNothing()
    {
        QFETCH(const bool, full);
        QFETCH(const ErrorCode, code);
        QFETCH(const QString, says);
        GatedHousehold gated;
        Household &house = gated.house;
        const QString id = gated.signedIn();
        house.clock.advance(hourMs);
        const QString other = QStringLiteral("another process");
        QSqlDatabase rival = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), other);
        rival.setDatabaseName(house.dir.filePath(QStringLiteral("chatelaine.db")));
        if (full) {
            QVERIFY(run(house, QStringLiteral("PRAGMA max_page_count = 1")));
        } else {
            QVERIFY(run(house, QStringLiteral("PRAGMA busy_timeout = 20")));
            QVERIFY(rival.open());
            QVERIFY(QSqlQuery(rival).exec(QStringLiteral("BEGIN IMMEDIATE")));
        }
        Result<qint64> written = 0;
        for (int i = 0; i < 500 && written; ++i) // until the room it has is used up
            written = await(house.audit->append(aLoan()));
        QVERIFY(!written);
        QCOMPARE(errorCodeName(written.error().code), errorCodeName(code));
        QVERIFY2(written.error().message.contains(says), qPrintable(written.error().message));
        const auto fresh = loan(house, id);
        QVERIFY2(fresh, fresh ? "" : qPrintable(fresh.error().message));
        QCOMPARE(house.view(id).account.state, store::AccountState::SignedIn);

        if (full)
            QVERIFY(run(house, QStringLiteral("PRAGMA max_page_count = 100000")));
        else
            QVERIFY(QSqlQuery(rival).exec(QStringLiteral("ROLLBACK")));
        rival.close();
        rival = {};
        QSqlDatabase::removeDatabase(other);
        const Result<qint64> again = await(house.audit->append(aLoan()));
        QVERIFY2(again, again ? "" : qPrintable(again.error().message));
        // What the database has missed is in the vault, also after a restart.
        house.restart();
        QCOMPARE(loan(house, id)->fingerprint, fresh->fingerprint);
        house.clock.advance(hourMs);
        QVERIFY(loan(house, id));
        QCOMPARE(house.lab->requestCounts().value(QStringLiteral("refresh_reused")), 0);
    }

    void aNightOfSuspend_data()
    {
        QTest::addColumn<bool>("networkAtOnce");
        QTest::newRow("the network is there at once") << true;
        QTest::newRow("the network takes a while") << false;
    }
    void aNightOfSuspend()
    {
        QFETCH(const bool, networkAtOnce);
        GatedHousehold gated;
        Household &house = gated.house;
        const QString id = gated.signedIn();
        QVERIFY(house.heart->warmToken(id, 60'000)); // in use: a refresh ahead is due
        if (!networkAtOnce)
            goAway(gated);
        house.clock.advance(8 * hourMs);
        if (!networkAtOnce) {
            const auto refused = loan(house, id);
            QCOMPARE(refused.error().code, ErrorCode::Unreachable);
            QCOMPARE(house.view(id).account.state, store::AccountState::SignedIn);
            comeBack(gated);
            house.clock.advance(longestWaitMs);
        }
        const auto fresh = loan(house, id);
        QVERIFY2(fresh, fresh ? "" : qPrintable(fresh.error().message));
        QVERIFY(fresh->expiresAt > house.clock.utcMs());
        QCOMPARE(refreshes(house), 1); // once, not for each hour
    }

    void aClockThatIsSet_data()
    {
        QTest::addColumn<qint64>("byMs");
        QTest::newRow("two hours back") << -2 * hourMs;
        QTest::newRow("a day on") << 24 * hourMs;
    }
    /// The lab's clock is set along, so that its own judgement of tokens is not what counts here.
    void aClockThatIsSet()
    {
        QFETCH(const qint64, byMs);
        GatedHousehold gated;
        Household &house = gated.house;
        const QString id = gated.signedIn();
        const QString first = house.view(id).account.tokenFingerprint;
        house.clock.jump(byMs);
        house.clock.advance(hourMs);
        const auto fresh = loan(house, id);
        QVERIFY2(fresh, fresh ? "" : qPrintable(fresh.error().message));
        QVERIFY(fresh->fingerprint != first);
        QCOMPARE(fresh->expiresAt, house.clock.utcMs() + hourMs);
        QCOMPARE(house.view(id).account.state, store::AccountState::SignedIn);
    }
};

QTEST_GUILESS_MAIN(FaultMatrixFlowTest)
#include "FaultMatrixFlowTest.moc"
