// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/FakeClock.h"
#include "tests/support/FakeRandom.h"
#include "tests/unit/testlab/Visitor.h"

#include "core/jose/Jws.h"
#include "core/testlab/AccessToken.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTest>

using namespace chatelaine;
using namespace chatelaine::test;
using testlab::Decision;
using testlab::LabOptions;
using testlab::TestLab;

class McpTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { start({.autoApprove = true}); }
    void cleanup() { m_lab.reset(); }

    void challengesWithoutAToken();
    void resourceMetadata();
    void refusesTokens_data();
    void refusesTokens();
    void refusesForeignSignatures();
    void expires();
    void scopes_data();
    void scopes();
    void writesDownDecisions();
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
    void rebinding_data();
    void rebinding();
    void openWithoutAuthorization();
    void onePort();

private:
    void start(const LabOptions &options);
    Reply legacy(const QByteArray &token, const QByteArray &body, const Headers &more = {});
    Headers bearer(const QByteArray &token) const { return {{"Authorization", "Bearer " + token}}; }

    FakeClock m_clock;
    FakeRandom m_random;
    Visitor m_visitor;
    std::unique_ptr<TestLab> m_lab;
};

namespace {

QString s(const char *text)
{
    return QString::fromUtf8(text);
}

QJsonObject tool(const char *name, const QJsonObject &arguments)
{
    return {{s("name"), s(name)}, {s("arguments"), arguments}};
}

QJsonObject headline(const char *text)
{
    return tool("analyze_sentiment", {{s("text"), s(text)}});
}

int errorCode(const Reply &reply)
{
    return reply.json().value(s("error")).toObject().value(s("code")).toInt();
}

QJsonObject resultOf(const Reply &reply)
{
    return reply.json().value(s("result")).toObject();
}

} // namespace

void McpTest::start(const LabOptions &options)
{
    m_lab = std::make_unique<TestLab>(m_clock, m_random, nullptr, options);
    const Result<void> started = m_lab->start();
    QVERIFY2(started, started ? "" : qPrintable(started.error().message));
}

Reply McpTest::legacy(const QByteArray &token, const QByteArray &body, const Headers &more)
{
    Headers headers {{"Content-Type", "application/json"}, {"Accept", "application/json, text/event-stream"}};
    return m_visitor.send("POST", m_lab->mcpUrl(), headers + bearer(token) + more, body);
}

void McpTest::challengesWithoutAToken()
{
    const QByteArray expected = "Bearer resource_metadata=\"" + m_lab->resourceMetadataUrl().toLatin1()
        + "\", scope=\"sentiment:read\"";
    for (const char *method : {"GET", "POST", "DELETE"}) {
        const Reply reply = m_visitor.send(method, m_lab->mcpUrl());
        QCOMPARE(reply.status, 401);
        QCOMPARE(reply.header("WWW-Authenticate"), expected);
    }
    QCOMPARE(m_visitor.call(*m_lab, {}, s("server/discover")).status, 401);
    QCOMPARE(m_lab->requestCounts(), (QMap<QString, int> {{s("probe"), 4}}));
}

void McpTest::resourceMetadata()
{
    const Reply reply = m_visitor.get(m_lab->resourceMetadataUrl());
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.text("resource"), m_lab->mcpUrl());
    QCOMPARE(reply.json().value(s("authorization_servers")), QJsonArray {m_lab->issuer()});
    QVERIFY(reply.json().value(s("scopes_supported")).toArray().contains(s("sentiment:batch")));
    const QString origin = m_lab->mcpUrl().chopped(4);
    QCOMPARE(m_visitor.get(origin + s("/.well-known/oauth-protected-resource")).status, 404);
}

void McpTest::refusesTokens_data()
{
    QTest::addColumn<QJsonObject>("claims");
    QTest::addColumn<QString>("reason");
    const qint64 now = FakeClock().utcMs() / 1000;
    const auto row = [](const char *name, const char *claim, const QJsonValue &value, const char *reason) {
        QTest::newRow(name) << QJsonObject {{s(claim), value}} << s(reason);
    };
    row("as it should be", "extra", s("ok"), "ok");
    row("audience in a list", "aud", QJsonArray {s("https://other.example"), s("MCP")}, "ok");
    row("another audience", "aud", s("https://other.example/mcp"), "wrong_audience");
    row("audience with a slash", "aud", s("MCP/"), "wrong_audience");
    row("no audience", "aud", QJsonValue(), "wrong_audience");
    row("another issuer", "iss", s("https://other.example"), "wrong_issuer");
    row("no issuer", "iss", QJsonValue(), "wrong_issuer");
    row("expired now", "exp", now, "expired");
    row("valid for a second", "exp", now + 1, "ok");
    row("no expiry", "exp", QJsonValue(), "incomplete");
    row("issued in the future", "iat", now + 1, "not_yet_valid");
    row("no subject", "sub", QJsonValue(), "incomplete");
    row("no client", "client_id", QJsonValue(), "incomplete");
    row("no id", "jti", QJsonValue(), "incomplete");
}

