// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oauth/TokenResponse.h"

#include "core/oauth/TokenEndpoint.h"
#include "tests/unit/oauth/Json.h"

#include <QTest>

using namespace chatelaine;
using namespace chatelaine::oauth;
using namespace chatelaine::test;

namespace {

const char *const good = "{'access_token':'at','token_type':'Bearer','expires_in':3600,"
                         "'refresh_token':'rt','scope':'a b'}";

Result<TokenSet> parse(int status, const QByteArray &body, std::optional<qint64> retryAfterS = {})
{
    return parseTokenResponse(status, "application/json", body, retryAfterS);
}

} // namespace

class TokenResponseTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aTokenSetIsRead()
    {
        const auto tokens = parse(200, changed(good, "{'id_token':'a.b.c'}"));
        QVERIFY(tokens);
        QCOMPARE(tokens->accessToken.expose(), QByteArrayView("at"));
        QCOMPARE(tokens->refreshToken.expose(), QByteArrayView("rt"));
        QCOMPARE(tokens->idToken.expose(), QByteArrayView("a.b.c"));
        QCOMPARE(tokens->tokenType, QStringLiteral("Bearer"));
        QCOMPARE(tokens->expiresInS, std::optional<qint64>(3600));
        QCOMPARE(tokens->scopes->size(), 2);
        QVERIFY(!tokens->clockSkewMs);
    }

    void expiryIsDefined_data()
    {
        QTest::addColumn<QByteArray>("changes");
        QTest::addColumn<qint64>("seconds"); // -1: unknown
        QTest::newRow("absent") << QByteArray("{'expires_in':null}") << qint64(-1);
        QTest::newRow("string") << QByteArray("{'expires_in':'3600'}") << qint64(3600);
        QTest::newRow("words") << QByteArray("{'expires_in':'an hour'}") << qint64(-1);
        QTest::newRow("list") << QByteArray("{'expires_in':[1]}") << qint64(-1);
        QTest::newRow("fraction") << QByteArray("{'expires_in':1.5}") << qint64(-1);
        QTest::newRow("zero") << QByteArray("{'expires_in':0}") << qint64(0);
        QTest::newRow("negative") << QByteArray("{'expires_in':-5}") << qint64(0);
        QTest::newRow("huge") << QByteArray("{'expires_in':9223372036854775807}")
                              << qint64(31536000);
        QTest::newRow("enormous") << QByteArray("{'expires_in':1e300}") << qint64(31536000);
        QTest::newRow("huge string")
            << QByteArray("{'expires_in':'9223372036854775807'}") << qint64(31536000);
    }
    void expiryIsDefined()
    {
        QFETCH(const QByteArray, changes);
        QFETCH(const qint64, seconds);
        const auto tokens = parse(200, changed(good, changes));
        QVERIFY(tokens);
        QCOMPARE(tokens->expiresInS.value_or(-1), seconds);
    }

    void scopesAreDefined_data()
    {
        QTest::addColumn<QByteArray>("changes");
        QTest::addColumn<QString>("scopes"); // "-": as requested
        QTest::newRow("absent") << QByteArray("{'scope':null}") << QStringLiteral("-");
        QTest::newRow("empty") << QByteArray("{'scope':''}") << QStringLiteral("-");
        QTest::newRow("blank") << QByteArray("{'scope':'  '}") << QStringLiteral("-");
        QTest::newRow("many blanks") << QByteArray("{'scope':' a  b '}") << QStringLiteral("a,b");
        QTest::newRow("list") << QByteArray("{'scope':['a','b']}") << QStringLiteral("a,b");
        QTest::newRow("doubled") << QByteArray("{'scope':'a a'}") << QStringLiteral("a");
    }
    void scopesAreDefined()
    {
        QFETCH(const QByteArray, changes);
        QFETCH(const QString, scopes);
        const auto tokens = parse(200, changed(good, changes));
        QVERIFY(tokens);
        QCOMPARE(
            tokens->scopes ? tokens->scopes->join(QLatin1Char(',')) : QStringLiteral("-"), scopes);
    }

    void oddSuccessesAreTaken_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("changes");
        QTest::newRow("201") << 201 << QByteArray("application/json") << QByteArray("{}");
        QTest::newRow("text/plain") << 200 << QByteArray("text/plain") << QByteArray("{}");
        QTest::newRow("bearer") << 200 << QByteArray("application/json")
                                << QByteArray("{'token_type':'bearer'}");
        QTest::newRow("BEARER") << 200 << QByteArray("application/json")
                                << QByteArray("{'token_type':'BEARER'}");
        QTest::newRow("no refresh token")
            << 200 << QByteArray("application/json") << QByteArray("{'refresh_token':null}");
        QTest::newRow("refresh token with blank")
            << 200 << QByteArray("application/json") << QByteArray("{'refresh_token':'a b'}");
        QTest::newRow("error empty")
            << 200 << QByteArray("application/json") << QByteArray("{'error':''}");
    }
    void oddSuccessesAreTaken()
    {
        QFETCH(const int, status);
        QFETCH(const QByteArray, type);
        QFETCH(const QByteArray, changes);
        const auto tokens = parseTokenResponse(status, type, changed(good, changes));
        QVERIFY2(tokens, tokens ? "" : qPrintable(tokens.error().message));
        QCOMPARE(tokens->tokenType, QStringLiteral("Bearer"));
        QCOMPARE(tokens->refreshToken.isEmpty(), changes.contains("null"));
    }

    void badAnswersAreRefused_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *name, int status, const QByteArray &body, ErrorCode code,
                             const char *says) {
            QTest::newRow(name) << status << body << static_cast<int>(code)
                                << QString::fromLatin1(says);
        };
        const auto violation = ErrorCode::ProtocolViolation;
        const auto refused = ErrorCode::ServerRefused;
        row("no access token", 200, changed(good, "{'access_token':null}"), violation,
            "no access token");
        row("access token a number", 200, changed(good, "{'access_token':7}"), violation,
            "no access token");
        row("line break in it", 200, changed(good, "{'access_token':'a\\r\\nX: y'}"), violation,
            "characters");
        row("blank in it", 200, changed(good, "{'access_token':'a b'}"), violation, "characters");
        row("letters in it", 200, changed(good, "{'access_token':'\\u00e4'}"), violation,
            "characters");
        row("zero in refresh", 200, changed(good, "{'refresh_token':'a\\u0000'}"), violation,
            "characters");
        row("blank in the identity", 200, changed(good, "{'id_token':'a b'}"), violation,
            "characters");
        row("server_error", 400, jsonText("{'error':'server_error'}"), ErrorCode::Unreachable,
            "(400)");
        row("DPoP", 200, changed(good, "{'token_type':'DPoP'}"), violation, "DPoP");
        row("no type", 200, changed(good, "{'token_type':null}"), violation, "Bearer token");
        row("form", 200, "access_token=a&token_type=bearer", violation, "not JSON");
        row("empty", 200, "", violation, "not JSON");
        row("array", 200, "[]", violation, "not an object");
        row("redirect", 302, "", violation, "answered 302");
        row("404 page", 404, "<html>", violation, "answered 404");
        row("400 without error", 400, "{}", violation, "answered 400");
        row("invalid_grant", 400, jsonText("{'error':'invalid_grant'}"), refused, "sign in again");
        row("invalid_client", 401, jsonText("{'error':'invalid_client'}"), refused,
            "register anew");
        row("200 with error", 200, jsonText("{'error':'bad_verification_code'}"), refused,
            "bad_verification_code");
        row("403 with error", 403, jsonText("{'error':'access_denied'}"), refused, "access_denied");
        row("resource", 400, jsonText("{'error':'invalid_target'}"), refused, "resource_mode");
        row("Entra resource", 400,
            jsonText(
                "{'error':'invalid_request','error_description':'AADSTS9010010: The resource'}"),
            refused, "resource_mode to omit");
        row("Entra scope", 400,
            jsonText("{'error':'invalid_request','error_description':'AADSTS90009: Application'}"),
            refused, "server's scope");
        row("500", 500, jsonText("{'error':'invalid_grant'}"), ErrorCode::Unreachable, "(500)");
        row("503", 503, "", ErrorCode::Unreachable, "(503)");
        row("429", 429, "", ErrorCode::Unreachable, "(429)");
        row("temporarily", 400, jsonText("{'error':'temporarily_unavailable'}"),
            ErrorCode::Unreachable, "later");
    }
    void badAnswersAreRefused()
    {
        QFETCH(const int, status);
        QFETCH(const QByteArray, body);
        QFETCH(const int, code);
        QFETCH(const QString, says);
        const auto tokens = parse(status, body);
        QVERIFY(!tokens);
        QCOMPARE(static_cast<int>(tokens.error().code), code);
        QVERIFY2(tokens.error().message.contains(says), qPrintable(tokens.error().message));
        QCOMPARE(tokens.error().data.value(QLatin1StringView("status")).toInt(), status);
        if (tokens.error().code == ErrorCode::ServerRefused)
            QVERIFY(tokens.error().data.contains(QLatin1StringView("error")));
    }

    void webPagesAreNoTokens() { QVERIFY(!parseTokenResponse(200, "text/html", jsonText(good))); }

    void theServersPatienceIsPassedOn()
    {
        const auto patience = [](std::optional<qint64> said) {
            const auto tokens = parse(503, "", said);
            return tokens.error().data.value(QLatin1StringView("retry_after_s")).toInt(-1);
        };
        QCOMPARE(patience(30), 30);
        QCOMPARE(patience(std::nullopt), -1);
        QCOMPARE(patience(9223372036854775807), 31536000);
    }

    void errorsHoldNoSecret()
    {
        for (const char *changes : {"{'token_type':'N_A'}", "{'access_token':'SECRET secret'}"}) {
            const auto tokens = parse(200,
                changed("{'access_token':'SECRET','refresh_token':'SECRET',"
                        "'token_type':'Bearer'}",
                    changes));
            QVERIFY(!tokens);
            const Error &error = tokens.error();
            QVERIFY(!(error.message + error.detail).contains(QStringLiteral("SECRET")));
        }
    }

    void credentialsAreFormEncodedBeforeTheyAreJoined()
    {
        // RFC 6749 §2.3.1: a colon or a percent sign in either part stays unambiguous.
        const Secret value =
            basicAuthorization(QStringLiteral("a:b c"), Secret::copyOf("p%q+\xC3\xA4"));
        QVERIFY(value.expose().startsWith("Basic "));
        QCOMPARE(QByteArray::fromBase64(value.expose().sliced(6).toByteArray()),
            QByteArray("a%3Ab%20c:p%25q%2B%C3%A4"));
    }
};

QTEST_GUILESS_MAIN(TokenResponseTest)
#include "TokenResponseTest.moc"
