// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/NetworkHttpClient.h"
#include "core/oauth/TokenEndpoint.h"
#include "tests/support/Await.h"
#include "tests/support/FakeClock.h"
#include "tests/unit/oauth/NotingHttp.h"
#include "tests/unit/oauth/Site.h"

#include <QJsonArray>
#include <QTest>

using namespace chatelaine;
using namespace chatelaine::oauth;
using namespace chatelaine::test;

namespace {

const QByteArray tokens =
    "{'access_token':'at','token_type':'Bearer','expires_in':60,'refresh_token':'rt2'}";

QByteArrayList sorted(const QByteArray &form)
{
    QByteArrayList items = form.split('&');
    std::sort(items.begin(), items.end());
    return items;
}

} // namespace

class EndpointTest : public QObject
{
    Q_OBJECT

    Endpoint endpoint(const Site &site, const QString &method = QStringLiteral("none")) const
    {
        Endpoint result;
        result.url = site.url(QStringLiteral("/token?v=1"));
        result.client.clientId = QStringLiteral("my client");
        result.client.tokenEndpointAuthMethod = method;
        result.client.clientSecret = Secret::copyOf("s:&c");
        result.reach = net::Reach::Loopback;
        return result;
    }

    AuthorizationServerMetadata issuer(const Site &site, const QStringList &methods) const
    {
        AuthorizationServerMetadata metadata;
        metadata.registrationEndpoint = site.url(QStringLiteral("/register"));
        metadata.tokenEndpointAuthMethodsSupported = methods;
        return metadata;
    }

    static RegistrationRequest request()
    {
        RegistrationRequest result;
        result.clientName = QStringLiteral("Chatelaine");
        result.redirectUris = {QStringLiteral("http://127.0.0.1:1/callback")};
        result.reach = net::Reach::Loopback;
        return result;
    }

private Q_SLOTS:
    void aCodeIsExchanged()
    {
        Site site;
        site.put("/token?v=1", tokens, 200, "application/json",
            "Date: Tue, 28 Jul 2026 00:00:30 GMT\r\n");
        CodeExchange exchange;
        exchange.code = Secret::copyOf("4/0A+b=&");
        exchange.codeVerifier = Secret::copyOf("ver~ifier");
        exchange.redirectUri = QStringLiteral("http://127.0.0.1:1/callback");
        exchange.resource = QStringLiteral("https://mcp.example/a b");
        const auto result = await(m_tokens.exchangeCode(endpoint(site), exchange, {}));
        QVERIFY2(result, result ? "" : qPrintable(result.error().message));
        QCOMPARE(result->accessToken.expose(), QByteArrayView("at"));
        // The test's clock stands at midnight.
        QCOMPARE(result->clockSkewMs, std::optional<qint64>(30000));
        QCOMPARE(site.last().method, QByteArray("POST"));
        QCOMPARE(
            site.last().header("Content-Type"), QByteArray("application/x-www-form-urlencoded"));
        QCOMPARE(site.last().header("Accept"), QByteArray("application/json"));
        QVERIFY(site.last().header("Authorization").isEmpty());
        const QByteArrayList wanted{"client_id=my%20client", "code=4%2F0A%2Bb%3D%26",
            "code_verifier=ver~ifier", "grant_type=authorization_code",
            "redirect_uri=http%3A%2F%2F127.0.0.1%3A1%2Fcallback",
            "resource=https%3A%2F%2Fmcp.example%2Fa%20b"};
        QCOMPARE(sorted(site.last().body), wanted);
    }

