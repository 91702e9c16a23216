// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Await.h"
#include "tests/support/FakeClock.h"
#include "tests/unit/net/Names.h"

#include <QTest>

using namespace chatelaine;
using namespace chatelaine::net;
using namespace chatelaine::test;

class ReachTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysHowFarAUrlReaches_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<int>("reach");
        const auto row = [](const char *url, Reach reach) {
            QTest::newRow(url) << QString::fromLatin1(url) << static_cast<int>(reach);
        };
        row("http://127.0.0.1:8080/mcp", Reach::Loopback);
        row("http://127.0.0.1./mcp", Reach::Loopback);
        row("http://localhost/mcp", Reach::Loopback);
        row("http://localhost./mcp", Reach::Loopback);
        row("http://x.localhost/mcp", Reach::Loopback);
        row("http://[::1]/mcp", Reach::Loopback);
        row("https://192.168.1.1/", Reach::Private);
        row("https://[fd12::1]/", Reach::Private);
        row("https://8.8.8.8/", Reach::Public);
        row("https://public.test/", Reach::Public);
        row("https://inside.test/", Reach::Private);
        row("https://mixed.test/", Reach::Public);
        row("https://loop.test/", Reach::Loopback);
    }
    void saysHowFarAUrlReaches()
    {
        QFETCH(QString, url);
        QFETCH(int, reach);
        NetworkHttpClient client(m_clock,
            surroundings({{QStringLiteral("public.test"), {QStringLiteral("192.0.9.1")}},
                {QStringLiteral("inside.test"),
                    {QStringLiteral("10.1.2.3"), QStringLiteral("fd00::1")}},
                {QStringLiteral("loop.test"), {QStringLiteral("127.0.1.1")}},
                {QStringLiteral("mixed.test"),
                    {QStringLiteral("192.0.9.1"), QStringLiteral("10.0.0.1")}}}));
        const auto found = await(client.reachOf(QUrl(url), {}));
        QVERIFY(found);
        QCOMPARE(static_cast<int>(*found), reach);
    }

private:
    FakeClock m_clock;
};

QTEST_GUILESS_MAIN(ReachTest)
#include "ReachTest.moc"
