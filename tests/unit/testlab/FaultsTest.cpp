// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/FakeClock.h"
#include "tests/support/FakeRandom.h"
#include "tests/unit/testlab/Visitor.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QFile>
#include <QTcpSocket>
#include <QTest>

#include <functional>

using namespace chatelaine;
using namespace chatelaine::test;
using testlab::Fault;
using testlab::LabOptions;
using testlab::TestLab;

namespace {

QString s(const char *text)
{
    return QString::fromUtf8(text);
}

/// What a test of a fault looks at. Each probe says in words what it saw.
struct Scene
{
    TestLab &lab;
    Visitor &visitor;
    FakeClock &clock;

    QString base() const { return lab.issuer(); }
    Reply metadata() { return visitor.get(base() + s("/.well-known/oauth-authorization-server")); }
    QJsonValue metadata(const char *key) { return metadata().json().value(QLatin1StringView(key)); }
    Reply tokens() { return visitor.redeem(lab, visitor.code(lab)); }
    Reply mcp() { return visitor.call(lab, lab.mintAccessToken(), s("tools/list")); }
    Reply tool()
    {
        return visitor.call(lab, lab.mintAccessToken(), s("tools/call"),
                            {{s("name"), s("analyze_sentiment")}, {s("arguments"), QJsonObject {{s("text"), s("x")}}}});
    }
    Reply registration()
    {
        return visitor.postJson(base() + s("/register"), {{s("redirect_uris"), QJsonArray {Visitor::redirectUri()}},
                                                          {s("grant_types"),
                                                           QJsonArray {s("authorization_code"), s("refresh_token")}},
                                                          {s("token_endpoint_auth_method"), s("none")}});
    }
    QByteArray challenge() { return visitor.send("POST", lab.mcpUrl()).header("WWW-Authenticate"); }
    Reply revocation()
    {
        return visitor.postForm(base() + s("/revoke"), {{s("client_id"), lab.clientId()}, {s("token"), s("x")}});
    }
};

/// The status and what the body is.
QString shape(const Reply &reply)
{
    const QByteArray type = reply.header("Content-Type").split(';').constFirst();
    return QStringLiteral("%1 %2").arg(reply.status).arg(QString::fromLatin1(type));
}

QString refreshed(Scene &scene)
{
    const Reply first = scene.tokens();
    const Reply second = scene.visitor.refresh(scene.lab, first.text("refresh_token"));
    return second.status == 200 ? (second.json().contains(s("refresh_token")) ? s("rotated") : s("kept"))
                                : second.text("error");
}

QString expiry(Scene &scene)
{
    const QJsonValue value = scene.tokens().json().value(s("expires_in"));
    return QString::fromLatin1(QJsonDocument(QJsonArray {value}).toJson(QJsonDocument::Compact));
}

using Probe = std::function<QString(Scene &)>;

} // namespace

Q_DECLARE_METATYPE(Probe)

class FaultsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_lab.reset(); }

    void effect_data();
    void effect();
    void everyFaultIsTested();
    void hangsUntilTheLabStops();
    void slowMetadataDrips();
    void prunesOnce();
    void movesToTheSecondIssuer();
    void fallsBackToEndpointsAtTheOrigin();

private:
    FakeClock m_clock;
    FakeRandom m_random;
    Visitor m_visitor;
    std::unique_ptr<TestLab> m_lab;
};

void FaultsTest::init()
{
    m_lab = std::make_unique<TestLab>(m_clock, m_random, nullptr, LabOptions {.autoApprove = true});
    QVERIFY(m_lab->start());
}

