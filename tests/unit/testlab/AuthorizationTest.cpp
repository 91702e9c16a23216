// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/testlab/RunningLab.h"

#include "core/jose/Jwt.h"

#include <QJsonArray>
#include <QTest>

using namespace chatelaine;
using namespace chatelaine::test;
using testlab::LabOptions;

class AuthorizationTest : public RunningLab
{
    Q_OBJECT

private Q_SLOTS:
    void metadata_data();
    void metadata();
    void wholeFlow();
    void authorizationErrorsGoBack_data();
    void authorizationErrorsGoBack();
    void strangersAreNotRedirected_data();
    void strangersAreNotRedirected();
    void redirectUris_data();
    void redirectUris();
    void tokenErrors_data();
    void tokenErrors();
    void clientAuthentication_data();
    void clientAuthentication();
};

void AuthorizationTest::metadata_data()
{
    QTest::addColumn<QString>("issuerPath");
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("status");
    QTest::newRow("root") << s("") << s("/.well-known/oauth-authorization-server") << 200;
    QTest::newRow("root, OpenID") << s("") << s("/.well-known/openid-configuration") << 200;
    QTest::newRow("path inserted") << s("/a/b") << s("/.well-known/oauth-authorization-server/a/b") << 200;
    QTest::newRow("path inserted, OpenID") << s("/a/b") << s("/.well-known/openid-configuration/a/b") << 200;
    QTest::newRow("path appended, OpenID") << s("/a/b") << s("/a/b/.well-known/openid-configuration") << 200;
    QTest::newRow("root of a path issuer") << s("/a/b") << s("/.well-known/oauth-authorization-server") << 404;
    QTest::newRow("path of a root issuer") << s("") << s("/.well-known/oauth-authorization-server/a") << 404;
}

void AuthorizationTest::metadata()
{
    QFETCH(QString, issuerPath);
    QFETCH(QString, path);
    QFETCH(int, status);
    start({.issuerPath = issuerPath, .autoApprove = true});
    const QString origin = m_lab->issuer().chopped(issuerPath.size());
    QVERIFY(origin.startsWith(u"http://127.0.0.1:"));
    const Reply reply = m_visitor.get(origin + path);
    QCOMPARE(reply.status, status);
    if (status != 200)
        return;
    QCOMPARE(reply.header("Content-Type"), "application/json");
    const QJsonObject metadata = reply.json();
    QCOMPARE(reply.text("issuer"), m_lab->issuer());
    for (const char *endpoint : {"authorization_endpoint", "token_endpoint", "registration_endpoint",
                                 "revocation_endpoint", "introspection_endpoint", "jwks_uri"})
        QVERIFY2(reply.text(endpoint).startsWith(m_lab->issuer() + u'/'), endpoint);
    QCOMPARE(metadata.value(s("code_challenge_methods_supported")), QJsonArray {s("S256")});
    QCOMPARE(metadata.value(s("authorization_response_iss_parameter_supported")), true);
    QVERIFY(!m_visitor.signIn(*m_lab).isEmpty());
}

void AuthorizationTest::wholeFlow()
{
    const Reply response = m_visitor.authorize(*m_lab, {{s("scope"), s("sentiment:read sentiment:batch")}});
    QCOMPARE(response.status, 302);
    QVERIFY(response.header("Location").startsWith("http://127.0.0.1:9/callback?"));
    QCOMPARE(response.location("state"), s("a state&=+/ä"));
    QCOMPARE(response.location("iss"), m_lab->issuer());
    const Reply tokens = m_visitor.redeem(*m_lab, response.location("code"));
    QCOMPARE(tokens.status, 200);
    QCOMPARE(tokens.header("Cache-Control"), "no-store");
    QCOMPARE(tokens.text("token_type"), s("Bearer"));
    QCOMPARE(tokens.text("scope"), s("sentiment:read sentiment:batch"));
    QCOMPARE(tokens.json().value(s("expires_in")).toInt(), 3600);
    QVERIFY(!tokens.text("refresh_token").isEmpty());

    // What a resource server does with it: the published key and every claim of RFC 9068.
    const auto keys = jose::keysFromJson(m_visitor.get(url("/jwks")).json());
    QVERIFY(keys);
    jose::Expectations expected;
    expected.typ = s("at+jwt");
    expected.issuer = m_lab->issuer();
    expected.audience = m_lab->mcpUrl();
    expected.now = m_clock.utcMs();
    const auto claims = jose::verifyJwt(tokens.text("access_token").toLatin1(), *keys, expected);
    QVERIFY2(claims, claims ? "" : qPrintable(claims.error().message));
    QCOMPARE(claims->value(s("client_id")), m_lab->clientId());
    QCOMPARE(claims->value(s("scope")), s("sentiment:read sentiment:batch"));
    QCOMPARE(claims->value(s("sub")), s("lab-user"));
    QCOMPARE(claims->value(s("exp")).toInteger(), m_clock.utcMs() / 1000 + 3600);
    QVERIFY(!claims->value(s("jti")).toString().isEmpty());

    const QMap<QString, int> counts = m_lab->requestCounts();
    QCOMPARE(counts, (QMap<QString, int> {{s("authorization"), 1}, {s("token_code"), 1}, {s("jwks"), 1}}));
    for (const QString &secret : {response.location("code"), tokens.text("access_token"),
                                  tokens.text("refresh_token")})
        QVERIFY(m_lab->issuedTokens().contains(Secret::fromString(secret)));
    m_lab->reset();
    QVERIFY(m_lab->requestCounts().isEmpty());
}

