// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/flows/Parlour.h"

#include <QJsonArray>
#include <QTest>

using namespace chatelaine;
using namespace chatelaine::broker;
using namespace chatelaine::test;

namespace {

const QString loanToken = QStringLiteral("loan.token");
const QString loanCall = QStringLiteral("loan.call");
const QString demo = QStringLiteral("demo");

ErrorCode codeOf(const client::Message &message)
{
    return message.error ? message.error->code : ErrorCode::Internal;
}

QString fingerprint(const Parlour &parlour)
{
    return parlour.broker->credentials().account(parlour.account)->account.tokenFingerprint;
}

void allowEveryone(const Parlour &parlour)
{
    const client::Message added =
        Caller(parlour.controlSocket())
            .call(QStringLiteral("grants/add"),
                {{QStringLiteral("server"), demo}, {QStringLiteral("any_client"), true}});
    QVERIFY(!added.error);
}

/// The browser that our command opens when it is told to.
std::function<void(const client::Message &)> opensIn(const std::shared_ptr<TestPerson> &browser)
{
    return [browser](const client::Message &message) {
        if (message.method != QLatin1StringView("login/open"))
            return;
        credentials::AuthorizationPrompt prompt;
        prompt.url = QUrl(message.object.value(QLatin1StringView("url")).toString());
        browser->authorize(prompt);
    };
}

} // namespace

