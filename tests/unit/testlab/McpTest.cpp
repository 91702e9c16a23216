// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/testlab/RunningLab.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace chatelaine;
using namespace chatelaine::test;

/// What the demo server says to whom it let in, in both eras.
class McpTest : public RunningLab
{
    Q_OBJECT

private Q_SLOTS:
    void discovers();
    void modernErrors_data();
    void modernErrors();
    void decodesMirroredNames();
    void toolsWork();
    void legacySession_data();
    void legacySession();
    void legacyErrors();
    void streams_data();
    void streams();

private:
    Reply legacy(const QByteArray &token, const QByteArray &body, const Headers &more = {});
    Headers bearer(const QByteArray &token) const { return {{"Authorization", "Bearer " + token}}; }
};

namespace {

int errorCode(const Reply &reply)
{
    return reply.json().value(s("error")).toObject().value(s("code")).toInt();
}

} // namespace

Reply McpTest::legacy(const QByteArray &token, const QByteArray &body, const Headers &more)
{
    Headers headers {{"Content-Type", "application/json"}, {"Accept", "application/json, text/event-stream"}};
    return m_visitor.send("POST", m_lab->mcpUrl(), headers + bearer(token) + more, body);
}

void McpTest::discovers()
{
    const Reply reply = m_visitor.call(*m_lab, m_lab->mintAccessToken(), s("server/discover"));
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.json().value(s("id")).toInt(), 7);
    const QJsonObject result = resultOf(reply);
    QCOMPARE(result.value(s("resultType")), s("complete"));
    QVERIFY(result.value(s("supportedVersions")).toArray().contains(s("2026-07-28")));
    QVERIFY(result.value(s("capabilities")).toObject().contains(s("tools")));
    QVERIFY(result.contains(s("ttlMs")) && result.contains(s("cacheScope")));
    QVERIFY(result.value(s("_meta")).toObject().contains(s("io.modelcontextprotocol/serverInfo")));
    QVERIFY(reply.header("Mcp-Session-Id").isEmpty());
}

void McpTest::modernErrors_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QJsonObject>("params");
    QTest::addColumn<Headers>("headers");
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("code");
    const auto meta = [](const QJsonObject &object) { return QJsonObject {{s("_meta"), object}}; };
    const auto version = s("io.modelcontextprotocol/protocolVersion");
    const auto capabilities = s("io.modelcontextprotocol/clientCapabilities");
    const Headers none;
    QTest::newRow("no version in _meta")
        << s("tools/list") << meta({{capabilities, QJsonObject()}}) << none << 400 << -32602;
    QTest::newRow("no capabilities in _meta")
        << s("tools/list") << meta({{version, s("2026-07-28")}}) << none << 400 << -32602;
    QTest::newRow("no version header")
        << s("tools/list") << QJsonObject() << Headers {{"MCP-Protocol-Version", ""}} << 400 << -32020;
    QTest::newRow("another version header")
        << s("tools/list") << QJsonObject() << Headers {{"MCP-Protocol-Version", "2025-11-25"}} << 400 << -32020;
    QTest::newRow("unknown version")
        << s("tools/list") << meta({{version, s("1900-01-01")}, {capabilities, QJsonObject()}})
        << Headers {{"MCP-Protocol-Version", "1900-01-01"}} << 400 << -32022;
    QTest::newRow("no method header")
        << s("tools/list") << QJsonObject() << Headers {{"Mcp-Method", ""}} << 400 << -32020;
    QTest::newRow("another method header")
        << s("tools/list") << QJsonObject() << Headers {{"Mcp-Method", "tools/call"}} << 400 << -32020;
    QTest::newRow("no name header")
        << s("tools/call") << headline("x") << Headers {{"Mcp-Name", ""}} << 400 << -32020;
    QTest::newRow("another name header")
        << s("tools/call") << headline("x") << Headers {{"Mcp-Name", "add_term"}} << 400 << -32020;
    QTest::newRow("initialize is of the past") << s("initialize") << QJsonObject() << none << 404 << -32601;
    QTest::newRow("ping is of the past") << s("ping") << QJsonObject() << none << 404 << -32601;
    QTest::newRow("unknown method") << s("no/such") << QJsonObject() << none << 404 << -32601;
    QTest::newRow("unknown tool") << s("tools/call") << tool("nothing", {}) << none << 400 << -32602;
}

