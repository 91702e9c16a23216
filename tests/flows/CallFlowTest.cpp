// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/client/Protocol.h"
#include "tests/flows/Parlour.h"
#include "tests/support/RawHttpServer.h"

#include <QJsonArray>
#include <QTest>

#include <sys/resource.h>

using namespace chatelaine;
using namespace chatelaine::broker;
using namespace chatelaine::test;

namespace {

const QString loanCall = QStringLiteral("loan.call");
const QString demo = QStringLiteral("demo");

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

/// mcp/call as a loan: what it is lent, and what is written down of it.
class CallFlowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whoBorrowsAtTheControlSocketIsABorrower()
    {
        rlimit before = {};
        QCOMPARE(::getrlimit(RLIMIT_NOFILE, &before), 0);
        const rlimit few{256, before.rlim_max};
        QCOMPARE(::setrlimit(RLIMIT_NOFILE, &few), 0);
        const int toManage = ReceptionLimits::ofThisProcess().connectionsToManage;
        Parlour parlour;
        QCOMPARE(::setrlimit(RLIMIT_NOFILE, &before), 0);
        parlour.allowEveryone();
        std::vector<std::unique_ptr<Caller>> callers;
        for (int i = 0; i < 2 * toManage; ++i) {
            callers.push_back(std::make_unique<Caller>(parlour.controlSocket()));
            const bool tool = i % 2 == 0;
            QVERIFY(!callers.back()
                         ->call(tool ? QStringLiteral("mcp/call") : QStringLiteral("token/get"),
                             {{QStringLiteral("server"), demo}})
                         .error);
        }
        QVERIFY(!Caller(parlour.controlSocket()).call(QStringLiteral("status")).error);
    }

