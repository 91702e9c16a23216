// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Json.h"
#include "core/jose/Jwt.h"

#include <QJsonArray>
#include <QTest>

using namespace chatelaine;
using namespace chatelaine::jose;

namespace {

// Single quotes stand for double ones, so that the tables stay readable.
QJsonObject object(QByteArray text)
{
    return *json::parseObject(text.replace('\'', '"'), QStringLiteral("The test's JSON"));
}

// RFC 7515, appendix A.3.
const char *const rfcKey = "{'kty':'EC','crv':'P-256',"
                           "'x':'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',"
                           "'y':'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',"
                           "'d':'jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI'}";
const char *const rfcToken =
    "eyJhbGciOiJFUzI1NiJ9"
    ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlf"
    "Q"
    ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

} // namespace

class JoseTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theVectorOfRfc7515Verifies()
    {
        const auto key = Jwk::fromJson(object(rfcKey));
        QVERIFY(key);
        QVERIFY(!key->hasPrivateKey());
        const auto jws = verify(rfcToken, *key, Algorithm::ES256);
        QVERIFY2(jws, jws ? "" : qPrintable(jws.error().message));
        QCOMPARE(jws->payload,
            QByteArray("{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n "
                       "\"http://example.com/is_root\":true}"));
    }

    void theVectorOfRfc7638HasItsThumbprint()
    {
        const QJsonObject key =
            object("{'kty':'RSA','alg':'RS256','kid':'2011-04-29','e':'AQAB',"
                   "'n':'"
                   "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR"
                   "1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_"
                   "RN5w6Cf0h4QyQ5v-65YGjQR0_"
                   "FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdk"
                   "t-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-"
                   "kEgU8awapJzKnqDKgw'}");
        QCOMPARE(*thumbprint(key), QByteArray("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"));
    }

    void thumbprintsNeedTheirMembers()
    {
        QVERIFY(!thumbprint(object("{'kty':'EC','crv':'P-256','x':'a'}")));
        QVERIFY(!thumbprint(object("{'kty':'oct','k':'a'}")));
        QVERIFY(thumbprint(object("{'kty':'OKP','crv':'Ed25519','x':'a'}")));
    }

    void whatIsSignedVerifies()
    {
        const auto key = Jwk::generate();
        QVERIFY(key);
        // r and s begin with a zero byte now and then: both conversions must keep 32 bytes.
        for (int i = 0; i < 300; ++i) {
            const QByteArray payload = QByteArray::number(i);
            const auto compact = sign({}, payload, *key, Algorithm::ES256);
            QVERIFY(compact);
            const auto back = verify(*compact, *key, Algorithm::ES256);
            QVERIFY(back);
            QCOMPARE(back->payload, payload);
        }
    }

    void keysGoThroughJson()
    {
        const auto key = Jwk::generate();
        const QJsonObject json = key->publicJson();
        QVERIFY(!json.contains(QLatin1StringView("d")));
        const auto back = Jwk::fromJson(json);
        QVERIFY(back);
        QCOMPARE(back->publicJson(), json);
        QCOMPARE(back->keyId(), QString::fromLatin1(*thumbprint(json)));
        QCOMPARE(sign({}, "x", *back, Algorithm::ES256).error().code, ErrorCode::InvalidInput);
        QVERIFY(verify(*sign({}, "x", *key, Algorithm::ES256), *back, Algorithm::ES256));
    }

    void badKeysAreRefused_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("rsa") << QByteArray("{'kty':'RSA','n':'a','e':'AQAB'}");
        QTest::newRow("curve") << QByteArray("{'kty':'EC','crv':'P-384','x':'a','y':'a'}");
        QTest::newRow("no y") << QByteArray(
            "{'kty':'EC','crv':'P-256','x':'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU'}");
        QTest::newRow("short x") << QByteArray("{'kty':'EC','crv':'P-256','x':'f83O','y':'x_"
                                               "FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0'}");
        QTest::newRow("off the curve") << QByteArray(
            "{'kty':'EC','crv':'P-256','x':'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU','y':'x_"
            "FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a4'}");
    }
    void badKeysAreRefused()
    {
        QFETCH(const QByteArray, json);
        const auto key = Jwk::fromJson(object(json));
        QVERIFY(!key);
        QCOMPARE(key.error().code, ErrorCode::InvalidInput);
    }

    void keySetsLeaveOutWhatWeCannotUse()
    {
        const auto key = Jwk::generate();
        const QJsonObject rsa = object("{'kty':'RSA','n':'a','e':'AQAB'}");
        const QJsonObject set{{QStringLiteral("keys"), QJsonArray{rsa, key->publicJson(), 7}}};
        const auto keys = keysFromJson(set);
        QVERIFY(keys);
        QCOMPARE(keys->size(), 1);
        QVERIFY(!keysFromJson({}));
    }

    void badMessagesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("compact");
        const QByteArray good(rfcToken);
        const QByteArray payload = good.split('.').at(1);
        const QByteArray signature = good.split('.').at(2);
        const auto withHeader = [&](const char *header) {
            return toBase64Url(header) + '.' + payload + '.' + signature;
        };
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("two parts") << good.left(good.lastIndexOf('.'));
        QTest::newRow("four parts") << good + ".a";
        QTest::newRow("padding") << good + "==";
        QTest::newRow("signature flipped") << QByteArray(good).replace("DtEhU3", "DtEhU4");
        QTest::newRow("payload flipped") << QByteArray(good).replace(".eyJpc3Mi", ".eyJpc3Nj");
        QTest::newRow("signature zero")
            << good.left(good.lastIndexOf('.') + 1) + toBase64Url(QByteArray(64, '\0'));
        QTest::newRow("signature short")
            << good.left(good.lastIndexOf('.') + 1) + toBase64Url(QByteArray(63, 'a'));
        QTest::newRow("alg none") << toBase64Url("{\"alg\":\"none\"}") + '.' + payload + '.';
        QTest::newRow("alg HS256") << withHeader("{\"alg\":\"HS256\"}");
        QTest::newRow("alg missing") << withHeader("{}");
        QTest::newRow("header no JSON") << withHeader("hello");
    }
    void badMessagesAreRefused()
    {
        QFETCH(const QByteArray, compact);
        const auto key = Jwk::fromJson(object(rfcKey));
        const auto jws = verify(compact, *key, Algorithm::ES256);
        QVERIFY(!jws);
        QCOMPARE(jws.error().code, ErrorCode::ProtocolViolation);
    }

    void criticalExtensionsAreRefused()
    {
        const auto key = Jwk::generate();
        const QJsonObject header{{QStringLiteral("crit"), QJsonArray{QStringLiteral("exp")}}};
        const auto compact = sign(header, "x", *key, Algorithm::ES256);
        QVERIFY(!verify(*compact, *key, Algorithm::ES256));
    }

    void claimsAreChecked_data()
    {
        QTest::addColumn<QByteArray>("changes");
        QTest::addColumn<QString>("typ");
        QTest::addColumn<QString>("says"); // empty: the token is good
        const QString at = QStringLiteral("at+jwt");
        const auto row = [&](const char *name, const char *changes, const QString &typ,
                             const char *says) {
            QTest::newRow(name) << QByteArray(changes) << typ << QString::fromLatin1(says);
        };
        row("good", "{}", at, "");
        row("typ in full", "{}", QStringLiteral("application/AT+JWT"), "");
        row("typ JWT", "{}", QStringLiteral("JWT"), "another type");
        row("typ missing", "{}", QString(), "another type");
        row("aud list", "{'aud':['https://other','https://rs.example']}", at, "");
        row("aud other", "{'aud':'https://rs.example/'}", at, "somebody else");
        row("aud missing", "{'aud':null}", at, "somebody else");
        row("iss slash", "{'iss':'https://as.example/'}", at, "another issuer");
        row("iss missing", "{'iss':null}", at, "another issuer");
        row("expired", "{'exp':995}", at, "expired");
        row("expired within leeway", "{'exp':996}", at, "");
        row("exp missing", "{'exp':null}", at, "does not say");
        row("exp a string", "{'exp':'2000'}", at, "does not say");
        row("not yet", "{'nbf':1006}", at, "not valid yet");
        row("not yet within leeway", "{'nbf':1005}", at, "");
        row("issued in the future", "{'iat':1006}", at, "not valid yet");
        row("iat a string", "{'iat':'1'}", at, "not valid yet");
    }
    void claimsAreChecked()
    {
        QFETCH(const QByteArray, changes);
        QFETCH(const QString, typ);
        QFETCH(const QString, says);
        const auto key = Jwk::generate();
        QJsonObject claims =
            object("{'iss':'https://as.example','aud':'https://rs.example','exp':2000,'iat':900}");
        const QJsonObject changed = object(changes);
        for (auto it = changed.begin(); it != changed.end(); ++it) {
            if (it->isNull())
                claims.remove(it.key());
            else
                claims.insert(it.key(), *it);
        }
        QJsonObject header{{QStringLiteral("kid"), key->keyId()}};
        if (!typ.isEmpty())
            header.insert(QStringLiteral("typ"), typ);
        const auto compact = sign(header, json::compact(claims), *key, Algorithm::ES256);
        Expectations expectations;
        expectations.typ = QStringLiteral("at+jwt");
        expectations.issuer = QStringLiteral("https://as.example");
        expectations.audience = QStringLiteral("https://rs.example");
        expectations.now = 1000000;
        expectations.leewayS = 5;
        const auto result = verifyJwt(*compact, {*key}, expectations);
        QCOMPARE(result.has_value(), says.isEmpty());
        if (!result) {
            QCOMPARE(result.error().code, ErrorCode::ProtocolViolation);
            QVERIFY2(result.error().message.contains(says), qPrintable(result.error().message));
        }
    }

    void theKeyIsFoundByItsId()
    {
        const auto first = Jwk::generate();
        const auto second = Jwk::generate();
        Expectations expectations;
        expectations.audience = QStringLiteral("a");
        expectations.issuer = QStringLiteral("i");
        const QByteArray claims = json::compact(object("{'iss':'i','aud':'a','exp':9}"));
        const auto unnamed = sign({}, claims, *second, Algorithm::ES256);
        QVERIFY(verifyJwt(*unnamed, {*first, *second}, expectations));
        QVERIFY(!verifyJwt(*unnamed, {*first}, expectations));
        const auto misnamed =
            sign({{QStringLiteral("kid"), first->keyId()}}, claims, *second, Algorithm::ES256);
        const auto named =
            sign({{QStringLiteral("kid"), second->keyId()}}, claims, *second, Algorithm::ES256);
        QVERIFY(verifyJwt(*named, {*first, *second}, expectations));
        QVERIFY(!verifyJwt(*misnamed, {*first, *second}, expectations));
        QVERIFY(!verifyJwt(*unnamed, {}, expectations));
    }

    void base64UrlIsStrict()
    {
        QCOMPARE(*fromBase64Url("AQI"), QByteArray("\1\2"));
        QCOMPARE(*fromBase64Url(""), QByteArray());
        for (const char *bad : {"AQI=", "AQJ", "A", "AQ+/", "AQ I", "AQI\n"})
            QVERIFY2(!fromBase64Url(bad), bad);
    }
};

QTEST_GUILESS_MAIN(JoseTest)
#include "JoseTest.moc"
