// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/mcp/Message.h"
#include "core/mcp/ToolHeaders.h"
#include "core/mcp/Versions.h"

#include <QJsonDocument>
#include <QTest>

using namespace chatelaine;
using namespace chatelaine::mcp;

class MessagesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsMessagesApart_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("kind"); // -1: none
        const auto row = [](const char *name, const char *bytes, int kind) {
            QTest::newRow(name) << QByteArray(bytes) << kind;
        };
        const auto kind = [](Message::Kind k) { return static_cast<int>(k); };
        row("request", R"({"jsonrpc":"2.0","id":1,"method":"ping"})", kind(Message::Kind::Request));
        row("string id", R"({"jsonrpc":"2.0","id":"a","method":"ping","params":{}})",
            kind(Message::Kind::Request));
        row("notification", R"({"jsonrpc":"2.0","method":"x"})", kind(Message::Kind::Notification));
        row("result", R"({"jsonrpc":"2.0","id":1,"result":{"a":1}})", kind(Message::Kind::Result));
        row("error", R"({"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"no"}})",
            kind(Message::Kind::Error));
        row("error of nothing", R"({"jsonrpc":"2.0","id":null,"error":{"code":-1,"message":""}})",
            kind(Message::Kind::Error));
        row("error wins", R"({"jsonrpc":"2.0","id":1,"error":{"code":1},"result":{}})",
            kind(Message::Kind::Error));
        row("version 1", R"({"id":1,"result":{}})", -1);
        row("result without id", R"({"jsonrpc":"2.0","result":{}})", -1);
        row("result is a list", R"({"jsonrpc":"2.0","id":1,"result":[]})", -1);
        row("error without code", R"({"jsonrpc":"2.0","id":1,"error":{}})", -1);
        row("error is a string", R"({"jsonrpc":"2.0","id":1,"error":"x"})", -1);
        row("batch", R"([{"jsonrpc":"2.0","method":"x"}])", -1);
        row("empty", "", -1);
        row("html", "<html>", -1);
        row("cut", R"({"jsonrpc":"2.0","id":1,"result":{)", -1);
        row("oauth error", R"({"error":"invalid_token"})", -1);
    }
    void tellsMessagesApart()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, kind);
        const Result<Message> message = parseMessage(bytes);
        QCOMPARE(message.has_value(), kind >= 0);
        if (message)
            QCOMPARE(static_cast<int>(message->kind), kind);
        else
            QCOMPARE(message.error().code, ErrorCode::ProtocolViolation);
    }

    void readsBackWhatItWrites()
    {
        const RpcError error{code::headerMismatch, QStringLiteral("no"), 7};
        const QByteArray bytes = QJsonDocument(makeError(QStringLiteral("x"), error)).toJson();
        const Result<Message> message = parseMessage(bytes);
        QVERIFY(message);
        QCOMPARE(message->id.toString(), QStringLiteral("x"));
        QVERIFY(message->error.isModern());
        QCOMPARE(message->error.data.toInt(), 7);
    }

    void encodesHeaderValues_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("value");
        const auto row = [](const char *text, const char *value) {
            QTest::newRow(value) << QString::fromUtf8(text) << QByteArray(value);
        };
        row("us-west1", "us-west1");
        row("a b\tc", "a b\tc");
        row("", "");
        row("Hello, \xe4\xb8\x96\xe7\x95\x8c", "=?base64?SGVsbG8sIOS4lueVjA==?=");
        row(" padded ", "=?base64?IHBhZGRlZCA=?=");
        row("line1\nline2", "=?base64?bGluZTEKbGluZTI=?=");
        row("=?base64?literal?=", "=?base64?PT9iYXNlNjQ/bGl0ZXJhbD89?=");
        row("=?base64?open", "=?base64?open");
        row("\x7f", "=?base64?fw==?=");
    }
    void encodesHeaderValues()
    {
        QFETCH(QString, text);
        QFETCH(QByteArray, value);
        QCOMPARE(encodeHeaderValue(text), value);
    }

    void readsAnnotations_data()
    {
        QTest::addColumn<QByteArray>("schema");
        QTest::addColumn<QByteArray>("headers"); // of the arguments below; "illegal"
        const auto row = [](const char *name, const char *schema, const char *headers) {
            QTest::newRow(name) << QByteArray(schema) << QByteArray(headers);
        };
        row("none", R"({"type":"object","properties":{"a":{"type":"string"}}})", "");
        row("three types",
            R"({"properties":{"s":{"type":"string","x-mcp-header":"S"},
                "i":{"type":"integer","x-mcp-header":"I"},"b":{"type":"boolean","x-mcp-header":"B"}}})",
            "Mcp-Param-B:true Mcp-Param-I:-7 Mcp-Param-S:text");
        row("nested",
            R"({"properties":{"o":{"properties":{"in":{"type":"string","x-mcp-header":"N"}}}}})",
            "Mcp-Param-N:deep");
        row("null and absent",
            R"({"properties":{"n":{"type":"string","x-mcp-header":"N"},
                "gone":{"type":"string","x-mcp-header":"G"}}})",
            "");
        row("a property of that name", R"({"properties":{"x-mcp-header":{"type":"string"}}})", "");
        row("in a default", R"({"properties":{"a":{"default":{"x-mcp-header":""}}}})", "");
        row("empty", R"({"properties":{"s":{"type":"string","x-mcp-header":""}}})", "illegal");
        row("space", R"({"properties":{"s":{"type":"string","x-mcp-header":"a b"}}})", "illegal");
        row("line break", R"({"properties":{"s":{"type":"string","x-mcp-header":"a\r\nb"}}})",
            "illegal");
        row("colon", R"({"properties":{"s":{"type":"string","x-mcp-header":"a:"}}})", "illegal");
        row("not ASCII", R"({"properties":{"s":{"type":"string","x-mcp-header":"é"}}})", "illegal");
        row("no string", R"({"properties":{"s":{"type":"string","x-mcp-header":1}}})", "illegal");
        row("twice",
            R"({"properties":{"s":{"type":"string","x-mcp-header":"A"},
                "b":{"type":"string","x-mcp-header":"a"}}})",
            "illegal");
        row("number", R"({"properties":{"s":{"type":"number","x-mcp-header":"A"}}})", "illegal");
        row("object", R"({"properties":{"s":{"type":"object","x-mcp-header":"A"}}})", "illegal");
        row("array", R"({"properties":{"s":{"type":"array","x-mcp-header":"A"}}})", "illegal");
        row("null", R"({"properties":{"s":{"type":"null","x-mcp-header":"A"}}})", "illegal");
        row("untyped", R"({"properties":{"s":{"x-mcp-header":"A"}}})", "illegal");
        row("at the root", R"({"type":"string","x-mcp-header":"A"})", "illegal");
        row("in items", R"({"properties":{"l":{"items":{"type":"string","x-mcp-header":"A"}}}})",
            "illegal");
        row("in anyOf", R"({"anyOf":[{"properties":{"s":{"type":"string","x-mcp-header":"A"}}}]})",
            "illegal");
        row("in $defs", R"({"$defs":{"d":{"type":"string","x-mcp-header":"A"}}})", "illegal");
        row("too large", R"({"properties":{"big":{"type":"integer","x-mcp-header":"A"}}})",
            "invalid");
    }
    void readsAnnotations()
    {
        QFETCH(QByteArray, schema);
        QFETCH(QByteArray, headers);
        const QJsonDocument document = QJsonDocument::fromJson(schema);
        QVERIFY(document.isObject());
        const QJsonObject arguments = QJsonDocument::fromJson(
            R"({"s":"text","i":-7,"b":true,"o":{"in":"deep"},"n":null,"big":9007199254740992})")
                                          .object();
        const auto rules = headerRules(document.object());
        QCOMPARE(!rules, headers == "illegal");
        if (!rules)
            return;
        const auto found = headersFor(*rules, arguments);
        QCOMPARE(!found, headers == "invalid");
        if (!found)
            return;
        QByteArrayList lines;
        for (const net::HttpHeader &header : *found)
            lines.append(header.name + ":" + header.value);
        QCOMPARE(lines.join(' '), headers);
    }

    void knowsTheEras()
    {
        QCOMPARE(eraOf(QStringLiteral("2026-07-28")), Era::Modern);
        QCOMPARE(eraOf(QStringLiteral("2027-01-01")), Era::Modern);
        QCOMPARE(eraOf(QStringLiteral("2025-11-25")), Era::Legacy);
        QCOMPARE(eraOf(QStringLiteral("2025-03-26")), Era::Legacy);
        QCOMPARE(eraOf(QStringLiteral("2024-11-05")), Era::HttpSse);
        QCOMPARE(eraOf(QString()), Era::Unknown);
        QCOMPARE(eraOf(QStringLiteral("rubbish")), Era::Unknown);
    }
};

QTEST_APPLESS_MAIN(MessagesTest)
#include "MessagesTest.moc"
