// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/flows/Gates.h"

#include <QSignalSpy>
#include <QTest>

using namespace chatelaine;
using namespace chatelaine::credentials;
using namespace chatelaine::test;
using testlab::Fault;

namespace {

int refreshes(const Household &house)
{
    return house.lab->requestCounts().value(QStringLiteral("token_refresh"));
}

QString signedIn(Household &house)
{
    const QString id = house.add().account.id;
    const auto result = house.signIn(id);
    if (!result)
        qFatal("%s", qPrintable(result.error().message));
    return id;
}

constexpr qint64 hourMs = 3'600'000;

/// The moment of the refresh ahead. The history's own alarm is out of the way first.
void untilTheRefreshAhead(Household &house)
{
    Q_UNUSED(await(house.audit->checkpoint()));
    house.clock.advanceToNextAlarm();
}

} // namespace

/// Keeping a token fresh, whatever happens on the way.
class RefreshFlowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aThousandAskersCauseOneRefresh()
    {
        Household house;
        const QString id = signedIn(house);
        const QString old = house.view(id).account.tokenFingerprint;
        house.clock.advance(hourMs + 1);
        std::vector<Task<Result<Loan>>> asking;
        for (int i = 0; i < 1000; ++i)
            asking.push_back(house.heart->accessToken(id, 60'000, {}));
        QString fresh;
        for (auto &one : asking) {
            const auto loan = await(std::move(one));
            QVERIFY2(loan, loan ? "" : qPrintable(loan.error().message));
            QVERIFY(loan->fingerprint != old);
            QVERIFY(fresh.isEmpty() || loan->fingerprint == fresh);
            fresh = loan->fingerprint;
        }
        QCOMPARE(refreshes(house), 1);
        QTRY_COMPARE(house.history(QStringLiteral("token.refreshed")).size(), 1);
    }

    void theRotatedTokenIsWhatARestartFinds()
    {
        Household house;
        const QString id = signedIn(house);
        house.clock.advance(hourMs + 1);
        const auto loan = await(house.heart->accessToken(id, 60'000, {}));
        QVERIFY(loan);
        house.restart();
        const auto again = await(house.heart->accessToken(id, 60'000, {}));
        QVERIFY(again);
        QCOMPARE(again->fingerprint, loan->fingerprint);
        // The refresh token in the vault is the rotated one: the old one would kill the family.
        untilTheRefreshAhead(house);
        QTRY_COMPARE(refreshes(house), 2);
        QTRY_VERIFY(house.view(id).account.tokenFingerprint != loan->fingerprint);
        QCOMPARE(house.view(id).account.state, store::AccountState::SignedIn);
    }

    void aTokenInUseIsRefreshedAhead()
    {
        Household house;
        const QString id = signedIn(house);
        const auto first = house.heart->warmToken(id, 60'000);
        QSignalSpy changed(house.heart.get(), &Credentials::tokenChanged);
        untilTheRefreshAhead(house);
        QVERIFY(first->expiresAt - house.clock.utcMs() > 60'000);
        QTRY_COMPARE(changed.size(), 1);
        const auto loan = house.heart->warmToken(id, 60'000);
        QVERIFY(loan);
        QVERIFY(loan->fingerprint != first->fingerprint);
        QCOMPARE(refreshes(house), 1);
    }

    void aTokenNobodyUsesIsLeftAlone()
    {
        Household house;
        signedIn(house);
        house.clock.advance(10 * hourMs);
        // A late record of the history sets one for its checkpoint: it comes and is gone.
        const auto nothingIsDue = [&house] {
            house.clock.advance(hourMs);
            return house.clock.alarmsSet() == 0;
        };
        QTRY_VERIFY(nothingIsDue());
        QCOMPARE(refreshes(house), 0);
    }

    void anEndedGrantIsSaidPlainly()
    {
        Household house;
        const QString id = signedIn(house);
        house.lab->revokeEverything();
        house.clock.advance(hourMs + 1);
        const auto loan = await(house.heart->accessToken(id, 60'000, {}));
        QVERIFY(!loan);
        QCOMPARE(loan.error().code, ErrorCode::SignInNeeded);
        QCOMPARE(loan.error().data.value(QLatin1StringView("reason")).toString(),
            QStringLiteral("invalid_grant"));
        QCOMPARE(house.view(id).account.state, store::AccountState::NeedsSignIn);
        // Asked again it does not ask the server again.
        QVERIFY(!await(house.heart->accessToken(id, 60'000, {})));
        QCOMPARE(refreshes(house), 1);
        QVERIFY(house.signIn(id));
        QVERIFY(house.heart->warmToken(id, 60'000));
    }

    void aPrunedClientIsForgotten()
    {
        Household house;
        const QString id = signedIn(house);
        house.lab->forgetRegisteredClients();
        house.clock.advance(hourMs + 1);
        const auto loan = await(house.heart->accessToken(id, 60'000, {}));
        QCOMPARE(loan.error().code, ErrorCode::SignInNeeded);
        QVERIFY(house.signIn(id));
        QCOMPARE(house.lab->requestCounts().value(QStringLiteral("registration")), 2);
    }

    void aFailureInTransitLosesNothing_data()
    {
        QTest::addColumn<Fault>("fault");
        QTest::newRow("500") << Fault::Token500;
        QTest::newRow("429") << Fault::Token429;
        QTest::newRow("half a response") << Fault::TokenHalfResponse;
        QTest::newRow("HTML") << Fault::TokenHtml;
        QTest::newRow("another token type") << Fault::TokenTypeMac;
    }
    void aFailureInTransitLosesNothing()
    {
        QFETCH(const Fault, fault);
        Household house;
        const QString id = signedIn(house);
        house.clock.advance(hourMs + 1);
        house.lab->setFault(fault);
        const auto loan = await(house.heart->accessToken(id, 60'000, {}));
        QVERIFY(!loan);
        QVERIFY(loan.error().code != ErrorCode::SignInNeeded);
        QVERIFY(!house.view(id).account.lastError.isEmpty());
        QCOMPARE(house.view(id).account.state, store::AccountState::SignedIn);
        // The next asker does not storm the server.
        const int before = refreshes(house);
        const auto soon = await(house.heart->accessToken(id, 60'000, {}));
        QVERIFY(!soon);
        QVERIFY(soon.error().data.contains(QLatin1StringView("retry_after_s")));
        QCOMPARE(refreshes(house), before);
    }

    void itRecoversAfterAWhile()
    {
        Household house;
        const QString id = signedIn(house);
        house.clock.advance(hourMs + 1);
        house.lab->setFault(Fault::Token500);
        QVERIFY(!await(house.heart->accessToken(id, 60'000, {})));
        house.lab->clearFaults();
        house.clock.advance(5 * 60'000);
        const auto loan = await(house.heart->accessToken(id, 60'000, {}));
        QVERIFY2(loan, loan ? "" : qPrintable(loan.error().message));
        QVERIFY(house.view(id).account.lastError.isEmpty());
    }

    void aHangingServerIsGivenUp()
    {
        Household house;
        const QString id = signedIn(house);
        house.clock.advance(hourMs + 1);
        house.lab->setFault(Fault::TokenEndpointHangs);
        auto asking = house.heart->accessToken(id, 60'000, {});
        QTRY_COMPARE(refreshes(house), 1);
        house.clock.advance(31'000);
        const auto loan = await(std::move(asking));
        QVERIFY(!loan);
        QCOMPARE(house.view(id).account.state, store::AccountState::SignedIn);
    }

    void anOldTokenThatStillWorksIsLentWhileTheServerIsAway()
    {
        Household house;
        const QString id = signedIn(house);
        house.lab->setFault(Fault::Token500);
        house.clock.advance(hourMs - 30'000);
        const auto loan = await(house.heart->accessToken(id, 60'000, {}));
        QVERIFY(loan);
        QCOMPARE(loan->fingerprint, house.view(id).account.tokenFingerprint);
    }

    void withoutARefreshTokenItExpires()
    {
        Household house;
        house.lab->setFault(Fault::NoRefreshToken);
        const QString id = signedIn(house);
        QVERIFY(!house.view(id).account.hasRefreshToken);
        house.clock.advance(hourMs + 1);
        const auto loan = await(house.heart->accessToken(id, 60'000, {}));
        QCOMPARE(loan.error().code, ErrorCode::SignInNeeded);
        QCOMPARE(house.view(id).account.state, store::AccountState::Expired);
    }

    void aServerThatDoesNotRotateKeepsItsRefreshToken()
    {
        Household house;
        house.lab->setFault(Fault::RefreshNotRotated);
        const QString id = signedIn(house);
        for (int i = 1; i <= 3; ++i) {
            const auto loan = await(house.heart->accessToken(id, 60'000, {}));
            QVERIFY2(loan, loan ? "" : qPrintable(loan.error().message));
            untilTheRefreshAhead(house);
            QTRY_COMPARE(refreshes(house), i);
            // Until it is written down: the history sets an alarm of its own then.
            QTRY_COMPARE(house.history(QStringLiteral("token.refreshed")).size(), i);
            QVERIFY(house.view(id).account.tokenFingerprint != loan->fingerprint);
        }
    }

    void oddLifetimes_data()
    {
        QTest::addColumn<Fault>("fault");
        QTest::addColumn<qint64>("livesMs"); // 0: unknown
        QTest::newRow("a string") << Fault::ExpiresInString << hourMs;
        QTest::newRow("missing") << Fault::ExpiresInMissing << qint64(0);
        QTest::newRow("negative") << Fault::ExpiresInNegative << qint64(-1);
        QTest::newRow("huge") << Fault::ExpiresInHuge << qint64(365) * 24 * hourMs;
    }
    void oddLifetimes()
    {
        QFETCH(const Fault, fault);
        QFETCH(const qint64, livesMs);
        Household house;
        house.lab->setFault(fault);
        const QString id = house.add().account.id;
        Q_UNUSED(house.signIn(id));
        const qint64 expiresAt = house.view(id).account.expiresAt;
        if (livesMs == 0)
            QCOMPARE(expiresAt, 0);
        else if (livesMs < 0)
            QCOMPARE(expiresAt, house.clock.utcMs());
        else
            QCOMPARE(expiresAt, house.clock.utcMs() + livesMs);
    }

    void aRejectedTokenIsReplacedOnce()
    {
        Household house;
        const QString id = signedIn(house);
        const QString fingerprint = house.view(id).account.tokenFingerprint;
        const auto first = await(house.heart->tokenRejected(id, fingerprint, 401, {}, {}));
        QVERIFY(first);
        QCOMPARE(*first, Advice::RetryWithNewToken);
        // A second client that held the old one is told to take the new one, without a refresh.
        const auto second = await(house.heart->tokenRejected(id, fingerprint, 401, {}, {}));
        QCOMPARE(*second, Advice::RetryWithNewToken);
        QCOMPARE(refreshes(house), 1);
        const auto stepUp = await(house.heart->tokenRejected(
            id, fingerprint, 403, {"Bearer error=\"insufficient_scope\", scope=\"x\""}, {}));
        QCOMPARE(*stepUp, Advice::StepUp);
        QCOMPARE(*await(house.heart->tokenRejected(id, fingerprint, 403, {}, {})), Advice::GiveUp);
    }

    void useDuringARefreshSetsNothingUp()
    {
        GatedHousehold gated;
        Household &house = gated.house;
        const QString id = gated.signedIn();
        QVERIFY(house.heart->warmToken(id, 0));
        gated.http.holding = QStringLiteral("grant_type=refresh_token");
        untilTheRefreshAhead(house);
        QTRY_COMPARE(gated.http.held, 1);
        const int alarms = house.clock.alarmsSet();
        QVERIFY(house.heart->warmToken(id, 0));
        QCOMPARE(house.clock.alarmsSet(), alarms);
        gated.http.release();
        QTRY_COMPARE(house.history(QStringLiteral("token.refreshed")).size(), 1);
        QVERIFY(house.heart->warmToken(id, 0));
        QVERIFY(house.clock.alarmsSet() > alarms);
    }

    void aSignOutBeatsARefreshUnderWay()
    {
        Household house;
        const QString id = signedIn(house);
        house.clock.advance(hourMs + 1);
        auto asking = house.heart->accessToken(id, 60'000, {});
        auto leaving = house.heart->signOut(id, {});
        QVERIFY(await(std::move(leaving)));
        Q_UNUSED(await(std::move(asking)));
        QCOMPARE(house.view(id).account.state, store::AccountState::SignedOut);
        QVERIFY(!house.heart->warmToken(id, 0));
        const auto item = await(house.vault.read(QStringLiteral("tokens/") + id, {}));
        QCOMPARE(item.error().code, ErrorCode::NotFound);
    }

    void aLockedHeartLendsNothing()
    {
        Household house;
        const QString id = signedIn(house);
        house.heart->lock();
        QVERIFY(!house.heart->warmToken(id, 0));
        QCOMPARE(await(house.heart->accessToken(id, 0, {})).error().code, ErrorCode::Locked);
        house.heart->unlock();
        QVERIFY(await(house.heart->accessToken(id, 0, {})));
    }

    void anItemThatVanishedIsSaidPlainly()
    {
        Household house;
        const QString id = signedIn(house);
        house.restart();
        QVERIFY(await(house.vault.remove(QStringLiteral("tokens/") + id)));
        const auto loan = await(house.heart->accessToken(id, 0, {}));
        QCOMPARE(loan.error().code, ErrorCode::SignInNeeded);
        QCOMPARE(house.view(id).account.state, store::AccountState::NeedsSignIn);
    }

    void aLockedVaultLosesNothing()
    {
        Household house;
        const QString id = signedIn(house);
        house.restart();
        house.vault.lock();
        const auto loan = await(house.heart->accessToken(id, 0, {}));
        QCOMPARE(loan.error().code, ErrorCode::Locked);
        QCOMPARE(house.view(id).account.state, store::AccountState::SignedIn);
        QVERIFY(await(house.vault.unlock({}, {})));
        QVERIFY(await(house.heart->accessToken(id, 0, {})));
    }
};

QTEST_GUILESS_MAIN(RefreshFlowTest)
#include "RefreshFlowTest.moc"