void McpTest::refusesTokens()
{
    QFETCH(QJsonObject, claims);
    QFETCH(QString, reason);
    const QByteArray filled
        = QJsonDocument(claims).toJson().replace("MCP", m_lab->mcpUrl().toLatin1());
    const QByteArray token = m_lab->mintAccessToken(QJsonDocument::fromJson(filled).object());
    const Reply reply = m_visitor.call(*m_lab, token, s("tools/list"));
    QCOMPARE(m_lab->decisions().constLast().reason, reason);
    QCOMPARE(reply.status, reason == u"ok" ? 200 : 401);
    if (reason == u"ok")
        return;
    const QByteArray challenge = reply.header("WWW-Authenticate");
    QVERIFY(challenge.contains("error=\"invalid_token\""));
    QVERIFY(challenge.contains("resource_metadata=\""));
}

void McpTest::refusesForeignSignatures()
{
    const QByteArray good = m_lab->mintAccessToken();
    const QByteArrayList parts = good.split('.');
    const auto reasonFor = [this](const QByteArray &token) {
        const Reply reply = m_visitor.call(*m_lab, token, s("tools/list"));
        return reply.status == 401 ? m_lab->decisions().constLast().reason : s("accepted");
    };
    QCOMPARE(reasonFor(good), s("accepted"));

    const QJsonObject more {{s("scope"), s("sentiment:read sentiment:write")}};
    const QByteArray otherClaims = m_lab->mintAccessToken(more).split('.').at(1);
    QCOMPARE(reasonFor(parts.at(0) + '.' + otherClaims + '.' + parts.at(2)), s("bad_signature"));
    QCOMPARE(reasonFor(parts.at(0) + '.' + parts.at(1) + '.'), s("bad_signature"));
    const QByteArray none = jose::toBase64Url(R"({"alg":"none","typ":"at+jwt"})");
    QCOMPARE(reasonFor(none + '.' + parts.at(1) + '.'), s("wrong_algorithm"));
    const QByteArray hmac = jose::toBase64Url(R"({"alg":"HS256","typ":"at+jwt"})");
    QCOMPARE(reasonFor(hmac + '.' + parts.at(1) + '.' + parts.at(2)), s("wrong_algorithm"));
    QCOMPARE(reasonFor("not-a-token"), s("malformed"));

    // The right claims by a stranger's key, and by a key for another kind of token.
    const auto strange = jose::Jwk::generate();
    const auto payload = jose::fromBase64Url(parts.at(1));
    QVERIFY(strange && payload);
    const auto forged = jose::sign({{s("typ"), s("at+jwt")}}, *payload, *strange, jose::Algorithm::ES256);
    QVERIFY(forged);
    QCOMPARE(reasonFor(*forged), s("bad_signature"));
    const auto idToken = jose::sign({{s("typ"), s("JWT")}}, *payload, *strange, jose::Algorithm::ES256);
    QVERIFY(idToken);
    QCOMPARE(reasonFor(*idToken), s("wrong_type"));
    // A token in the query is no token (OAuth 2.1 §5.1).
    QCOMPARE(m_visitor.get(m_lab->mcpUrl() + s("?access_token=") + QString::fromLatin1(good)).status, 401);
}

