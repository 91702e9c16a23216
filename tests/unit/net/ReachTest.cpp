// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Await.h"
#include "tests/support/FakeClock.h"
#include "tests/support/RawHttpServer.h"
#include "tests/unit/net/Names.h"

#include <QTcpServer>
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

    void theProxyGetsNothingThatIsNotEncrypted()
    {
        RawHttpServer proxy([](QTcpSocket &socket, const RawHttpServer::Request &) {
            socket.write(RawHttpServer::response(200, "from the proxy"));
        });
        NetworkHttpClient client(m_clock, behind(proxy));
        const auto response =
            await(client.send(get(QUrl(QStringLiteral("http://mcp.test/x"))), {}));
        QVERIFY(!response);
        QCOMPARE(response.error().code, ErrorCode::AddressRefused);
        QCOMPARE(proxy.connections(), 0);
    }

    void theProxyIsNotAskedForThisMachine()
    {
        RawHttpServer proxy([](QTcpSocket &socket, const RawHttpServer::Request &) {
            socket.write(RawHttpServer::response(200, "from the proxy"));
        });
        RawHttpServer here([](QTcpSocket &socket, const RawHttpServer::Request &) {
            socket.write(RawHttpServer::response(200, "from here"));
        });
        NetworkHttpClient client(m_clock, behind(proxy));
        for (const char *host : {"127.0.0.1", "localhost"}) {
            QUrl url = here.url();
            url.setHost(QString::fromLatin1(host));
            QCOMPARE(await(client.send(get(url), {})).value().body, "from here");
        }
        QCOMPARE(proxy.connections(), 0);
    }

    void whatWasSentIsNotSentToTheNextAddress()
    {
        RawHttpServer first([](QTcpSocket &socket, const RawHttpServer::Request &) {
            socket.disconnectFromHost();
        });
        QTcpServer second;
        QVERIFY(second.listen(QHostAddress(QStringLiteral("127.0.0.2")), first.port()));
        NetworkHttpClient client(m_clock,
            surroundings({{QStringLiteral("two.test"),
                {QStringLiteral("127.0.0.1"), QStringLiteral("127.0.0.2")}}}));
        QUrl url = first.url();
        url.setHost(QStringLiteral("two.test"));
        HttpRequest request = get(url);
        request.method = "POST";
        request.body = "code=once";
        QVERIFY(!await(client.send(request, {})));
        QCOMPARE(first.requests().size(), 1);
        QVERIFY(!second.hasPendingConnections());
    }

private:
    static NetworkSurroundings behind(const RawHttpServer &proxy)
    {
        NetworkSurroundings result = surroundings({});
        result.proxyFor = [port = proxy.port()](const QUrl &) {
            return QNetworkProxy(QNetworkProxy::HttpProxy, QStringLiteral("127.0.0.1"), port);
        };
        return result;
    }

    FakeClock m_clock;
};

QTEST_GUILESS_MAIN(ReachTest)
#include "ReachTest.moc"
