// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/flows/Parlour.h"

#include <QCryptographicHash>
#include <QFile>
#include <QJsonArray>
#include <QTest>

using namespace chatelaine;
using namespace chatelaine::broker;
using namespace chatelaine::test;

namespace {

const QString loanToken = QStringLiteral("loan.token");

qint64 retryAfter(const client::Message &message)
{
    return message.error ? message.error->data.value(QLatin1StringView("retry_after_s")).toInteger()
                         : -1;
}

} // namespace

/// What a program can do to a person's attention and to the history, over real sockets.
class AskingFlowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aNoAnswersTheSameQuestionForAMinute()
    {
        Parlour parlour;
        parlour.person.automatic = Answer::Kind::Denied;
        Caller caller(parlour.borrowSocket());
        QCOMPARE(codeOf(caller.token()), ErrorCode::Refused);
        QCOMPARE(parlour.person.asked.size(), 1);
        // Another connection of the same program is the same program.
        Caller again(parlour.borrowSocket());
        const client::Message still = again.token();
        QCOMPARE(codeOf(still), ErrorCode::Refused);
        QCOMPARE(
            still.error->data.value(QLatin1StringView("by")).toString(), QStringLiteral("user"));
        QCOMPARE(retryAfter(still), 60);
        QCOMPARE(parlour.person.asked.size(), 1);
        // Another question is another question.
        again.token(QStringLiteral("sentiment:write"));
        QCOMPARE(parlour.person.asked.size(), 2);
        parlour.clock.advance(60'000);
        caller.token();
        QCOMPARE(parlour.person.asked.size(), 3);
    }

    void whoAsksTooOftenIsToldWhenToTryAgain()
    {
        Parlour parlour;
        parlour.person.automatic = Answer::Kind::Allowed;
        Caller caller(parlour.borrowSocket());
        const int allowed = Patience::Limits().questions;
        for (int i = 0; i < allowed; ++i)
            QVERIFY(!caller.token().error);
        const client::Message tooOften = caller.token();
        QCOMPARE(codeOf(tooOften), ErrorCode::TooManyRequests);
        QCOMPARE(retryAfter(tooOften), 20);
        QVERIFY(tooOften.error->message.contains(QStringLiteral("20 s")));
        QCOMPARE(parlour.person.asked.size(), allowed);
        parlour.clock.advance(20'000);
        QVERIFY(!caller.token().error);
        // A grant ends the asking.
        QVERIFY(!Caller(parlour.controlSocket())
                     .call(QStringLiteral("grants/add"),
                         {{QStringLiteral("server"), QStringLiteral("demo")},
                             {QStringLiteral("any_client"), true}})
                     .error);
        for (int i = 0; i < 20; ++i)
            QVERIFY(!caller.token().error);
    }

    void onlySoManyQuestionsOfOneProgramWait()
    {
        Parlour parlour;
        std::vector<std::unique_ptr<Caller>> callers;
        const int allowed = Patience::Limits().waiting;
        for (int i = 0; i < allowed; ++i) {
            callers.push_back(std::make_unique<Caller>(parlour.borrowSocket()));
            callers.back()->ask();
            QTRY_COMPARE(parlour.person.waiting, i + 1);
        }
        Caller oneMore(parlour.borrowSocket());
        QCOMPARE(codeOf(oneMore.token()), ErrorCode::TooManyRequests);
        callers.front()->leave();
        QTRY_COMPARE(parlour.person.waiting, allowed - 1);
        oneMore.ask();
        QTRY_COMPARE(parlour.person.waiting, allowed);
    }

    void theAskerTakesItsQuestionAlong()
    {
        Parlour parlour;
        Caller caller(parlour.borrowSocket());
        caller.ask();
        QTRY_COMPARE(parlour.person.waiting, 1);
        caller.leave();
        QTRY_COMPARE(parlour.person.waiting, 0);
        Caller again(parlour.borrowSocket());
        again.ask();
        QTRY_COMPARE(parlour.person.waiting, 1);
        // It was no denial: nothing is left of it in front of the next.
        parlour.person.answer(Answer::Kind::Allowed);
        QVERIFY(!again.answer().error);
        QCOMPARE(parlour.history(loanToken).size(), 1);
    }

    void aQuestionStandsForSoLong()
    {
        Parlour parlour;
        Caller caller(parlour.borrowSocket());
        caller.ask();
        QTRY_COMPARE(parlour.person.waiting, 1);
        parlour.clock.advance(Asking::longestQuestionMs - 1);
        QCOMPARE(parlour.person.waiting, 1);
        parlour.clock.advance(1);
        const client::Message answer = caller.answer();
        QCOMPARE(parlour.person.waiting, 0);
        QCOMPARE(codeOf(answer), ErrorCode::Refused);
        QCOMPARE(answer.error->data.value(QLatin1StringView("reason")).toString(),
            QStringLiteral("not_answered"));
        QTRY_COMPARE(parlour.history(loanToken, audit::Outcome::Denied).size(), 1);
    }

    void aStormOfDenialsIsTwoRows()
    {
        Parlour parlour;
        parlour.person.present = false;
        Caller caller(parlour.borrowSocket());
        const int refusals = Patience::Limits().refusals;
        for (int i = 0; i < refusals; ++i)
            QCOMPARE(codeOf(caller.token()), ErrorCode::Refused);
        const client::Message beyond = caller.token();
        QCOMPARE(codeOf(beyond), ErrorCode::TooManyRequests);
        QCOMPARE(retryAfter(beyond), 2);
        QTRY_COMPARE(parlour.history(loanToken, audit::Outcome::Denied).size(), 1);
        parlour.clock.advance(DenialNotes::togetherMs);
        QTRY_COMPARE(parlour.history(loanToken, audit::Outcome::Denied).size(), 2);
        const QString detail =
            parlour.history(loanToken, audit::Outcome::Denied).constLast().event.detail;
        QVERIFY2(detail.contains(QStringLiteral("; %1 more like it").arg(refusals - 1)),
            qPrintable(detail));
        // The next one is the first of a new minute.
        caller.token();
        QTRY_COMPARE(parlour.history(loanToken, audit::Outcome::Denied).size(), 3);
    }

    void variedDenialsDoNotFillTheHistoryEither()
    {
        Parlour parlour;
        parlour.person.present = false;
        Caller caller(parlour.borrowSocket());
        for (int i = 0; i < Patience::Limits().refusals; ++i)
            caller.token(QStringLiteral("scope-%1").arg(i));
        parlour.clock.advance(DenialNotes::togetherMs);
        // The first of those beyond, and how many there were.
        QTRY_COMPARE(parlour.history(loanToken, audit::Outcome::Denied).size(),
            DenialNotes::rowsOfOneClient + 2);
    }

    void aYesOnTheTerminalLeavesNoDenial()
    {
        // This process is our own command here, so that the caller is who started it.
        Parlour::Options options;
        options.transparent = QCoreApplication::applicationFilePath();
        Parlour parlour(options);
        parlour.person.present = false;
        const QJsonObject params{{QStringLiteral("server"), QStringLiteral("demo")},
            {QStringLiteral("prompt_on_terminal"), true}};
        Caller command(parlour.borrowSocket());
        const client::Message first = command.call(QStringLiteral("token/get"), params);
        QCOMPARE(codeOf(first), ErrorCode::Refused);
        QVERIFY(first.error->data.contains(QLatin1StringView("ask")));
        QVERIFY(!Caller(parlour.controlSocket())
                     .call(QStringLiteral("grants/add"),
                         {{QStringLiteral("server"), QStringLiteral("demo")},
                             {QStringLiteral("caller"), true},
                             {QStringLiteral("lifetime"), QStringLiteral("once")}})
                     .error);
        QVERIFY(!command.call(QStringLiteral("token/get"), params).error);
        QCOMPARE(parlour.history(QStringLiteral("question.asked")).size(), 1);
        QVERIFY(parlour.history(loanToken, audit::Outcome::Denied).isEmpty());
        QCOMPARE(parlour.history(loanToken, audit::Outcome::Ok).size(), 1);

        QJsonObject no = params;
        no.insert(QStringLiteral("denied_on_terminal"), true);
        const client::Message refused = command.call(QStringLiteral("token/get"), no);
        QCOMPARE(codeOf(refused), ErrorCode::Refused);
        QTRY_COMPARE(parlour.history(loanToken, audit::Outcome::Denied).size(), 1);
        QCOMPARE(parlour.history(loanToken, audit::Outcome::Denied).constFirst().event.detail,
            QStringLiteral("denied by the user on the terminal"));
    }

    void onlyOurOwnCommandMaySayThatItAsks()
    {
        Parlour parlour;
        parlour.person.present = false;
        Caller caller(parlour.borrowSocket());
        caller.call(QStringLiteral("token/get"),
            {{QStringLiteral("server"), QStringLiteral("demo")},
                {QStringLiteral("prompt_on_terminal"), true}});
        QTRY_COMPARE(parlour.history(loanToken, audit::Outcome::Denied).size(), 1);
        QVERIFY(parlour.history(QStringLiteral("question.asked")).isEmpty());
        // Nor can it put words into the person's mouth.
        parlour.allowEveryone();
        const client::Message lent = caller.call(QStringLiteral("token/get"),
            {{QStringLiteral("server"), QStringLiteral("demo")},
                {QStringLiteral("denied_on_terminal"), true}});
        QVERIFY(!lent.error);
        QCOMPARE(parlour.history(loanToken, audit::Outcome::Denied).size(), 1);
    }

    void aWeaklyKnownProgramGetsOneLoanWhateverIsAnswered()
    {
        Parlour parlour;
        broker::LinuxPeerIdentity::Options old{{}, ::geteuid()};
        old.peerPidfd = false;
        parlour.identity = broker::LinuxPeerIdentity(old);
        parlour.person.automatic = Answer::Kind::Allowed;
        store::Grant always;
        always.exe = QCoreApplication::applicationFilePath();
        parlour.person.remember = always;
        Caller caller(parlour.borrowSocket());
        QVERIFY(!caller.token().error);
        QVERIFY(!parlour.person.asked.constFirst().caller->strong);
        QVERIFY(parlour.broker->grants().all().isEmpty());
        QVERIFY(!caller.token().error);
        QCOMPARE(parlour.person.asked.size(), 2);
        const client::Message grant = Caller(parlour.controlSocket())
                                          .call(QStringLiteral("grants/add"),
                                              {{QStringLiteral("server"), QStringLiteral("demo")},
                                                  {QStringLiteral("caller"), true}});
        QCOMPARE(codeOf(grant), ErrorCode::InvalidInput);
    }

    void grantsOfEveryLifetimeAreGivenAndEnd()
    {
        Parlour parlour;
        Caller control(parlour.controlSocket());
        const auto add = [&](QJsonObject params) {
            params.insert(QStringLiteral("server"), QStringLiteral("demo"));
            return control.call(QStringLiteral("grants/add"), params);
        };
        const QString self = QCoreApplication::applicationFilePath();
        const client::Message always =
            add({{QStringLiteral("exe"), self}, {QStringLiteral("idle_s"), 3600}});
        QFile program(self);
        QVERIFY(program.open(QIODevice::ReadOnly));
        const QByteArray hash =
            QCryptographicHash::hash(program.readAll(), QCryptographicHash::Sha256).toHex();
        QCOMPARE(always.object.value(QLatin1StringView("exe_sha256")).toString().toLatin1(), hash);
        QCOMPARE(always.object.value(QLatin1StringView("idle_s")).toInt(), 3600);
        // The hash that is stored is the one that is compared.
        Caller caller(parlour.borrowSocket());
        control.call(QStringLiteral("settings/set"),
            {{QStringLiteral("name"), QStringLiteral("policy")},
                {QStringLiteral("value"), QStringLiteral("deny")}});
        QVERIFY(!caller.token().error);
        QVERIFY(!add({{QStringLiteral("any_client"), true},
                         {QStringLiteral("lifetime"), QStringLiteral("until_lock")}})
                     .error);
        QVERIFY(!add({{QStringLiteral("caller"), true},
                         {QStringLiteral("lifetime"), QStringLiteral("session")}})
                     .error);
        const client::Message denial = add({{QStringLiteral("exe"), QStringLiteral("/bin/sh")},
            {QStringLiteral("deny"), true}, {QStringLiteral("for_s"), 60}});
        QVERIFY(denial.object.value(QLatin1StringView("deny")).toBool());
        for (const QJsonObject &wrong :
            {QJsonObject{{QStringLiteral("lifetime"), QStringLiteral("forever")}},
                QJsonObject{{QStringLiteral("lifetime"), QStringLiteral("until")}},
                QJsonObject{{QStringLiteral("lifetime"), QStringLiteral("session")}},
                QJsonObject{{QStringLiteral("idle_s"), 0}}}) {
            QJsonObject params = wrong;
            params.insert(QStringLiteral("any_client"), true);
            QCOMPARE(codeOf(add(params)), ErrorCode::InvalidInput);
        }
        const auto count = [&] {
            return control.call(QStringLiteral("grants/list"))
                .object.value(QLatin1StringView("grants"))
                .toArray()
                .size();
        };
        QCOMPARE(count(), 4);
        control.call(QStringLiteral("lock"));
        control.call(QStringLiteral("unlock"));
        QCOMPARE(count(), 3);
        parlour.clock.advance(60'000);
        QCOMPARE(count(), 2);
        parlour.clock.advance(3'600'000);
        QCOMPARE(count(), 1);
        QTRY_COMPARE(parlour.history(QStringLiteral("grant.ended")).size(), 3);
    }

    void whatIsFollowedTwiceIsToldOnce()
    {
        Parlour parlour;
        auto follower = client::BrokerClient::connectTo(parlour.controlSocket());
        QVERIFY(follower);
        QVERIFY(follower->send(QStringLiteral("audit/follow")));
        QVERIFY(follower->send(QStringLiteral("audit/follow")));
        Caller(parlour.controlSocket())
            .call(QStringLiteral("grants/add"),
                {{QStringLiteral("server"), QStringLiteral("demo")},
                    {QStringLiteral("any_client"), true}});
        QTRY_COMPARE(parlour.history(QStringLiteral("grant.added")).size(), 1);
        QVERIFY(follower->send(QStringLiteral("status")));
        int told = 0;
        bool ended = false;
        QTRY_VERIFY([&] {
            const auto message = follower->receive(0);
            if (message && *message) {
                told += (*message)->method == QLatin1StringView("audit/record") ? 1 : 0;
                ended = (*message)->object.contains(QLatin1StringView("connections"));
            }
            return ended;
        }());
        QCOMPARE(told, 1);
    }

    void aCallIsWrittenDownWithTheTokenItUses()
    {
        Parlour parlour;
        Caller control(parlour.controlSocket());
        control.call(QStringLiteral("grants/add"),
            {{QStringLiteral("server"), QStringLiteral("demo")},
                {QStringLiteral("any_client"), true}});
        const auto fingerprint = [&] {
            return parlour.broker->credentials().account(parlour.account)->account.tokenFingerprint;
        };
        const QString before = fingerprint();
        parlour.clock.advance(3'600'001);
        const client::Message called = control.call(
            QStringLiteral("mcp/call"), {{QStringLiteral("server"), QStringLiteral("demo")}});
        QVERIFY2(!called.error, called.error ? qPrintable(called.error->message) : "");
        QVERIFY(fingerprint() != before);
        const QList<audit::Record> calls = parlour.history(QStringLiteral("loan.call"));
        QCOMPARE(calls.size(), 1);
        QCOMPARE(calls.constFirst().event.tokenFingerprint, fingerprint());
    }
};

QTEST_GUILESS_MAIN(AskingFlowTest)
#include "AskingFlowTest.moc"
