// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/testlab/RunningLab.h"

#include <QTest>

using namespace chatelaine;
using namespace chatelaine::test;
using testlab::LabOptions;

/// How long codes and tokens live, and what ends them.
class GrantTest : public RunningLab
{
    Q_OBJECT

private Q_SLOTS:
    void codeWorksOnce();
    void codeExpires();
    void refreshRotates();
    void reusedRefreshTokenKillsTheFamily();
    void refreshTokenExpires();
    void refreshNarrowsScopes();
    void revocation_data();
    void revocation();
    void introspection();

private:
    bool alive(const QString &accessToken);
};

void GrantTest::codeWorksOnce()
{
    const QString code = m_visitor.code(*m_lab);
    const Reply first = m_visitor.redeem(*m_lab, code);
    QCOMPARE(first.status, 200);
    QCOMPARE(m_visitor.redeem(*m_lab, code).text("error"), s("invalid_grant"));
    QCOMPARE(m_visitor.refresh(*m_lab, first.text("refresh_token")).text("error"), s("invalid_grant"));
}

void GrantTest::codeExpires()
{
    const QString inTime = m_visitor.code(*m_lab);
    const QString late = m_visitor.code(*m_lab);
    m_clock.advance(59'999);
    QCOMPARE(m_visitor.redeem(*m_lab, inTime).status, 200);
    m_clock.advance(1);
    QCOMPARE(m_visitor.redeem(*m_lab, late).text("error"), s("invalid_grant"));
}

void GrantTest::refreshRotates()
{
    const Reply first = m_visitor.redeem(*m_lab, m_visitor.code(*m_lab));
    const Reply second = m_visitor.refresh(*m_lab, first.text("refresh_token"));
    QCOMPARE(second.status, 200);
    QVERIFY(second.text("refresh_token") != first.text("refresh_token"));
    QVERIFY(second.text("access_token") != first.text("access_token"));
    QCOMPARE(second.text("scope"), first.text("scope"));
    QCOMPARE(m_visitor.refresh(*m_lab, second.text("refresh_token")).status, 200);
    QCOMPARE(m_lab->requestCounts().value(s("token_refresh")), 2);
}

void GrantTest::reusedRefreshTokenKillsTheFamily()
{
    const Reply first = m_visitor.redeem(*m_lab, m_visitor.code(*m_lab));
    const Reply second = m_visitor.refresh(*m_lab, first.text("refresh_token"));
    QCOMPARE(m_visitor.refresh(*m_lab, first.text("refresh_token")).text("error"), s("invalid_grant"));
    QCOMPARE(m_visitor.refresh(*m_lab, second.text("refresh_token")).text("error"), s("invalid_grant"));
    // Another sign-in is another family.
    const Reply other = m_visitor.redeem(*m_lab, m_visitor.code(*m_lab));
    QCOMPARE(m_visitor.refresh(*m_lab, other.text("refresh_token")).status, 200);
}

void GrantTest::refreshTokenExpires()
{
    m_lab->setRefreshTokenLifetime(100);
    const Reply first = m_visitor.redeem(*m_lab, m_visitor.code(*m_lab));
    m_clock.advance(99'000);
    const Reply second = m_visitor.refresh(*m_lab, first.text("refresh_token"));
    QCOMPARE(second.status, 200);
    m_clock.advance(100'000);
    QCOMPARE(m_visitor.refresh(*m_lab, second.text("refresh_token")).text("error"), s("invalid_grant"));
}

void GrantTest::refreshNarrowsScopes()
{
    const QString code = m_visitor.code(*m_lab, {{s("scope"), s("sentiment:read sentiment:batch")}});
    const Reply first = m_visitor.redeem(*m_lab, code);
    const QString token = first.text("refresh_token");
    QCOMPARE(m_visitor.refresh(*m_lab, token, {{s("scope"), s("sentiment:write")}}).text("error"), s("invalid_scope"));
    const Reply narrow = m_visitor.refresh(*m_lab, token, {{s("scope"), s("sentiment:batch")}});
    QCOMPARE(narrow.text("scope"), s("sentiment:batch"));
    const Reply wide = m_visitor.refresh(*m_lab, narrow.text("refresh_token"));
    QCOMPARE(wide.text("scope"), s("sentiment:read sentiment:batch"));
    const Reply elsewhere
        = m_visitor.refresh(*m_lab, wide.text("refresh_token"), {{s("resource"), s("https://other.example")}});
    QCOMPARE(elsewhere.text("error"), s("invalid_target"));
}

void GrantTest::revocation_data()
{
    QTest::addColumn<QString>("which");
    QTest::newRow("refresh token") << s("refresh_token");
    QTest::newRow("access token") << s("access_token");
}

void GrantTest::revocation()
{
    QFETCH(QString, which);
    const Reply tokens = m_visitor.redeem(*m_lab, m_visitor.code(*m_lab));
    const QString token = tokens.json().value(which).toString();
    const Fields known {{s("client_id"), m_lab->clientId()}};
    QCOMPARE(m_visitor.postForm(url("/revoke"), known).text("error"), s("invalid_request"));
    QCOMPARE(m_visitor.postForm(url("/revoke"), {{s("token"), token}}).text("error"), s("invalid_client"));
    QCOMPARE(m_visitor.postForm(url("/revoke"), known + Fields {{s("token"), s("unknown")}}).status, 200);
    QCOMPARE(m_visitor.postForm(url("/revoke"), known + Fields {{s("token"), token}}).status, 200);
    QCOMPARE(m_visitor.refresh(*m_lab, tokens.text("refresh_token")).text("error"), s("invalid_grant"));
    QCOMPARE(m_lab->requestCounts().value(s("revocation")), 4);
}

bool GrantTest::alive(const QString &token)
{
    const Reply reply = m_visitor.postForm(url("/introspect"), {{s("token"), token}}, basic("testlab-client", "pw"));
    return reply.json().value(s("active")).toBool();
}

void GrantTest::introspection()
{
    LabOptions options {.autoApprove = true};
    options.clientSecret = Secret::fromString(s("pw"));
    start(options);
    const Reply tokens = m_visitor.redeem(*m_lab, m_visitor.code(*m_lab), {{s("client_secret"), s("pw")}});
    const QString access = tokens.text("access_token");
    const QString refresh = tokens.text("refresh_token");
    QCOMPARE(m_visitor.postForm(url("/introspect"), {{s("token"), access}}).status, 401);

    const Reply reply = m_visitor.postForm(url("/introspect"), {{s("token"), access}}, basic("testlab-client", "pw"));
    QCOMPARE(reply.text("client_id"), m_lab->clientId());
    QCOMPARE(reply.text("aud"), m_lab->mcpUrl());
    QCOMPARE(reply.text("scope"), s("sentiment:read"));
    QCOMPARE(reply.json().value(s("exp")).toInteger(), m_clock.utcMs() / 1000 + 3600);
    QVERIFY(alive(access));
    QVERIFY(alive(refresh));
    QVERIFY(!alive(s("unknown")));
    m_clock.advance(3'600'000);
    QVERIFY(!alive(access));
    QVERIFY(alive(refresh));
    m_lab->revokeEverything();
    QVERIFY(!alive(refresh));
}

QTEST_GUILESS_MAIN(GrantTest)
#include "GrantTest.moc"
