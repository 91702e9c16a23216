// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oauth/Registration.h"

#include "tests/unit/oauth/Json.h"

#include <QTest>

using namespace chatelaine;
using namespace chatelaine::oauth;
using namespace chatelaine::test;

namespace {

AuthorizationServerMetadata supporting(const QString &methods)
{
    AuthorizationServerMetadata metadata;
    metadata.tokenEndpointAuthMethodsSupported =
        methods.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    metadata.registrationEndpoint = QUrl(QStringLiteral("https://as.example/register"));
    return metadata;
}

RegistrationRequest request()
{
    RegistrationRequest result;
    result.clientName = QStringLiteral("Chatelaine");
    result.redirectUris = {QStringLiteral("http://127.0.0.1:1/callback")};
    return result;
}

} // namespace

class RegistrationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theIdentityFollowsTheSpecificationsOrder_data()
    {
        QTest::addColumn<bool>("preRegistered");
        QTest::addColumn<bool>("documents");
        QTest::addColumn<bool>("haveDocument");
        QTest::addColumn<bool>("endpoint");
        QTest::addColumn<int>("choice");
        const auto row = [](bool pre, bool documents, bool have, bool endpoint,
                             IdentityChoice choice) {
            QTest::addRow("%d%d%d%d", pre, documents, have, endpoint)
                << pre << documents << have << endpoint << static_cast<int>(choice);
        };
        row(true, true, true, true, IdentityChoice::PreRegistered);
        row(true, false, false, false, IdentityChoice::PreRegistered);
        row(false, true, true, true, IdentityChoice::ClientIdMetadata);
        row(false, true, false, true, IdentityChoice::Dynamic);
        row(false, false, true, true, IdentityChoice::Dynamic);
        row(false, false, true, false, IdentityChoice::AskPerson);
        row(false, true, false, false, IdentityChoice::AskPerson);
    }
    void theIdentityFollowsTheSpecificationsOrder()
    {
        QFETCH(const bool, preRegistered);
        QFETCH(const bool, documents);
        QFETCH(const bool, haveDocument);
        QFETCH(const bool, endpoint);
        QFETCH(const int, choice);
        AuthorizationServerMetadata metadata;
        metadata.clientIdMetadataDocumentSupported = documents;
        if (endpoint)
            metadata.registrationEndpoint = QUrl(QStringLiteral("https://as.example/register"));
        const QString url = haveDocument ? QStringLiteral("https://me.example/c.json") : QString();
        QCOMPARE(static_cast<int>(chooseIdentity(metadata, preRegistered, url)), choice);
    }

    void theAuthMethodSuitsTheIssuer_data()
    {
        QTest::addColumn<QString>("supported");
        QTest::addColumn<bool>("secret");
        QTest::addColumn<QString>("method");
        const auto row = [](const char *supported, bool secret, const char *method) {
            QTest::addRow("%s %d", supported, secret)
                << QString::fromLatin1(supported) << secret << QString::fromLatin1(method);
        };
        row("", false, "none");
        row("", true, "client_secret_basic");
        row("none", true, "none");
        row("none client_secret_post", true, "client_secret_post");
        row("client_secret_post client_secret_basic", true, "client_secret_basic");
        row("client_secret_post", true, "client_secret_post");
        row("client_secret_basic", false, "none");
        row("private_key_jwt", true, "client_secret_basic");
    }
    void theAuthMethodSuitsTheIssuer()
    {
        QFETCH(const QString, supported);
        QFETCH(const bool, secret);
        QFETCH(const QString, method);
        QCOMPARE(chooseAuthMethod(supporting(supported), secret), method);
    }

    void answersAreRead_data()
    {
        QTest::addColumn<QString>("supported");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("method");
        QTest::addColumn<bool>("secret");
        const auto row = [](const char *name, const char *supported, const char *body,
                             const char *method, bool secret) {
            QTest::newRow(name) << QString::fromLatin1(supported) << jsonText(body)
                                << QString::fromLatin1(method) << secret;
        };
        const char *const withSecret = "{'client_id':'c','client_secret':'s'}";
        row("public", "none", "{'client_id':'c'}", "none", false);
        row("a secret nobody takes", "none", withSecret, "none", false);
        row("a secret and a method nobody takes", "none",
            "{'client_id':'c','client_secret':'s','token_endpoint_auth_method':'client_secret_post'"
            "}",
            "none", false);
        row("basic only", "client_secret_basic", withSecret, "client_secret_basic", true);
        row("post only", "client_secret_post", withSecret, "client_secret_post", true);
        row("post, said", "client_secret_basic client_secret_post",
            "{'client_id':'c','client_secret':'s','token_endpoint_auth_method':'client_secret_post'"
            "}",
            "client_secret_post", true);
        row("nothing said at all", "", withSecret, "client_secret_basic", true);
        row("said, nothing listed", "",
            "{'client_id':'c','client_secret':'s','token_endpoint_auth_method':'client_secret_post'"
            "}",
            "client_secret_post", true);
        row("none said beside a secret", "",
            "{'client_id':'c','client_secret':'s','token_endpoint_auth_method':'none'}", "none",
            false);
        row("basic said without a secret", "client_secret_basic",
            "{'client_id':'c','token_endpoint_auth_method':'client_secret_basic'}", "none", false);
        row("unknown method said", "client_secret_basic private_key_jwt",
            "{'client_id':'c','client_secret':'s','token_endpoint_auth_method':'private_key_jwt'}",
            "client_secret_basic", true);
    }
    void answersAreRead()
    {
        QFETCH(const QString, supported);
        QFETCH(const QByteArray, body);
        QFETCH(const QString, method);
        QFETCH(const bool, secret);
        const auto identity =
            parseRegistrationResponse(201, body, supporting(supported), request());
        QVERIFY(identity);
        QCOMPARE(identity->clientId, QStringLiteral("c"));
        QCOMPARE(identity->tokenEndpointAuthMethod, method);
        QCOMPARE(!identity->clientSecret.isEmpty(), secret);
        QCOMPARE(identity->redirectUris, request().redirectUris);
        QCOMPARE(static_cast<int>(identity->kind), static_cast<int>(IdentityKind::Dynamic));
    }

    void managementIsRead()
    {
        const QByteArray body =
            jsonText("{'client_id':'c','client_secret':'s','client_secret_expires_at':1000,"
                     "'registration_client_uri':'https://as.example/register/"
                     "c','registration_access_token':'rat'}");
        const auto identity = parseRegistrationResponse(201, body, supporting({}), request());
        QVERIFY(identity);
        QCOMPARE(identity->secretExpiresAt, qint64(1000000));
        QCOMPARE(identity->registrationClientUri, QStringLiteral("https://as.example/register/c"));
        QCOMPARE(identity->registrationAccessToken.expose(), QByteArrayView("rat"));
        for (const char *changes : {"{'registration_client_uri':'http://as.example/c'}",
                 "{'registration_client_uri':null}", "{'registration_access_token':null}"}) {
            const auto other =
                parseRegistrationResponse(201, changed(body, changes), supporting({}), request());
            QVERIFY(other);
            QVERIFY(other->registrationClientUri.isEmpty());
            QVERIFY(other->registrationAccessToken.isEmpty());
        }
    }

    void refusalsSaySo_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *name, int status, const char *body, ErrorCode code,
                             const char *says) {
            QTest::newRow(name) << status << jsonText(body) << static_cast<int>(code)
                                << QString::fromLatin1(says);
        };
        row("redirect", 400, "{'error':'invalid_redirect_uri','error_description':'No\\nloopback'}",
            ErrorCode::ServerRefused, "\"No loopback\"). Set the server's redirect_host");
        row("metadata", 400, "{'error':'invalid_client_metadata'}", ErrorCode::ServerRefused,
            "invalid_client_metadata");
        row("allow-listed", 403, "Forbidden", ErrorCode::RegistrationNeeded, "knows already");
        row("needs a token", 401, "", ErrorCode::RegistrationNeeded, "knows already");
        row("not there", 404, "<html>", ErrorCode::RegistrationNeeded, "registers no clients");
        row("no POST", 405, "", ErrorCode::RegistrationNeeded, "registers no clients");
        row("busy", 503, "", ErrorCode::Unreachable, "later");
        row("too many", 429, "{'error':'slow_down'}", ErrorCode::Unreachable, "later");
        row("strange", 418, "", ErrorCode::ProtocolViolation, "418");
        row("no client id", 201, "{'client_name':'x'}", ErrorCode::ProtocolViolation, "client id");
        row("empty client id", 201, "{'client_id':''}", ErrorCode::ProtocolViolation, "client id");
        row("control in client id", 201, "{'client_id':'a\\nb'}", ErrorCode::ProtocolViolation,
            "client id");
        row("page", 200, "<html>", ErrorCode::ProtocolViolation, "not JSON");
    }
    void refusalsSaySo()
    {
        QFETCH(const int, status);
        QFETCH(const QByteArray, body);
        QFETCH(const int, code);
        QFETCH(const QString, says);
        const auto identity = parseRegistrationResponse(status, body, supporting({}), request());
        QVERIFY(!identity);
        QCOMPARE(static_cast<int>(identity.error().code), code);
        QVERIFY2(identity.error().message.contains(says), qPrintable(identity.error().message));
    }

    void documentUrlsAreChecked_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<bool>("good");
        const auto row = [](const char *url, bool good) {
            QTest::newRow(url) << QString::fromLatin1(url) << good;
        };
        row("https://me.example/client.json", true);
        row("https://me.example:8443/a/b?v=1", true);
        row("https://me.example", false);
        row("https://me.example/", false);
        row("http://me.example/c.json", false);
        row("https://me.example/c.json#x", false);
        row("https://u@me.example/c.json", false);
        row("https://me.example/a/../c.json", false);
        row("https://me.example/./c.json", false);
        row("c.json", false);
        row("", false);
    }
    void documentUrlsAreChecked()
    {
        QFETCH(const QString, url);
        QFETCH(const bool, good);
        QCOMPARE(checkClientMetadataUrl(url).has_value(), good);
    }
};

QTEST_GUILESS_MAIN(RegistrationTest)
#include "RegistrationTest.moc"
