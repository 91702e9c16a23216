// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/flows/Household.h"

#include <QTcpServer>
#include <QTest>

using namespace chatelaine;
using namespace chatelaine::credentials;
using namespace chatelaine::test;

namespace {

constexpr qint64 hourMs = 3'600'000;

testlab::LabOptions confidential()
{
    testlab::LabOptions options = Household::approving();
    options.clientSecret = Secret::copyOf("lab-secret-0123456789");
    return options;
}

NewServer preRegistered(const Household &house)
{
    NewServer server;
    server.clientId = house.lab->clientId();
    server.clientSecret = Secret::copyOf("lab-secret-0123456789");
    return server;
}

AccountChange asItIs(const AccountView &view)
{
    AccountChange change;
    change.name = view.server.name;
    change.account = view.account.name;
    change.settings = view.server.settings;
    change.clientId = view.registration ? view.registration->clientId : QString();
    return change;
}

} // namespace

/// What is given or changed on one side or the other, and what that may not cost.
class ChangeFlowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSecretGivenAnewIsUsedAtTheNextRefresh()
    {
        Household house(confidential());
        const QString id = house.add(preRegistered(house)).account.id;
        const auto signedIn = house.signIn(id);
        QVERIFY2(signedIn, signedIn ? "" : qPrintable(signedIn.error().message));
        AccountChange change = asItIs(house.view(id));
        change.clientSecret = Secret::copyOf("lab-secret-0123456789");
        QVERIFY(await(house.heart->change(id, change, {})));
        QCOMPARE(house.view(id).registration->issuer, house.lab->issuer());
        house.clock.advance(hourMs + 1);
        const auto loan = await(house.heart->accessToken(id, 60'000, {}));
        QVERIFY2(loan, loan ? "" : qPrintable(loan.error().message));
    }

    void anotherClientNeedsANewSignIn()
    {
        Household house(confidential());
        const QString id = house.add(preRegistered(house)).account.id;
        QVERIFY(house.signIn(id));
        AccountChange change = asItIs(house.view(id));
        change.clientId = QStringLiteral("somebody-else");
        QVERIFY(await(house.heart->change(id, change, {})));
        house.clock.advance(hourMs + 1);
        const auto loan = await(house.heart->accessToken(id, 60'000, {}));
        QVERIFY(!loan);
        QCOMPARE(loan.error().code, ErrorCode::SignInNeeded);
        QCOMPARE(house.view(id).account.state, store::AccountState::NeedsSignIn);
        QVERIFY(!house.view(id).account.lastError.isEmpty());
        // The refresh token was not tried with the other client.
        QCOMPARE(house.lab->requestCounts().value(QStringLiteral("token_refresh")), 0);
    }

    void aSecondAccountLeavesTheFirstOnesClientAlone()
    {
        Household house(confidential());
        const QString id = house.add(preRegistered(house)).account.id;
        QVERIFY(house.signIn(id));
        NewServer second;
        second.account = QStringLiteral("work");
        second.clientId = QStringLiteral("somebody-else");
        second.url = house.lab->mcpUrl();
        QCOMPARE(await(house.heart->add(second, {})).error().code, ErrorCode::AlreadyExists);
        second.clientId = house.lab->clientId();
        const auto work = await(house.heart->add(second, {}));
        QVERIFY(work);
        QVERIFY(house.signIn(work->account.id));
        house.clock.advance(hourMs + 1);
        QVERIFY(await(house.heart->accessToken(id, 60'000, {})));

        // Nor does it take the client along when it goes.
        QVERIFY(await(house.heart->remove(id, {})));
        QVERIFY(await(house.heart->signOut(work->account.id, {})));
        const auto again = house.signIn(work->account.id);
        QVERIFY2(again, again ? "" : qPrintable(again.error().message));
        QCOMPARE(again->registration->kind, store::RegistrationKind::PreRegistered);
    }

    void theClientStaysWhileAnAccountThatNeverSignedInNeedsIt()
    {
        Household house(confidential());
        const QString id = house.add(preRegistered(house)).account.id;
        QVERIFY(house.signIn(id));
        NewServer second;
        second.account = QStringLiteral("work");
        const QString work = house.add(second).account.id;
        QVERIFY(await(house.heart->remove(id, {})));
        const auto signedIn = house.signIn(work);
        QVERIFY2(signedIn, signedIn ? "" : qPrintable(signedIn.error().message));
        QCOMPARE(signedIn->registration->kind, store::RegistrationKind::PreRegistered);
    }

    void anAdditionThatFailsLeavesNoServerBehind()
    {
        Household house(confidential());
        NewServer server = preRegistered(house);
        server.name = QStringLiteral("demo");
        server.url = house.lab->mcpUrl();
        house.vault.lock();
        QCOMPARE(await(house.heart->add(server, {})).error().code, ErrorCode::Locked);
        QVERIFY(await(house.vault.unlock({}, {})));
        const auto added = await(house.heart->add(server, {}));
        QVERIFY2(added, added ? "" : qPrintable(added.error().message));
    }

    void aTokenEndpointThatHasMovedIsFound_data()
    {
        QTest::addColumn<QString>("stale");
        QTest::newRow("no such page") << QStringLiteral("ISSUER/gone");
        QTest::newRow("nobody there") << QStringLiteral("http://127.0.0.1:PORT/token");
    }
    void aTokenEndpointThatHasMovedIsFound()
    {
        QFETCH(QString, stale);
        Household house;
        const QString id = house.add().account.id;
        QVERIFY(house.signIn(id));
        QTcpServer unused;
        QVERIFY(unused.listen(QHostAddress::LocalHost));
        stale.replace(QStringLiteral("PORT"), QString::number(unused.serverPort()));
        unused.close();
        stale.replace(QStringLiteral("ISSUER"), house.lab->issuer());
        const auto all = await(house.store->load());
        QVERIFY(all);
        QCOMPARE(all->issuers.size(), 1);
        store::IssuerRecord issuer = all->issuers.constFirst();
        issuer.metadata.insert(QStringLiteral("token_endpoint"), stale);
        QVERIFY(await(house.store->save(issuer)));
        house.restart();
        house.clock.advance(hourMs + 1);
        house.lab->reset();
        const auto loan = await(house.heart->accessToken(id, 60'000, {}));
        QVERIFY2(loan, loan ? "" : qPrintable(loan.error().message));
        QCOMPARE(house.lab->requestCounts().value(QStringLiteral("issuer_metadata")), 1);
        // And remembered.
        house.clock.jump(hourMs + 1);
        QVERIFY(await(house.heart->accessToken(id, 60'000, {})));
        QCOMPARE(house.lab->requestCounts().value(QStringLiteral("issuer_metadata")), 1);
    }

    void whatAnIssuerSaidADayAgoIsAskedForAgain()
    {
        Household house;
        const QString id = house.add().account.id;
        QVERIFY(house.signIn(id));
        house.lab->reset();
        const auto asked = [&house] {
            return house.lab->requestCounts().value(QStringLiteral("issuer_metadata"));
        };
        house.clock.jump(2 * hourMs);
        QVERIFY(await(house.heart->accessToken(id, 60'000, {})));
        QCOMPARE(asked(), 0);
        house.clock.jump(24 * hourMs);
        QVERIFY(await(house.heart->accessToken(id, 60'000, {})));
        QCOMPARE(asked(), 1);
        // What can't be had now is no reason to stop; nor is it asked for each time.
        house.lab->setFault(testlab::Fault::Metadata500);
        house.clock.jump(24 * hourMs);
        QVERIFY(await(house.heart->accessToken(id, 60'000, {})));
        house.clock.jump(2 * hourMs);
        const int before = asked();
        QVERIFY(await(house.heart->accessToken(id, 60'000, {})));
        QCOMPARE(asked(), before);
    }

    void settingsOfASecondAccountAreNotLostInSilence()
    {
        Household house;
        house.add();
        NewServer second;
        second.url = house.lab->mcpUrl();
        second.account = QStringLiteral("work");
        second.settings.scopes = {QStringLiteral("sentiment:batch")};
        const auto refused = await(house.heart->add(second, {}));
        QCOMPARE(refused.error().code, ErrorCode::AlreadyExists);
        QVERIFY(refused.error().message.contains(QStringLiteral("settings")));
        QCOMPARE(house.heart->accounts().size(), 1);
        second.settings = {};
        QVERIFY(await(house.heart->add(second, {})));
    }

    void aNameIsOneLine()
    {
        Household house;
        NewServer server;
        server.url = house.lab->mcpUrl();
        server.name = QStringLiteral("demo\n");
        QCOMPARE(await(house.heart->add(server, {})).error().code, ErrorCode::InvalidInput);
    }
};

QTEST_GUILESS_MAIN(ChangeFlowTest)
#include "ChangeFlowTest.moc"