void AuthorizationTest::authorizationErrorsGoBack_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("error");
    const auto row = [](const char *title, const char *name, const QString &value, const char *error) {
        QTest::newRow(title) << s(name) << value << s(error);
    };
    row("no response type", "response_type", {}, "invalid_request");
    row("implicit", "response_type", s("token"), "unsupported_response_type");
    row("no challenge", "code_challenge", {}, "invalid_request");
    row("challenge too short", "code_challenge", s("abc"), "invalid_request");
    row("challenge padded", "code_challenge", QString(42, u'a') + u'=', "invalid_request");
    row("no method", "code_challenge_method", {}, "invalid_request");
    row("plain", "code_challenge_method", s("plain"), "invalid_request");
    row("unknown scope", "scope", s("sentiment:read root"), "invalid_scope");
    row("unknown resource", "resource", s("https://other.example/mcp"), "invalid_target");
}

void AuthorizationTest::authorizationErrorsGoBack()
{
    QFETCH(QString, name);
    QFETCH(QString, value);
    QFETCH(QString, error);
    const Reply reply = m_visitor.authorize(*m_lab, {{name, value}});
    QCOMPARE(reply.status, 302);
    QVERIFY(reply.header("Location").startsWith(Visitor::redirectUri().toLatin1() + '?'));
    QCOMPARE(reply.location("error"), error);
    QCOMPARE(reply.location("state"), s("a state&=+/ä"));
    QCOMPARE(reply.location("iss"), m_lab->issuer());
    QVERIFY(reply.location("code").isEmpty());
}

void AuthorizationTest::strangersAreNotRedirected_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    QTest::newRow("unknown client") << s("client_id") << s("nobody<script>");
    QTest::newRow("no client") << s("client_id") << QString();
    QTest::newRow("metadata document, which this lab does not fetch")
        << s("client_id") << s("https://client.example/metadata.json");
    QTest::newRow("no redirect URI") << s("redirect_uri") << QString();
    QTest::newRow("redirect to a public host") << s("redirect_uri") << s("http://example.com/callback");
    QTest::newRow("redirect with fragment") << s("redirect_uri") << s("http://127.0.0.1/callback#x");
    QTest::newRow("redirect with user") << s("redirect_uri") << s("http://127.0.0.1@example.com/callback");
}

void AuthorizationTest::strangersAreNotRedirected()
{
    QFETCH(QString, name);
    QFETCH(QString, value);
    const Reply reply = m_visitor.authorize(*m_lab, {{name, value}});
    QCOMPARE(reply.status, 400);
    QVERIFY(reply.header("Location").isEmpty());
    QVERIFY(reply.header("Content-Type").startsWith("text/html"));
    QVERIFY(!reply.body.contains("<script>"));
}

void AuthorizationTest::redirectUris_data()
{
    QTest::addColumn<QString>("registered");
    QTest::addColumn<QString>("asked");
    QTest::addColumn<bool>("allowed");
    const auto row = [](const char *title, const char *registered, const char *asked, bool allowed) {
        QTest::newRow(title) << s(registered) << s(asked) << allowed;
    };
    row("the same", "http://127.0.0.1:8000/cb", "http://127.0.0.1:8000/cb", true);
    row("another port of the literal", "http://127.0.0.1:8000/cb", "http://127.0.0.1:9000/cb", true);
    row("a port where none was", "http://127.0.0.1/cb", "http://127.0.0.1:9000/cb", true);
    row("another port of the IPv6 literal", "http://[::1]:8000/cb", "http://[::1]:9000/cb", true);
    row("another port of localhost", "http://localhost:8000/cb", "http://localhost:9000/cb", false);
    row("localhost for the literal", "http://127.0.0.1:8000/cb", "http://localhost:8000/cb", false);
    row("another path", "http://127.0.0.1:8000/cb", "http://127.0.0.1:8000/cb/more", false);
    row("another query", "http://127.0.0.1:8000/cb", "http://127.0.0.1:8000/cb?x=1", false);
    row("https, the same", "https://app.example/cb", "https://app.example/cb", true);
    row("https, another port", "https://app.example/cb", "https://app.example:444/cb", false);
    row("private scheme", "com.example.app:/cb", "com.example.app:/cb", true);
    row("private scheme, another path", "com.example.app:/cb", "com.example.app:/other", false);
}