void FaultsTest::effect_data()
{
    QTest::addColumn<Probe>("probe");
    QTest::addColumn<QString>("usual");
    QTest::addColumn<QString>("faulty");
    const auto row = [](const char *fault, const char *usual, const char *faulty, const Probe &probe) {
        QTest::newRow(fault) << probe << s(usual) << s(faulty);
    };
    const auto compact = [](const QJsonValue &value) {
        return QString::fromLatin1(QJsonDocument(QJsonArray {value}).toJson(QJsonDocument::Compact));
    };
    const auto challengeMethods
        = [compact](Scene &scene) { return compact(scene.metadata("code_challenge_methods_supported")); };
    const auto metadataShape = [](Scene &scene) { return shape(scene.metadata()); };
    const auto iss = [](Scene &scene) {
        return scene.visitor.authorize(scene.lab).location("iss").replace(scene.base(), s("ISSUER"));
    };
    const auto tokenShape = [](Scene &scene) { return shape(scene.tokens()); };
    const auto registrationShape = [](Scene &scene) { return shape(scene.registration()); };
    const auto mcpShape = [](Scene &scene) { return shape(scene.mcp()); };
    const auto toolShape = [](Scene &scene) { return shape(scene.tool()); };
    const auto challenge = [](Scene &scene) {
        return QString::fromLatin1(
            scene.challenge().replace(scene.lab.resourceMetadataUrl().toLatin1(), QByteArray("URL")));
    };

    row("no-s256", "[[\"S256\"]]", "[[\"plain\"]]", challengeMethods);
    row("no-pkce-metadata", "[[\"S256\"]]", "[null]", challengeMethods);
    row("issuer-mismatch", "ISSUER", "https://issuer.invalid", [](Scene &scene) {
        return scene.metadata("issuer").toString().replace(scene.base(), s("ISSUER"));
    });
    row("iss-wrong", "ISSUER", "https://issuer.invalid", iss);
    row("iss-missing", "ISSUER", "", iss);
    row("iss-trailing-slash", "ISSUER", "ISSUER/", iss);
    row("resource-mismatch", "URL", "https://resource.invalid/mcp", [](Scene &scene) {
        return scene.visitor.get(scene.lab.resourceMetadataUrl()).text("resource").replace(scene.lab.mcpUrl(), s("URL"));
    });
    row("no-registration", "201 application/json", "404 ", registrationShape);
    row("registration-500", "201 application/json", "500 ", registrationShape);
    row("no-issuer-metadata", "200 application/json", "404 ", metadataShape);
    row("metadata-500", "200 application/json", "500 ", metadataShape);
    row("metadata-html", "200 application/json", "200 text/html", metadataShape);
    row("metadata-huge", "small", "huge", [](Scene &scene) {
        return scene.metadata().body.size() > 8 * 1024 * 1024 ? s("huge") : s("small");
    });
    row("metadata-redirect-loop", "200 application/json, then ", "302 , then 302", [](Scene &scene) {
        const Reply reply = scene.metadata();
        const QString next = QString::fromLatin1(reply.header("Location"));
        const QString then
            = next.isEmpty() ? QString() : QString::number(scene.visitor.get(next).status);
        return shape(reply) + s(", then ") + then;
    });
    row("metadata-deep", "shallow", "deep", [](Scene &scene) {
        return scene.metadata().body.contains(QByteArray(10'000, '[')) ? s("deep") : s("shallow");
    });
    row("authorization-endpoint-file-scheme", "http", "file", [](Scene &scene) {
        return QUrl(scene.metadata("authorization_endpoint").toString()).scheme();
    });
    row("authorization-denied", "", "access_denied",
        [](Scene &scene) { return scene.visitor.authorize(scene.lab).location("error"); });
    row("token-500", "200 application/json", "500 ", tokenShape);
    row("token-html", "200 application/json", "200 text/html", tokenShape);
    row("token-429", "200 retry ", "429 retry 7", [](Scene &scene) {
        const Reply reply = scene.tokens();
        return QStringLiteral("%1 retry %2").arg(reply.status).arg(QString::fromLatin1(reply.header("Retry-After")));
    });
    row("token-429-date", "200 retry ", "429 retry 7", [](Scene &scene) {
        const Reply reply = scene.tokens();
        const auto at = [&reply](const char *header) {
            const QDateTime date = QLocale::c().toDateTime(QString::fromLatin1(reply.header(header)),
                                                           s("ddd, dd MMM yyyy hh:mm:ss 'GMT'"));
            return date.toSecsSinceEpoch();
        };
        const bool said = !reply.header("Retry-After").isEmpty();
        return QStringLiteral("%1 retry %2").arg(reply.status).arg(
            said ? QString::number(at("Retry-After") - at("Date")) : QString());
    });
    row("token-half-response", "whole", "half", [](Scene &scene) {
        const Reply reply = scene.tokens();
        return reply.complete ? s("whole")
            : reply.body.size() < reply.header("Content-Length").toInt() ? s("half")
                                                                         : s("broken");
    });
    row("expires-in-string", "[3600]", "[\"3600\"]", expiry);
    row("expires-in-missing", "[3600]", "[null]", expiry);
    row("expires-in-negative", "[3600]", "[-1]", expiry);
    row("expires-in-huge", "[3600]", "[1000000000000000000]", expiry);
    row("no-refresh-token", "true", "false", [](Scene &scene) {
        return QVariant(scene.tokens().json().contains(s("refresh_token"))).toString();
    });
    row("no-scope-in-response", "true", "false",
        [](Scene &scene) { return QVariant(scene.tokens().json().contains(s("scope"))).toString(); });
    row("token-type-mac", "Bearer", "mac", [](Scene &scene) { return scene.tokens().text("token_type"); });
    row("refresh-not-rotated", "rotated", "kept", refreshed);
    row("refresh-invalid-grant", "rotated", "invalid_grant", refreshed);
    row("refresh-narrowed", "sentiment:read sentiment:batch", "sentiment:read", [](Scene &scene) {
        const Fields both {{s("scope"), s("sentiment:read sentiment:batch")}};
        const Reply first = scene.visitor.redeem(scene.lab, scene.visitor.code(scene.lab, both));
        return scene.visitor.refresh(scene.lab, first.text("refresh_token")).text("scope");
    });
    row("refresh-invalid-scope", "sentiment:read", "invalid_scope", [](Scene &scene) {
        const Fields scope {{s("scope"), s("sentiment:read")}};
        const Reply reply
            = scene.visitor.refresh(scene.lab, scene.tokens().text("refresh_token"), scope);
        return reply.status == 200 ? reply.text("scope") : reply.text("error");
    });
    row("unauthorized-client", "", "unauthorized_client",
        [](Scene &scene) { return scene.tokens().text("error"); });
    row("invalid-client", "", "invalid_client", [](Scene &scene) { return scene.tokens().text("error"); });
    row("revocation-500", "200 ", "500 ", [](Scene &scene) { return shape(scene.revocation()); });
    const auto serverTime = [](Scene &scene) {
        // The Date header and the claims agree with each other, and the token is good.
        const Reply reply = scene.tokens();
        const QDateTime date = QLocale::c().toDateTime(QString::fromLatin1(reply.header("Date")),
                                                       s("ddd, dd MMM yyyy hh:mm:ss 'GMT'"));
        const QDateTime utc(date.date(), date.time(), Qt::UTC);
        return QString::number((utc.toMSecsSinceEpoch() - scene.clock.utcMs()) / 1000);
    };
    row("clock-one-hour-off", "0", "3600", serverTime);
    row("clock-one-hour-behind", "0", "-3600", serverTime);
    row("always-403", "200 application/json", "403 application/json", toolShape);
    row("challenge-without-metadata", "Bearer resource_metadata=\"URL\", scope=\"sentiment:read\"",
        "Bearer realm=\"mcp\"", challenge);
    row("no-challenge-header", "Bearer resource_metadata=\"URL\", scope=\"sentiment:read\"", "", challenge);
    row("no-resource-metadata", "200", "404", [](Scene &scene) {
        return QString::number(scene.visitor.get(scene.lab.resourceMetadataUrl()).status);
    });
    row("capability-required", "0", "-32021", [](Scene &scene) {
        return QString::number(
            scene.tool().json().value(s("error")).toObject().value(s("code")).toInt());
    });
    row("mcp-500", "200 application/json", "500 ", mcpShape);
    row("mcp-html", "200 application/json", "200 text/html", mcpShape);
    row("mcp-404", "200 application/json", "404 ", mcpShape);
}

void FaultsTest::effect()
{
    QFETCH(Probe, probe);
    QFETCH(QString, usual);
    QFETCH(QString, faulty);
    const QString name = QString::fromLatin1(QTest::currentDataTag());
    Scene scene {*m_lab, m_visitor, m_clock};
    QCOMPARE(probe(scene), usual);
    QVERIFY(m_lab->setFault(name));
    QCOMPARE(m_lab->faults(), QStringList {name});
    QCOMPARE(probe(scene), faulty);
    QVERIFY(m_lab->setFault(name, false));
    QCOMPARE(probe(scene), usual);
}

void FaultsTest::everyFaultIsTested()
{
    // Those with a test of their own; the rest is in the table above.
    const QStringList alone {s("registration-pruned"), s("no-client-id-metadata"), s("metadata-slow"),
                             s("token-endpoint-hangs"), s("second-issuer")};
    QFile self(QStringLiteral("%1/tests/unit/testlab/FaultsTest.cpp").arg(qEnvironmentVariable("CHATELAINE_SOURCE")));
    QVERIFY2(self.open(QIODevice::ReadOnly), "CHATELAINE_SOURCE has to name the project's root");
    const QByteArray source = self.readAll();
    for (const testlab::FaultText &fault : testlab::allFaults()) {
        const QByteArray row = QByteArray("row(\"") + fault.name + '"';
        QVERIFY2(source.contains(row) || alone.contains(QLatin1StringView(fault.name)), fault.name);
        QVERIFY2(QByteArray(fault.sentence).endsWith('.'), fault.name);
    }
}

void FaultsTest::hangsUntilTheLabStops()
{
    QVERIFY(m_lab->setFault(Fault::TokenEndpointHangs));
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, static_cast<quint16>(QUrl(m_lab->issuer()).port()));
    QTRY_COMPARE(socket.state(), QAbstractSocket::ConnectedState);
    socket.write("POST /token HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n\r\n");
    QTRY_COMPARE(m_lab->requestCounts().value(s("token_other")), 1);
    // Others are served meanwhile, and the one that hangs has got nothing.
    QCOMPARE(m_visitor.get(m_lab->issuer() + s("/jwks")).status, 200);
    QCOMPARE(socket.bytesAvailable(), 0);
    QCOMPARE(socket.state(), QAbstractSocket::ConnectedState);
    m_lab->stop();
    QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState);
}

void FaultsTest::slowMetadataDrips()
{
    QVERIFY(m_lab->setFault(Fault::MetadataSlow));
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, static_cast<quint16>(QUrl(m_lab->issuer()).port()));
    QTRY_COMPARE(socket.state(), QAbstractSocket::ConnectedState);
    socket.write("GET /.well-known/oauth-authorization-server HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    QByteArray received;
    const auto body = [&] {
        received += socket.readAll();
        const qsizetype end = received.indexOf("\r\n\r\n");
        return end < 0 ? qsizetype(-1) : received.size() - end - 4;
    };
    QTRY_COMPARE(body(), 0);
    m_clock.advance(3'000);
    QTRY_COMPARE(body(), 3);
    m_clock.advance(40'000);
    QTRY_COMPARE(body(), 43);
    socket.abort();
    QTRY_COMPARE(m_clock.alarmsSet(), 0);
}

void FaultsTest::prunesOnce()
{
    Scene scene {*m_lab, m_visitor, m_clock};
    const Fields client {{s("client_id"), scene.registration().text("client_id")}};
    const Reply tokens = m_visitor.redeem(*m_lab, m_visitor.code(*m_lab, client), client);
    const QString refresh = tokens.text("refresh_token");
    QVERIFY(m_lab->setFault(Fault::RegistrationPruned));
    // The pre-registered client is not meant.
    QCOMPARE(scene.tokens().status, 200);
    QCOMPARE(m_visitor.refresh(*m_lab, refresh, client).text("error"), s("invalid_client"));
    QVERIFY(m_lab->faults().isEmpty());
    const Fields again {{s("client_id"), scene.registration().text("client_id")}};
    QCOMPARE(m_visitor.redeem(*m_lab, m_visitor.code(*m_lab, again), again).status, 200);

    QVERIFY(m_lab->setFault(Fault::RegistrationPruned));
    QCOMPARE(m_visitor.authorize(*m_lab, again).status, 400);
    QVERIFY(m_lab->faults().isEmpty());
}

void FaultsTest::movesToTheSecondIssuer()
{
    const auto named = [&] {
        return m_visitor.get(m_lab->resourceMetadataUrl()).json().value(s("authorization_servers")).toArray();
    };
    const QByteArray token = m_visitor.signIn(*m_lab);
    QVERIFY(m_lab->secondIssuer().isEmpty());
    QVERIFY(m_lab->setFault(Fault::SecondIssuer));
    const QString second = m_lab->secondIssuer();
    QVERIFY(!second.isEmpty() && second != m_lab->issuer());
    QCOMPARE(named(), QJsonArray {m_lab->issuer()});
    QCOMPARE(m_visitor.call(*m_lab, token, s("tools/list")).status, 200);
    QCOMPARE(named(), QJsonArray {second});
    QCOMPARE(m_visitor.call(*m_lab, token, s("tools/list")).status, 401);
    QCOMPARE(m_lab->decisions().constLast().reason, s("wrong_issuer"));

    const Reply metadata = m_visitor.get(second + s("/.well-known/oauth-authorization-server"));
    QCOMPARE(metadata.text("issuer"), second);
    // The first one's client is nobody there.
    const Reply refused = m_visitor.postForm(
        second + s("/token"), {{s("grant_type"), s("refresh_token")}, {s("client_id"), m_lab->clientId()}});
    QCOMPARE(refused.text("error"), s("invalid_client"));
    QCOMPARE(m_lab->requestCounts().value(s("second_token_refresh")), 1);
    QCOMPARE(m_lab->requestCounts().value(s("token_refresh")), 0);
}

void FaultsTest::fallsBackToEndpointsAtTheOrigin()
{
    // What a server of the 2025-03-26 revision without any metadata looks like.
    m_lab = std::make_unique<TestLab>(m_clock, m_random, nullptr,
                                      LabOptions {.onePort = true,
                                                  .autoApprove = true,
                                                  .faults = {s("no-resource-metadata"), s("no-issuer-metadata")}});
    QVERIFY(m_lab->start());
    Scene scene {*m_lab, m_visitor, m_clock};
    QCOMPARE(scene.challenge(), "Bearer scope=\"sentiment:read\"");
    QCOMPARE(scene.metadata().status, 404);
    const QString origin = m_lab->mcpUrl().chopped(4);
    QCOMPARE(origin, m_lab->issuer());
    const Fields client {{s("client_id"), scene.registration().text("client_id")},
                         {s("resource"), QString()}};
    const Reply tokens = m_visitor.redeem(*m_lab, m_visitor.code(*m_lab, client), client);
    QCOMPARE(m_visitor.call(*m_lab, tokens.text("access_token").toLatin1(), s("tools/list")).status, 200);
}

QTEST_GUILESS_MAIN(FaultsTest)
#include "FaultsTest.moc"