    void callsThatFailDoNotFillTheHistory()
    {
        Parlour parlour;
        parlour.allowEveryone();
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

    /// The server answers 401 once; what goes on with a new token is written down before.
    void aRenewedTokenOfACallIsWrittenDownBeforeItIsUsed()
    {
        Parlour parlour;
        parlour.allowEveryone();
        const QString before = parlour.fingerprint();
        QVERIFY(parlour.lab->setFault(testlab::Fault::ClockOneHourOff));
        parlour.gate.holding = QStringLiteral("grant_type=refresh_token");
        Caller control(parlour.controlSocket());
        control.say(QStringLiteral("mcp/call"), {{QStringLiteral("server"), demo}});
        QTRY_COMPARE(parlour.gate.held, 1);
        parlour.gate.release(QStringLiteral("/mcp"));
        QTRY_COMPARE(parlour.gate.held, 2);
        const QString now = parlour.fingerprint();
        QVERIFY(now != before);
        const QList<audit::Record> calls = parlour.history(loanCall);
        QCOMPARE(calls.size(), 2);
        QCOMPARE(calls.first().event.tokenFingerprint, before);
        QCOMPARE(calls.last().event.tokenFingerprint, now);
        parlour.gate.release();
        QVERIFY(!control.answer().error);
        QCOMPARE(parlour.history(loanCall).size(), 2);
    }

    /// Not a sign-in that nobody finished.
    void aServerThatIsSilentIsUnreachable()
    {
        Parlour parlour;
        parlour.allowEveryone();
        bool heard = false;
        RawHttpServer silent(
            [&heard](QTcpSocket &, const RawHttpServer::Request &) { heard = true; });
        Caller control(parlour.controlSocket());
        const QJsonObject quiet{{QStringLiteral("server"), QStringLiteral("quiet")}};
        QVERIFY(!control
                     .call(QStringLiteral("servers/add"),
                         {{QStringLiteral("url"), silent.url().toString()},
                             {QStringLiteral("name"), QStringLiteral("quiet")}})
                     .error);
        QVERIFY(!control
                     .call(QStringLiteral("grants/add"),
                         {{QStringLiteral("server"), QStringLiteral("quiet")},
                             {QStringLiteral("any_client"), true}})
                     .error);
        for (const char *method : {"mcp/call", "login"}) {
            heard = false;
            control.say(QLatin1StringView(method), quiet);
            QTRY_VERIFY(heard);
            parlour.clock.advance(120'001);
            QTRY_VERIFY(control.isAnswered());
            const ErrorCode code = codeOf(control.answer());
            QCOMPARE(protocol::rpcCode(code), protocol::ServerUnreachable);
            QCOMPARE(protocol::exitStatus(code), protocol::ExitUnreachable);
        }
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
        QCOMPARE(lent().constLast().event.tokenFingerprint == parlour.fingerprint(), goesOn);
        if (goesOn)
            return;
        QCOMPARE(codeOf(called), ErrorCode::Refused);
        const QJsonObject ask = called.error->data.value(QLatin1StringView("ask")).toObject();
        QVERIFY(ask.value(QLatin1StringView("scope"))
                    .toString()
                    .contains(QStringLiteral("sentiment:batch")));
        QTRY_COMPARE(parlour.history(loanCall, audit::Outcome::Denied).size(), 1);
    }

    /// What our command does on a terminal: it asks about what the call has gained, and goes on.
    void aSecondGrantForOnceIsEnough()
    {
        Parlour parlour;
        parlour.person.present = false;
        Caller control(parlour.controlSocket());
        const auto browser = std::make_shared<TestPerson>();
        control.onNotification = opensIn(browser);
        const QJsonObject batch{{QStringLiteral("server"), demo},
            {QStringLiteral("tool"), QStringLiteral("analyze_batch")},
            {QStringLiteral("arguments"),
                QJsonObject{{QStringLiteral("texts"), QJsonArray{QStringLiteral("Shares fall")}}}}};
        client::Message called = control.call(QStringLiteral("mcp/call"), batch);
        for (int i = 0; i < 2; ++i) {
            QCOMPARE(codeOf(called), ErrorCode::Refused);
            const QJsonObject ask = called.error->data.value(QLatin1StringView("ask")).toObject();
            QVERIFY(
                !control
                     .call(QStringLiteral("grants/add"),
                         {{QStringLiteral("server"), demo}, {QStringLiteral("any_client"), true},
                             {QStringLiteral("lifetime"), QStringLiteral("once")},
                             {QStringLiteral("scope"), ask.value(QLatin1StringView("scope"))}})
                     .error);
            called = control.call(QStringLiteral("mcp/call"), batch);
        }
        QVERIFY2(!called.error, called.error ? qPrintable(called.error->message) : "");
        QCOMPARE(browser->prompts.size(), 1);
        QVERIFY(parlour.broker->grants().all().isEmpty());
    }

    /// A session of the older protocol is said goodbye to with a token, after the refusal.
    void aQuestionThatNobodyAnswersIsPutOnce()
    {
        Parlour parlour;
        Caller control(parlour.controlSocket());
        const QStringList had =
            parlour.broker->credentials().account(parlour.account)->account.grantedScopes;
        QVERIFY(!control
                     .call(QStringLiteral("grants/add"),
                         {{QStringLiteral("server"), demo}, {QStringLiteral("any_client"), true},
                             {QStringLiteral("scope"), had.join(u' ')}})
                     .error);
        const auto browser = std::make_shared<TestPerson>();
        control.onNotification = opensIn(browser);
        control.say(QStringLiteral("mcp/call"),
            {{QStringLiteral("server"), demo},
                {QStringLiteral("protocol_version"), QStringLiteral("2025-11-25")},
                {QStringLiteral("tool"), QStringLiteral("analyze_batch")},
                {QStringLiteral("arguments"),
                    QJsonObject{
                        {QStringLiteral("texts"), QJsonArray{QStringLiteral("Shares fall")}}}}});
        QTRY_VERIFY(control.isAnswered() || parlour.person.waiting == 1);
        parlour.clock.advance(Asking::longestQuestionMs);
        QTRY_VERIFY(control.isAnswered());
        QCOMPARE(codeOf(control.answer()), ErrorCode::Refused);
        QCOMPARE(parlour.person.asked.size(), 1);
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
        QCOMPARE(calls.constFirst().event.tokenFingerprint, parlour.fingerprint());
    }
};

QTEST_GUILESS_MAIN(CallFlowTest)
#include "CallFlowTest.moc"
