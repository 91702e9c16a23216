// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/broker/JsonRpc.h"
#include "core/client/LineFramer.h"

#include <QJsonDocument>
#include <QTest>

using namespace chatelaine;
using namespace chatelaine::broker;

class JsonRpcTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusesWhatIsNoRequest_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<int>("code");
        QTest::addColumn<QJsonValue>("id");
        const QJsonValue null = QJsonValue::Null;
        QTest::newRow("empty") << QByteArray("") << -32700 << null;
        QTest::newRow("words") << QByteArray("GET / HTTP/1.1") << -32700 << null;
        QTest::newRow("half") << QByteArray(R"({"jsonrpc":"2.0","id":1)") << -32700 << null;
        QTest::newRow("two") << QByteArray("{} {}") << -32700 << null;
        QTest::newRow("not UTF-8") << QByteArray("{\"a\":\"\xff\xfe\"}") << -32700 << null;
        QTest::newRow("deep") << QByteArray(100'000, '[') << -32700 << null;
        QTest::newRow("batch") << QByteArray(R"([{"jsonrpc":"2.0","id":1,"method":"a"}])")
                               << -32600 << null;
        QTest::newRow("no version") << QByteArray(R"({"id":7,"method":"a"})") << -32600
                                    << QJsonValue(7);
        QTest::newRow("version 1") << QByteArray(R"({"jsonrpc":"1.0","id":"x","method":"a"})")
                                   << -32600 << QJsonValue(QStringLiteral("x"));
        QTest::newRow("no method") << QByteArray(R"({"jsonrpc":"2.0","id":1})") << -32600
                                   << QJsonValue(1);
        QTest::newRow("method a number") << QByteArray(R"({"jsonrpc":"2.0","id":1,"method":2})")
                                         << -32600 << QJsonValue(1);
        QTest::newRow("params a list")
            << QByteArray(R"({"jsonrpc":"2.0","id":1,"method":"a","params":[1]})") << -32600
            << QJsonValue(1);
        QTest::newRow("id an object") << QByteArray(R"({"jsonrpc":"2.0","id":{},"method":"a"})")
                                      << -32600 << null;
        QTest::newRow("id null") << QByteArray(R"({"jsonrpc":"2.0","id":null,"method":"a"})")
                                 << -32600 << null;
    }

    void refusesWhatIsNoRequest()
    {
        QFETCH(QByteArray, line);
        QFETCH(int, code);
        QFETCH(QJsonValue, id);
        const auto request = parseRequest(line);
        QVERIFY(!request);
        QCOMPARE(request.error().code, code);
        QCOMPARE(request.error().id, id);
        const QByteArray answer = faultLine(request.error());
        QVERIFY(answer.endsWith('\n'));
        const QJsonObject object = QJsonDocument::fromJson(answer).object();
        QCOMPARE(object.value(QLatin1StringView("id")), id);
        QCOMPARE(object.value(QLatin1StringView("error"))[QLatin1StringView("code")].toInt(),
                 code);
    }

    void readsRequests()
    {
        const auto request = parseRequest(
            R"({"jsonrpc":"2.0","id":"a","method":"token/get","params":{"server":"x"}})");
        QVERIFY(request);
        QCOMPARE(request->method, QStringLiteral("token/get"));
        QCOMPARE(request->params.value(QLatin1StringView("server")).toString(),
                 QStringLiteral("x"));
        QVERIFY(!request->isNotification());
        const auto notification = parseRequest(R"({"jsonrpc":"2.0","method":"hello"})");
        QVERIFY(notification && notification->isNotification());
    }

    void echoesTheId_data()
    {
        QTest::addColumn<QByteArray>("id");
        for (const char *id : {"0", "-1", "7", "9007199254740993", "1.5", "\"\"", "\"a\\\"\\\\\\n\\u0001\"",
                               "\"\xc3\xa9\""})
            QTest::newRow(id) << QByteArray(id);
    }

    void echoesTheId()
    {
        QFETCH(QByteArray, id);
        const auto request =
            parseRequest("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"a\"}");
        QVERIFY(request);
        const QByteArray line = answerLine(request->id, {});
        QCOMPARE(line.count('\n'), 1);
        const auto expected = QJsonDocument::fromJson("[" + id + "]");
        QCOMPARE(QJsonDocument::fromJson(line).object().value(QLatin1StringView("id")),
                 expected[0]);
    }

    void tokensGoIntoTheLineAlone_data()
    {
        QTest::addColumn<QByteArray>("token");
        QTest::addColumn<bool>("more");
        QTest::newRow("plain") << QByteArray("abc.def-_~+/=") << true;
        QTest::newRow("alone") << QByteArray("abc") << false;
        QTest::newRow("odd") << QByteArray("a\"b\\c\n\x01") << true;
    }

    void tokensGoIntoTheLineAlone()
    {
        QFETCH(QByteArray, token);
        QFETCH(bool, more);
        Reply reply;
        if (more)
            reply.fields.insert(QStringLiteral("scope"), QStringLiteral("read"));
        reply.accessToken = Secret::copyOf(token);
        const QJsonObject result = QJsonDocument::fromJson(answerLine(1, reply))
                                       .object()
                                       .value(QLatin1StringView("result"))
                                       .toObject();
        QCOMPARE(result.value(QLatin1StringView("access_token")).toString().toUtf8(), token);
        QCOMPARE(result.size(), more ? 2 : 1);
    }

    void errorsCarryTheirCode()
    {
        const auto codeOf = [](const Error &error) {
            return QJsonDocument::fromJson(errorLine(1, error))
                .object()
                .value(QLatin1StringView("error"))[QLatin1StringView("code")]
                .toInt();
        };
        QCOMPARE(codeOf({ErrorCode::Locked, QStringLiteral("x")}), -32001);
        QCOMPARE(codeOf({ErrorCode::Refused, QStringLiteral("x")}), -32003);
        QCOMPARE(codeOf({ErrorCode::InvalidInput, QStringLiteral("x")}), -32602);
        QCOMPARE(codeOf({ErrorCode::InvalidInput, QStringLiteral("x"), {},
                         {{QStringLiteral("rpc_code"), -32601}}}),
                 -32601);
    }

    void writesMembersAsText()
    {
        Reply reply;
        const QString odd = QStringLiteral("a\"b\\c\nd\u0001é\U0001F600");
        appendMember(reply.members, QLatin1StringView("first"), odd);
        appendMember(reply.members, QLatin1StringView("empty"), QString());
        const auto resultOf = [](const Reply &one) {
            return QJsonDocument::fromJson(answerLine(1, one))
                .object()
                .value(QLatin1StringView("result"))
                .toObject();
        };
        QJsonObject expected {{QStringLiteral("first"), odd}, {QStringLiteral("empty"), QString()}};
        QCOMPARE(resultOf(reply), expected);
        reply.accessToken = Secret(QByteArray("t\"k"));
        expected.insert(QStringLiteral("access_token"), QStringLiteral("t\"k"));
        QCOMPARE(resultOf(reply), expected);
        reply.fields.insert(QStringLiteral("number"), 7);
        expected.insert(QStringLiteral("number"), 7);
        QCOMPARE(resultOf(reply), expected);
    }

    void framesLines_data()
    {
        QTest::addColumn<QList<QByteArray>>("chunks");
        QTest::addColumn<QList<QByteArray>>("lines");
        QTest::addColumn<bool>("tooLong");
        using List = QList<QByteArray>;
        QTest::newRow("one") << List {"abc\n"} << List {"abc"} << false;
        QTest::newRow("bytewise") << List {"a", "b", "\n", "c", "\n"} << List {"ab", "c"} << false;
        QTest::newRow("two in one") << List {"ab\ncd\n"} << List {"ab", "cd"} << false;
        QTest::newRow("rest stays") << List {"ab\ncd", "e\n"} << List {"ab", "cde"} << false;
        QTest::newRow("unfinished") << List {"abc"} << List {} << false;
        QTest::newRow("empty line") << List {"\n\n"} << List {"", ""} << false;
        QTest::newRow("just fits") << List {"12345678\n"} << List {"12345678"} << false;
        QTest::newRow("one too many") << List {"123456789\n"} << List {} << true;
        QTest::newRow("too long, no end") << List {"12345", "6789"} << List {} << true;
        QTest::newRow("after a good one") << List {"ok\n123456789\nok\n"} << List {"ok"} << true;
    }

    void framesLines()
    {
        QFETCH(QList<QByteArray>, chunks);
        QFETCH(QList<QByteArray>, lines);
        QFETCH(bool, tooLong);
        protocol::LineFramer framer(8);
        QList<QByteArray> got;
        for (const QByteArray &chunk : chunks) {
            framer.append(chunk);
            while (const auto line = framer.next())
                got.append(line->toByteArray());
        }
        QCOMPARE(got, lines);
        QCOMPARE(framer.tooLong(), tooLong);
    }

    void wipesWhatItGaveOut()
    {
        protocol::LineFramer framer;
        framer.append("secret\nrest");
        const auto line = framer.next();
        QVERIFY(line);
        const char *const where = line->data();
        QCOMPARE(QByteArray(where, 6), QByteArray("secret"));
        QVERIFY(!framer.next());
        QVERIFY(QByteArray(where, 11) != QByteArray("secret\nrest"));
        QCOMPARE(QByteArray(where, 11), QByteArray("rest\0\0\0\0\0\0\0", 11));
    }
};

QTEST_GUILESS_MAIN(JsonRpcTest)
#include "JsonRpcTest.moc"
