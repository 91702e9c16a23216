// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/FakeClock.h"
#include "tests/support/FakeRandom.h"
#include "tests/unit/testlab/Visitor.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QTest>

using namespace chatelaine;
using namespace chatelaine::test;
using testlab::Exchange;
using testlab::IssuedToken;
using testlab::LabOptions;
using testlab::TestLab;

namespace {

QString s(const char *text)
{
    return QString::fromUtf8(text);
}

} // namespace

/// What somebody who watches the lab is told, and what not.
class ObserverTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_seen.clear();
        m_lab =
            std::make_unique<TestLab>(m_clock, m_random, nullptr, LabOptions{.autoApprove = true});
        QVERIFY(m_lab->start());
        connect(m_lab.get(), &TestLab::exchanged, this,
            [this](const Exchange &exchange) { m_seen.append(exchange); });
    }
    void cleanup() { m_lab.reset(); }

    void everyRequestIsTold();
    void noCredentialIsTold();
    void theSameSecretHasTheSameName();
    void anAnswerThatNeverComesIsNone();
    void tokensAreListed();
    void revokedAndUsedAreTold();
    void startingOverForgets();
    void nobodyListensNobodyCounts();

private:
    FakeClock m_clock;
    FakeRandom m_random;
    Visitor m_visitor;
    std::unique_ptr<TestLab> m_lab;
    QList<Exchange> m_seen;
};

void ObserverTest::everyRequestIsTold()
{
    const QByteArray token = m_visitor.signIn(*m_lab);
    m_visitor.call(*m_lab, token, s("tools/call"), {{s("name"), s("analyze_sentiment")}});
    m_visitor.get(m_lab->issuer() + s("/nowhere"));
    QCOMPARE(m_seen.size(), 4);
    const QStringList what{s("authorization"), s("token_code"), s("mcp"), s("other")};
    for (int i = 0; i < 4; ++i) {
        QCOMPARE(m_seen.at(i).number, quint64(i + 1));
        QCOMPARE(m_seen.at(i).what, what.at(i));
        QCOMPARE(m_seen.at(i).tookMs, 0);
        QCOMPARE(m_seen.at(i).time, m_clock.utcMs());
    }
    QCOMPARE(m_seen.at(0).place, Exchange::Place::Issuer);
    QCOMPARE(m_seen.at(0).path, s("/authorize"));
    QCOMPARE(m_seen.at(0).status, 302);
    QVERIFY(m_seen.at(0).request.contains(s("code_challenge_method=S256")));
    QCOMPARE(m_seen.at(2).place, Exchange::Place::Resource);
    QCOMPARE(m_seen.at(2).rpc, s("tools/call analyze_sentiment"));
    QCOMPARE(m_seen.at(3).status, 404);
}

