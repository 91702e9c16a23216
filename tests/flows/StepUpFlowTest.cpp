// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/flows/Household.h"

#include <QJsonArray>
#include <QTest>
#include <QUrlQuery>

using namespace chatelaine;
using namespace chatelaine::credentials;
using namespace chatelaine::test;
using testlab::Fault;

namespace {

Result<QJsonObject> call(Household &house, const QString &id, const QString &tool = {},
    const QJsonObject &arguments = {}, const QString &version = {})
{
    return await(house.heart->call(id, tool, arguments, version, house.person, {}));
}

QStringList scopesOf(const AuthorizationPrompt &prompt)
{
    const QUrlQuery query(prompt.url);
    QStringList scopes =
        query.queryItemValue(QStringLiteral("scope"), QUrl::FullyDecoded).split(u' ');
    scopes.sort();
    return scopes;
}

const QString readScope = QStringLiteral("sentiment:read");
const QString batchScope = QStringLiteral("sentiment:batch");

} // namespace

/// Acting as an MCP client: sign-in and more scopes as the server asks for them.
class StepUpFlowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aCallSignsInByItself_data()
    {
        QTest::addColumn<QString>("version");
        QTest::newRow("found out") << QString();
        QTest::newRow("2026-07-28") << QStringLiteral("2026-07-28");
        QTest::newRow("2025-11-25") << QStringLiteral("2025-11-25");
        QTest::newRow("2025-03-26") << QStringLiteral("2025-03-26");
    }
    void aCallSignsInByItself()
    {
        QFETCH(const QString, version);
        Household house;
        const QString id = house.add().account.id;
        const QJsonObject headline{
            {QStringLiteral("text"), QStringLiteral("Profit soars as sales beat expectations")}};
        const auto result = call(house, id, QStringLiteral("analyze_sentiment"), headline, version);
        QVERIFY2(result, result ? "" : qPrintable(result.error().message));
        QVERIFY(result->contains(QLatin1StringView("content")));
        const QJsonObject verdict =
            result->value(QLatin1StringView("structuredContent")).toObject();
        QCOMPARE(verdict.value(QLatin1StringView("label")).toString(), QStringLiteral("positive"));
        const auto counts = house.lab->requestCounts();
        for (const char *once : {"probe", "resource_metadata", "issuer_metadata", "registration",
                 "authorization", "token_code"})
            QVERIFY2(counts.value(QString::fromLatin1(once)) == 1, once);
    }

    void aStepUpAddsAndTakesNothingAway()
    {
        Household house;
        const QString id = house.add().account.id;
        QVERIFY(house.signIn(id));
        const QJsonObject texts{
            {QStringLiteral("texts"), QJsonArray{QStringLiteral("Shares fall")}}};
        const auto result = call(house, id, QStringLiteral("analyze_batch"), texts);
        QVERIFY2(result, result ? "" : qPrintable(result.error().message));
        QCOMPARE(house.person->prompts.size(), 2);
        const QStringList second = scopesOf(house.person->prompts.at(1));
        QVERIFY(second.contains(readScope));
        QVERIFY(second.contains(batchScope));
        const QStringList granted = house.view(id).account.grantedScopes;
        QVERIFY(granted.contains(readScope));
        QVERIFY(granted.contains(batchScope));
    }

    void aStepUpThatIsDeclinedLeavesTheOldToken()
    {
        Household house;
        const QString id = house.add().account.id;
        QVERIFY(house.signIn(id));
        house.lab->setFault(Fault::AuthorizationDenied);
        const QJsonObject texts{{QStringLiteral("texts"), QJsonArray{QStringLiteral("x")}}};
        const auto result = call(house, id, QStringLiteral("analyze_batch"), texts);
        QCOMPARE(result.error().code, ErrorCode::Cancelled);
        house.lab->clearFaults();
        QVERIFY(call(house, id));
        QCOMPARE(house.person->prompts.size(), 2);
    }

    void aServerThatIsNeverContentIsGivenUp()
    {
        Household house;
        const QString id = house.add().account.id;
        house.lab->setFault(Fault::Always403);
        const QJsonObject headline{{QStringLiteral("text"), QStringLiteral("x")}};
        const auto result = call(house, id, QStringLiteral("analyze_sentiment"), headline);
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::ScopeMissing);
        QVERIFY(house.person->prompts.size() <= 3);
    }

    void withoutAPersonNothingOpens()
    {
        Household house;
        const QString id = house.add().account.id;
        const auto first = await(house.heart->call(id, {}, {}, {}, nullptr, {}));
        QCOMPARE(first.error().code, ErrorCode::SignInNeeded);
        QVERIFY(house.signIn(id));
        const QJsonObject texts{{QStringLiteral("texts"), QJsonArray{QStringLiteral("x")}}};
        const auto second =
            await(house.heart->call(id, QStringLiteral("analyze_batch"), texts, {}, nullptr, {}));
        QCOMPARE(second.error().code, ErrorCode::ScopeMissing);
        QVERIFY(second.error().message.contains(batchScope));
        QCOMPARE(house.person->prompts.size(), 1);
    }

    void aRefusedTokenIsRefreshedBeforeThePersonIsAsked()
    {
        Household house;
        const QString id = house.add().account.id;
        QVERIFY(house.signIn(id));
        // The server's clock runs ahead: it finds the token expired before we do.
        house.lab->setFault(Fault::ClockOneHourOff);
        Q_UNUSED(call(house, id));
        QCOMPARE(house.lab->requestCounts().value(QStringLiteral("token_refresh")), 1);
    }

    void anotherAuthorizationServerGetsNothingOfTheOld()
    {
        Household house;
        const QString id = house.add().account.id;
        QVERIFY(house.signIn(id));
        const QString oldClient = house.view(id).registration->clientId;
        // The resource moves after the first request that passes: the list of tools.
        house.lab->setFault(Fault::SecondIssuer);
        const QJsonObject headline{{QStringLiteral("text"), QStringLiteral("x")}};
        const auto result = call(house, id, QStringLiteral("analyze_sentiment"), headline);
        QVERIFY2(result, result ? "" : qPrintable(result.error().message));
        const AccountView view = house.view(id);
        QCOMPARE(view.account.issuer, house.lab->secondIssuer());
        QVERIFY(view.registration->clientId != oldClient);
        const auto counts = house.lab->requestCounts();
        QCOMPARE(counts.value(QStringLiteral("second_registration")), 1);
        QCOMPARE(counts.value(QStringLiteral("second_token_refresh")), 0);
        QVERIFY(!house.person->prompts.last().url.toString().contains(oldClient));
    }

    // A client id that a person registered somewhere is good there alone: no other is tried, and
    // none is made in silence.
    void aRegisteredClientIsNotTakenElsewhere()
    {
        testlab::LabOptions options = Household::approving();
        options.clientId = QStringLiteral("my-client");
        options.clientSecret = Secret::copyOf("my-client-secret");
        Household house(options);
        NewServer server;
        server.clientId = options.clientId;
        server.clientSecret = options.clientSecret;
        const QString id = house.add(server).account.id;
        QVERIFY(house.signIn(id));
        house.lab->setFault(Fault::SecondIssuer);
        const QJsonObject headline{{QStringLiteral("text"), QStringLiteral("x")}};
        Q_UNUSED(call(house, id, QStringLiteral("analyze_sentiment"), headline));
        const auto result = house.signIn(id);
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::RegistrationNeeded);
        QVERIFY(result.error().message.contains(house.lab->secondIssuer()));
        QCOMPARE(house.person->prompts.size(), 1);
        const auto counts = house.lab->requestCounts();
        for (const char *none :
            {"second_registration", "second_authorization", "second_token_code",
                "second_token_refresh"})
            QCOMPARE(counts.value(QString::fromLatin1(none)), 0);
        QVERIFY(counts.value(QStringLiteral("second_issuer_metadata")) > 0);
    }

    void anUnknownToolIsNamed()
    {
        Household house;
        const QString id = house.add().account.id;
        const auto result = call(house, id, QStringLiteral("make_coffee"));
        QCOMPARE(result.error().code, ErrorCode::InvalidInput);
        QVERIFY(result.error().message.contains(QStringLiteral("analyze_sentiment")));
    }
};

QTEST_GUILESS_MAIN(StepUpFlowTest)
#include "StepUpFlowTest.moc"
