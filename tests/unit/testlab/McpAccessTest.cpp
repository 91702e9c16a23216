// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/testlab/RunningLab.h"

#include "core/jose/Jws.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTest>

using namespace chatelaine;
using namespace chatelaine::test;
using testlab::Decision;
using testlab::TestLab;

/// Whom the demo server lets in.
class McpAccessTest : public RunningLab
{
    Q_OBJECT

private Q_SLOTS:
    void challengesWithoutAToken();
    void resourceMetadata();
    void refusesTokens_data();
    void refusesTokens();
    void refusesForeignSignatures();
    void expires();
    void scopes_data();
    void scopes();
    void writesDownDecisions();
    void rebinding_data();
    void rebinding();
    void openWithoutAuthorization();
    void onePort();
};

void McpAccessTest::challengesWithoutAToken()
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

void McpAccessTest::resourceMetadata()
{
    const Reply reply = m_visitor.get(m_lab->resourceMetadataUrl());
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.text("resource"), m_lab->mcpUrl());
    QCOMPARE(reply.json().value(s("authorization_servers")), QJsonArray {m_lab->issuer()});
    QVERIFY(reply.json().value(s("scopes_supported")).toArray().contains(s("sentiment:batch")));
    const QString origin = m_lab->mcpUrl().chopped(4);
    QCOMPARE(m_visitor.get(origin + s("/.well-known/oauth-protected-resource")).status, 404);
}

void McpAccessTest::refusesTokens_data()
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

void McpAccessTest::refusesTokens()
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

void McpAccessTest::refusesForeignSignatures()
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

void McpAccessTest::expires()
{
    m_lab->setAccessTokenLifetime(5);
    const QByteArray token = m_visitor.signIn(*m_lab);
    m_clock.advance(4'999);
    QCOMPARE(m_visitor.call(*m_lab, token, s("tools/list")).status, 200);
    m_clock.advance(1);
    QCOMPARE(m_visitor.call(*m_lab, token, s("tools/list")).status, 401);
}

void McpAccessTest::scopes_data()
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

void McpAccessTest::scopes()
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

void McpAccessTest::writesDownDecisions()
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

void McpAccessTest::rebinding_data()
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

void McpAccessTest::rebinding()
{
    QFETCH(Headers, headers);
    QFETCH(int, status);
    const QByteArray port = QByteArray::number(QUrl(m_lab->mcpUrl()).port());
    for (auto &[name, value] : headers)
        value.replace("PORT", port);
    QCOMPARE(m_visitor.call(*m_lab, m_lab->mintAccessToken(), s("tools/list"), {}, headers).status, status);
}

void McpAccessTest::openWithoutAuthorization()
{
    start({.requireAuthorization = false});
    QCOMPARE(m_visitor.call(*m_lab, {}, s("tools/call"), headline("Sales rise")).status, 200);
    QVERIFY(m_lab->decisions().isEmpty());
}

void McpAccessTest::onePort()
{
    start({.onePort = true, .autoApprove = true});
    QCOMPARE(m_lab->mcpUrl(), m_lab->issuer() + s("/mcp"));
    QCOMPARE(m_visitor.call(*m_lab, m_visitor.signIn(*m_lab), s("tools/list")).status, 200);
}

QTEST_GUILESS_MAIN(McpAccessTest)
#include "McpAccessTest.moc"