    void theClientProvesItself_data()
    {
        QTest::addColumn<QString>("method");
        QTest::addColumn<QByteArrayList>("form");
        QTest::addColumn<QByteArray>("header");
        const QByteArrayList bare{"grant_type=refresh_token", "refresh_token=r%26t"};
        const auto with = [&bare](const QByteArrayList &more) {
            QByteArrayList items = more + bare;
            std::sort(items.begin(), items.end());
            return items;
        };
        QTest::newRow("none") << QStringLiteral("none") << with({"client_id=my%20client"})
                              << QByteArray();
        QTest::newRow("post") << QStringLiteral("client_secret_post")
                              << with({"client_id=my%20client", "client_secret=s%3A%26c"})
                              << QByteArray();
        QTest::newRow("basic") << QStringLiteral("client_secret_basic") << with({})
                               << "Basic " + QByteArray("my%20client:s%3A%26c").toBase64();
    }
    void theClientProvesItself()
    {
        QFETCH(const QString, method);
        QFETCH(const QByteArrayList, form);
        QFETCH(const QByteArray, header);
        Site site;
        site.put("/token?v=1", tokens);
        RefreshRequest refresh;
        refresh.refreshToken = Secret::copyOf("r&t");
        const auto result = await(m_tokens.refresh(endpoint(site, method), refresh, {}));
        QVERIFY(result);
        QCOMPARE(result->refreshToken.expose(), QByteArrayView("rt2"));
        QCOMPARE(sorted(site.last().body), form);
        QCOMPARE(site.last().header("Authorization"), header);
    }

    void aRefreshRepeatsScopeAndResourceIfGiven()
    {
        Site site;
        site.put("/token?v=1", tokens);
        RefreshRequest refresh;
        refresh.refreshToken = Secret::copyOf("rt");
        refresh.scopes = {QStringLiteral("a"), QStringLiteral("b")};
        refresh.resource = QStringLiteral("https://mcp.example");
        QVERIFY(await(m_tokens.refresh(endpoint(site), refresh, {})));
        const QByteArrayList wanted{"client_id=my%20client", "grant_type=refresh_token",
            "refresh_token=rt", "resource=https%3A%2F%2Fmcp.example", "scope=a%20b"};
        QCOMPARE(sorted(site.last().body), wanted);
    }

