// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oauth/AuthorizationServerMetadata.h"
#include "core/oauth/ProtectedResourceMetadata.h"
#include "tests/unit/oauth/Json.h"

#include <QTest>

using namespace chatelaine;
using namespace chatelaine::oauth;
using namespace chatelaine::test;
using net::Reach;

namespace {

QStringList texts(const QList<QUrl> &urls)
{
    QStringList list;
    for (const QUrl &url : urls)
        list.append(url.toString(QUrl::FullyEncoded));
    return list;
}

QUrl url(const char *text)
{
    return QUrl(QString::fromLatin1(text));
}

const char *const goodIssuer =
    "{'issuer':'https://as.example','authorization_endpoint':'https://as.example/authorize',"
    "'token_endpoint':'https://as.example/token',"
    "'registration_endpoint':'https://as.example/register',"
    "'code_challenge_methods_supported':['plain','S256'],"
    "'scopes_supported':['a','b'],'authorization_response_iss_parameter_supported':true}";

} // namespace

class MetadataTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void resourceMetadataIsLookedUpInOrder_data()
    {
        QTest::addColumn<QString>("server");
        QTest::addColumn<QStringList>("places");
        const QString root =
            QStringLiteral("https://mcp.example/.well-known/oauth-protected-resource");
        const auto row = [&](const char *name, const char *server, const QStringList &places) {
            QTest::newRow(name) << QString::fromLatin1(server) << places;
        };
        row("path", "https://mcp.example/mcp", {root + QStringLiteral("/mcp"), root});
        row("deep path", "https://mcp.example/public/mcp",
            {root + QStringLiteral("/public/mcp"), root});
        row("trailing slash", "https://mcp.example/mcp/", {root + QStringLiteral("/mcp"), root});
        row("root", "https://mcp.example/", {root});
        row("no path", "https://mcp.example", {root});
        row("query", "https://mcp.example/mcp?tenant=1",
            {root + QStringLiteral("/mcp?tenant=1"), root});
        row("escaped", "https://mcp.example/a%2Fb%20c",
            {root + QStringLiteral("/a%2Fb%20c"), root});
        row("user info and fragment go", "https://me:pw@mcp.example/mcp#x",
            {root + QStringLiteral("/mcp"), root});
        row("port and IPv6", "http://[::1]:8080/mcp",
            {QStringLiteral("http://[::1]:8080/.well-known/oauth-protected-resource/mcp"),
                QStringLiteral("http://[::1]:8080/.well-known/oauth-protected-resource")});
    }
    void resourceMetadataIsLookedUpInOrder()
    {
        QFETCH(const QString, server);
        QFETCH(const QStringList, places);
        QCOMPARE(texts(protectedResourceMetadataUrls(QUrl(server))), places);
    }

    void issuerMetadataIsLookedUpInOrder_data()
    {
        QTest::addColumn<QString>("issuer");
        QTest::addColumn<QStringList>("places");
        const QString oauth =
            QStringLiteral("https://as.example/.well-known/oauth-authorization-server");
        const QString openId =
            QStringLiteral("https://as.example/.well-known/openid-configuration");
        QTest::newRow("no path") << QStringLiteral("https://as.example")
                                 << QStringList{oauth, openId};
        QTest::newRow("slash") << QStringLiteral("https://as.example/")
                               << QStringList{oauth, openId};
        const QStringList tenant{oauth + QStringLiteral("/tenant1"),
            openId + QStringLiteral("/tenant1"),
            QStringLiteral("https://as.example/tenant1/.well-known/openid-configuration")};
        QTest::newRow("path") << QStringLiteral("https://as.example/tenant1") << tenant;
        QTest::newRow("path and slash") << QStringLiteral("https://as.example/tenant1/") << tenant;
        QTest::newRow("port and IPv6")
            << QStringLiteral("http://[::1]:9/t")
            << QStringList{
                   QStringLiteral("http://[::1]:9/.well-known/oauth-authorization-server/t"),
                   QStringLiteral("http://[::1]:9/.well-known/openid-configuration/t"),
                   QStringLiteral("http://[::1]:9/t/.well-known/openid-configuration")};
    }
    void issuerMetadataIsLookedUpInOrder()
    {
        QFETCH(const QString, issuer);
        QFETCH(const QStringList, places);
        QCOMPARE(texts(metadataUrls(QUrl(issuer))), places);
    }

    void aResourceSpeaksForItsOwn_data()
    {
        QTest::addColumn<QString>("server");
        QTest::addColumn<QString>("resource");
        QTest::addColumn<bool>("matches");
        const auto row = [](const char *name, const char *server, const char *resource,
                             bool matches) {
            QTest::newRow(name) << QString::fromLatin1(server) << QString::fromLatin1(resource)
                                << matches;
        };
        row("same", "https://a.example/mcp", "https://a.example/mcp", true);
        row("origin without slash", "https://a.example/mcp", "https://a.example", true);
        row("origin with slash", "https://a.example/mcp", "https://a.example/", true);
        row("trailing slash there", "https://a.example/mcp", "https://a.example/mcp/", true);
        row("trailing slash here", "https://a.example/mcp/", "https://a.example/mcp", true);
        row("parent", "https://a.example/v1/mcp", "https://a.example/v1", true);
        row("case of the host", "https://a.example/mcp", "HTTPS://A.Example/mcp", true);
        row("default port", "https://a.example/mcp", "https://a.example:443/mcp", true);
        row("no segment border", "https://a.example/mcp2", "https://a.example/mcp", false);
        row("child", "https://a.example/mcp", "https://a.example/mcp/x", false);
        row("sibling", "https://a.example/mcp", "https://a.example/other", false);
        row("case of the path", "https://a.example/mcp", "https://a.example/MCP", false);
        row("other host", "https://a.example/mcp", "https://b.example/mcp", false);
        row("subdomain", "https://a.example/mcp", "https://x.a.example/mcp", false);
        row("suffix", "https://a.example/mcp", "https://a.example.evil/mcp", false);
        row("other port", "https://a.example/mcp", "https://a.example:8443/mcp", false);
        row("other scheme", "https://a.example/mcp", "http://a.example/mcp", false);
        row("user info", "https://a.example/mcp", "https://a.example@a.example/mcp", false);
        row("other query", "https://a.example/mcp?t=1", "https://a.example/mcp?t=2", false);
        row("no URL", "https://a.example/mcp", "mcp", false);
        row("empty", "https://a.example/mcp", "", false);
    }
    void aResourceSpeaksForItsOwn()
    {
        QFETCH(const QString, server);
        QFETCH(const QString, resource);
        QFETCH(const bool, matches);
        QCOMPARE(resourceMatches(QUrl(server), resource), matches);
    }

    void resourceMetadataIsRead()
    {
        const auto metadata = parseProtectedResourceMetadata(
            jsonText("{'resource':'https://A.example:443','authorization_servers':['https://"
                     "as','https://b'],"
                     "'scopes_supported':['x','y'],'resource_name':'News'}"));
        QVERIFY(metadata);
        QCOMPARE(metadata->resource, QStringLiteral("https://A.example:443"));
        QCOMPARE(metadata->authorizationServers.size(), 2);
        QCOMPARE(
            *metadata->scopesSupported, QStringList({QStringLiteral("x"), QStringLiteral("y")}));
        QCOMPARE(metadata->resourceName, QStringLiteral("News"));
        const auto bare = parseProtectedResourceMetadata(jsonText("{'resource':'https://a'}"));
        QVERIFY(bare && !bare->scopesSupported);
    }

    void wrongResourceMetadataIsRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("html") << QByteArray("<html></html>");
        QTest::newRow("no resource") << jsonText("{'authorization_servers':['https://as']}");
        QTest::newRow("resource a number") << jsonText("{'resource':7}");
        QTest::newRow("relative") << jsonText("{'resource':'/mcp'}");
        QTest::newRow("no host") << jsonText("{'resource':'file:///etc/passwd'}");
        QTest::newRow("without a scheme") << jsonText("{'resource':'//a/mcp'}");
        QTest::newRow("fragment") << jsonText("{'resource':'https://a/mcp#x'}");
        QTest::newRow("too deep") << QByteArray("{\"a\":") + QByteArray(200, '[');
    }
    void wrongResourceMetadataIsRefused()
    {
        QFETCH(const QByteArray, bytes);
        const auto metadata = parseProtectedResourceMetadata(bytes);
        QVERIFY(!metadata);
        QCOMPARE(metadata.error().code, ErrorCode::ProtocolViolation);
    }

    void issuerMetadataIsRead()
    {
        const auto metadata = parseAuthorizationServerMetadata(
            jsonText(goodIssuer), QStringLiteral("https://as.example"), Reach::Public);
        QVERIFY2(metadata, metadata ? "" : qPrintable(metadata.error().message));
        QCOMPARE(metadata->tokenEndpoint, url("https://as.example/token"));
        QCOMPARE(metadata->registrationEndpoint, url("https://as.example/register"));
        QVERIFY(!metadata->revocationEndpoint.isValid());
        QVERIFY(metadata->issParameterSupported);
        QVERIFY(!metadata->clientIdMetadataDocumentSupported);
        QVERIFY(metadata->tokenEndpointAuthMethodsSupported.isEmpty());
        QCOMPARE(metadata->scopesSupported->size(), 2);
        const auto again = authorizationServerMetadataFromJson(
            metadata->raw, QStringLiteral("https://as.example"), Reach::Public);
        QVERIFY(again);
        QCOMPARE(again->authorizationEndpoint, metadata->authorizationEndpoint);
    }

    void issuerMetadataIsJudged_data()
    {
        QTest::addColumn<QByteArray>("changes");
        QTest::addColumn<int>("reach");
        QTest::addColumn<QString>("says"); // empty: accepted
        const auto row = [](const char *name, const char *changes, Reach reach, const char *says) {
            QTest::newRow(name) << QByteArray(changes) << static_cast<int>(reach)
                                << QString::fromLatin1(says);
        };
        const Reach pub = Reach::Public;
        const Reach loop = Reach::Loopback;
        row("foreign issuer", "{'issuer':'https://evil.example'}", pub, "another issuer");
        row("issuer with slash", "{'issuer':'https://as.example/'}", pub, "another issuer");
        row("issuer in capitals", "{'issuer':'https://AS.example'}", pub, "another issuer");
        row("issuer with port", "{'issuer':'https://as.example:443'}", pub, "another issuer");
        row("no issuer", "{'issuer':null}", pub, "names no issuer");
        row("issuer a list", "{'issuer':['https://as.example']}", pub, "names no issuer");
        row("no PKCE", "{'code_challenge_methods_supported':null}", pub, "is missing");
        row("PKCE empty", "{'code_challenge_methods_supported':[]}", pub, "S256");
        row("PKCE plain", "{'code_challenge_methods_supported':['plain']}", pub, "S256");
        row("PKCE lower case", "{'code_challenge_methods_supported':['s256']}", pub, "S256");
        row("PKCE a string", "{'code_challenge_methods_supported':'S256'}", pub, "is missing");
        row("no authorization, no PKCE",
            "{'authorization_endpoint':null,'code_challenge_methods_supported':null}", pub, "");
        row("no token endpoint", "{'token_endpoint':null}", pub, "no token endpoint");
        const auto endpoint = [&](const char *name, const char *value, Reach reach,
                                  const char *says) {
            const QByteArray changes = "{'authorization_endpoint':'" + QByteArray(value) + "'}";
            row(name, changes.constData(), reach, says);
        };
        endpoint("http", "http://as.example/a", pub, "not encrypted");
        endpoint("http to loopback from outside", "http://127.0.0.1/a", pub, "not encrypted");
        endpoint("http to loopback", "http://127.0.0.1:1/a", loop, "");
        endpoint("http to localhost", "http://localhost:1/a", loop, "");
        endpoint("http to ::1", "http://[::1]:1/a", loop, "");
        endpoint("http elsewhere at loopback", "http://as.example/a", loop, "not encrypted");
        endpoint("http to localhost's namesake", "http://localhost.evil.example/a", loop,
            "not encrypted");
        endpoint("https at loopback", "https://as.example/a", loop, "");
        endpoint(
            "private reach takes no http", "http://192.168.1.1/a", Reach::Private, "not encrypted");
        endpoint("file", "file:///etc/passwd", pub, "not an absolute URL");
        endpoint("file with host", "file://host/etc/passwd", pub, "not a web address");
        endpoint("javascript", "javascript:alert(1)", pub, "not an absolute URL");
        endpoint("own scheme", "calc://x/y", pub, "not a web address");
        endpoint("command", "https://as.example/$(id) x", pub, "not a URL");
        endpoint("double quote", "https://as.example/\\u0022", pub, "not a URL");
        endpoint("single quote", "https://as.example/\\u0027", pub, "not a URL");
        endpoint("backtick", "https://as.example/`id`", pub, "not a URL");
        endpoint("backslash", "https://as.example\\\\@evil.example/", pub, "not a URL");
        endpoint("tabulator", "https://as.example/\\ta", pub, "not a URL");
        endpoint("line break", "https://as.example/\\na", pub, "not a URL");
        endpoint("zero", "https://as.example/\\u0000a", pub, "not a URL");
        endpoint("other letters", "https://as.ex\\u0430mple/a", pub, "not a URL");
        endpoint("an option", "--gpu-launcher=x", pub, "not an absolute URL");
        endpoint("user", "https://user@as.example/a", pub, "user name");
        endpoint("empty user", "https://@as.example/a", pub, "user name");
        endpoint("password", "https://u:p@as.example/a", pub, "user name");
        endpoint("fragment", "https://as.example/a#b", pub, "fragment");
        endpoint("relative", "/authorize", pub, "not an absolute URL");
        endpoint("empty", "", pub, "not a URL");
        endpoint("no host", "https:///a", pub, "URL");
        endpoint("query", "https://as.example/a?tenant=1", pub, "");
        row("endpoint a number", "{'authorization_endpoint':7}", pub, "not a URL");
        row("token endpoint http", "{'token_endpoint':'http://as.example/t'}", pub,
            "The token endpoint is not encrypted");
        row("registration endpoint", "{'registration_endpoint':'ftp://as.example/t'}", pub,
            "registration");
        row("revocation endpoint", "{'revocation_endpoint':'https://a b/'}", pub, "revocation");
        row("introspection endpoint", "{'introspection_endpoint':'x'}", pub, "introspection");
    }
    void issuerMetadataIsJudged()
    {
        QFETCH(const QByteArray, changes);
        QFETCH(const int, reach);
        QFETCH(const QString, says);
        const auto metadata = parseAuthorizationServerMetadata(changed(goodIssuer, changes),
            QStringLiteral("https://as.example"), static_cast<Reach>(reach));
        QCOMPARE(metadata.has_value(), says.isEmpty());
        if (!metadata) {
            QCOMPARE(metadata.error().code, ErrorCode::ProtocolViolation);
            QVERIFY2(metadata.error().message.contains(says), qPrintable(metadata.error().message));
        }
    }

    void legacyDefaultsAreAtTheOrigin()
    {
        const auto metadata = legacyDefaultMetadata(url("https://api.example:8443/v1/mcp?x=1"));
        QCOMPARE(metadata.issuer, QStringLiteral("https://api.example:8443"));
        QCOMPARE(metadata.authorizationEndpoint, url("https://api.example:8443/authorize"));
        QCOMPARE(metadata.tokenEndpoint, url("https://api.example:8443/token"));
        QCOMPARE(metadata.registrationEndpoint, url("https://api.example:8443/register"));
        const auto again =
            authorizationServerMetadataFromJson(metadata.raw, metadata.issuer, Reach::Public);
        QVERIFY(again);
        QCOMPARE(again->registrationEndpoint, metadata.registrationEndpoint);
    }
};

QTEST_GUILESS_MAIN(MetadataTest)
#include "MetadataTest.moc"
