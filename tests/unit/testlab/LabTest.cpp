// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/FakeClock.h"
#include "tests/support/FakeRandom.h"
#include "tests/unit/testlab/Visitor.h"

#include <QJsonArray>
#include <QTest>

using namespace chatelaine;
using namespace chatelaine::test;
using testlab::LabOptions;
using testlab::TestLab;

namespace {

QString s(const char *text)
{
    return QString::fromUtf8(text);
}

} // namespace

/// The lab as a whole: its options, its admin endpoint, its listeners.
class LabTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_lab.reset(); }

    void unknownNamesAreRefused();
    void adminEndpoint();
    void stopsAndStartsAgain();
    void optionsAreChecked_data();
    void optionsAreChecked();

private:
    FakeClock m_clock;
    FakeRandom m_random;
    Visitor m_visitor;
    std::unique_ptr<TestLab> m_lab;
};

void LabTest::init()
{
    m_lab = std::make_unique<TestLab>(m_clock, m_random, nullptr, LabOptions {.autoApprove = true});
    QVERIFY(m_lab->start());
}

void LabTest::unknownNamesAreRefused()
{
    const Result<void> done = m_lab->setFault(s("no-such-fault"));
    QVERIFY(!done);
    QCOMPARE(done.error().code, ErrorCode::InvalidInput);
    QVERIFY(done.error().message.contains(s("no-such-fault")));
}

void LabTest::adminEndpoint()
{
    const QString fault = m_lab->issuer() + s("/lab/fault");
    const QString state = m_lab->issuer() + s("/lab/state");
    const Headers admin {{"Authorization", "Bearer " + m_lab->adminToken().toLatin1()}};
    const QJsonObject on {{s("name"), s("token-500")}, {s("on"), true}};
    QCOMPARE(m_visitor.postJson(fault, on).status, 401);
    QCOMPARE(m_visitor.postJson(fault, on, {{"Authorization", "Bearer guess"}}).status, 401);
    QVERIFY(m_lab->faults().isEmpty());
    QCOMPARE(m_visitor.postJson(fault, on, admin).status, 200);
    QCOMPARE(m_lab->faults(), QStringList {s("token-500")});
    QCOMPARE(m_visitor.postJson(fault, {{s("name"), s("token-500")}, {s("on"), false}}, admin).status, 200);
    QVERIFY(m_lab->faults().isEmpty());
    QCOMPARE(m_visitor.postJson(fault, {{s("name"), s("nonsense")}}, admin).status, 400);
    QCOMPARE(m_visitor.send("POST", fault, admin, "{").status, 400);

    m_visitor.signIn(*m_lab);
    m_visitor.send("POST", m_lab->mcpUrl());
    QCOMPARE(m_visitor.get(state).status, 401);
    const QJsonObject seen = m_visitor.get(state, admin).json();
    const QJsonObject counts {{s("authorization"), 1}, {s("token_code"), 1}, {s("probe"), 1}};
    QCOMPARE(seen.value(s("counts")), counts);
    QCOMPARE(seen.value(s("decisions")).toArray().size(), 1);
    QCOMPARE(m_visitor.send("POST", m_lab->issuer() + s("/lab/reset"), admin).status, 204);
    QVERIFY(m_lab->requestCounts().isEmpty());
    QCOMPARE(m_visitor.get(m_lab->issuer() + s("/lab/nothing"), admin).status, 404);
}

void LabTest::stopsAndStartsAgain()
{
    const QString issuer = m_lab->issuer();
    const QString mcp = m_lab->mcpUrl();
    const Reply tokens = m_visitor.redeem(*m_lab, m_visitor.code(*m_lab));
    m_lab->stop();
    QCOMPARE(m_visitor.get(issuer + s("/jwks")).status, 0);
    QCOMPARE(m_visitor.get(mcp).status, 0);
    QVERIFY(m_lab->start());
    QCOMPARE(m_lab->issuer(), issuer);
    QCOMPARE(m_lab->mcpUrl(), mcp);
    QCOMPARE(m_visitor.call(*m_lab, tokens.text("access_token").toLatin1(), s("tools/list")).status, 200);
    QCOMPARE(m_visitor.refresh(*m_lab, tokens.text("refresh_token")).status, 200);

    TestLab second(m_clock, m_random, nullptr, {.port = static_cast<quint16>(QUrl(issuer).port())});
    const Result<void> taken = second.start();
    QVERIFY(!taken);
    QCOMPARE(taken.error().code, ErrorCode::Unreachable);
}

void LabTest::optionsAreChecked_data()
{
    QTest::addColumn<LabOptions>("options");
    QTest::newRow("issuer path without slash") << LabOptions {.issuerPath = s("tenant1")};
    QTest::newRow("issuer path ends with a slash") << LabOptions {.issuerPath = s("/tenant1/")};
    QTest::newRow("no client id") << LabOptions {.clientId = QString()};
    QTest::newRow("redirect URI") << LabOptions {.redirectUris = {s("/callback")}};
    QTest::newRow("lifetime") << LabOptions {.accessTokenLifetimeS = 0};
    QTest::newRow("method") << LabOptions {.authMethods = {s("private_key_jwt")}};
    QTest::newRow("no method") << LabOptions {.authMethods = {}};
    QTest::newRow("fault") << LabOptions {.faults = {s("nonsense")}};
}

void LabTest::optionsAreChecked()
{
    QFETCH(LabOptions, options);
    TestLab lab(m_clock, m_random, nullptr, options);
    const Result<void> started = lab.start();
    QVERIFY(!started);
    QCOMPARE(started.error().code, ErrorCode::InvalidInput);
}

QTEST_GUILESS_MAIN(LabTest)
#include "LabTest.moc"