    void refusalsComeThrough()
    {
        Site site;
        site.put("/token?v=1", "{'error':'invalid_grant','error_description':'gone'}", 400);
        const auto result = await(m_tokens.refresh(endpoint(site), {}, {}));
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::ServerRefused);
        QCOMPARE(result.error().data.value(QLatin1StringView("error")).toString(),
            QStringLiteral("invalid_grant"));
        site.put("/token?v=1", "busy", 503, "text/plain", "Retry-After: 7\r\n");
        const auto busy = await(m_tokens.refresh(endpoint(site), {}, {}));
        QVERIFY(!busy);
        QCOMPARE(busy.error().code, ErrorCode::Unreachable);
        QCOMPARE(busy.error().data.value(QLatin1StringView("retry_after_s")).toInt(), 7);
    }

    void whatAServerRepeatsOfASecretIsStruckOut()
    {
        Site site;
        site.put("/token?v=1",
            "{'error':'invalid_grant','error_description':'no such token: abc\\/def-123!'}", 400);
        RefreshRequest refresh;
        refresh.refreshToken = Secret::copyOf("abc/def-123");
        const auto result = await(m_tokens.refresh(endpoint(site), refresh, {}));
        QVERIFY(!result);
        QVERIFY2(!result.error().message.contains(QStringLiteral("def-123")),
            qPrintable(result.error().message));
        QVERIFY(result.error().message.contains(QStringLiteral("no such token")));
        site.put("/token?v=1", "{'error':'bad code c0de-456'}", 400);
        CodeExchange exchange;
        exchange.code = Secret::copyOf("c0de-456");
        const auto code = await(m_tokens.exchangeCode(endpoint(site), exchange, {}));
        QVERIFY(!code);
        QVERIFY(!code.error().message.contains(QStringLiteral("c0de-456")));
        QVERIFY(!code.error().data.value(QLatin1StringView("error"))
                     .toString()
                     .contains(QStringLiteral("c0de-456")));
    }

    void nothingThatWasSentIsRepeated()
    {
        // All of it at once, the client's own secret too, whatever was asked for.
        Site site;
        site.put("/token?v=1",
            "{'error':'x','error_description':'c0de-1 ver1fier-2 refr3sh-3 s:&c at-4'}", 400);
        const Endpoint post = endpoint(site, QStringLiteral("client_secret_post"));
        CodeExchange exchange;
        exchange.code = Secret::copyOf("c0de-1");
        exchange.codeVerifier = Secret::copyOf("ver1fier-2");
        const auto code = await(m_tokens.exchangeCode(post, exchange, {}));
        QVERIFY2(code.error().message.contains(QStringLiteral("\"*** *** refr3sh-3 *** at-4\"")),
            qPrintable(code.error().message));
        RefreshRequest refresh;
        refresh.refreshToken = Secret::copyOf("refr3sh-3");
        const auto refreshed = await(m_tokens.refresh(post, refresh, {}));
        QVERIFY2(refreshed.error().message.contains(
                     QStringLiteral("\"c0de-1 ver1fier-2 *** *** at-4\"")),
            qPrintable(refreshed.error().message));
        site.put("/token?v=1", "{'error':'s:&c at-4'}", 400);
        const auto revoked =
            await(m_tokens.revoke(post, Secret::copyOf("at-4"), TokenHint::AccessToken, {}));
        QVERIFY2(
            revoked->answer.contains(QStringLiteral("(*** ***)")), qPrintable(revoked->answer));
    }

    void secretsGoNoFurtherThanTheServer()
    {
        NotingHttp http;
        TokenEndpoint tokenEndpoint(http, m_clock);
        Endpoint inside;
        inside.url = QUrl(QStringLiteral("https://as.example/token"));
        inside.reach = net::Reach::Private;
        inside.caFile = QStringLiteral("/etc/office.pem");
        QVERIFY(!await(tokenEndpoint.exchangeCode(inside, {}, {})));
        QVERIFY(!await(tokenEndpoint.refresh(inside, {}, {})));
        QVERIFY(await(tokenEndpoint.revoke(inside, {}, TokenHint::RefreshToken, {})));
        QCOMPARE(http.asked.size(), 3);
        for (const net::HttpRequest &asked : std::as_const(http.asked)) {
            QCOMPARE(asked.method, "POST");
            QCOMPARE(asked.url, inside.url);
            QCOMPARE(asked.reach, net::Reach::Private);
            QCOMPARE(asked.caFile, inside.caFile);
            QVERIFY(!asked.followRedirects);
        }
    }

    void tokensFollowNoRedirect()
    {
        Site site;
        Site other;
        for (const int status : {301, 302, 303, 307, 308}) {
            site.put("/token?v=1", "", status, "text/plain",
                "Location: " + other.origin().toLatin1() + "/token\r\n");
            const auto result = await(m_tokens.refresh(endpoint(site), {}, {}));
            QVERIFY(!result);
        }
        QVERIFY(other.targets().isEmpty());
        // Nor to their own origin, where a GET would be followed.
        site.put("/token?v=1", "", 307, "text/plain", "Location: /elsewhere\r\n");
        site.put("/elsewhere", tokens);
        QVERIFY(!await(m_tokens.refresh(endpoint(site), {}, {})));
        QVERIFY(!site.targets().contains("/elsewhere"));
    }

    void tokensAreGivenBack_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<bool>("revoked");
        QTest::addColumn<QString>("answer");
        QTest::newRow("done") << 200 << QByteArray() << true << QStringLiteral("Revoked (200).");
        QTest::newRow("type")
            << 400 << QByteArray("{'error':'unsupported_token_type'}") << false
            << QStringLiteral("Not revoked: the server answered 400 (unsupported_token_type).");
        QTest::newRow("busy") << 503 << QByteArray("busy") << false
                              << QStringLiteral("Not revoked: the server answered 503.");
    }
    void tokensAreGivenBack()
    {
        QFETCH(const int, status);
        QFETCH(const QByteArray, body);
        QFETCH(const bool, revoked);
        QFETCH(const QString, answer);
        Site site;
        site.put("/token?v=1", body, status);
        const auto result = await(
            m_tokens.revoke(endpoint(site), Secret::copyOf("r+t"), TokenHint::RefreshToken, {}));
        QVERIFY(result);
        QCOMPARE(result->revoked, revoked);
        QCOMPARE(result->answer, answer);
        const QByteArrayList wanted{
            "client_id=my%20client", "token=r%2Bt", "token_type_hint=refresh_token"};
        QCOMPARE(sorted(site.last().body), wanted);
    }

    void aClientIsRegistered()
    {
        Site site;
        site.put("/register", "{'client_id':'c1','client_secret':'odd'}", 201);
        RegistrationRequest wanted = request();
        wanted.scopes = {QStringLiteral("a"), QStringLiteral("b")};
        const auto identity =
            await(registerClient(m_http, issuer(site, {QStringLiteral("none")}), wanted, {}));
        QVERIFY2(identity, identity ? "" : qPrintable(identity.error().message));
        QCOMPARE(identity->clientId, QStringLiteral("c1"));
        QVERIFY(identity->clientSecret.isEmpty());
        QCOMPARE(site.last().header("Content-Type"), QByteArray("application/json"));
        const QJsonObject expected = jsonObject(
            "{'client_name':'Chatelaine','redirect_uris':['http://127.0.0.1:1/callback'],"
            "'grant_types':['authorization_code','refresh_token'],'response_types':['code'],"
            "'application_type':'native','token_endpoint_auth_method':'none','scope':'a b'}");
        QCOMPARE(jsonObject(site.last().body), expected);
    }

    void theRegistrationSuitsTheIssuer()
    {
        Site site;
        site.put("/register", "{'client_id':'c1','client_secret':'s'}", 201);
        AuthorizationServerMetadata metadata = issuer(site, {QStringLiteral("client_secret_post")});
        metadata.grantTypesSupported = {QStringLiteral("authorization_code")};
        const auto identity = await(registerClient(m_http, metadata, request(), {}));
        QVERIFY(identity);
        QCOMPARE(identity->tokenEndpointAuthMethod, QStringLiteral("client_secret_post"));
        const QJsonObject sent = jsonObject(site.last().body);
        QCOMPARE(sent.value(QLatin1StringView("token_endpoint_auth_method")).toString(),
            QStringLiteral("client_secret_post"));
        QCOMPARE(sent.value(QLatin1StringView("grant_types")).toArray().size(), 1);
        QVERIFY(!sent.contains(QLatin1StringView("scope")));
    }

    void wherePeopleHaveToRegister()
    {
        Site site;
        const auto strict = await(registerClient(
            m_http, issuer(site, {QStringLiteral("private_key_jwt")}), request(), {}));
        QCOMPARE(strict.error().code, ErrorCode::RegistrationNeeded);
        const AuthorizationServerMetadata nothing;
        const auto none = await(registerClient(m_http, nothing, request(), {}));
        QCOMPARE(none.error().code, ErrorCode::RegistrationNeeded);
        QVERIFY(site.targets().isEmpty());
    }

    void aRegistrationIsDeleted_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("answer");
        QTest::newRow("204") << 204 << QStringLiteral("Deleted (204).");
        QTest::newRow("401") << 401 << QStringLiteral("The server did not know it any more (401).");
        QTest::newRow("405") << 405 << QStringLiteral("Not deleted: the server answered 405.");
    }
    void aRegistrationIsDeleted()
    {
        QFETCH(const int, status);
        QFETCH(const QString, answer);
        Site site;
        site.put("/register/c1", "", status);
        ClientIdentity identity;
        identity.clientId = QStringLiteral("c1");
        identity.registrationClientUri = site.origin() + QStringLiteral("/register/c1");
        identity.registrationAccessToken = Secret::copyOf("rat");
        const auto result =
            await(deleteRegistration(m_http, identity, net::Reach::Loopback, {}, {}));
        QVERIFY(result);
        QCOMPARE(*result, answer);
        QCOMPARE(site.last().method, QByteArray("DELETE"));
        QCOMPARE(site.last().header("Authorization"), QByteArray("Bearer rat"));
        identity.registrationClientUri.clear();
        const auto none = await(deleteRegistration(m_http, identity, net::Reach::Loopback, {}, {}));
        QCOMPARE(none.error().code, ErrorCode::NotFound);
    }

private:
    SystemClock m_systemClock;
    FakeClock m_clock;
    net::NetworkHttpClient m_http{m_systemClock};
    TokenEndpoint m_tokens{m_http, m_clock};
};

QTEST_GUILESS_MAIN(EndpointTest)
#include "EndpointTest.moc"