void McpTest::expires()
{
    m_lab->setAccessTokenLifetime(5);
    const QByteArray token = m_visitor.signIn(*m_lab);
    m_clock.advance(4'999);
    QCOMPARE(m_visitor.call(*m_lab, token, s("tools/list")).status, 200);
    m_clock.advance(1);
    QCOMPARE(m_visitor.call(*m_lab, token, s("tools/list")).status, 401);
}

void McpTest::scopes_data()
{
    QTest::addColumn<QString>("granted");
    QTest::addColumn<QJsonObject>("call");
    QTest::addColumn<QString>("missing");
    const QJsonObject batch = tool("analyze_batch", {{s("texts"), QJsonArray {s("Sales rise")}}});
    const QJsonObject term = tool("add_term", {{s("term"), s("x")}, {s("weight"), 1}});
    QTest::newRow("read") << s("sentiment:read") << headline("Sales rise") << QString();
    QTest::newRow("batch for read") << s("sentiment:batch") << headline("Sales rise") << s("sentiment:read");
    QTest::newRow("read for batch") << s("sentiment:read") << batch << s("sentiment:batch");
    QTest::newRow("both for batch") << s("sentiment:read sentiment:batch") << batch << QString();
    QTest::newRow("read for write") << s("sentiment:read") << term << s("sentiment:write");
    QTest::newRow("write") << s("sentiment:write") << term << QString();
}

void McpTest::scopes()
{
    QFETCH(QString, granted);
    QFETCH(QJsonObject, call);
    QFETCH(QString, missing);
    const QByteArray token = m_visitor.signIn(*m_lab, granted);
    QCOMPARE(m_visitor.call(*m_lab, token, s("tools/list")).status, 200);
    const Reply reply = m_visitor.call(*m_lab, token, s("tools/call"), call);
    if (missing.isEmpty()) {
        QCOMPARE(reply.status, 200);
        QCOMPARE(resultOf(reply).value(s("isError")), false);
        return;
    }
    QCOMPARE(reply.status, 403);
    QCOMPARE(reply.header("WWW-Authenticate"),
             "Bearer error=\"insufficient_scope\", scope=\"" + missing.toLatin1() + "\", resource_metadata=\""
                 + m_lab->resourceMetadataUrl().toLatin1() + '"');
}

void McpTest::writesDownDecisions()
{
    QSignalSpy spy(m_lab.get(), &TestLab::decided);
    const QByteArray token = m_visitor.signIn(*m_lab);
    m_visitor.call(*m_lab, {}, s("tools/list"));
    m_visitor.call(*m_lab, token, s("tools/call"), headline("Sales rise"));
    m_visitor.call(*m_lab, token, s("tools/call"), tool("add_term", {}));
    const QList<Decision> decisions = m_lab->decisions();
    QCOMPARE(decisions.size(), 3);
    QCOMPARE(spy.size(), 3);
    QCOMPARE(decisions.at(0).reason, s("no_token"));
    QVERIFY(!decisions.at(0).allowed);
    QVERIFY(decisions.at(1).allowed);
    QCOMPARE(decisions.at(1).tool, s("analyze_sentiment"));
    QCOMPARE(decisions.at(1).clientId, m_lab->clientId());
    QCOMPARE(decisions.at(1).subject, s("lab-user"));
    QCOMPARE(decisions.at(1).scopes, QStringList {s("sentiment:read")});
    QCOMPARE(decisions.at(2).reason, s("insufficient_scope"));
    QCOMPARE(decisions.at(2).toJson().value(s("verdict")), s("denied"));
    QVERIFY(!QJsonDocument(decisions.at(1).toJson()).toJson().contains(token));
    for (int i = 0; i < 520; ++i)
        m_visitor.send("GET", m_lab->mcpUrl());
    QCOMPARE(m_lab->decisions().size(), 512);
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

void McpTest::rebinding_data()
{
    QTest::addColumn<Headers>("headers");
    QTest::addColumn<int>("status");
    QTest::newRow("plain") << Headers {} << 200;
    QTest::newRow("foreign host") << Headers {{"Host", "evil.example"}} << 403;
    QTest::newRow("foreign host with our port") << Headers {{"Host", "evil.example:PORT"}} << 403;
    QTest::newRow("loopback, another port") << Headers {{"Host", "127.0.0.1:1"}} << 403;
    QTest::newRow("localhost") << Headers {{"Host", "localhost:PORT"}} << 200;
    QTest::newRow("foreign origin") << Headers {{"Origin", "http://evil.example"}} << 403;
    QTest::newRow("origin null") << Headers {{"Origin", "null"}} << 403;
    QTest::newRow("loopback origin") << Headers {{"Origin", "http://localhost:3000"}} << 200;
}

void McpTest::rebinding()
{
    QFETCH(Headers, headers);
    QFETCH(int, status);
    const QByteArray port = QByteArray::number(QUrl(m_lab->mcpUrl()).port());
    for (auto &[name, value] : headers)
        value.replace("PORT", port);
    QCOMPARE(m_visitor.call(*m_lab, m_lab->mintAccessToken(), s("tools/list"), {}, headers).status, status);
}

void McpTest::openWithoutAuthorization()
{
    start({.requireAuthorization = false});
    QCOMPARE(m_visitor.call(*m_lab, {}, s("tools/call"), headline("Sales rise")).status, 200);
    QVERIFY(m_lab->decisions().isEmpty());
}

void McpTest::onePort()
{
    start({.onePort = true, .autoApprove = true});
    QCOMPARE(m_lab->mcpUrl(), m_lab->issuer() + s("/mcp"));
    QCOMPARE(m_visitor.call(*m_lab, m_visitor.signIn(*m_lab), s("tools/list")).status, 200);
}

QTEST_GUILESS_MAIN(McpTest)
#include "McpTest.moc"
