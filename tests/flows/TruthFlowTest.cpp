// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/flows/Gates.h"
#include "tests/support/RawHttpServer.h"

#include <QTest>

using namespace chatelaine;
using namespace chatelaine::credentials;
using namespace chatelaine::test;
using testlab::Fault;

namespace {

constexpr qint64 hourMs = 3'600'000;
const QString batchScope = QStringLiteral("sentiment:batch");

QString signedIn(Household &house, const QStringList &scopes = {})
{
    const QString id = house.add().account.id;
    const auto result = await(house.heart->signIn(id, scopes, house.person, 60'000, {}));
    if (!result)
        qFatal("%s", qPrintable(result.error().message));
    return id;
}

QString reasonOf(const Result<Loan> &loan)
{
    return loan ? QString() : loan.error().data.value(QLatin1StringView("reason")).toString();
}

Result<Loan> loan(Household &house, const QString &id)
{
    return await(house.heart->accessToken(id, 60'000, {}));
}

/// The resource moves to the lab's second authorization server.
void moveResource(Household &house, const QString &id)
{
    QVERIFY(house.lab->setFault(Fault::SecondIssuer));
    QVERIFY(await(house.heart->call(id, {}, {}, {}, house.person, {})));
}

} // namespace

/// What an account says about itself is so, whatever was interrupted, edited or taken back.
class TruthFlowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anotherAuthorizationServerIsSaidPlainly()
    {
        Household house;
        const QString id = signedIn(house);
        moveResource(house, id);
        house.clock.jump(25 * hourMs); // what the issuer said is asked for again after a day
        const auto refused = loan(house, id);
        QCOMPARE(reasonOf(refused), QStringLiteral("issuer_changed"));
        const AccountView view = house.view(id);
        QCOMPARE(view.account.state, store::AccountState::NeedsSignIn);
        QVERIFY(view.account.lastError.contains(house.lab->issuer()));
        QVERIFY(view.account.lastError.contains(house.lab->secondIssuer()));
        QTRY_COMPARE(house.history(QStringLiteral("account.issuer_changed")).size(), 1);
        QCOMPARE(house.lab->requestCounts().value(QStringLiteral("second_token_refresh")), 0);
        QVERIFY(house.signIn(id));
        QCOMPARE(house.view(id).account.issuer, house.lab->secondIssuer());
        QVERIFY(loan(house, id));
    }

    void aDamagedItemIsSaidPlainly()
    {
        Household house;
        const QString id = signedIn(house);
        house.restart();
        QVERIFY(await(
            house.vault.write(QStringLiteral("tokens/") + id, Secret::copyOf("somebody else's"))));
        QCOMPARE(reasonOf(loan(house, id)), QStringLiteral("item_damaged"));
        QCOMPARE(house.view(id).account.state, store::AccountState::Error);
        QVERIFY(house.view(id).account.lastError.contains(QStringLiteral("demo")));
        QTRY_COMPARE(house.history(QStringLiteral("account.damaged")).size(), 1);
        QVERIFY(house.signIn(id));
        QVERIFY(loan(house, id));
    }

    /// The vault has the tokens of a new sign-in, the database does not know of it yet.
    void aSignInThatACrashCutShortIsTakenOver()
    {
        Household house;
        const QString id = signedIn(house);
        const store::Account old = house.view(id).account;
        moveResource(house, id);
        QVERIFY(house.signIn(id));
        const store::Account now = house.view(id).account;
        QVERIFY(now.issuer != old.issuer && now.registrationId != old.registrationId);
        QVERIFY(await(house.store->save(old)));
        house.restart();
        QCOMPARE(house.view(id).account.issuer, old.issuer);
        QVERIFY(loan(house, id));
        QCOMPARE(house.view(id).account.issuer, now.issuer);
        QCOMPARE(house.view(id).account.registrationId, now.registrationId);
        house.clock.advance(hourMs);
        const auto later = loan(house, id);
        QVERIFY2(later, later ? "" : qPrintable(later.error().message));
    }

    void anAddressEditedByHandGetsNothing()
    {
        testlab::LabOptions options = Household::approving();
        options.moreResources = 1;
        Household house(options);
        const QString id = signedIn(house);
        store::Server server = house.view(id).server;
        server.url = QUrl(house.lab->mcpUrl(1));
        QVERIFY(await(house.store->save(server)));
        house.restart();
        house.lab->reset();
        QVERIFY(!await(house.heart->call(id, {}, {}, {}, nullptr, {})));
        QCOMPARE(house.lab->requestCounts().value(QStringLiteral("mcp")), 0);
        const auto refused = loan(house, id);
        QCOMPARE(refused.error().code, ErrorCode::SignInNeeded);
        QVERIFY(!house.heart->warmToken(id, 0));
        QCOMPARE(house.view(id).account.state, store::AccountState::NeedsSignIn);
        QVERIFY(house.view(id).account.lastError.contains(house.lab->mcpUrl()));
        QVERIFY(house.view(id).account.lastError.contains(house.lab->mcpUrl(1)));
        QVERIFY(house.signIn(id));
        QCOMPARE(loan(house, id)->resource, house.lab->mcpUrl(1));
    }

    void aTokenEndpointEditedByHandGetsNothing()
    {
        Household house;
        const QString id = signedIn(house);
        RawHttpServer thief([](QTcpSocket &socket, const RawHttpServer::Request &) {
            socket.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
        });
        const auto all = await(house.store->load());
        QVERIFY(all);
        store::IssuerRecord issuer = all->issuers.constFirst();
        issuer.metadata.insert(QStringLiteral("token_endpoint"),
            QStringLiteral("http://127.0.0.1:%1/token").arg(thief.port()));
        QVERIFY(await(house.store->save(issuer)));
        house.restart();
        house.clock.advance(hourMs);
        const auto fresh = loan(house, id);
        QVERIFY2(fresh, fresh ? "" : qPrintable(fresh.error().message));
        QVERIFY(thief.requests().isEmpty());
    }

    void anInterruptedRenewalIsSaidPlainly_data()
    {
        QTest::addColumn<bool>("restart");
        QTest::newRow("at once") << false;
        QTest::newRow("after a restart") << true;
    }
    void anInterruptedRenewalIsSaidPlainly()
    {
        QFETCH(const bool, restart);
        Household house;
        const QString id = signedIn(house);
        house.clock.advance(hourMs);
        house.lab->setFault(Fault::TokenHalfResponse); // rotated there, and nobody has the new one
        QVERIFY(!loan(house, id));
        house.lab->clearFaults();
        if (restart)
            house.restart();
        house.clock.advance(5 * 60'000);
        const auto refused = loan(house, id);
        QCOMPARE(reasonOf(refused), QStringLiteral("refresh_interrupted"));
        QVERIFY(refused.error().message.contains(QStringLiteral("did not come to its end")));
        QCOMPARE(house.view(id).account.state, store::AccountState::NeedsSignIn);
        QVERIFY(house.signIn(id));
        // A new sign-in has a clean record: what ends it is said as it is.
        house.lab->revokeEverything();
        house.clock.advance(hourMs);
        QCOMPARE(reasonOf(loan(house, id)), QStringLiteral("invalid_grant"));
    }

    void aRefusalIsNoInterruption()
    {
        Household house;
        const QString id = signedIn(house);
        house.clock.advance(hourMs);
        house.lab->setFault(Fault::Token429);
        QVERIFY(!loan(house, id));
        QCOMPARE(house.view(id).account.refreshSentAt, 0);
        house.lab->clearFaults();
        house.lab->revokeEverything();
        house.clock.advance(60'000);
        QCOMPARE(reasonOf(loan(house, id)), QStringLiteral("invalid_grant"));
    }

    void aClientThatMayNotRefreshIsKeptForTheOthers()
    {
        Household house;
        const QString first = signedIn(house);
        NewServer again;
        again.account = QStringLiteral("work");
        again.url = house.lab->mcpUrl();
        const auto added = await(house.heart->add(again, {}));
        QVERIFY(added);
        const QString second = added->account.id;
        QVERIFY(house.signIn(second));
        QCOMPARE(
            house.view(second).account.registrationId, house.view(first).account.registrationId);
        house.lab->setFault(Fault::UnauthorizedClient);
        house.clock.advance(hourMs);
        QCOMPARE(reasonOf(loan(house, first)), QStringLiteral("unauthorized_client"));
        house.lab->clearFaults();
        QVERIFY(house.view(second).registration);
        QVERIFY(loan(house, second));
    }

    void aNarrowedRefreshNarrowsNoLaterOne()
    {
        Household house;
        const QString id = signedIn(house, {batchScope});
        const qsizetype all = house.view(id).account.grantedScopes.size();
        QVERIFY(all > 1);
        house.lab->setFault(Fault::RefreshNarrowed);
        house.clock.advance(hourMs);
        QCOMPARE(loan(house, id)->scopes.size(), 1);
        house.lab->clearFaults();
        house.clock.advance(hourMs);
        QCOMPARE(loan(house, id)->scopes.size(), all); // RFC 6749 §6: the grant is as it was
    }

    void anAddressThatDiffersWhereNothingIsShownIsToldSo()
    {
        Household house;
        const QString id = signedIn(house, {});
        house.sql("UPDATE servers SET url = url || '?key=s3cret'");
        house.restart();
        const auto refused = loan(house, id);
        QVERIFY(!refused);
        const QString said = refused.error().message;
        QVERIFY2(said.contains(QStringLiteral("behind the \"?\"")), qPrintable(said));
        QVERIFY2(!said.contains(QStringLiteral("s3cret")), qPrintable(said));
    }

    void aScopeThatWasWithdrawnStopsNoRefresh()
    {
        Household house;
        const QString id = signedIn(house, {batchScope});
        house.lab->setFault(Fault::RefreshInvalidScope);
        house.clock.advance(hourMs);
        const auto fresh = loan(house, id);
        QVERIFY2(fresh, fresh ? "" : qPrintable(fresh.error().message));
    }

    void whoStartsOverAsksForNoMoreThanIsWanted()
    {
        Household house;
        const QString id = signedIn(house, {batchScope});
        QVERIFY(house.person->prompts.last().scopes.contains(batchScope));
        // By name: beside those of before.
        QVERIFY(await(
            house.heart->signIn(id, {QStringLiteral("sentiment:read")}, house.person, 60'000, {})));
        QVERIFY(house.person->prompts.last().scopes.contains(batchScope));
        QVERIFY(house.signIn(id));
        QVERIFY(!house.person->prompts.last().scopes.contains(batchScope));
        QVERIFY(!house.view(id).account.requestedScopes.contains(batchScope));
    }

    void aSignInThatAHungKeychainKeepsTooLateTakesNothingAway()
    {
        GatedHousehold gated;
        Household &house = gated.house;
        const QString id = gated.signedIn();
        const QString before = house.view(id).account.tokenFingerprint;
        // Memory has nothing to go back to.
        house.heart->lock();
        house.heart->unlock();
        gated.vault.hung = true;
        const auto failed = await(house.heart->signIn(id, {}, house.person, 60'000, {}));
        QCOMPARE(failed.error().code, ErrorCode::VaultUnavailable);
        gated.vault.recover();
        QTRY_VERIFY(!house.heart->holdsUnsaved());
        house.restart();
        const auto old = loan(house, id);
        QVERIFY2(old, old ? "" : qPrintable(old.error().message));
        QCOMPARE(old->fingerprint, before);
        house.clock.advance(hourMs + 1);
        QVERIFY(loan(house, id));
    }

    void aSignInThatAHungKeychainKeepsTooLateLeavesNothingBehind()
    {
        GatedHousehold gated;
        Household &house = gated.house;
        // Its client is registered already.
        const QString id = gated.signedIn();
        QVERIFY(await(house.heart->signOut(id, {}, {})));
        gated.vault.hung = true;
        const auto failed = await(house.heart->signIn(id, {}, house.person, 60'000, {}));
        QCOMPARE(failed.error().code, ErrorCode::VaultUnavailable);
        const QString key = QStringLiteral("tokens/") + id;
        QVERIFY(gated.vault.givenUp.contains(key));
        gated.vault.recover();
        QTRY_VERIFY(!await(house.vault.read(key, {})));
        // The next one stays, however often the keychain goes and comes.
        QVERIFY(house.signIn(id));
        gated.vault.recover();
        house.restart();
        QVERIFY(loan(house, id));
    }

    void aRotationIsSavedWhenTheKeychainAnswersAgain()
    {
        GatedHousehold gated;
        Household &house = gated.house;
        const QString id = gated.signedIn();
        house.clock.advance(hourMs + 1);
        gated.vault.hung = true;
        QVERIFY(!loan(house, id));
        QVERIFY(house.heart->holdsUnsaved());
        gated.vault.givenUp.clear();
        gated.vault.recover();
        // Nobody has asked for it.
        QTRY_VERIFY(!house.heart->holdsUnsaved());
        QTRY_COMPARE(house.view(id).account.generation, 2);
        QVERIFY(house.view(id).account.lastError.isEmpty());
        house.restart();
        house.clock.advance(hourMs + 1);
        QVERIFY(loan(house, id));
    }

    void aSignInThatCannotBeKeptLeavesNothingBehind()
    {
        GatedHousehold gated;
        Household &house = gated.house;
        const QString id = gated.signedIn();
        const store::Account before = house.view(id).account;
        gated.vault.failing = true;
        const auto failed = await(house.heart->signIn(id, {batchScope}, house.person, 60'000, {}));
        QCOMPARE(failed.error().code, ErrorCode::DiskFull);
        QCOMPARE(house.view(id).account.requestedScopes, before.requestedScopes);
        QCOMPARE(house.view(id).account.state, store::AccountState::SignedIn);
        // The tokens that nobody is going to use are given back; the old ones work on.
        QCOMPARE(house.lab->requestCounts().value(QStringLiteral("revocation")), 1);
        gated.vault.failing = false;
        house.clock.advance(hourMs);
        const auto fresh = loan(house, id);
        QVERIFY2(fresh, fresh ? "" : qPrintable(fresh.error().message));
    }
};

QTEST_GUILESS_MAIN(TruthFlowTest)
#include "TruthFlowTest.moc"
