// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/FakeClock.h"
#include "tests/support/FakeRandom.h"
#include "tests/unit/testlab/Visitor.h"

#include "core/base/Clock.h"
#include "core/net/NetworkHttpClient.h"
#include "core/testlab/HttpService.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace chatelaine;
using namespace chatelaine::test;
using testlab::LabOptions;
using testlab::TestLab;

/// How clients introduce themselves.
class ClientsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { start({.autoApprove = true}); }
    void cleanup() { m_lab.reset(); }

    void registers_data();
    void registers();
    void registrationErrors_data();
    void registrationErrors();
    void registeredClientSignsIn();
    void refreshHasToBeRegistered();
    void registrationIsManaged();
    void metadataDocuments_data();
    void metadataDocuments();
    void metadataDocumentsCanBeOff();

private:
    void start(const LabOptions &options, bool fetching = false);
    QString url(const char *path) const { return m_lab->issuer() + QLatin1StringView(path); }

    FakeClock m_clock;
    FakeRandom m_random;
    SystemClock m_systemClock;
    net::NetworkHttpClient m_http {m_systemClock};
    Visitor m_visitor;
    std::unique_ptr<TestLab> m_lab;
};

namespace {

QString s(const char *text)
{
    return QString::fromUtf8(text);
}

QJsonObject registration(const QJsonObject &changes = {})
{
    QJsonObject object {{s("client_name"), s("Example")},
                        {s("redirect_uris"), QJsonArray {Visitor::redirectUri()}},
                        {s("grant_types"), QJsonArray {s("authorization_code"), s("refresh_token")}},
                        {s("response_types"), QJsonArray {s("code")}},
                        {s("application_type"), s("native")},
                        {s("token_endpoint_auth_method"), s("none")}};
    for (auto change = changes.begin(); change != changes.end(); ++change) {
        if (change->isNull())
            object.remove(change.key());
        else
            object.insert(change.key(), *change);
    }
    return object;
}

} // namespace

void ClientsTest::start(const LabOptions &options, bool fetching)
{
    m_lab = std::make_unique<TestLab>(m_clock, m_random, fetching ? &m_http : nullptr, options);
    const Result<void> started = m_lab->start();
    QVERIFY2(started, started ? "" : qPrintable(started.error().message));
}

void ClientsTest::registers_data()
{
    QTest::addColumn<QStringList>("supported");
    QTest::addColumn<QString>("asked");
    QTest::addColumn<QString>("given");
    const QStringList all {s("none"), s("client_secret_basic"), s("client_secret_post")};
    QTest::newRow("public") << all << s("none") << s("none");
    QTest::newRow("basic") << all << s("client_secret_basic") << s("client_secret_basic");
    QTest::newRow("post") << all << s("client_secret_post") << s("client_secret_post");
    QTest::newRow("unsaid") << all << QString() << s("client_secret_basic");
    QTest::newRow("unsaid, basic not supported") << QStringList {s("none")} << QString() << s("none");
}

void ClientsTest::registers()
{
    QFETCH(QStringList, supported);
    QFETCH(QString, asked);
    QFETCH(QString, given);
    start({.autoApprove = true, .authMethods = supported});
    const QJsonObject change {
        {s("token_endpoint_auth_method"), asked.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(asked)}};
    const Reply reply = m_visitor.postJson(url("/register"), registration(change));
    QCOMPARE(reply.status, 201);
    QCOMPARE(reply.header("Cache-Control"), "no-store");
    QCOMPARE(reply.text("token_endpoint_auth_method"), given);
    QCOMPARE(reply.text("client_name"), s("Example"));
    QCOMPARE(reply.json().contains(s("client_secret")), given != u"none");
    QCOMPARE(reply.json().contains(s("client_secret_expires_at")), given != u"none");
    QCOMPARE(reply.json().value(s("client_id_issued_at")).toInteger(), m_clock.utcMs() / 1000);

    // And that method is the one that works.
    const QString id = reply.text("client_id");
    const QString secret = reply.text("client_secret");
    Fields fields {{s("client_id"), id}};
    Headers headers;
    if (given == u"client_secret_post")
        fields.append({s("client_secret"), secret});
    if (given == u"client_secret_basic")
        headers = {{"Authorization", "Basic " + (id + u':' + secret).toLatin1().toBase64()}};
    const QString code = m_visitor.code(*m_lab, {{s("client_id"), id}});
    QCOMPARE(m_visitor.redeem(*m_lab, code, fields, headers).status, 200);
}

