// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/NetworkHttpClient.h"
#include "tests/support/Await.h"
#include "tests/support/FakeClock.h"
#include "tests/support/RawHttpServer.h"

#include <QFile>
#include <QTest>
#include <QTimer>

using namespace chatelaine;
using namespace chatelaine::net;
using test::await;
using test::RawHttpServer;

// AddressSanitizer keeps what was freed for a while, which would pass for a body kept in memory.
extern "C" const char *__asan_default_options();
extern "C" const char *__asan_default_options()
{
    return "quarantine_size_mb=1";
}

namespace {

HttpRequest get(const QUrl &url)
{
    HttpRequest request;
    request.url = url;
    request.reach = Reach::Loopback;
    return request;
}

NetworkSurroundings withoutProxy()
{
    NetworkSurroundings result;
    result.proxyFor = [](const QUrl &) { return QNetworkProxy(QNetworkProxy::NoProxy); };
    return result;
}

qint64 residentKiB()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("VmHWM:"))
            return line.sliced(6).trimmed().split(' ').first().toLongLong();
    }
    return 0;
}

/// Writes for ever, as fast as the other side reads.
void pourInto(QTcpSocket &socket)
{
    const auto pour = [&socket] {
        while (socket.bytesToWrite() < 256 * 1024)
            socket.write(QByteArray(64 * 1024, 'x'));
    };
    QObject::connect(&socket, &QTcpSocket::bytesWritten, &socket, pour);
    pour();
}

} // namespace