void ObserverTest::noCredentialIsTold()
{
    m_lab = std::make_unique<TestLab>(m_clock, m_random, nullptr,
        LabOptions{.clientSecret = Secret::fromString(s("s3cret-of-the-client"))});
    QVERIFY(m_lab->start());
    connect(m_lab.get(), &TestLab::exchanged, this,
        [this](const Exchange &exchange) { m_seen.append(exchange); });
    const Fields secret{{s("client_secret"), s("s3cret-of-the-client")}};

    // The consent page and its answer, the code's way and the tokens' way.
    const Reply page = m_visitor.authorize(*m_lab);
    const auto hidden = [&page](const char *name) {
        const QRegularExpression field(s("name=\"%1\" value=\"([^\"]+)\"").arg(s(name)));
        return field.match(QString::fromUtf8(page.body)).captured(1);
    };
    QVERIFY(!hidden("csrf").isEmpty());
    const Reply consent = m_visitor.postForm(m_lab->issuer() + s("/consent"),
        {{s("request"), hidden("request")}, {s("csrf"), hidden("csrf")},
            {s("decision"), s("approve")}});
    const QString code = consent.location("code");
    QVERIFY(!code.isEmpty());
    const Reply tokens = m_visitor.redeem(*m_lab, code, secret);
    QCOMPARE(tokens.status, 200);
    QCOMPARE(m_visitor.refresh(*m_lab, tokens.text("refresh_token"), secret).status, 200);
    m_visitor.call(*m_lab, tokens.text("access_token").toLatin1(), s("tools/list"));
    m_visitor.postForm(m_lab->issuer() + s("/revoke"),
        Fields{{s("token"), tokens.text("access_token")}, {s("client_id"), m_lab->clientId()}}
            + secret);
    const Reply registered = m_visitor.postJson(m_lab->issuer() + s("/register"),
        {{s("client_name"), s("A client")},
            {s("redirect_uris"), QJsonArray{Visitor::redirectUri()}},
            {s("token_endpoint_auth_method"), s("client_secret_basic")}});
    QCOMPARE(registered.status, 201);
    m_visitor.get(registered.text("registration_client_uri"),
        {{"Authorization", "Bearer " + registered.text("registration_access_token").toLatin1()}});
    m_visitor.postForm(m_lab->issuer() + s("/token"), {{s("grant_type"), s("none")}},
        {{"Authorization",
            "Basic "
                + (registered.text("client_id") + u':' + registered.text("client_secret"))
                      .toLatin1()
                      .toBase64()}});
    QCOMPARE(m_seen.size(), 9);

    QStringList all{hidden("csrf"), QString(64, u'v'),
        QString::fromLatin1((registered.text("client_id") + u':' + registered.text("client_secret"))
                                .toLatin1()
                                .toBase64())};
    for (const Secret &one : m_lab->issuedTokens())
        all.append(QString::fromUtf8(one.expose()));
    QVERIFY(all.size() > 9);
    for (const Exchange &exchange : std::as_const(m_seen)) {
        QVERIFY(!exchange.request.isEmpty());
        QVERIFY(!exchange.answer.isEmpty());
        for (const QString &one : std::as_const(all)) {
            QVERIFY2(!exchange.request.contains(one), qPrintable(exchange.request));
            QVERIFY2(!exchange.answer.contains(one), qPrintable(exchange.answer));
            QVERIFY(!exchange.path.contains(one));
        }
    }
}

void ObserverTest::theSameSecretHasTheSameName()
{
    const QByteArray token = m_visitor.signIn(*m_lab);
    m_visitor.call(*m_lab, token, s("tools/list"));
    const QString name = u'[' + Secret::copyOf(token).fingerprint() + u']';
    QVERIFY(m_seen.at(1).answer.contains(s("\"access_token\": \"%1\"").arg(name)));
    QVERIFY(m_seen.at(2).request.contains(s("Bearer ") + name));
    // The code on its way to the client and back.
    const QString code = m_seen.at(0).answer.section(s("code="), 1).left(14);
    QVERIFY(code.startsWith(u'['));
    QVERIFY(m_seen.at(1).request.contains(s("code=") + code));
}

void ObserverTest::anAnswerThatNeverComesIsNone()
{
    QVERIFY(m_lab->setFault(testlab::Fault::TokenEndpointHangs));
    const QString code = m_visitor.code(*m_lab);
    QNetworkAccessManager network;
    QNetworkRequest request(QUrl(m_lab->issuer() + s("/token")));
    request.setHeader(
        QNetworkRequest::ContentTypeHeader, QByteArray("application/x-www-form-urlencoded"));
    network.post(request, "grant_type=authorization_code&code=" + code.toLatin1());
    QTRY_COMPARE(m_seen.size(), 2);
    QCOMPARE(m_seen.at(1).status, 0);
    QCOMPARE(m_seen.at(1).tookMs, -1);
    QVERIFY(m_seen.at(1).answer.isEmpty());
    QVERIFY(!m_seen.at(1).request.contains(code));
}