void McpTest::modernErrors()
{
    QFETCH(QString, method);
    QFETCH(QJsonObject, params);
    QFETCH(Headers, headers);
    QFETCH(int, status);
    QFETCH(int, code);
    const Reply reply = m_visitor.call(*m_lab, m_lab->mintAccessToken(), method, params, headers);
    QCOMPARE(reply.status, status);
    QCOMPARE(errorCode(reply), code);
    QCOMPARE(reply.json().value(s("id")).toInt(), 7);
    if (code == -32022) {
        const QJsonObject data = reply.json().value(s("error")).toObject().value(s("data")).toObject();
        QCOMPARE(data.value(s("requested")), s("1900-01-01"));
        QVERIFY(data.value(s("supported")).toArray().contains(s("2026-07-28")));
    }
}

void McpTest::decodesMirroredNames()
{
    const Headers encoded {{"Mcp-Name", "=?base64?" + QByteArray("analyze_sentiment").toBase64() + "?="}};
    QCOMPARE(m_visitor.call(*m_lab, m_lab->mintAccessToken(), s("tools/call"), headline("x"), encoded).status, 200);
}

void McpTest::toolsWork()
{
    const QByteArray token = m_visitor.signIn(*m_lab, s("sentiment:read sentiment:batch sentiment:write"));
    const QJsonArray tools = resultOf(m_visitor.call(*m_lab, token, s("tools/list"))).value(s("tools")).toArray();
    QCOMPARE(tools.size(), 3);
    for (const QJsonValue &one : tools) {
        for (const char *key : {"name", "title", "description", "inputSchema", "outputSchema"})
            QVERIFY2(one.toObject().contains(s(key)), key);
    }
    const auto structured = [&](const QJsonObject &call) {
        return resultOf(m_visitor.call(*m_lab, token, s("tools/call"), call)).value(s("structuredContent")).toObject();
    };
    QCOMPARE(structured(headline("Profit beats estimates")).value(s("label")), s("positive"));
    QCOMPARE(structured(headline("A zorgle quarter")).value(s("label")), s("neutral"));
    QCOMPARE(structured(tool("add_term", {{s("term"), s("zorgle")}, {s("weight"), -2}})).value(s("weight")), -2);
    QCOMPARE(structured(headline("A zorgle quarter")).value(s("label")), s("negative"));
    const QJsonObject batch
        = structured(tool("analyze_batch", {{s("texts"), QJsonArray {s("Sales rise"), s("Sales fall")}}}));
    QCOMPARE(batch.value(s("count")).toInt(), 2);
    QCOMPARE(batch.value(s("mean_score")).toDouble(), 0.0);
    QCOMPARE(batch.value(s("results")).toArray().size(), 2);
}

void McpTest::legacySession_data()
{
    QTest::addColumn<QByteArray>("asked");
    QTest::addColumn<QString>("given");
    for (const char *version : {"2025-11-25", "2025-06-18", "2025-03-26"})
        QTest::newRow(version) << QByteArray(version) << s(version);
    QTest::newRow("too old") << QByteArray("2024-11-05") << s("2025-11-25");
}