void ClientsTest::registrationErrors_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("error");
    const auto row = [](const char *title, const QJsonObject &change, const char *error) {
        QTest::newRow(title) << QByteArray("application/json") << QJsonDocument(registration(change)).toJson()
                             << s(error);
    };
    const auto redirect = [](const char *uri) {
        return QJsonObject {{s("redirect_uris"), QJsonArray {s(uri)}}};
    };
    QTest::newRow("no JSON") << QByteArray("application/json") << QByteArray("{") << s("invalid_client_metadata");
    QTest::newRow("a form") << QByteArray("application/x-www-form-urlencoded") << QByteArray("a=b")
                            << s("invalid_client_metadata");
    row("no redirect URIs", {{s("redirect_uris"), QJsonValue()}}, "invalid_redirect_uri");
    row("empty redirect URIs", {{s("redirect_uris"), QJsonArray()}}, "invalid_redirect_uri");
    row("redirect with fragment", redirect("https://a.example/cb#f"), "invalid_redirect_uri");
    row("http to a public host", redirect("http://a.example/cb"), "invalid_redirect_uri");
    row("javascript", redirect("javascript:alert(1)"), "invalid_redirect_uri");
    row("relative", redirect("/cb"), "invalid_redirect_uri");
    row("grant type", {{s("grant_types"), QJsonArray {s("password")}}}, "invalid_client_metadata");
    row("response type", {{s("response_types"), QJsonArray {s("token")}}}, "invalid_client_metadata");
    row("method", {{s("token_endpoint_auth_method"), s("private_key_jwt")}}, "invalid_client_metadata");
}

void ClientsTest::registrationErrors()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QFETCH(QString, error);
    const Reply reply = m_visitor.send("POST", url("/register"), {{"Content-Type", type}}, body);
    QCOMPARE(reply.status, 400);
    QCOMPARE(reply.text("error"), error);
    QVERIFY(!reply.text("error_description").isEmpty());
}

void ClientsTest::registeredClientSignsIn()
{
    const QString id = m_visitor.postJson(url("/register"), registration()).text("client_id");
    const Fields client {{s("client_id"), id}};
    const Reply tokens = m_visitor.redeem(*m_lab, m_visitor.code(*m_lab, client), client);
    QCOMPARE(tokens.status, 200);
    // A code and a refresh token are nobody else's.
    const QString code = m_visitor.code(*m_lab, client);
    QCOMPARE(m_visitor.redeem(*m_lab, code).text("error"), s("invalid_grant"));
    QCOMPARE(m_visitor.refresh(*m_lab, tokens.text("refresh_token")).text("error"), s("invalid_grant"));
    const Reply revoked = m_visitor.postForm(
        url("/revoke"), {{s("client_id"), m_lab->clientId()}, {s("token"), tokens.text("refresh_token")}});
    QCOMPARE(revoked.text("error"), s("invalid_grant"));
    const Reply refreshed = m_visitor.refresh(*m_lab, tokens.text("refresh_token"), client);
    QCOMPARE(refreshed.status, 200);

    m_lab->forgetRegisteredClients();
    QCOMPARE(m_visitor.refresh(*m_lab, refreshed.text("refresh_token"), client).text("error"), s("invalid_client"));
    QCOMPARE(m_visitor.authorize(*m_lab, client).status, 400);
}

void ClientsTest::refreshHasToBeRegistered()
{
    const QJsonObject change {{s("grant_types"), QJsonValue()}};
    const Fields client {
        {s("client_id"), m_visitor.postJson(url("/register"), registration(change)).text("client_id")}};
    const Reply tokens = m_visitor.redeem(*m_lab, m_visitor.code(*m_lab, client), client);
    QCOMPARE(tokens.status, 200);
    QVERIFY(!tokens.json().contains(s("refresh_token")));
    QCOMPARE(m_visitor.refresh(*m_lab, s("any"), client).text("error"), s("unauthorized_client"));
}

