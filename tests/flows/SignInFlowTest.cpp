// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/flows/Household.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTest>
#include <QUrlQuery>

using namespace chatelaine;
using namespace chatelaine::credentials;
using namespace chatelaine::test;

/// From an address to a token in the vault.
class SignInFlowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void exactlyTheRequestsTheSpecificationNeeds_data()
    {
        QTest::addColumn<QString>("issuerPath");
        QTest::newRow("issuer at the root") << QString();
        QTest::newRow("issuer with a path") << QStringLiteral("/tenant1");
    }
    void exactlyTheRequestsTheSpecificationNeeds()
    {
        QFETCH(const QString, issuerPath);
        testlab::LabOptions options = Household::approving();
        options.issuerPath = issuerPath;
        Household house(options);
        const AccountView added = house.add();
        const auto signedIn = house.signIn(added.account.id);
        QVERIFY2(signedIn, signedIn ? "" : qPrintable(signedIn.error().message));

        QMap<QString, int> counts = house.lab->requestCounts();
        counts.remove(QStringLiteral("jwks")); // the lab's own server asks for the keys
        const QMap<QString, int> expected{{QStringLiteral("probe"), 1},
            {QStringLiteral("resource_metadata"), 1}, {QStringLiteral("issuer_metadata"), 1},
            {QStringLiteral("registration"), 1}, {QStringLiteral("authorization"), 1},
            {QStringLiteral("token_code"), 1}, {QStringLiteral("mcp"), 1}};
        QCOMPARE(counts, expected);
    }

    void whatIsKnownAfterwards()
    {
        Household house;
        const AccountView added = house.add();
        QCOMPARE(added.account.state, store::AccountState::SignedOut);
        QVERIFY(house.signIn(added.account.id));
        const AccountView view = house.view(added.account.id);
        QCOMPARE(view.account.state, store::AccountState::SignedIn);
        QCOMPARE(view.account.issuer, house.lab->issuer());
        QCOMPARE(view.server.resource, house.lab->mcpUrl());
        QVERIFY(view.account.hasRefreshToken);
        QVERIFY(view.account.grantedScopes.contains(QStringLiteral("sentiment:read")));
        QCOMPARE(view.account.expiresAt, house.clock.utcMs() + 3'600'000);
        QCOMPARE(view.registration->kind, store::RegistrationKind::Dynamic);
        const QJsonObject json = view.toJson();
        QCOMPARE(json.value(QLatin1StringView("state")).toString(), QStringLiteral("signed_in"));
        QCOMPARE(
            json.value(QLatin1StringView("registration")).toString(), QStringLiteral("dynamic"));

        const auto loan = house.heart->warmToken(view.account.id, 60'000);
        QVERIFY(loan);
        QCOMPARE(loan->fingerprint, view.account.tokenFingerprint);
        const QString signedIn = QStringLiteral("account.signed_in");
        QTRY_COMPARE(house.history(signedIn).size(), 1);
        QCOMPARE(house.history(signedIn).constFirst().event.tokenFingerprint, loan->fingerprint);
    }

    void thePersonSeesWhereTheBrowserGoes()
    {
        Household house;
        QVERIFY(house.signIn(house.add().account.id));
        QCOMPARE(house.person->prompts.size(), 1);
        const AuthorizationPrompt prompt = house.person->prompts.first();
        QCOMPARE(prompt.host, QStringLiteral("127.0.0.1"));
        const QUrlQuery query(prompt.url);
        QCOMPARE(
            query.queryItemValue(QStringLiteral("code_challenge_method")), QStringLiteral("S256"));
        QCOMPARE(query.queryItemValue(QStringLiteral("resource"), QUrl::FullyDecoded),
            house.lab->mcpUrl());
        QCOMPARE(query.queryItemValue(QStringLiteral("redirect_uri"), QUrl::FullyDecoded),
            prompt.redirectUri);
        QVERIFY(QUrl(prompt.redirectUri).host() == QStringLiteral("127.0.0.1"));
        QTRY_VERIFY(house.person->page.contains("You are signed in to demo"));
    }

    void aSecondSignInReusesTheRegistration()
    {
        Household house;
        const QString id = house.add().account.id;
        QVERIFY(house.signIn(id));
        QVERIFY(house.signIn(id));
        QCOMPARE(house.lab->requestCounts().value(QStringLiteral("registration")), 1);
        QCOMPARE(house.person->prompts.at(0).redirectUri, house.person->prompts.at(1).redirectUri);
        QCOMPARE(house.view(id).account.generation, 2);
    }

    void aPrunedRegistrationIsMadeAnew()
    {
        Household house;
        const QString id = house.add().account.id;
        QVERIFY(house.signIn(id));
        // The issuer shows the browser an error page: no callback comes.
        house.lab->setFault(testlab::Fault::RegistrationPruned);
        auto waiting = house.heart->signIn(id, {}, house.person, 60'000, {});
        QTRY_VERIFY(house.person->page.contains("client"));
        house.clock.advance(60'000);
        QCOMPARE(await(std::move(waiting)).error().code, ErrorCode::TimedOut);
        const auto again = house.signIn(id);
        QVERIFY2(again, again ? "" : qPrintable(again.error().message));
        QCOMPARE(house.lab->requestCounts().value(QStringLiteral("registration")), 2);
    }

    void aPreRegisteredClientIsUsedAndBound()
    {
        testlab::LabOptions options = Household::approving();
        options.clientId = QStringLiteral("my-client");
        options.clientSecret = Secret::copyOf("my-client-secret");
        Household house(options);
        NewServer server;
        server.clientId = QStringLiteral("my-client");
        server.clientSecret = Secret::copyOf("my-client-secret");
        const QString id = house.add(server).account.id;
        const auto signedIn = house.signIn(id);
        QVERIFY2(signedIn, signedIn ? "" : qPrintable(signedIn.error().message));
        QCOMPARE(signedIn->registration->kind, store::RegistrationKind::PreRegistered);
        QCOMPARE(signedIn->registration->issuer, house.lab->issuer());
        QCOMPARE(house.lab->requestCounts().value(QStringLiteral("registration")), 0);
    }

    void withoutRegistrationThePersonIsTold()
    {
        Household house;
        house.lab->setFault(testlab::Fault::NoRegistration);
        house.lab->setFault(testlab::Fault::NoClientIdMetadata);
        const QString id = house.add().account.id;
        const auto result = house.signIn(id);
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::RegistrationNeeded);
        const QString uri = result.error().data.value(QLatin1StringView("redirect_uri")).toString();
        QVERIFY(uri.startsWith(QStringLiteral("http://127.0.0.1:")));
        QVERIFY(result.error().message.contains(uri));
    }

    void aPastedCallbackIsAsGoodAsTheBrowsers()
    {
        Household house;
        house.person->opensTheBrowser = false;
        const QString id = house.add().account.id;
        auto signingIn = house.heart->signIn(id, {}, house.person, 60'000, {});
        QTRY_COMPARE(house.person->prompts.size(), 1);

        QNetworkAccessManager browser;
        QNetworkRequest request(house.person->prompts.first().url);
        request.setAttribute(
            QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
        std::unique_ptr<QNetworkReply> reply(browser.get(request));
        QTRY_VERIFY(reply->isFinished());
        const QUrl callback = reply->header(QNetworkRequest::LocationHeader).toUrl();
        QVERIFY(!house.heart->acceptCallback(QUrl(QStringLiteral("http://127.0.0.1:1/callback"))));
        QVERIFY(house.heart->acceptCallback(callback));
        const auto done = await(std::move(signingIn));
        QVERIFY2(done, done ? "" : qPrintable(done.error().message));
    }

    void aRefusalEndsItAndTakesNothingAway()
    {
        Household house;
        const QString id = house.add().account.id;
        QVERIFY(house.signIn(id));
        const QString before = house.view(id).account.tokenFingerprint;
        house.lab->setFault(testlab::Fault::AuthorizationDenied);
        const auto result = house.signIn(id);
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Cancelled);
        QCOMPARE(house.view(id).account.state, store::AccountState::SignedIn);
        QCOMPARE(house.view(id).account.tokenFingerprint, before);
        QVERIFY(house.heart->warmToken(id, 60'000));
    }

    void itWaitsAndThenGivesUp()
    {
        Household house;
        house.person->opensTheBrowser = false;
        const QString id = house.add().account.id;
        auto signingIn = house.heart->signIn(id, {}, house.person, 60'000, {});
        QTRY_COMPARE(house.person->prompts.size(), 1);
        house.clock.advance(59'999);
        QVERIFY(!signingIn.isReady());
        house.clock.advance(1);
        const auto result = await(std::move(signingIn));
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::TimedOut);
    }

    void anIssuerThatIsSilentIsUnreachable()
    {
        Household house;
        QVERIFY(house.lab->setFault(testlab::Fault::TokenEndpointHangs));
        const QString id = house.add().account.id;
        auto signingIn = house.heart->signIn(id, {}, house.person, 60'000, {});
        QTRY_COMPARE(house.lab->requestCounts().value(QStringLiteral("token_code")), 1);
        house.clock.advance(10'000);
        const auto result = await(std::move(signingIn));
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Unreachable);
    }

    void itCanBeCalledOff()
    {
        Household house;
        house.person->opensTheBrowser = false;
        const QString id = house.add().account.id;
        std::stop_source stop;
        auto signingIn = house.heart->signIn(id, {}, house.person, 60'000, stop.get_token());
        QTRY_COMPARE(house.person->prompts.size(), 1);
        const auto second = await(house.heart->signIn(id, {}, house.person, 60'000, {}));
        QCOMPARE(second.error().code, ErrorCode::AlreadyExists);
        stop.request_stop();
        const auto result = await(std::move(signingIn));
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Cancelled);
        house.person->opensTheBrowser = true;
        QVERIFY(house.signIn(id));
    }

    void itEndsWhenTheHeartGoes()
    {
        Household house;
        house.person->opensTheBrowser = false;
        const QString id = house.add().account.id;
        auto signingIn = house.heart->signIn(id, {}, house.person, 60'000, {});
        QTRY_COMPARE(house.person->prompts.size(), 1);
        house.heart.reset();
        const auto result = await(std::move(signingIn));
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Cancelled);
    }

    void signingOutGivesTheTokensBack()
    {
        Household house;
        const QString id = house.add().account.id;
        QVERIFY(house.signIn(id));
        const auto farewell = await(house.heart->signOut(id, {}));
        QVERIFY(farewell);
        QVERIFY(farewell->revoked);
        QCOMPARE(house.lab->requestCounts().value(QStringLiteral("revocation")), 1);
        QCOMPARE(house.view(id).account.state, store::AccountState::SignedOut);
        QVERIFY(!house.heart->warmToken(id, 0));
        const auto token = await(house.heart->accessToken(id, 0, {}));
        QCOMPARE(token.error().code, ErrorCode::SignInNeeded);
        const auto item = await(house.vault.read(QStringLiteral("tokens/") + id, {}));
        QCOMPARE(item.error().code, ErrorCode::NotFound);
    }

    void revokingForgetsOnlyWhatTheServerTookBack()
    {
        using credentials::Unconfirmed;
        Household house;
        const QString id = house.add().account.id;
        QVERIFY(house.signIn(id));
        house.lab->setFault(testlab::Fault::Revocation500);
        const auto refused = await(house.heart->signOut(id, {}, Unconfirmed::Keep));
        QVERIFY(refused);
        QVERIFY(!refused->revoked);
        QVERIFY2(refused->revocation.contains(QStringLiteral("500")),
            qPrintable(refused->revocation));
        QCOMPARE(house.view(id).account.state, store::AccountState::SignedIn);
        QVERIFY(await(house.heart->accessToken(id, 0, {})));
        QVERIFY(await(house.heart->refresh(id, {})));
        house.lab->setFault(testlab::Fault::Revocation500, false);
        const auto revoked = await(house.heart->signOut(id, {}, Unconfirmed::Keep));
        QVERIFY(revoked);
        QVERIFY(revoked->revoked);
        QCOMPARE(house.view(id).account.state, store::AccountState::SignedOut);
        const auto item = await(house.vault.read(QStringLiteral("tokens/") + id, {}));
        QCOMPARE(item.error().code, ErrorCode::NotFound);
        // And once more there is nothing to take back.
        const auto again = await(house.heart->signOut(id, {}, Unconfirmed::Keep));
        QVERIFY(again);
        QVERIFY(!again->revoked);
        QVERIFY(!again->revocation.isEmpty());
        // Signing out is told the same, and forgets.
        QVERIFY(house.signIn(id));
        house.lab->setFault(testlab::Fault::Revocation500);
        const auto farewell = await(house.heart->signOut(id, {}));
        QVERIFY(farewell);
        QVERIFY(!farewell->revoked);
        QCOMPARE(house.view(id).account.state, store::AccountState::SignedOut);
    }

    void removingLeavesNothing()
    {
        Household house;
        const QString id = house.add().account.id;
        QVERIFY(house.signIn(id));
        const auto farewell = await(house.heart->remove(id, {}));
        QVERIFY(farewell);
        QVERIFY(farewell->revoked);
        QVERIFY(!farewell->registration.isEmpty());
        QCOMPARE(house.lab->requestCounts().value(QStringLiteral("registration_delete")), 1);
        QVERIFY(house.heart->accounts().isEmpty());
        house.restart();
        QVERIFY(house.heart->accounts().isEmpty());
    }

    void twoAccountsAtOneServer()
    {
        Household house;
        const AccountView first = house.add();
        NewServer work;
        work.account = QStringLiteral("work");
        const AccountView second = house.add(work);
        QCOMPARE(second.server.id, first.server.id);
        QVERIFY(house.signIn(first.account.id));
        QVERIFY(house.signIn(second.account.id));
        QCOMPARE(house.heart->find(QStringLiteral("demo"))->account.id, first.account.id);
        QCOMPARE(house.heart->find(QStringLiteral("demo/work"))->account.id, second.account.id);
        QCOMPARE(house.heart->find(house.lab->mcpUrl(), QStringLiteral("work"))->account.id,
            second.account.id);
        QVERIFY(house.view(first.account.id).account.tokenFingerprint
            != house.view(second.account.id).account.tokenFingerprint);
        QVERIFY(await(house.heart->remove(second.account.id, {})));
        QVERIFY(house.heart->warmToken(first.account.id, 0));
    }

    void aRestartForgetsNothing()
    {
        Household house;
        const QString id = house.add().account.id;
        QVERIFY(house.signIn(id));
        const AccountView before = house.view(id);
        house.restart();
        QCOMPARE(house.view(id).toJson(), before.toJson());
        QVERIFY(!house.heart->warmToken(id, 0));
        const auto loan = await(house.heart->accessToken(id, 60'000, {}));
        QVERIFY(loan);
        QCOMPARE(loan->fingerprint, before.account.tokenFingerprint);
    }
};

QTEST_GUILESS_MAIN(SignInFlowTest)
#include "SignInFlowTest.moc"