void ObserverTest::tokensAreListed()
{
    const QByteArray token = m_visitor.signIn(*m_lab, s("sentiment:read sentiment:batch"));
    const QList<IssuedToken> tokens = m_lab->tokens();
    QCOMPARE(tokens.size(), 2);
    const IssuedToken &access = tokens.first();
    QCOMPARE(access.kind, IssuedToken::Kind::Access);
    QCOMPARE(access.fingerprint, Secret::copyOf(token).fingerprint());
    QCOMPARE(access.clientId, m_lab->clientId());
    QCOMPARE(access.subject, s("lab-user"));
    QCOMPARE(access.resource, m_lab->mcpUrl());
    QCOMPARE(access.scopes, (QStringList{s("sentiment:read"), s("sentiment:batch")}));
    QCOMPARE(access.issued, m_clock.utcMs());
    QCOMPARE(access.expires, m_clock.utcMs() + 3'600'000);
    QCOMPARE(tokens.last().kind, IssuedToken::Kind::Refresh);

    const auto decoded = m_lab->decode(access.fingerprint);
    QVERIFY(decoded);
    QCOMPARE(decoded->header.value(s("typ")), s("at+jwt"));
    QCOMPARE(decoded->claims.value(s("sub")), s("lab-user"));
    QVERIFY(!m_lab->decode(tokens.last().fingerprint));
    QCOMPARE(m_lab->clients().size(), 1);
    QCOMPARE(m_lab->clients().first().kind, s("pre_registered"));
}

void ObserverTest::revokedAndUsedAreTold()
{
    const Reply first = m_visitor.redeem(*m_lab, m_visitor.code(*m_lab));
    m_clock.advance(5000);
    QCOMPARE(m_visitor.refresh(*m_lab, first.text("refresh_token")).status, 200);
    QList<IssuedToken> tokens = m_lab->tokens();
    QCOMPARE(tokens.size(), 4);
    const QString used = Secret::fromString(first.text("refresh_token")).fingerprint();
    for (const IssuedToken &token : std::as_const(tokens)) {
        QCOMPARE(token.used, token.fingerprint == used);
        QVERIFY(!token.revoked);
    }
    QCOMPARE(tokens.first().issued, m_clock.utcMs());
    m_lab->revokeEverything();
    tokens = m_lab->tokens();
    QVERIFY(std::all_of(
        tokens.cbegin(), tokens.cend(), [](const auto &token) { return token.revoked; }));
}

void ObserverTest::startingOverForgets()
{
    const QByteArray token = m_visitor.signIn(*m_lab);
    m_visitor.postJson(m_lab->issuer() + s("/register"),
        {{s("redirect_uris"), QJsonArray{Visitor::redirectUri()}}});
    QCOMPARE(m_lab->clients().size(), 2);
    const QString issuer = m_lab->issuer();
    QVERIFY(m_lab->setFault(testlab::Fault::IssMissing));
    QVERIFY(m_lab->startOver());
    QVERIFY(m_lab->isRunning());
    QCOMPARE(m_lab->issuer(), issuer);
    QCOMPARE(m_lab->faults(), QStringList{s("iss-missing")});
    QVERIFY(m_lab->tokens().isEmpty());
    QCOMPARE(m_lab->clients().size(), 1);
    QVERIFY(m_lab->requestCounts().isEmpty());
    m_seen.clear();
    QCOMPARE(m_visitor.call(*m_lab, token, s("tools/list")).status, 401);
    QCOMPARE(m_seen.first().number, quint64(1));
    const QByteArray fresh = m_visitor.signIn(*m_lab);
    QCOMPARE(m_visitor.call(*m_lab, fresh, s("tools/list")).status, 200);
}

void ObserverTest::nobodyListensNobodyCounts()
{
    disconnect(m_lab.get(), &TestLab::exchanged, this, nullptr);
    m_visitor.signIn(*m_lab);
    connect(m_lab.get(), &TestLab::exchanged, this,
        [this](const Exchange &exchange) { m_seen.append(exchange); });
    m_visitor.get(m_lab->resourceMetadataUrl());
    QCOMPARE(m_seen.size(), 1);
    QCOMPARE(m_seen.first().number, quint64(1));
    QCOMPARE(m_seen.first().what, s("resource_metadata"));
}

QTEST_GUILESS_MAIN(ObserverTest)
#include "ObserverTest.moc"