/// A server that means harm: every answer ends in an error, in time, in little memory.
class HostileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void endsTheExchange_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<bool>("close");
        QTest::addColumn<ErrorCode>("code");
        const auto tooLong = QByteArray(300'000, 'x');
        QTest::newRow("over the limit")
            << RawHttpServer::response(200, tooLong) << false << ErrorCode::ProtocolViolation;
        QTest::newRow("half a body")
            << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf") << true
            << ErrorCode::Unreachable;
        QTest::newRow("half a header")
            << QByteArray("HTTP/1.1 200 OK\r\nContent-Le") << true << ErrorCode::Unreachable;
        QTest::newRow("nothing") << QByteArray() << true << ErrorCode::Unreachable;
        QTest::newRow("no HTTP") << QByteArray("SSH-2.0-OpenSSH_9.2\r\n\r\n") << true
                                 << ErrorCode::Unreachable;
        QTest::newRow("gzip") << RawHttpServer::response(
            200, "\x1f\x8b", "text/plain", "Content-Encoding: gzip\r\n")
                              << false << ErrorCode::ProtocolViolation;
        QTest::newRow("redirect to nowhere")
            << RawHttpServer::response(302, "", "text/plain", "Location: https://[bad\r\n") << false
            << ErrorCode::ProtocolViolation;
        QTest::newRow("redirect to a file")
            << RawHttpServer::response(302, "", "text/plain", "Location: file:///etc/passwd\r\n")
            << false << ErrorCode::ProtocolViolation;
    }
    void endsTheExchange()
    {
        QFETCH(QByteArray, answer);
        QFETCH(bool, close);
        QFETCH(ErrorCode, code);
        RawHttpServer server([&](QTcpSocket &socket, const RawHttpServer::Request &) {
            socket.write(answer);
            if (close)
                socket.disconnectFromHost();
        });
        NetworkHttpClient client(m_clock, withoutProxy());
        const auto response = await(client.send(get(server.url()), {}));
        QVERIFY(!response);
        QCOMPARE(errorCodeName(response.error().code), errorCodeName(code));
        QVERIFY(!response.error().message.isEmpty());
    }

    void stopsAfterFiveRedirects()
    {
        RawHttpServer server([](QTcpSocket &socket, const RawHttpServer::Request &request) {
            const int n = request.target.sliced(1).toInt();
            socket.write(RawHttpServer::response(
                302, "", "text/plain", "Location: /" + QByteArray::number(n + 1) + "\r\n"));
        });
        NetworkHttpClient client(m_clock, withoutProxy());
        const auto response = await(client.send(get(server.url(QStringLiteral("/0"))), {}));
        QVERIFY(!response);
        QCOMPARE(response.error().code, ErrorCode::ProtocolViolation);
        QCOMPARE(server.requests().size(), 6);
    }

    void handsARedirectOverToWhoWantsNone()
    {
        RawHttpServer server([](QTcpSocket &socket, const RawHttpServer::Request &) {
            socket.write(RawHttpServer::response(307, "", "text/plain", "Location: /on\r\n"));
        });
        NetworkHttpClient client(m_clock, withoutProxy());
        for (const char *method : {"GET", "POST"}) {
            HttpRequest request = get(server.url());
            request.method = method;
            request.body = request.method == "POST" ? "code=once" : "";
            request.followRedirects = false;
            QCOMPARE(await(client.send(request, {})).value().status, 307);
        }
        QCOMPARE(server.requests().size(), 2);
    }

    void takesABodyUpToTheLimit()
    {
        RawHttpServer server([](QTcpSocket &socket, const RawHttpServer::Request &) {
            socket.write(RawHttpServer::response(200, "12345"));
        });
        NetworkHttpClient client(m_clock, withoutProxy());
        HttpRequest request = get(server.url());
        request.maxBodyBytes = 5;
        QCOMPARE(await(client.send(request, {})).value().body, "12345");
        request.maxBodyBytes = 4;
        QCOMPARE(await(client.send(request, {})).error().code, ErrorCode::ProtocolViolation);
    }

    void handsNoErrorOverAsAStream()
    {
        RawHttpServer server([](QTcpSocket &socket, const RawHttpServer::Request &) {
            socket.write(RawHttpServer::response(401, "data: one\n\n", "text/event-stream"));
        });
        NetworkHttpClient client(m_clock, withoutProxy());
        int pieces = 0;
        const auto response = await(client.stream(
            get(server.url()), [&pieces](QByteArrayView) { return ++pieces > 0; }, {}));
        QVERIFY(response);
        QCOMPARE(response->status, 401);
        QCOMPARE(response->body, "data: one\n\n");
        QCOMPARE(pieces, 0);
    }

    void doesNotSendABodyTwice()
    {
        RawHttpServer server([](QTcpSocket &socket, const RawHttpServer::Request &) {
            socket.disconnectFromHost();
        });
        NetworkHttpClient client(m_clock, withoutProxy());
        HttpRequest request = get(server.url());
        request.method = "POST";
        request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
        request.body = "refresh_token=once";
        const auto response = await(client.send(request, {}));
        QVERIFY(!response);
        QCOMPARE(response.error().code, ErrorCode::Unreachable);
        QCOMPARE(server.requests().size(), 1);
    }

    void refusesHeadersWithLineBreaks()
    {
        RawHttpServer server([](QTcpSocket &, const RawHttpServer::Request &) {});
        NetworkHttpClient client(m_clock, withoutProxy());
        HttpRequest request = get(server.url());
        request.headers = {{"X-A", "1\r\nX-B: 2"}};
        const auto response = await(client.send(request, {}));
        QVERIFY(!response);
        QCOMPARE(response.error().code, ErrorCode::InvalidInput);
        QCOMPARE(server.connections(), 0);
    }

    void takesAnEndlessBodyInLittleMemory()
    {
        RawHttpServer server([](QTcpSocket &socket, const RawHttpServer::Request &) {
            socket.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
            pourInto(socket);
        });
        NetworkHttpClient client(m_clock, withoutProxy());
        const qint64 before = residentKiB();
        HttpRequest request = get(server.url());
        request.maxBodyBytes = 64 * 1024 * 1024;
        const auto response =
            await(client.stream(request, [](QByteArrayView) { return true; }, {}));
        QVERIFY(!response);
        QCOMPARE(response.error().code, ErrorCode::ProtocolViolation);
        QVERIFY2(residentKiB() - before < 16 * 1024, "the body was kept in memory");
    }

    void waitsForTheFirstByteOnlySoLong()
    {
        RawHttpServer server(
            [this](QTcpSocket &, const RawHttpServer::Request &) { m_clock.advance(10'001); });
        NetworkHttpClient client(m_clock, withoutProxy());
        const auto response = await(client.send(get(server.url()), {}));
        QVERIFY(!response);
        QCOMPARE(response.error().code, ErrorCode::TimedOut);
    }

    void endsASlowDripInTime()
    {
        // One byte every five seconds, from when the first has come: only the alarm for the whole
        // is set then.
        RawHttpServer server([this](QTcpSocket &socket, const RawHttpServer::Request &) {
            socket.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nx");
            auto *drip = new QTimer(&socket);
            QObject::connect(drip, &QTimer::timeout, &socket, [this, &socket] {
                if (m_clock.alarmsSet() != 1)
                    return;
                m_clock.advance(5'000);
                socket.write("x");
            });
            drip->start(0);
        });
        NetworkHttpClient client(m_clock, withoutProxy());
        const qint64 began = m_clock.bootMs();
        const auto response = await(client.send(get(server.url()), {}));
        QVERIFY(!response);
        QCOMPARE(response.error().code, ErrorCode::TimedOut);
        QCOMPARE(m_clock.bootMs() - began, 30'000);
        QCOMPARE(m_clock.alarmsSet(), 0);
    }

    void endsWhenStopped()
    {
        std::stop_source stop;
        RawHttpServer server(
            [&stop](QTcpSocket &, const RawHttpServer::Request &) { stop.request_stop(); });
        NetworkHttpClient client(m_clock, withoutProxy());
        const auto response = await(client.send(get(server.url()), stop.get_token()));
        QVERIFY(!response);
        QCOMPARE(response.error().code, ErrorCode::Cancelled);
        const auto again = await(client.send(get(server.url()), stop.get_token()));
        QVERIFY(!again);
        QCOMPARE(again.error().code, ErrorCode::Cancelled);
    }

    void endsWhenStoppedFromWithinAPiece()
    {
        RawHttpServer server([](QTcpSocket &socket, const RawHttpServer::Request &) {
            socket.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
            pourInto(socket);
        });
        NetworkHttpClient client(m_clock, withoutProxy());
        std::stop_source stop;
        const auto response = await(client.stream(
            get(server.url()), [&stop](QByteArrayView) { return !stop.request_stop(); },
            stop.get_token()));
        QVERIFY(!response);
        QCOMPARE(response.error().code, ErrorCode::Cancelled);
    }

    void endsWhenTheClientGoes()
    {
        auto client = std::make_unique<NetworkHttpClient>(m_clock, withoutProxy());
        RawHttpServer server(
            [&client](QTcpSocket &, const RawHttpServer::Request &) { client.reset(); });
        const auto response = await(client->send(get(server.url()), {}));
        QVERIFY(!response);
        QCOMPARE(response.error().code, ErrorCode::Cancelled);
    }

    void survivesBeingDestroyedByItsCaller()
    {
        RawHttpServer server([](QTcpSocket &socket, const RawHttpServer::Request &) {
            socket.write(RawHttpServer::response(200, "x"));
        });
        const auto owner = [](std::unique_ptr<NetworkHttpClient> client, QUrl url) -> Task<int> {
            const auto response = co_await client->send(get(url), {});
            client.reset();
            co_return response ? response->status : 0;
        };
        QCOMPARE(await(owner(
                     std::make_unique<NetworkHttpClient>(m_clock, withoutProxy()), server.url())),
            200);
    }

    void saysThatNothingListens()
    {
        QUrl url;
        {
            RawHttpServer server([](QTcpSocket &, const RawHttpServer::Request &) {});
            url = server.url();
        }
        NetworkHttpClient client(m_clock, withoutProxy());
        const auto response = await(client.send(get(url), {}));
        QVERIFY(!response);
        QCOMPARE(response.error().code, ErrorCode::Unreachable);
        QVERIFY(response.error().message.contains(QLatin1StringView("Nothing answers")));
    }

private:
    test::FakeClock m_clock;
};

QTEST_GUILESS_MAIN(HostileTest)
#include "HostileTest.moc"