void ClientsTest::registrationIsManaged()
{
    const Reply registered = m_visitor.postJson(url("/register"), registration());
    const QString place = registered.text("registration_client_uri");
    const Headers token {{"Authorization", "Bearer " + registered.text("registration_access_token").toLatin1()}};
    const Fields client {{s("client_id"), registered.text("client_id")}};
    const Reply tokens = m_visitor.redeem(*m_lab, m_visitor.code(*m_lab, client), client);

    QCOMPARE(m_visitor.get(place).status, 401);
    QCOMPARE(m_visitor.get(place, {{"Authorization", "Bearer guess"}}).status, 401);
    QCOMPARE(m_visitor.get(place + u'x', token).status, 401);
    QCOMPARE(m_visitor.get(place, token).text("client_id"), registered.text("client_id"));
    QCOMPARE(m_visitor.send("PUT", place, token).status, 405);
    QCOMPARE(m_visitor.send("DELETE", place).status, 401);
    QCOMPARE(m_visitor.send("DELETE", place, token).status, 204);
    QCOMPARE(m_visitor.get(place, token).status, 401);
    QCOMPARE(m_visitor.refresh(*m_lab, tokens.text("refresh_token"), client).text("error"), s("invalid_client"));
    QCOMPARE(m_lab->requestCounts().value(s("registration_delete")), 2);
}

void ClientsTest::metadataDocuments_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("document");
    QTest::addColumn<int>("status");
    const QByteArray json("application/json");
    const auto document = [](const char *more) {
        return QByteArray(R"({"client_id":"CLIENT","client_name":"Documented","redirect_uris":["http://127.0.0.1/callback"])")
            + more + '}';
    };
    QTest::newRow("good") << json << document("") << 302;
    QTest::newRow("other JSON type") << QByteArray("application/client+json") << document("") << 302;
    QTest::newRow("names another id")
        << json << document("").replace("CLIENT", "https://other.example/c") << 400;
    QTest::newRow("no name") << json << document("").replace("client_name", "name") << 400;
    QTest::newRow("no redirect URIs") << json << document("").replace("redirect_uris", "uris") << 400;
    QTest::newRow("another redirect URI") << json << document("").replace("/callback", "/other") << 400;
    QTest::newRow("a secret") << json << document(R"(,"client_secret":"x")") << 400;
    QTest::newRow("method with a secret")
        << json << document(R"(,"token_endpoint_auth_method":"client_secret_basic")") << 400;
    QTest::newRow("no JSON") << json << QByteArray("hello") << 400;
    QTest::newRow("a page") << QByteArray("text/html") << document("") << 400;
    QTest::newRow("too long") << json << document("").append(6000, ' ') << 400;
    QTest::newRow("missing") << json << QByteArray() << 400;
}

void ClientsTest::metadataDocuments()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, document);
    QFETCH(int, status);
    start({.autoApprove = true}, true);
    QCOMPARE(m_visitor.get(url("/.well-known/oauth-authorization-server"))
                 .json()
                 .value(s("client_id_metadata_document_supported")),
             true);
    QString clientId;
    testlab::HttpService host(
        m_systemClock,
        [&](const testlab::Request &, const testlab::Respond &respond) {
            QByteArray body = document;
            respond({.status = body.isEmpty() ? 404 : 200,
                     .contentType = type,
                     .body = body.replace("CLIENT", clientId.toLatin1())});
        },
        [] { return qint64 {0}; });
    QVERIFY(host.listen(0));
    clientId = QStringLiteral("http://127.0.0.1:%1/client.json").arg(host.port());
    const Fields client {{s("client_id"), clientId}};
    const Reply reply = m_visitor.authorize(*m_lab, client);
    QCOMPARE(reply.status, status);
    QCOMPARE(m_lab->requestCounts().value(s("client_metadata")), 1);
    if (status == 302)
        QCOMPARE(m_visitor.redeem(*m_lab, reply.location("code"), client).status, 200);
}

void ClientsTest::metadataDocumentsCanBeOff()
{
    start({.autoApprove = true, .faults = {s("no-client-id-metadata")}}, true);
    const Reply metadata = m_visitor.get(url("/.well-known/oauth-authorization-server"));
    QVERIFY(!metadata.json().contains(s("client_id_metadata_document_supported")));
    QCOMPARE(m_visitor.authorize(*m_lab, {{s("client_id"), s("http://127.0.0.1:9/client.json")}}).status, 400);
    QCOMPARE(m_lab->requestCounts().value(s("client_metadata")), 0);
}

QTEST_GUILESS_MAIN(ClientsTest)
#include "ClientsTest.moc"