void McpTest::legacySession()
{
    QFETCH(QByteArray, asked);
    QFETCH(QString, given);
    const QByteArray token = m_lab->mintAccessToken();
    const Reply hello = legacy(token, R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":")"
                                   + asked + R"(","capabilities":{},"clientInfo":{"name":"t","version":"1"}}})");
    QCOMPARE(hello.status, 200);
    QCOMPARE(resultOf(hello).value(s("protocolVersion")), given);
    Headers session {{"Mcp-Session-Id", hello.header("Mcp-Session-Id")}};
    if (given != u"2025-03-26")
        session.append({"MCP-Protocol-Version", given.toLatin1()});
    QCOMPARE(legacy(token, R"({"jsonrpc":"2.0","method":"notifications/initialized"})", session).status, 202);
    QCOMPARE(legacy(token, R"({"jsonrpc":"2.0","id":2,"method":"ping"})", session).json().value(s("result")),
             QJsonObject());
    const Reply list = legacy(token, R"({"jsonrpc":"2.0","id":3,"method":"tools/list"})", session);
    QCOMPARE(resultOf(list).value(s("tools")).toArray().size(), 3);
    QVERIFY(!resultOf(list).contains(s("resultType")));
    const QByteArray call = R"({"jsonrpc":"2.0","id":"four","method":"tools/call",)"
                            R"("params":{"name":"analyze_sentiment","arguments":{"text":"Sales rise"}}})";
    const Reply called = legacy(token, call, session);
    QCOMPARE(called.json().value(s("id")), s("four"));
    QCOMPARE(resultOf(called).value(s("structuredContent")).toObject().value(s("label")), s("positive"));

    QCOMPARE(m_visitor.get(m_lab->mcpUrl(), bearer(token) + session).status, 405);
    QCOMPARE(m_visitor.send("DELETE", m_lab->mcpUrl(), bearer(token) + session).status, 204);
    QCOMPARE(m_visitor.send("DELETE", m_lab->mcpUrl(), bearer(token) + session).status, 404);
    QCOMPARE(legacy(token, call, session).status, 404);
}

void McpTest::legacyErrors()
{
    const QByteArray token = m_lab->mintAccessToken();
    QCOMPARE(legacy(token, "{").status, 400);
    QCOMPARE(legacy(token, "[]").status, 400);
    QCOMPARE(legacy(token, R"({"id":1,"method":"ping"})").status, 400);
    QCOMPARE(legacy(token, R"({"jsonrpc":"2.0","id":1,"method":"tools/list"})").status, 400);
    QCOMPARE(errorCode(legacy(token, R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{}})")), -32602);
    const Headers typed = bearer(token) + Headers {{"Content-Type", "text/plain"}};
    QCOMPARE(m_visitor.send("POST", m_lab->mcpUrl(), typed, "{}").status, 415);
    const Headers unwilling
        = bearer(token) + Headers {{"Content-Type", "application/json"}, {"Accept", "text/html"}};
    QCOMPARE(m_visitor.send("POST", m_lab->mcpUrl(), unwilling, "{}").status, 406);
}

void McpTest::streams_data()
{
    QTest::addColumn<bool>("always");
    QTest::addColumn<QByteArray>("accept");
    QTest::addColumn<bool>("stream");
    QTest::newRow("both") << false << QByteArray("application/json, text/event-stream") << false;
    QTest::newRow("prefers JSON") << false << QByteArray("text/event-stream;q=0.5, application/json") << false;
    QTest::newRow("prefers a stream") << false << QByteArray("application/json;q=0.5, text/event-stream") << true;
    QTest::newRow("a stream only") << false << QByteArray("text/event-stream") << true;
    QTest::newRow("both, always") << true << QByteArray("application/json, text/event-stream") << true;
    QTest::newRow("JSON only, always") << true << QByteArray("application/json") << false;
}

void McpTest::streams()
{
    QFETCH(bool, always);
    QFETCH(QByteArray, accept);
    QFETCH(bool, stream);
    start({.autoApprove = true, .alwaysStream = always});
    QJsonObject params = headline("Sales rise");
    params.insert(s("_meta"), QJsonObject {{s("io.modelcontextprotocol/protocolVersion"), s("2026-07-28")},
                                           {s("io.modelcontextprotocol/clientCapabilities"), QJsonObject()},
                                           {s("progressToken"), s("p")}});
    const Reply reply
        = m_visitor.call(*m_lab, m_lab->mintAccessToken(), s("tools/call"), params, {{"Accept", accept}});
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.header("Content-Type"), stream ? "text/event-stream" : "application/json");
    if (!stream)
        return;
    QList<QJsonObject> messages;
    const QByteArrayList lines = reply.body.split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith("data: "))
            messages.append(QJsonDocument::fromJson(line.mid(6)).object());
    }
    QVERIFY(reply.body.startsWith(':'));
    QCOMPARE(messages.size(), 2);
    QCOMPARE(messages.at(0).value(s("method")), s("notifications/progress"));
    QCOMPARE(messages.at(1).value(s("id")).toInt(), 7);
}

QTEST_GUILESS_MAIN(McpTest)
#include "McpTest.moc"
