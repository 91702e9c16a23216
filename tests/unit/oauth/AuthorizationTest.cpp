// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oauth/AuthorizationRequest.h"
#include "tests/support/FakeRandom.h"

#include <QCryptographicHash>
#include <QTest>
#include <QUrlQuery>

using namespace chatelaine;
using namespace chatelaine::oauth;

namespace {

AuthorizationInput input()
{
    AuthorizationInput result;
    result.metadata.issuer = QStringLiteral("https://as.example");
    result.metadata.authorizationEndpoint = QUrl(QStringLiteral("https://as.example/authorize"));
    result.clientId = QStringLiteral("a client+1");
    result.redirectUri = QStringLiteral("http://127.0.0.1:4711/callback");
    result.resource = QStringLiteral("https://mcp.example/mcp?a=b&c=d+e%2F");
    result.scopes = {QStringLiteral("read"), QStringLiteral("mcp:write+x")};
    return result;
}

AuthorizationRequest requestFor(bool issRequired)
{
    AuthorizationRequest request;
    request.state = Secret::copyOf("st-ate");
    request.issuer = QStringLiteral("https://as.example/t");
    request.issRequired = issRequired;
    request.redirectUri = QStringLiteral("http://127.0.0.1:4711/callback");
    return request;
}

} // namespace

class AuthorizationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theRequestHoldsEachParameterOnce()
    {
        test::FakeRandom random;
        const auto request = buildAuthorizationRequest(input(), random);
        QVERIFY(request);
        QByteArray query = request->url.query(QUrl::FullyEncoded).toLatin1();
        QVERIFY(!query.contains('+'));
        QList<QByteArray> items = query.split('&');
        std::sort(items.begin(), items.end());
        QCryptographicHash hash(QCryptographicHash::Sha256);
        hash.addData(request->codeVerifier.expose());
        const QByteArray challenge =
            hash.result().toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
        const QList<QByteArray> wanted{
            "client_id=a%20client%2B1",
            "code_challenge=" + challenge,
            "code_challenge_method=S256",
            "redirect_uri=http%3A%2F%2F127.0.0.1%3A4711%2Fcallback",
            "resource=https%3A%2F%2Fmcp.example%2Fmcp%3Fa%3Db%26c%3Dd%2Be%252F",
            "response_type=code",
            "scope=read%20mcp%3Awrite%2Bx",
            "state=" + request->state.expose().toByteArray(),
        };
        QCOMPARE(items, wanted);
        QCOMPARE(request->url.host(), QStringLiteral("as.example"));
        QCOMPARE(request->url.path(), QStringLiteral("/authorize"));
        QCOMPARE(request->codeVerifier.size(), 43);
        QCOMPARE(request->state.size(), 43);
        QVERIFY(!(request->state == request->codeVerifier));
        QCOMPARE(request->issuer, QStringLiteral("https://as.example"));
        QVERIFY(!request->issRequired);
        AuthorizationInput promising = input();
        promising.metadata.issParameterSupported = true;
        QVERIFY(buildAuthorizationRequest(promising, random)->issRequired);
    }

    void whatIsEmptyIsLeftOut()
    {
        AuthorizationInput bare = input();
        bare.scopes.clear();
        bare.resource.clear();
        test::FakeRandom random;
        const QUrlQuery query(buildAuthorizationRequest(bare, random)->url);
        QVERIFY(!query.hasQueryItem(QStringLiteral("scope")));
        QVERIFY(!query.hasQueryItem(QStringLiteral("resource")));
        QCOMPARE(query.queryItems().size(), 6);
    }

    void eachRequestIsFresh()
    {
        test::FakeRandom random;
        const auto first = buildAuthorizationRequest(input(), random);
        const auto second = buildAuthorizationRequest(input(), random);
        QVERIFY(!(first->state == second->state));
        QVERIFY(!(first->codeVerifier == second->codeVerifier));
    }

    void theEndpointKeepsItsOwnQuery()
    {
        AuthorizationInput own = input();
        own.metadata.authorizationEndpoint =
            QUrl(QStringLiteral("https://as.example/a?tenant=x%2Fy+z&p"));
        own.extraParams = {{QStringLiteral("access_type"), QStringLiteral("offline")},
            {QStringLiteral("prompt"), QStringLiteral("select & consent")}};
        test::FakeRandom random;
        const auto request = buildAuthorizationRequest(own, random);
        QVERIFY(request);
        const QString query = request->url.query(QUrl::FullyEncoded);
        QVERIFY2(query.startsWith(QStringLiteral("tenant=x%2Fy+z&p&")), qPrintable(query));
        QVERIFY(query.contains(QStringLiteral("access_type=offline")));
        QVERIFY(query.contains(QStringLiteral("prompt=select%20%26%20consent")));
    }

    void extraParametersReplaceNoStandardOne_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name :
            {"response_type", "client_id", "redirect_uri", "scope", "state", "code_challenge",
                "code_challenge_method", "resource", "request", "request_uri", "response_mode", ""})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void extraParametersReplaceNoStandardOne()
    {
        QFETCH(const QString, name);
        AuthorizationInput extra = input();
        extra.extraParams.insert(name, QStringLiteral("x"));
        test::FakeRandom random;
        const auto request = buildAuthorizationRequest(extra, random);
        QVERIFY(!request);
        QCOMPARE(request.error().code, ErrorCode::InvalidInput);
        if (name.isEmpty())
            return;
        AuthorizationInput endpoint = input();
        endpoint.metadata.authorizationEndpoint.setQuery(name + QStringLiteral("=x"));
        const auto other = buildAuthorizationRequest(endpoint, random);
        QVERIFY(!other);
        QCOMPARE(other.error().code, ErrorCode::ProtocolViolation);
    }

    void anEndpointsQueryIsSound()
    {
        test::FakeRandom random;
        for (const char *query : {"a=1&a=2", "a=1&%61=2"}) {
            AuthorizationInput own = input();
            own.metadata.authorizationEndpoint.setQuery(QString::fromLatin1(query));
            const auto request = buildAuthorizationRequest(own, random);
            QVERIFY(!request);
            QCOMPARE(request.error().code, ErrorCode::ProtocolViolation);
        }
    }

    void anEndpointsOwnParameterIsNotGivenAgain()
    {
        test::FakeRandom random;
        AuthorizationInput both = input();
        both.metadata.authorizationEndpoint.setQuery(QStringLiteral("prompt=none"));
        both.extraParams = {{QStringLiteral("prompt"), QStringLiteral("login")}};
        const auto request = buildAuthorizationRequest(both, random);
        QVERIFY(!request);
        QCOMPARE(request.error().code, ErrorCode::ProtocolViolation);
    }

    void withoutAnEndpointThereIsNoRequest()
    {
        AuthorizationInput none = input();
        none.metadata.authorizationEndpoint = {};
        test::FakeRandom random;
        QVERIFY(!buildAuthorizationRequest(none, random));
    }

    void responsesAreJudged_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<bool>("promised");
        QTest::addColumn<bool>("ours");
        QTest::addColumn<QByteArray>("code"); // empty: refused
        QTest::addColumn<int>("error");
        const int violation = static_cast<int>(ErrorCode::ProtocolViolation);
        const int refused = static_cast<int>(ErrorCode::ServerRefused);
        const int declined = static_cast<int>(ErrorCode::Cancelled);
        const auto row = [](const char *name, const char *query, bool promised, bool ours,
                             const char *code, int error) {
            QTest::newRow(name) << QByteArray(query) << promised << ours << QByteArray(code)
                                << error;
        };
        // RFC 9207 §2.4 as the MCP specification has it.
        const char *const equal = "code=abc&state=st-ate&iss=https%3A%2F%2Fas.example%2Ft";
        row("promised, equal", equal, true, true, "abc", 0);
        row("promised, absent", "code=abc&state=st-ate", true, true, "", violation);
        row("not promised, equal", equal, false, true, "abc", 0);
        row("not promised, absent", "code=abc&state=st-ate", false, true, "abc", 0);
        for (const char *iss : {"https%3A%2F%2Fevil.example", "https%3A%2F%2Fas.example%2Ft%2F",
                 "https%3A%2F%2FAS.example%2Ft", "HTTPS%3A%2F%2Fas.example%2Ft",
                 "https%3A%2F%2Fas.example%3A443%2Ft", "https%3A%2F%2Fas.example%2F%2574", "",
                 "https%3A%2F%2Fas.example"}) {
            const QByteArray query = "code=abc&state=st-ate&iss=" + QByteArray(iss);
            row(QByteArray("promised, iss " + QByteArray(iss)).constData(), query.constData(), true,
                true, "", violation);
            row(QByteArray("not promised, iss " + QByteArray(iss)).constData(), query.constData(),
                false, true, "", violation);
        }
        row("iss unescaped", "code=abc&state=st-ate&iss=https://as.example/t", true, true, "abc",
            0);
        row("iss doubled", "code=a&state=st-ate&iss=https://as.example/t&iss=https://as.example/t",
            true, true, "", violation);
        // state
        row("state absent", "code=abc", false, false, "", violation);
        row("state empty", "code=abc&state=", false, false, "", violation);
        row("state wrong", "code=abc&state=st-atf", false, false, "", violation);
        row("state longer", "code=abc&state=st-ate1", false, false, "", violation);
        row("state in capitals", "code=abc&State=st-ate", false, false, "", violation);
        row("state doubled", "code=abc&state=st-ate&state=st-ate", false, false, "", violation);
        row("state escaped", "code=abc&%73tate=st%2Date", false, true, "abc", 0);
        row("nothing", "", false, false, "", violation);
        row("error without state", "error=access_denied", false, false, "", violation);
        // code
        row("code escaped", "code=4%2F0Ab%2Bc%3D%26&state=st-ate", false, true, "4/0Ab+c=&", 0);
        row("code with plus", "code=a+b&state=st-ate", false, true, "a b", 0);
        row("code with slash and equals", "code=4/0A=b&state=st-ate", false, true, "4/0A=b", 0);
        row("code absent", "state=st-ate", false, true, "", violation);
        row("code empty", "code=&state=st-ate", false, true, "", violation);
        row("code doubled", "code=a&code=b&state=st-ate", false, true, "", violation);
        row("code with control", "code=a%0Ab&state=st-ate", false, true, "", violation);
        row("code not ASCII", "code=a%C3%A4&state=st-ate", false, true, "", violation);
        row("bad escape", "code=a%zzb&state=st-ate", false, true, "", violation);
        row("cut escape", "code=a&x=%4&state=st-ate", false, true, "", violation);
        row("empty items", "&&code=a&&state=st-ate&", false, true, "a", 0);
        row("error doubled", "error=access_denied&error=x&state=st-ate", false, true, "",
            violation);
        row("description doubled",
            "error=server_error&error_description=a&error_description=b&state=st-ate", false, true,
            "", violation);
        row("others doubled", "code=a&x=1&x=2&state=st-ate", false, true, "a", 0);
        // errors
        row("declined", "error=access_denied&state=st-ate", false, true, "", declined);
        row("server error", "error=server_error&error_description=Down+now&state=st-ate", false,
            true, "", refused);
        row("error and code", "error=server_error&code=a&state=st-ate", false, true, "", refused);
        row("error, iss wrong", "error=access_denied&state=st-ate&iss=x", false, true, "",
            violation);
        row("error, iss promised and absent", "error=access_denied&state=st-ate", true, true, "",
            violation);
    }
    void responsesAreJudged()
    {
        QFETCH(const QByteArray, query);
        QFETCH(const bool, promised);
        QFETCH(const bool, ours);
        QFETCH(const QByteArray, code);
        QFETCH(const int, error);
        const auto response = judgeAuthorizationResponse(requestFor(promised), query);
        QCOMPARE(response.ours, ours);
        QCOMPARE(response.code.has_value(), !code.isEmpty());
        if (response.code)
            QCOMPARE(response.code->expose().toByteArray(), code);
        else
            QCOMPARE(static_cast<int>(response.code.error().code), error);
    }

    void aForeignErrorIsNotShown()
    {
        const auto response = judgeAuthorizationResponse(
            requestFor(true), "error=hello&error_description=Call+us+now&state=st-ate&iss=x");
        const Error &error = response.code.error();
        QVERIFY(!error.message.contains(QStringLiteral("Call us")));
        QVERIFY(!error.message.contains(QStringLiteral("hello")));
        QVERIFY(error.data.isEmpty());
    }

    void anErrorOfOursIsShownClean()
    {
        const auto response = judgeAuthorizationResponse(requestFor(false),
            "error=invalid_scope&error_description=a%0D%0A%E2%80%AEb&state=st-ate");
        const Error &error = response.code.error();
        QVERIFY2(error.message.contains(QStringLiteral("\"a b\"")), qPrintable(error.message));
        QCOMPARE(error.data.value(QLatin1StringView("error")).toString(),
            QStringLiteral("invalid_scope"));
    }

    void aRequestWithoutStateHasNoResponse()
    {
        AuthorizationRequest request = requestFor(false);
        request.state = {};
        QVERIFY(!judgeAuthorizationResponse(request, "code=a&state=").ours);
        QVERIFY(!judgeAuthorizationResponse(request, "code=a").ours);
    }

    void pastedCallbacksAreRead_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("query"); // empty: refused
        const QString uri = QStringLiteral("http://127.0.0.1:4711/callback");
        QTest::newRow("whole") << uri + QStringLiteral("?code=a%2Fb&state=c")
                               << QByteArray("code=a%2Fb&state=c");
        QTest::newRow("blanks, fragment")
            << QStringLiteral("  ") + uri + QStringLiteral("?code=a#_=_\n") << QByteArray("code=a");
        QTest::newRow("other port")
            << QStringLiteral("http://127.0.0.1:4712/callback?code=a") << QByteArray();
        QTest::newRow("other path") << uri + QStringLiteral("x?code=a") << QByteArray();
        QTest::newRow("no query") << uri << QByteArray();
        QTest::newRow("the code alone") << QStringLiteral("abc") << QByteArray();
        QTest::newRow("empty") << QString() << QByteArray();
    }
    void pastedCallbacksAreRead()
    {
        QFETCH(const QString, text);
        QFETCH(const QByteArray, query);
        const auto result = queryOfPastedCallback(requestFor(false), text);
        QCOMPARE(result.has_value(), !query.isEmpty());
        if (result)
            QCOMPARE(*result, query);
        else
            QCOMPARE(result.error().code, ErrorCode::InvalidInput);
    }
};

QTEST_GUILESS_MAIN(AuthorizationTest)
#include "AuthorizationTest.moc"