void AuthorizationTest::redirectUris()
{
    QFETCH(QString, registered);
    QFETCH(QString, asked);
    QFETCH(bool, allowed);
    start({.autoApprove = true, .redirectUris = {registered}});
    const Reply reply = m_visitor.authorize(*m_lab, {{s("redirect_uri"), asked}});
    QCOMPARE(reply.status, allowed ? 302 : 400);
    if (allowed)
        QVERIFY(reply.header("Location").startsWith(asked.toLatin1() + "?code="));
}

void AuthorizationTest::tokenErrors_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("error");
    const auto row = [](const char *title, const char *name, const QString &value, int status, const char *error) {
        QTest::newRow(title) << s(name) << value << status << s(error);
    };
    row("no grant type", "grant_type", {}, 400, "invalid_request");
    row("another grant type", "grant_type", s("password"), 400, "unsupported_grant_type");
    row("no code", "code", {}, 400, "invalid_request");
    row("unknown code", "code", s("made-up"), 400, "invalid_grant");
    row("no verifier", "code_verifier", {}, 400, "invalid_request");
    row("wrong verifier", "code_verifier", QString(64, u'w'), 400, "invalid_grant");
    row("verifier too short", "code_verifier", QString(42, u'v'), 400, "invalid_grant");
    row("another redirect URI", "redirect_uri", s("http://127.0.0.1:10/callback"), 400, "invalid_grant");
    row("another resource", "resource", s("https://other.example/mcp"), 400, "invalid_target");
    row("unknown client", "client_id", s("nobody"), 401, "invalid_client");
    row("no client", "client_id", {}, 401, "invalid_client");
    row("a secret from a public client", "client_secret", s("x"), 401, "invalid_client");
}

void AuthorizationTest::tokenErrors()
{
    QFETCH(QString, name);
    QFETCH(QString, value);
    QFETCH(int, status);
    QFETCH(QString, error);
    const QString code = m_visitor.code(*m_lab);
    const Reply reply = m_visitor.redeem(*m_lab, code, {{name, value}});
    QCOMPARE(reply.status, status);
    QCOMPARE(reply.text("error"), error);
    QCOMPARE(reply.header("Cache-Control"), "no-store");
    QVERIFY(!reply.json().contains(s("access_token")));
    // The mistake cost nothing: the code is still good.
    QCOMPARE(m_visitor.redeem(*m_lab, code).status, 200);
}

void AuthorizationTest::clientAuthentication_data()
{
    QTest::addColumn<Headers>("headers");
    QTest::addColumn<QString>("inForm");
    QTest::addColumn<int>("status");
    const Headers none;
    QTest::newRow("post") << none << s("p:a ss/wörd") << 200;
    QTest::newRow("post, wrong") << none << s("other") << 401;
    QTest::newRow("no secret") << none << QString() << 401;
    QTest::newRow("basic, form-encoded") << basic("testlab-client", "p%3Aa+ss%2Fw%C3%B6rd") << QString() << 200;
    QTest::newRow("basic, wrong") << basic("testlab-client", "other") << QString() << 401;
    QTest::newRow("basic, not base64 of a pair") << Headers {{"Authorization", "Basic !!"}} << QString() << 401;
    QTest::newRow("basic of another client") << basic("nobody", "x") << QString() << 400;
    QTest::newRow("both") << basic("testlab-client", "p%3Aa+ss%2Fw%C3%B6rd") << s("p:a ss/wörd") << 400;
}

void AuthorizationTest::clientAuthentication()
{
    QFETCH(Headers, headers);
    QFETCH(QString, inForm);
    QFETCH(int, status);
    LabOptions options {.autoApprove = true};
    options.clientSecret = Secret::fromString(s("p:a ss/wörd"));
    start(options);
    const Reply reply = m_visitor.redeem(*m_lab, m_visitor.code(*m_lab), {{s("client_secret"), inForm}}, headers);
    QCOMPARE(reply.status, status);
    if (status == 401)
        QCOMPARE(reply.header("WWW-Authenticate").startsWith("Basic "), !headers.isEmpty());
    if (status != 200)
        QCOMPARE(reply.text("error"), status == 401 ? s("invalid_client") : s("invalid_request"));
}

QTEST_GUILESS_MAIN(AuthorizationTest)
#include "AuthorizationTest.moc"