/// What a program that may borrow can make of it, over real sockets.
class BorrowerFlowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aStormOfLoansThatFailIsTwoRows()
    {
        Parlour parlour;
        allowEveryone(parlour);
        Caller control(parlour.controlSocket());
        QVERIFY(!control.call(QStringLiteral("logout"), {{QStringLiteral("server"), demo}}).error);
        Caller caller(parlour.borrowSocket());
        constexpr int storm = 200;
        for (int i = 0; i < storm; ++i)
            QCOMPARE(codeOf(caller.token()), ErrorCode::SignInNeeded);
        const auto failures = [&] { return parlour.history(loanToken, audit::Outcome::Failed); };
        parlour.clock.advance(DenialNotes::togetherMs);
        QTRY_COMPARE(failures().size(), 2);
        const QString detail = failures().constLast().event.detail;
        QVERIFY2(detail.contains(QStringLiteral("; %1 more like it").arg(storm - 1)),
            qPrintable(detail));
    }

    void scopesThatTheServerDidNotGrantDoNotFillTheHistory()
    {
        Parlour parlour;
        allowEveryone(parlour);
        Caller caller(parlour.borrowSocket());
        for (int i = 0; i < 50; ++i)
            QCOMPARE(
                codeOf(caller.token(QStringLiteral("scope-%1").arg(i))), ErrorCode::ScopeMissing);
        parlour.clock.advance(DenialNotes::togetherMs);
        // The first of those beyond, and how many there were.
        QTRY_COMPARE(parlour.history(loanToken, audit::Outcome::Denied).size(),
            DenialNotes::rowsOfOneClient + 2);
    }

    void callsThatFailDoNotFillTheHistory()
    {
        Parlour parlour;
        allowEveryone(parlour);
        parlour.clock.advance(3'600'001);
        parlour.lab.reset();
        Caller control(parlour.controlSocket());
        for (int i = 0; i < 50; ++i) {
            const client::Message called = control.call(QStringLiteral("mcp/call"),
                {{QStringLiteral("server"), demo},
                    {QStringLiteral("tool"), QStringLiteral("tool-%1").arg(i)}});
            QCOMPARE(codeOf(called), ErrorCode::Unreachable);
        }
        parlour.clock.advance(DenialNotes::togetherMs);
        QTRY_COMPARE(parlour.history(loanCall, audit::Outcome::Failed).size(),
            DenialNotes::rowsOfOneClient + 2);
    }

    void anIssuerThatIsSilentIsUnreachable()
    {
        Parlour parlour;
        allowEveryone(parlour);
        parlour.clock.advance(3'600'001);
        QVERIFY(parlour.lab->setFault(testlab::Fault::TokenEndpointHangs));
        Caller caller(parlour.borrowSocket());
        caller.ask();
        const auto refreshes = [&] {
            return parlour.lab->requestCounts().value(QStringLiteral("token_refresh"));
        };
        QTRY_COMPARE(refreshes(), 1);
        parlour.clock.advance(10'000);
        const client::Message first = caller.answer();
        QCOMPARE(protocol::rpcCode(codeOf(first)), protocol::ServerUnreachable);
        QCOMPARE(protocol::exitStatus(codeOf(first)), protocol::ExitUnreachable);
        QVERIFY(first.error->message.contains(QStringLiteral("did not answer")));
        QCOMPARE(first.error->data.value(QLatin1StringView("retry_after_s")).toInt(), 1);
        // Until then nobody bothers the issuer.
        const client::Message second = caller.token();
        QCOMPARE(protocol::rpcCode(codeOf(second)), protocol::ServerUnreachable);
        QCOMPARE(refreshes(), 1);
    }

    /// The server answers 401 once; what goes on with a new token is written down before.
    void aRenewedTokenOfACallIsWrittenDownBeforeItIsUsed()
    {
        Parlour parlour;
        allowEveryone(parlour);
        const QString before = fingerprint(parlour);
        QVERIFY(parlour.lab->setFault(testlab::Fault::ClockOneHourOff));
        parlour.gate.holding = QStringLiteral("grant_type=refresh_token");
        Caller control(parlour.controlSocket());
        control.say(QStringLiteral("mcp/call"), {{QStringLiteral("server"), demo}});
        QTRY_COMPARE(parlour.gate.held, 1);
        parlour.gate.release(QStringLiteral("/mcp"));
        QTRY_COMPARE(parlour.gate.held, 2);
        const QString now = fingerprint(parlour);
        QVERIFY(now != before);
        const QList<audit::Record> calls = parlour.history(loanCall);
        QCOMPARE(calls.size(), 2);
        QCOMPARE(calls.first().event.tokenFingerprint, before);
        QCOMPARE(calls.last().event.tokenFingerprint, now);
        parlour.gate.release();
        QVERIFY(!control.answer().error);
        QCOMPARE(parlour.history(loanCall).size(), 2);
    }

    void aGrantForOnceIsForTheWholeCall()
    {
        Parlour parlour;
        parlour.person.present = false;
        Caller control(parlour.controlSocket());
        const QJsonObject server{{QStringLiteral("server"), demo}};
        QJsonObject once = server;
        once.insert(QStringLiteral("any_client"), true);
        once.insert(QStringLiteral("lifetime"), QStringLiteral("once"));
        QVERIFY(!control.call(QStringLiteral("grants/add"), once).error);
        QVERIFY(parlour.lab->setFault(testlab::Fault::ClockOneHourOff));
        const client::Message called = control.call(QStringLiteral("mcp/call"), server);
        QVERIFY2(!called.error, called.error ? qPrintable(called.error->message) : "");
        QCOMPARE(parlour.history(loanCall, audit::Outcome::Ok).size(), 2);
        QVERIFY(parlour.broker->grants().all().isEmpty());
        QCOMPARE(codeOf(control.call(QStringLiteral("mcp/call"), server)), ErrorCode::Refused);
    }

    void aGrantForOnceSurvivesACallThatCameToNothing()
    {
        Parlour parlour;
        parlour.person.present = false;
        Caller control(parlour.controlSocket());
        QVERIFY(!control
                     .call(QStringLiteral("grants/add"),
                         {{QStringLiteral("server"), demo}, {QStringLiteral("any_client"), true},
                             {QStringLiteral("lifetime"), QStringLiteral("once")}})
                     .error);
        parlour.clock.advance(3'600'001);
        parlour.lab->stop();
        const client::Message called =
            control.call(QStringLiteral("mcp/call"), {{QStringLiteral("server"), demo}});
        QCOMPARE(codeOf(called), ErrorCode::Unreachable);
        QCOMPARE(parlour.broker->grants().all().size(), 1);
        QTRY_COMPARE(parlour.history(loanCall, audit::Outcome::Failed).size(), 1);
    }

    /// A step-up brings scopes that the grant does not have.
    void scopesThatACallGainsAreAskedAbout_data()
    {
        QTest::addColumn<bool>("goesOn");
        QTest::newRow("a grant for every scope") << true;
        QTest::newRow("a grant for those of before") << false;
    }
    void scopesThatACallGainsAreAskedAbout()
    {
        QFETCH(const bool, goesOn);
        Parlour parlour;
        parlour.person.present = false;
        Caller control(parlour.controlSocket());
        QJsonObject grant{{QStringLiteral("server"), demo}, {QStringLiteral("any_client"), true}};
        const QStringList had =
            parlour.broker->credentials().account(parlour.account)->account.grantedScopes;
        if (!goesOn)
            grant.insert(QStringLiteral("scope"), had.join(u' '));
        QVERIFY(!control.call(QStringLiteral("grants/add"), grant).error);
        const auto browser = std::make_shared<TestPerson>();
        control.onNotification = opensIn(browser);
        const client::Message called = control.call(QStringLiteral("mcp/call"),
            {{QStringLiteral("server"), demo},
                {QStringLiteral("tool"), QStringLiteral("analyze_batch")},
                {QStringLiteral("arguments"),
                    QJsonObject{
                        {QStringLiteral("texts"), QJsonArray{QStringLiteral("Shares fall")}}}}});
        QCOMPARE(browser->prompts.size(), 1);
        QCOMPARE(!called.error, goesOn);
        const auto lent = [&] { return parlour.history(loanCall, audit::Outcome::Ok); };
        QCOMPARE(lent().size(), goesOn ? 2 : 1);
        QCOMPARE(lent().constLast().event.tokenFingerprint == fingerprint(parlour), goesOn);
        if (goesOn)
            return;
        QCOMPARE(codeOf(called), ErrorCode::Refused);
        const QJsonObject ask = called.error->data.value(QLatin1StringView("ask")).toObject();
        QVERIFY(ask.value(QLatin1StringView("scope"))
                    .toString()
                    .contains(QStringLiteral("sentiment:batch")));
        QTRY_COMPARE(parlour.history(loanCall, audit::Outcome::Denied).size(), 1);
    }

    void aCallThatSignsInIsOneLoan()
    {
        Parlour parlour;
        parlour.person.automatic = Answer::Kind::Allowed;
        Caller control(parlour.controlSocket());
        QVERIFY(!control.call(QStringLiteral("logout"), {{QStringLiteral("server"), demo}}).error);
        const auto browser = std::make_shared<TestPerson>();
        control.onNotification = opensIn(browser);
        const client::Message called =
            control.call(QStringLiteral("mcp/call"), {{QStringLiteral("server"), demo}});
        QVERIFY2(!called.error, called.error ? qPrintable(called.error->message) : "");
        // Asked once, and for whatever the sign-in would bring.
        QCOMPARE(parlour.person.asked.size(), 1);
        const QList<audit::Record> calls = parlour.history(loanCall);
        QCOMPARE(calls.size(), 1);
        QCOMPARE(calls.constFirst().event.tokenFingerprint, fingerprint(parlour));
    }
};

QTEST_GUILESS_MAIN(BorrowerFlowTest)
#include "BorrowerFlowTest.moc"
