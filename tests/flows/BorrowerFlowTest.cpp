// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/broker/Methods.h"
#include "tests/flows/Parlour.h"

#include <QJsonArray>
#include <QLocalSocket>
#include <QTest>

#include <malloc.h>

using namespace chatelaine;
using namespace chatelaine::broker;
using namespace chatelaine::test;

namespace {

const QString loanToken = QStringLiteral("loan.token");
const QString demo = QStringLiteral("demo");

} // namespace

/// What a program that may borrow can make of it, over real sockets.
class BorrowerFlowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aStormOfLoansThatFailIsTwoRows()
    {
        Parlour parlour;
        parlour.allowEveryone();
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

    /// What they hold is counted, not how long they are; and there is room left to say no.
    void requestsThatWaitTakeSoMuchMemory_data()
    {
        QTest::addColumn<QByteArray>("params");
        QTest::newRow("short") << QByteArray();
        QTest::newRow("of many values") << ",\"x\":[0" + QByteArray(",0").repeated(3000) + ']';
        QTest::newRow("of many lists") << ",\"x\":[[]" + QByteArray(",[]").repeated(3000) + ']';
        QTest::newRow("of text") << ",\"x\":\"" + QByteArray(8000, 'x') + '"';
    }
    void requestsThatWaitTakeSoMuchMemory()
    {
        QFETCH(const QByteArray, params);
        Parlour parlour;
        parlour.allowEveryone();
        parlour.clock.advance(3'600'001);
        parlour.gate.holding = QStringLiteral("grant_type=refresh_token");
        constexpr int storm = 2000;
        constexpr int doors = 40;
        std::vector<std::unique_ptr<QLocalSocket>> sockets;
        for (int i = 0; i < doors; ++i) {
            sockets.push_back(std::make_unique<QLocalSocket>());
            sockets.back()->connectToServer(parlour.borrowSocket());
            QTRY_COMPARE(parlour.broker->reception().connections().size(), sockets.size());
        }
        const auto heap = [] {
            const struct mallinfo2 now = ::mallinfo2();
            return static_cast<qint64>(now.uordblks + now.hblkhd);
        };
        const QByteArray line = R"({"jsonrpc":"2.0","id":1,"method":"token/get","params":)"
                                R"({"server":"demo")"
            + params + "}}\n";
        const qint64 before = heap();
        qsizetype refused = 0;
        const auto answered = [&] {
            qsizetype lines = 0;
            for (const auto &socket : sockets)
                lines += socket->peek(socket->bytesAvailable()).count('\n');
            return lines;
        };
        for (int i = 0; i < storm; ++i) {
            QLocalSocket &socket = *sockets[static_cast<size_t>(i % doors)];
            socket.write(line);
            QTRY_COMPARE(socket.bytesToWrite(), 0);
            if (i % doors == doors - 1) {
                QTRY_COMPARE(answered() + parlour.broker->reception().runningRequests(), i + 1);
            }
        }
        refused = answered();
        QVERIFY(refused > 0);
        // Beside the requests: the refusals in the sockets of this test.
        const qint64 most = ReceptionLimits().bytesOfOneProcess;
        const qint64 taken = heap() - before;
        QVERIFY2(taken < most, qPrintable(QString::number(taken)));
        QCOMPARE(parlour.broker->reception().connections().size(), size_t(doors));
        for (const auto &socket : sockets) {
            while (socket->canReadLine())
                QVERIFY(socket->readLine().contains("too_many_requests"));
        }
        parlour.gate.release();
        QTRY_COMPARE(parlour.broker->reception().runningRequests(), 0);
    }

    void scopesWithoutEndAreRefused()
    {
        Parlour parlour;
        parlour.allowEveryone();
        Caller caller(parlour.borrowSocket());
        const QString hundred = QStringLiteral("a ").repeated(99) + u'a';
        QCOMPARE(codeOf(caller.token(hundred)), ErrorCode::ScopeMissing);
        QCOMPARE(codeOf(caller.token(hundred + QStringLiteral(" a"))), ErrorCode::InvalidInput);
    }

    void scopesThatTheServerDidNotGrantDoNotFillTheHistory()
    {
        Parlour parlour;
        parlour.allowEveryone();
        Caller caller(parlour.borrowSocket());
        for (int i = 0; i < 50; ++i)
            QCOMPARE(
                codeOf(caller.token(QStringLiteral("scope-%1").arg(i))), ErrorCode::ScopeMissing);
        parlour.clock.advance(DenialNotes::togetherMs);
        // The first of those beyond, and how many there were.
        QTRY_COMPARE(parlour.history(loanToken, audit::Outcome::Denied).size(),
            DenialNotes::rowsOfOneClient + 2);
    }

    void anIssuerThatIsSilentIsUnreachable()
    {
        Parlour parlour;
        parlour.allowEveryone();
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

    void rejectingATokenForcesOneRefresh()
    {
        Parlour parlour;
        parlour.allowEveryone();
        const auto refreshes = [&] {
            return parlour.lab->requestCounts().value(QStringLiteral("token_refresh"));
        };
        Caller caller(parlour.borrowSocket());
        const auto reject = [&] {
            const client::Message told = caller.call(QStringLiteral("token/rejected"),
                {{QStringLiteral("server"), demo},
                    {QStringLiteral("token_fingerprint"), parlour.fingerprint()},
                    {QStringLiteral("status"), 401}});
            return told.object.value(QLatin1StringView("action")).toString();
        };
        QCOMPARE(reject(), QStringLiteral("retry_with_new_token"));
        for (int i = 0; i < 10; ++i)
            QCOMPARE(reject(), QStringLiteral("give_up"));
        QCOMPARE(refreshes(), 1);
        const auto told = [&] { return parlour.history(QStringLiteral("token.rejected")); };
        QTRY_COMPARE(told().size(), 2);
        QVERIFY(told().constFirst().event.client.pid > 0);
        // A server that goes on refusing gets another chance a while later.
        parlour.clock.advance(30'000);
        QCOMPARE(reject(), QStringLiteral("retry_with_new_token"));
        QCOMPARE(refreshes(), 2);
    }

    /// Who reads it in pages could not know otherwise that some went in between.
    void aPageOfTheHistorySaysWhereItBegins()
    {
        Parlour parlour;
        Caller control(parlour.controlSocket());
        const auto begins = [&control] {
            return control.call(QStringLiteral("audit/query"))
                .object.value(QLatin1StringView("begins"))
                .toObject();
        };
        QCOMPARE(begins(), QJsonObject());
        audit::AuditLog &audit = parlour.broker->audit();
        QVERIFY(await(audit.checkpoint()));
        audit::Removal two;
        two.atMost = 2;
        two.now = parlour.clock.utcMs();
        QCOMPARE(await(audit.removeOldest(two))->lastSeq, 2);
        QCOMPARE(begins(),
            (QJsonObject{
                {QStringLiteral("seq"), 3}, {QStringLiteral("removed_at"), toRfc3339(two.now)}}));
    }

    void whoWasDeniedIsToldByWhom()
    {
        Parlour parlour;
        QVERIFY(!Caller(parlour.controlSocket())
                     .call(QStringLiteral("grants/add"),
                         {{QStringLiteral("server"), demo}, {QStringLiteral("any_client"), true},
                             {QStringLiteral("deny"), true}})
                     .error);
        const client::Message told =
            Caller(parlour.borrowSocket())
                .call(QStringLiteral("token/rejected"),
                    {{QStringLiteral("server"), demo},
                        {QStringLiteral("token_fingerprint"), parlour.fingerprint()},
                        {QStringLiteral("status"), 401}});
        QCOMPARE(codeOf(told), ErrorCode::Refused);
        QCOMPARE(
            told.error->data.value(QLatin1StringView("by")).toString(), QStringLiteral("user"));
    }

    /// Every method there is, by the tables themselves.
    void whileLockedOnlyAFewMethodsAnswer()
    {
        Parlour parlour;
        Caller waiting(parlour.borrowSocket());
        Caller control(parlour.controlSocket());
        control.call(QStringLiteral("lock"));
        QStringList open;
        const auto walk = [&](Right right, const std::vector<MethodRow> &rows) {
            for (const MethodRow &row : rows) {
                const QString name = QString::fromLatin1(row.name);
                if (row.whileLocked) {
                    open.append(name);
                    continue;
                }
                Caller caller(
                    right == Right::Borrow ? parlour.borrowSocket() : parlour.controlSocket());
                const client::Message told = caller.call(name);
                QVERIFY2(codeOf(told) == ErrorCode::Locked, row.name);
            }
        };
        walk(Right::Borrow, borrowMethods());
        for (const auto &rows : {serverMethods(), controlMethods(), grantMethods(), auditMethods()})
            walk(Right::Control, rows);
        open.sort();
        QCOMPARE(open,
            QStringList({QStringLiteral("cancel"), QStringLiteral("hello"), QStringLiteral("lock"),
                QStringLiteral("servers/list"), QStringLiteral("settings/get"),
                QStringLiteral("shutdown"), QStringLiteral("status"), QStringLiteral("subscribe"),
                QStringLiteral("unlock")}));

        // Who waits for the end of the lock hears of it, and of no server meanwhile.
        QVERIFY(!waiting.call(QStringLiteral("subscribe")).error);
        for (const QString &server : {demo, QStringLiteral("no such server")}) {
            QCOMPARE(codeOf(waiting.call(
                         QStringLiteral("subscribe"), {{QStringLiteral("server"), server}})),
                ErrorCode::Locked);
        }
        QStringList heard;
        waiting.onNotification = [&](const client::Message &message) {
            heard.append(message.method);
            QVERIFY(!message.object.value(QLatin1StringView("locked")).toBool(true));
        };
        control.call(QStringLiteral("unlock"));
        waiting.call(QStringLiteral("hello"));
        QCOMPARE(heard, QStringList{QStringLiteral("broker/locked")});
    }

    void whoWouldHaveToAskSeesNoServer()
    {
        Parlour parlour;
        Caller caller(parlour.borrowSocket());
        QStringList heard;
        caller.onNotification = [&](const client::Message &message) {
            heard.append(message.method);
        };
        QVERIFY(!caller.call(QStringLiteral("subscribe")).error);
        const auto servers = [&] {
            return caller.call(QStringLiteral("servers/list"))
                .object.value(QLatin1StringView("servers"))
                .toArray()
                .size();
        };
        const auto refresh = [&] {
            QVERIFY(await(parlour.broker->credentials().refresh(parlour.account, {})));
        };
        QCOMPARE(servers(), 0);
        refresh();
        QCOMPARE(servers(), 0);
        QVERIFY(heard.isEmpty());
        parlour.allowEveryone();
        QCOMPARE(servers(), 1);
        refresh();
        QCOMPARE(servers(), 1);
        QVERIFY(heard.contains(QStringLiteral("token/changed")));
    }

    /// A token has all the scopes of the sign-in, so a grant for some of them lends nothing.
    void whoWouldBeRefusedForAScopeSeesNoServer_data()
    {
        QTest::addColumn<QList<QJsonObject>>("grants");
        const QJsonObject everyone{
            {QStringLiteral("server"), demo}, {QStringLiteral("any_client"), true}};
        QJsonObject some = everyone;
        some.insert(QStringLiteral("scope"), QStringLiteral("sentiment:read"));
        QJsonObject denial = everyone;
        denial.insert(QStringLiteral("scope"), QStringLiteral("offline_access"));
        denial.insert(QStringLiteral("deny"), true);
        QTest::newRow("a grant for some of them") << QList<QJsonObject>{some};
        QTest::newRow("a denial of one of them") << QList<QJsonObject>{everyone, denial};
    }
    void whoWouldBeRefusedForAScopeSeesNoServer()
    {
        QFETCH(const QList<QJsonObject>, grants);
        Parlour parlour;
        parlour.person.present = false;
        const QStringList signedIn =
            parlour.broker->credentials().account(parlour.account)->account.grantedScopes;
        QVERIFY(signedIn.contains(QStringLiteral("offline_access")));
        for (const QJsonObject &grant : grants) {
            QVERIFY(!Caller(parlour.controlSocket())
                         .call(QStringLiteral("grants/add"), grant)
                         .error);
        }
        Caller caller(parlour.borrowSocket());
        QStringList heard;
        caller.onNotification = [&](const client::Message &message) {
            heard.append(message.method);
        };
        QVERIFY(!caller.call(QStringLiteral("subscribe")).error);
        QVERIFY(await(parlour.broker->credentials().refresh(parlour.account, {})));
        QCOMPARE(caller.call(QStringLiteral("servers/list"))
                     .object.value(QLatin1StringView("servers"))
                     .toArray(),
            QJsonArray());
        QCOMPARE(heard, QStringList());
        const QJsonObject report{{QStringLiteral("server"), demo},
            {QStringLiteral("token_fingerprint"), parlour.fingerprint()},
            {QStringLiteral("status"), 401}};
        QCOMPARE(codeOf(caller.call(QStringLiteral("token/rejected"), report)), ErrorCode::Refused);
        QCOMPARE(codeOf(caller.token()), ErrorCode::Refused);
    }
};

QTEST_GUILESS_MAIN(BorrowerFlowTest)
#include "BorrowerFlowTest.moc"
