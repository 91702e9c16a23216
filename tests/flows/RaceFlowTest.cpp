// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/flows/Gates.h"

#include <QTest>

using namespace chatelaine;
using namespace chatelaine::credentials;
using namespace chatelaine::test;
using testlab::Fault;

namespace {

constexpr qint64 hourMs = 3'600'000;
const QString refreshing = QStringLiteral("grant_type=refresh_token");

} // namespace

/// Refresh, sign-in, sign-out, a change and the end at the same time: nobody's tokens are lost.
class RaceFlowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRefusalOfTheOldGrantSpoilsNoNewOne()
    {
        GatedHousehold gated;
        Household &house = gated.house;
        const QString id = gated.signedIn();
        house.clock.advance(hourMs + 1);
        house.lab->setFault(Fault::RefreshInvalidGrant);
        gated.http.holding = refreshing;
        auto asking = house.heart->accessToken(id, 60'000, {});
        QTRY_COMPARE(gated.http.held, 1);
        house.lab->clearFaults();
        QVERIFY(house.signIn(id));
        const QString fingerprint = house.view(id).account.tokenFingerprint;
        gated.http.release();
        const auto loan = await(std::move(asking));
        QVERIFY2(loan, loan ? "" : qPrintable(loan.error().message));
        QCOMPARE(loan->fingerprint, fingerprint);
        QCOMPARE(house.view(id).account.state, store::AccountState::SignedIn);
        QVERIFY(house.view(id).account.hasRefreshToken);
        house.clock.jump(hourMs + 1);
        QVERIFY(await(house.heart->accessToken(id, 60'000, {})));
    }

    void aSignInBeingKeptBeatsARefresh()
    {
        GatedHousehold gated;
        Household &house = gated.house;
        const QString id = gated.signedIn();
        house.clock.advance(hourMs + 1);
        gated.http.holding = refreshing;
        auto asking = house.heart->accessToken(id, 60'000, {});
        QTRY_COMPARE(gated.http.held, 1);
        gated.vault.holding = true;
        auto signingIn = house.heart->signIn(id, {}, house.person, 60'000, {});
        QTRY_COMPARE(gated.vault.held, 1);
        gated.http.release();
        QCoreApplication::processEvents();
        gated.vault.release();
        QVERIFY(await(std::move(signingIn)));
        const auto loan = await(std::move(asking));
        QVERIFY2(loan, loan ? "" : qPrintable(loan.error().message));
        QCOMPARE(loan->fingerprint, house.view(id).account.tokenFingerprint);
        house.restart();
        const auto again = await(house.heart->accessToken(id, 60'000, {}));
        QVERIFY(again);
        QCOMPARE(again->fingerprint, loan->fingerprint);
    }

    void aSignInBeatsASignOutThatIsStillTellingTheIssuer_data()
    {
        QTest::addColumn<bool>("slowVault");
        QTest::newRow("quick keychain") << false;
        QTest::newRow("slow keychain") << true;
    }
    void aSignInBeatsASignOutThatIsStillTellingTheIssuer()
    {
        QFETCH(const bool, slowVault);
        GatedHousehold gated;
        Household &house = gated.house;
        const QString id = gated.signedIn();
        gated.http.holding = QStringLiteral("revoke");
        auto leaving = house.heart->signOut(id, {});
        QTRY_COMPARE(gated.http.held, 1);
        gated.vault.holding = slowVault;
        auto signingIn = house.heart->signIn(id, {}, house.person, 60'000, {});
        if (slowVault) {
            QTRY_COMPARE(gated.vault.held, 1);
            gated.http.release();
            QCoreApplication::processEvents();
            gated.vault.release();
            QVERIFY(await(std::move(signingIn)));
        } else {
            QVERIFY(await(std::move(signingIn)));
            gated.http.release();
        }
        QVERIFY(await(std::move(leaving)));
        QCOMPARE(house.view(id).account.state, store::AccountState::SignedIn);
        house.restart();
        const auto loan = await(house.heart->accessToken(id, 60'000, {}));
        QVERIFY2(loan, loan ? "" : qPrintable(loan.error().message));
    }

    void whatIsRemovedDuringASignInLeavesNoItem_data()
    {
        QTest::addColumn<bool>("before"); // before the tokens come, or while they are written
        QTest::newRow("before the tokens come") << true;
        QTest::newRow("while they are written") << false;
    }
    void whatIsRemovedDuringASignInLeavesNoItem()
    {
        QFETCH(const bool, before);
        GatedHousehold gated;
        Household &house = gated.house;
        const QString id = gated.signedIn();
        gated.http.holding =
            before ? QStringLiteral("authorization_code") : QStringLiteral("revoke");
        auto signingIn = house.heart->signIn(id, {}, house.person, 60'000, {});
        if (before) {
            QTRY_COMPARE(gated.http.held, 1);
            QVERIFY(await(house.heart->remove(id, {})));
            gated.http.release();
            QCOMPARE(await(std::move(signingIn)).error().code, ErrorCode::NotFound);
        } else {
            gated.vault.holding = true;
            auto removing = house.heart->remove(id, {});
            QTRY_COMPARE(gated.http.held, 1);
            QTRY_COMPARE(gated.vault.held, 1);
            gated.http.release();
            QCoreApplication::processEvents();
            gated.vault.release();
            Q_UNUSED(await(std::move(signingIn)));
            QVERIFY(await(std::move(removing)));
        }
        QVERIFY(!house.heart->account(id));
        const auto item = await(house.vault.read(QStringLiteral("tokens/") + id, {}));
        QCOMPARE(item.error().code, ErrorCode::NotFound);
        // Old and new tokens are given back.
        QCOMPARE(house.lab->requestCounts().value(QStringLiteral("revocation")), 2);
    }

    void nothingIsHandedOutBeforeTheVaultHasIt()
    {
        GatedHousehold gated;
        Household &house = gated.house;
        const QString id = gated.signedIn();
        house.clock.advance(hourMs + 1);
        gated.vault.holding = true;
        std::vector<Task<Result<Loan>>> asking;
        asking.push_back(house.heart->accessToken(id, 60'000, {}));
        QTRY_COMPARE(gated.vault.held, 1);
        QVERIFY(!house.heart->warmToken(id, 60'000));
        for (int i = 0; i < 50; ++i)
            asking.push_back(house.heart->accessToken(id, 60'000, {}));
        // Nor is the keychain asked once more by each who waits.
        QCOMPARE(gated.vault.held, 1);
        gated.vault.release();
        for (auto &one : asking)
            QVERIFY(await(std::move(one)));
        QVERIFY(house.heart->warmToken(id, 60'000));
        QCOMPARE(house.lab->requestCounts().value(QStringLiteral("token_refresh")), 1);
    }

    void theEndWaitsForARotation()
    {
        GatedHousehold gated;
        Household &house = gated.house;
        const QString id = gated.signedIn();
        house.clock.advance(hourMs + 1);
        gated.http.holding = refreshing;
        std::stop_source caller;
        auto asking = house.heart->accessToken(id, 60'000, caller.get_token());
        QTRY_COMPARE(gated.http.held, 1);
        caller.request_stop();
        QCOMPARE(await(std::move(asking)).error().code, ErrorCode::Cancelled);
        auto settling = house.heart->settle(5000);
        QVERIFY(!settling.isReady());
        gated.http.release();
        const auto done = [](Task<void> task) -> Task<bool> {
            co_await task;
            co_return true;
        };
        QVERIFY(await(done(std::move(settling))));
        house.restart();
        // The rotated refresh token is there: the spent one would have ended the grant.
        house.clock.advance(hourMs + 1);
        QVERIFY(await(house.heart->accessToken(id, 60'000, {})));
        QCOMPARE(house.view(id).account.state, store::AccountState::SignedIn);
    }

    void theEndDoesNotWaitForEver()
    {
        GatedHousehold gated;
        Household &house = gated.house;
        const QString id = gated.signedIn();
        house.clock.advance(hourMs + 1);
        gated.http.holding = refreshing;
        auto asking = house.heart->accessToken(id, 60'000, {});
        QTRY_COMPARE(gated.http.held, 1);
        auto settling = house.heart->settle(5000);
        QVERIFY(!settling.isReady());
        house.clock.advance(5000);
        QVERIFY(settling.isReady());
        gated.http.release();
        QVERIFY(await(std::move(asking)));
    }

    void aHeartThatGoesInTheMiddleTouchesNothing()
    {
        GatedHousehold gated;
        Household &house = gated.house;
        const QString id = gated.signedIn();
        house.clock.advance(hourMs + 1);
        gated.vault.holding = true;
        auto asking = house.heart->accessToken(id, 60'000, {});
        QTRY_COMPARE(gated.vault.held, 1);
        house.heart.reset();
        house.audit.reset();
        house.store.reset();
        house.database.reset();
        gated.vault.release();
        QVERIFY(!await(std::move(asking)));
    }

    void aChangeDuringASignInStays()
    {
        GatedHousehold gated;
        Household &house = gated.house;
        const QString id = house.add().account.id;
        gated.http.holding = QStringLiteral("oauth-protected-resource");
        auto signingIn = house.heart->signIn(id, {}, house.person, 60'000, {});
        QTRY_COMPARE(gated.http.held, 1);
        AccountChange change;
        change.name = QStringLiteral("renamed");
        QVERIFY(await(house.heart->change(id, change, {})));
        gated.http.release();
        QVERIFY(await(std::move(signingIn)));
        QCOMPARE(house.view(id).server.name, QStringLiteral("renamed"));
        QCOMPARE(house.view(id).server.resource, house.lab->mcpUrl());
    }
};

QTEST_GUILESS_MAIN(RaceFlowTest)
#include "RaceFlowTest.moc"
