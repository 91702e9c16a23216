// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/FakeClock.h"
#include "tests/support/FakeRandom.h"
#include "tests/unit/testlab/Visitor.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QTest>

using namespace chatelaine;
using namespace chatelaine::test;
using testlab::LabOptions;
using testlab::TestLab;

/// What the person is shown, and what comes of the answer.
class ConsentTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { m_lab.reset(); }

    void tells();
    void speaks_data();
    void speaks();
    void escapes();
    void approveAndDeny_data();
    void approveAndDeny();
    void forgedFormsAreRefused();

private:
    void start(const LabOptions &options);
    QString url(const char *path) const { return m_lab->issuer() + QLatin1StringView(path); }
    static QString field(const Reply &page, const char *name);

    FakeClock m_clock;
    FakeRandom m_random;
    Visitor m_visitor;
    std::unique_ptr<TestLab> m_lab;
};

namespace {

QString s(const char *text)
{
    return QString::fromUtf8(text);
}

} // namespace

void ConsentTest::start(const LabOptions &options)
{
    m_lab = std::make_unique<TestLab>(m_clock, m_random, nullptr, options);
    const Result<void> started = m_lab->start();
    QVERIFY2(started, started ? "" : qPrintable(started.error().message));
}

QString ConsentTest::field(const Reply &page, const char *name)
{
    const QRegularExpression input(
        QStringLiteral("name=\"%1\" value=\"([^\"]*)\"").arg(QLatin1StringView(name)));
    return input.match(QString::fromUtf8(page.body)).captured(1);
}

void ConsentTest::tells()
{
    start({});
    const Reply page =
        m_visitor.authorize(*m_lab, {{s("scope"), s("sentiment:read offline_access")}});
    QCOMPARE(page.status, 200);
    QVERIFY(page.header("Content-Type").startsWith("text/html"));
    for (const char *told : {"id=\"approve\"", "id=\"deny\"", "127.0.0.1:9</dd>",
             "Pre-registered client", "Judge the sentiment of one news text", "sentiment:read",
             "Stay signed in", "lang=\"en\"", "prefers-color-scheme: dark"})
        QVERIFY2(page.body.contains(told), told);
    QVERIFY(page.body.contains(m_lab->mcpUrl().toLatin1()));
    for (const char *absent : {"sentiment:batch", "<script", "src=", "href="})
        QVERIFY2(!page.body.contains(absent), absent);
    const QByteArray policy = page.header("Content-Security-Policy");
    for (const char *rule :
        {"default-src 'none'", "frame-ancestors 'none'", "form-action 'self' http://127.0.0.1:9;"})
        QVERIFY2(policy.contains(rule), policy.constData());
    QCOMPARE(page.header("Cache-Control"), "no-store");
    QCOMPARE(page.header("X-Frame-Options"), "DENY");
}

void ConsentTest::speaks_data()
{
    QTest::addColumn<QByteArray>("accepted");
    QTest::addColumn<bool>("russian");
    QTest::newRow("russian") << QByteArray("ru-RU,ru;q=0.9,en-US;q=0.8,en;q=0.7") << true;
    QTest::newRow("english") << QByteArray("en-US,en;q=0.9,ru;q=0.8") << false;
    QTest::newRow("neither") << QByteArray("de,fr;q=0.5") << false;
    QTest::newRow("after another") << QByteArray("uk,RU;q=0.8,en;q=0.4") << true;
    QTest::newRow("by weight") << QByteArray("en;q=0.2, ru;q=0.3") << true;
    QTest::newRow("not wanted") << QByteArray("ru;q=0") << false;
    QTest::newRow("nonsense") << QByteArray(";;q=,ru;q=x,,") << false;
}

void ConsentTest::speaks()
{
    QFETCH(QByteArray, accepted);
    QFETCH(bool, russian);
    start({});
    const Reply page = m_visitor.authorize(
        *m_lab, {{s("scope"), s("sentiment:read")}}, {{"Accept-Language", accepted}});
    QCOMPARE(page.body.contains("lang=\"ru\""), russian);
    QCOMPARE(page.body.contains("просит доступ"), russian);
    QCOMPARE(page.body.contains("Оценивать настроение"), russian);
    QCOMPARE(page.body.contains("asks for access"), !russian);
    for (const char *told : {"id=\"approve\"", "id=\"deny\"", "id=\"client-name\"",
             "id=\"redirect-host\"", "sentiment:read"})
        QVERIFY2(page.body.contains(told), told);
}

void ConsentTest::escapes()
{
    start({});
    const QJsonObject client{{s("client_name"), s("<b onclick=\"x\">&Evil</b>")},
        {s("redirect_uris"), QJsonArray{Visitor::redirectUri()}}};
    const QString id = m_visitor.postJson(url("/register"), client).text("client_id");
    const Reply page = m_visitor.authorize(*m_lab, {{s("client_id"), id}});
    QVERIFY(page.body.contains("&lt;b onclick=&quot;x&quot;&gt;&amp;Evil&lt;/b&gt;"));
    QVERIFY(!page.body.contains("<b onclick"));
}

void ConsentTest::approveAndDeny_data()
{
    QTest::addColumn<QString>("decision");
    QTest::addColumn<QString>("error");
    QTest::newRow("approve") << s("approve") << QString();
    QTest::newRow("deny") << s("deny") << s("access_denied");
    QTest::newRow("neither") << s("maybe") << s("access_denied");
}

void ConsentTest::approveAndDeny()
{
    QFETCH(QString, decision);
    QFETCH(QString, error);
    start({.issuerPath = s("/tenant1")});
    const Reply page = m_visitor.authorize(*m_lab);
    const Fields answer{{s("request"), field(page, "request")}, {s("csrf"), field(page, "csrf")},
        {s("decision"), decision}};
    QVERIFY(page.body.contains("action=\"/tenant1/consent\""));
    const Reply reply = m_visitor.postForm(url("/consent"), answer);
    QCOMPARE(reply.status, 303);
    QCOMPARE(reply.location("error"), error);
    QCOMPARE(reply.location("iss"), m_lab->issuer());
    QCOMPARE(reply.location("state"), s("a state&=+/ä"));
    if (error.isEmpty())
        QCOMPARE(m_visitor.redeem(*m_lab, reply.location("code")).status, 200);
    // The page answers once.
    QCOMPARE(m_visitor.postForm(url("/consent"), answer).status, 400);
}

void ConsentTest::forgedFormsAreRefused()
{
    start({});
    const Reply page = m_visitor.authorize(*m_lab);
    const Fields good{{s("request"), field(page, "request")}, {s("csrf"), field(page, "csrf")},
        {s("decision"), s("approve")}};
    Fields wrong = good;
    wrong[1].second = s("guess");
    QCOMPARE(m_visitor.postForm(url("/consent"), wrong).status, 400);
    QCOMPARE(m_visitor.postForm(url("/consent"), good, {{"Origin", "https://evil.example"}}).status,
        400);
    QCOMPARE(m_visitor.get(url("/consent")).status, 405);
    QCOMPARE(
        m_visitor.postForm(url("/consent"), good, {{"Origin", m_lab->issuer().toLatin1()}}).status,
        303);
    const Reply late = m_visitor.authorize(*m_lab);
    m_clock.advance(600'000);
    QCOMPARE(m_visitor
                 .postForm(url("/consent"),
                     {{s("request"), field(late, "request")}, {s("csrf"), field(late, "csrf")},
                         {s("decision"), s("approve")}})
                 .status,
        400);
}

QTEST_GUILESS_MAIN(ConsentTest)
#include "ConsentTest.moc"
