// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/NetworkHttpClient.h"
#include "tests/support/Await.h"
#include "tests/support/FakeClock.h"
#include "tests/support/RawHttpServer.h"
#include "tests/unit/net/Names.h"

#include <QTest>

#include <memory>

using namespace chatelaine;
using namespace chatelaine::net;
using test::await;
using test::get;
using test::RawHttpServer;
using test::surroundings;

namespace {

void hello(QTcpSocket &socket, const RawHttpServer::Request &)
{
    socket.write(RawHttpServer::response(200, "hello", "text/plain"));
}

} // namespace

class HttpTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersWithStatusHeadersAndBody()
    {
        RawHttpServer server([](QTcpSocket &socket, const RawHttpServer::Request &) {
            socket.write(
                RawHttpServer::response(418, "{\"a\":1}", "Application/JSON; charset=utf-8",
                    "Date: Tue, 28 Jul 2026 00:00:10 GMT\r\nX-One: 1\r\nx-one: 2\r\n"));
        });
        NetworkHttpClient client(m_clock, surroundings({}));
        const auto response = await(client.send(get(server.url(QStringLiteral("/p?q=1"))), {}));
        QVERIFY2(response, response ? "" : qPrintable(response.error().message));
        QCOMPARE(response->status, 418);
        QCOMPARE(response->body, "{\"a\":1}");
        QCOMPARE(response->mediaType(), "application/json");
        QCOMPARE(response->url, server.url(QStringLiteral("/p?q=1")));
        QCOMPARE(response->serverDate.value_or(0), m_clock.utcMs() + 10'000);
        QCOMPARE(server.requests().first().target, "/p?q=1");
        QCOMPARE(server.requests().first().header("Accept-Encoding"), "identity");
        QCOMPARE(server.requests().first().header("User-Agent"), "Chatelaine/" CHATELAINE_VERSION);
        QVERIFY(server.requests().first().header("Cookie").isEmpty());
    }

    void sendsBodyAndAuthorization()
    {
        RawHttpServer server(hello);
        NetworkHttpClient client(m_clock, surroundings({}));
        HttpRequest request = get(server.url());
        request.method = "POST";
        request.headers = {{"Content-Type", "application/json"}};
        request.body = QByteArray(300'000, 'x');
        request.authorization = Secret::copyOf("Bearer abc");
        const auto response = await(client.send(request, {}));
        QVERIFY(response);
        QCOMPARE(response->body, "hello");
        QCOMPARE(server.requests().first().method, "POST");
        QCOMPARE(server.requests().first().body, request.body);
        QCOMPARE(server.requests().first().header("Authorization"), "Bearer abc");
    }

    void keepsTheBodyOfAChallenge_data()
    {
        QTest::addColumn<QByteArray>("challenge");
        QTest::newRow("bearer") << QByteArray("Bearer realm=\"x\", scope=\"a b\"");
        QTest::newRow("basic") << QByteArray("Basic realm=\"x\"");
        QTest::newRow("negotiate") << QByteArray("Negotiate");
        QTest::newRow("none") << QByteArray();
    }
    void keepsTheBodyOfAChallenge()
    {
        QFETCH(QByteArray, challenge);
        RawHttpServer server([challenge](QTcpSocket &socket, const RawHttpServer::Request &) {
            const QByteArray header =
                challenge.isEmpty() ? QByteArray() : "WWW-Authenticate: " + challenge + "\r\n";
            socket.write(
                RawHttpServer::response(401, "{\"error\":\"x\"}", "application/json", header));
        });
        NetworkHttpClient client(m_clock, surroundings({}));
        for (int i = 0; i < 2; ++i) {
            HttpRequest request = get(server.url());
            request.method = i == 0 ? "GET" : "POST";
            request.headers = {{"Content-Type", "text/plain"}};
            if (i == 1)
                request.body = "x";
            const auto response = await(client.send(request, {}));
            QVERIFY2(response, response ? "" : qPrintable(response.error().detail));
            QCOMPARE(response->status, 401);
            QCOMPARE(response->body, "{\"error\":\"x\"}");
            QCOMPARE(response->header("WWW-Authenticate"), challenge);
        }
        QCOMPARE(server.requests().size(), 2);
    }

    void reusesTheConnection()
    {
        RawHttpServer server(hello);
        NetworkHttpClient client(m_clock, surroundings({}));
        for (int i = 0; i < 5; ++i)
            QVERIFY(await(client.send(get(server.url()), {})));
        QCOMPARE(server.connections(), 1);
        // A body does not go to a connection that idled for long.
        m_clock.advance(3'000);
        HttpRequest request = get(server.url());
        request.method = "POST";
        request.headers = {{"Content-Type", "text/plain"}};
        request.body = "x";
        QVERIFY(await(client.send(request, {})));
        QCOMPARE(server.connections(), 2);
    }

    void goesToTheCheckedAddressUnderTheOldName()
    {
        RawHttpServer server(hello);
        const auto asked = std::make_shared<QStringList>();
        NetworkHttpClient client(m_clock,
            surroundings({{QStringLiteral("mcp.test"), {QStringLiteral("127.0.0.1")}}}, asked));
        const QUrl url = server.url(QStringLiteral("/"), QStringLiteral("mcp.test"));
        const auto response = await(client.send(get(url), {}));
        QVERIFY(response);
        QCOMPARE(response->url, url);
        QCOMPARE(*asked, QStringList{QStringLiteral("mcp.test")});
        QCOMPARE(server.requests().first().header("Host"),
            "mcp.test:" + QByteArray::number(server.port()));
    }

    void triesTheNextAddressWhenOneRefuses()
    {
        RawHttpServer server(hello);
        NetworkHttpClient client(m_clock,
            surroundings({{QStringLiteral("mcp.test"),
                {QStringLiteral("127.0.0.3"), QStringLiteral("127.0.0.1")}}}));
        HttpRequest request = get(server.url(QStringLiteral("/"), QStringLiteral("mcp.test")));
        request.method = "POST";
        request.headers = {{"Content-Type", "text/plain"}};
        request.body = "x";
        QVERIFY(await(client.send(request, {})));
        QCOMPARE(server.requests().size(), 1);
    }

    void reachesLocalhostWithoutAskingAResolver()
    {
        RawHttpServer server(hello);
        const auto asked = std::make_shared<QStringList>();
        NetworkHttpClient client(m_clock, surroundings({}, asked));
        QVERIFY(await(
            client.send(get(server.url(QStringLiteral("/"), QStringLiteral("localhost"))), {})));
        QVERIFY(asked->isEmpty());
    }

    void refusesWhereItMayNotGo_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<int>("reach");
        const auto row = [](const char *url, Reach reach) {
            QTest::addRow("%s %d", url, static_cast<int>(reach))
                << QString::fromLatin1(url) << static_cast<int>(reach);
        };
        row("http://public.test/", Reach::Public);
        row("http://public.test/", Reach::Loopback);
        row("http://inside.test/", Reach::Private);
        row("https://inside.test/", Reach::Public);
        row("https://loop.test/", Reach::Public);
        row("https://loop.test/", Reach::Private);
        row("https://inside.test/", Reach::Loopback);
        row("https://mixed.test/", Reach::Public);
        row("https://mapped.test/", Reach::Public);
        row("https://metadata.test/", Reach::Private);
        row("https://127.0.0.1/", Reach::Public);
        row("https://[::1]/", Reach::Public);
        row("https://0x7f.1/", Reach::Public);
        row("https://2130706433/", Reach::Public);
        row("https://localhost/", Reach::Public);
        row("https://a.localhost./", Reach::Private);
        row("https://127.0.0.1:25/", Reach::Loopback);
        row("file:///etc/passwd", Reach::Loopback);
        row("ftp://127.0.0.1/", Reach::Loopback);
        row("https://me:pw@public.test/", Reach::Public);
    }
    void refusesWhereItMayNotGo()
    {
        QFETCH(QString, url);
        QFETCH(int, reach);
        NetworkHttpClient client(m_clock,
            surroundings({{QStringLiteral("public.test"), {QStringLiteral("192.0.9.1")}},
                {QStringLiteral("inside.test"), {QStringLiteral("10.1.2.3")}},
                {QStringLiteral("loop.test"), {QStringLiteral("127.0.0.1")}},
                {QStringLiteral("mixed.test"),
                    {QStringLiteral("192.0.9.1"), QStringLiteral("10.0.0.1")}},
                {QStringLiteral("mapped.test"), {QStringLiteral("::ffff:10.0.0.1")}},
                {QStringLiteral("metadata.test"), {QStringLiteral("169.254.169.254")}}}));
        const auto response = await(client.send(get(QUrl(url), static_cast<Reach>(reach)), {}));
        QVERIFY(!response);
        const ErrorCode expected = url.startsWith(QLatin1StringView("file"))
            ? ErrorCode::InvalidInput
            : ErrorCode::AddressRefused;
        QCOMPARE(errorCodeName(response.error().code), errorCodeName(expected));
    }

    void checksTheAddressAgainAtARedirect()
    {
        RawHttpServer server([](QTcpSocket &socket, const RawHttpServer::Request &) {
            socket.write(RawHttpServer::response(
                302, "", "text/plain", "Location: https://inside.test/secret\r\n"));
        });
        NetworkHttpClient client(
            m_clock, surroundings({{QStringLiteral("inside.test"), {QStringLiteral("10.1.2.3")}}}));
        const auto response = await(client.send(get(server.url()), {}));
        QVERIFY(!response);
        QCOMPARE(response.error().code, ErrorCode::AddressRefused);
    }

    void followsRedirectsByTheRules_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<int>("redirect");
        QTest::addColumn<bool>("crossOrigin");
        QTest::addColumn<int>("status");
        QTest::newRow("get 301") << QByteArray("GET") << 301 << false << 200;
        QTest::newRow("get 303 away") << QByteArray("GET") << 303 << true << 200;
        QTest::newRow("head 307") << QByteArray("HEAD") << 307 << false << 200;
        QTest::newRow("post 302") << QByteArray("POST") << 302 << false << 302;
        QTest::newRow("post 307") << QByteArray("POST") << 307 << false << 200;
        QTest::newRow("post 308") << QByteArray("POST") << 308 << false << 200;
        QTest::newRow("post 307 away") << QByteArray("POST") << 307 << true << 307;
    }
    void followsRedirectsByTheRules()
    {
        QFETCH(QByteArray, method);
        QFETCH(int, redirect);
        QFETCH(bool, crossOrigin);
        QFETCH(int, status);
        const auto end = [](QTcpSocket &socket, const RawHttpServer::Request &request) {
            socket.write(RawHttpServer::response(200, request.method == "HEAD" ? "" : "end"));
        };
        RawHttpServer other(end);
        RawHttpServer server([&](QTcpSocket &socket, const RawHttpServer::Request &request) {
            if (request.target == "/end") {
                end(socket, request);
                return;
            }
            const QByteArray location =
                crossOrigin ? other.url(QStringLiteral("/end")).toEncoded() : QByteArray("end");
            socket.write(RawHttpServer::response(
                redirect, "", "text/plain", "Location: " + location + "\r\n"));
        });
        NetworkHttpClient client(m_clock, surroundings({}));
        HttpRequest request = get(server.url());
        request.method = method;
        request.authorization = Secret::copyOf("Bearer abc");
        request.headers = {{"Content-Type", "text/plain"}, {"X-Own", "1"}, {"Accept", "a/b"}};
        if (method == "POST")
            request.body = "body";
        const auto response = await(client.send(request, {}));
        QVERIFY2(response, response ? "" : qPrintable(response.error().detail));
        QCOMPARE(response->status, status);
        if (crossOrigin && status == 200) {
            QCOMPARE(other.requests().size(), 1);
            QVERIFY(other.requests().first().header("Authorization").isEmpty());
            QVERIFY(other.requests().first().header("X-Own").isEmpty());
            QCOMPARE(other.requests().first().header("Accept"), "a/b");
        } else if (status == 200) {
            QCOMPARE(server.requests().last().header("Authorization"), "Bearer abc");
            QCOMPARE(server.requests().last().body, request.body);
        } else {
            QCOMPARE(other.requests().size(), 0);
        }
    }

    void tellsTheObserverWithoutQueryAndSecrets()
    {
        RawHttpServer server(hello);
        NetworkHttpClient client(m_clock, surroundings({}));
        QList<ExchangeRecord> records;
        client.setObserver([&records](const ExchangeRecord &record) { records.append(record); });
        QVERIFY(await(client.send(get(server.url(QStringLiteral("/p?code=secret#f"))), {})));
        QCOMPARE(records.size(), 1);
        QCOMPARE(records.first().url, server.url(QStringLiteral("/p")).toString());
        QCOMPARE(records.first().status, 200);
        QCOMPARE(records.first().method, "GET");
    }

    void handsAnEventStreamOverInPieces()
    {
        RawHttpServer server([](QTcpSocket &socket, const RawHttpServer::Request &) {
            socket.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
                         "data: one\n\n");
        });
        NetworkHttpClient client(m_clock, surroundings({}));
        QByteArray seen;
        const auto response = await(client.stream(get(server.url()),
            [&seen](QByteArrayView piece) {
                seen.append(piece);
                return !seen.endsWith("\n\n");
            },
            {}));
        QVERIFY(response);
        QCOMPARE(seen, "data: one\n\n");
        QVERIFY(response->body.isEmpty());
    }

    void asksTheProxyAndPinsNothingBehindIt()
    {
        RawHttpServer proxy([](QTcpSocket &socket, const RawHttpServer::Request &) {
            socket.write("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
        });
        const auto asked = std::make_shared<QStringList>();
        NetworkSurroundings behindProxy = surroundings({}, asked);
        behindProxy.proxyFor = [&proxy](const QUrl &) {
            return QNetworkProxy(
                QNetworkProxy::HttpProxy, QStringLiteral("127.0.0.1"), proxy.port());
        };
        NetworkHttpClient client(m_clock, behindProxy);
        const auto response =
            await(client.send(get(QUrl(QStringLiteral("https://mcp.test/x")), Reach::Public), {}));
        QVERIFY(!response);
        QCOMPARE(response.error().code, ErrorCode::Unreachable);
        QVERIFY(asked->isEmpty());
        QCOMPARE(proxy.requests().first().method, "CONNECT");
        QCOMPARE(proxy.requests().first().target, "mcp.test:443");
        const auto refused =
            await(client.send(get(QUrl(QStringLiteral("https://10.0.0.1/x")), Reach::Public), {}));
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::AddressRefused);
    }

    void thePersonsProxyTakesTheSystemsPlaceAtOnce()
    {
        RawHttpServer proxy([](QTcpSocket &socket, const RawHttpServer::Request &) {
            socket.write("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
        });
        NetworkHttpClient client(m_clock, surroundings({}, std::make_shared<QStringList>()));
        const HttpRequest request = get(QUrl(QStringLiteral("https://mcp.test/x")), Reach::Public);
        WayOut way;
        way.proxy = QNetworkProxy(
            QNetworkProxy::HttpProxy, QStringLiteral("127.0.0.1"), proxy.port());
        client.setWayOut(way);
        QVERIFY(!await(client.send(request, {})));
        QCOMPARE(proxy.requests().size(), 1);
        QCOMPARE(proxy.requests().first().target, "mcp.test:443");
        QCOMPARE(await(client.reachOf(request.url, {})).value(), Reach::Public);
        // Nor is a connection by way of the one kept for the other.
        RawHttpServer other([](QTcpSocket &socket, const RawHttpServer::Request &) {
            socket.write("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
        });
        way.proxy->setPort(other.port());
        client.setWayOut(way);
        QVERIFY(!await(client.send(request, {})));
        QCOMPARE(other.requests().size(), 1);
        way.proxy = QNetworkProxy(QNetworkProxy::NoProxy);
        client.setWayOut(way);
        QVERIFY(!await(client.send(request, {})));
        QCOMPARE(proxy.requests().size(), 1);
    }

    void theSystemsProxyIsNotAskedAgainstThePersonsWill()
    {
        RawHttpServer proxy([](QTcpSocket &, const RawHttpServer::Request &) {});
        NetworkSurroundings behindProxy = surroundings({}, std::make_shared<QStringList>());
        behindProxy.proxyFor = [&proxy](const QUrl &) {
            return QNetworkProxy(
                QNetworkProxy::HttpProxy, QStringLiteral("127.0.0.1"), proxy.port());
        };
        NetworkHttpClient client(m_clock, behindProxy);
        WayOut way;
        way.proxy = QNetworkProxy(QNetworkProxy::NoProxy);
        client.setWayOut(way);
        QVERIFY(!await(
            client.send(get(QUrl(QStringLiteral("https://mcp.test/x")), Reach::Public), {})));
        QCOMPARE(proxy.requests().size(), 0);
    }

private:
    test::FakeClock m_clock;
};

QTEST_GUILESS_MAIN(HttpTest)
#include "HttpTest.moc"
