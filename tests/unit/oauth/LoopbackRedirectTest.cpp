// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oauth/LoopbackRedirect.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace chatelaine;
using namespace chatelaine::oauth;
using Verdict = LoopbackRedirect::Verdict;

namespace {

const LoopbackRedirect::PageTexts texts{QStringLiteral("Signing in"),
    {QStringLiteral("Done <b>&"), QStringLiteral("See <it>"), QStringLiteral("Go & close")},
    {QStringLiteral("It failed")}, {QStringLiteral("Not for us")},
    {QStringLiteral("Already done")}};

QByteArray get(const QByteArray &target, quint16 port)
{
    return "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(port)
        + "\r\nAccept: */*\r\n\r\n";
}

// What the other side answers until it closes.
QByteArray talk(
    quint16 port, const QByteArray &bytes, const QHostAddress &address = QHostAddress::LocalHost)
{
    QTcpSocket socket;
    QSignalSpy closed(&socket, &QTcpSocket::disconnected);
    socket.connectToHost(address, port);
    socket.write(bytes);
    closed.wait(10000);
    return socket.readAll();
}

int statusOf(const QByteArray &answer)
{
    return answer.mid(9, 3).toInt();
}

} // namespace

class LoopbackRedirectTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void headsAreRead_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("state");
        const int incomplete = static_cast<int>(CallbackHead::State::Incomplete);
        const int complete = static_cast<int>(CallbackHead::State::Complete);
        const int malformed = static_cast<int>(CallbackHead::State::Malformed);
        const auto row = [](const char *name, const QByteArray &bytes, int state) {
            QTest::newRow(name) << bytes << state;
        };
        row("empty", "", incomplete);
        row("half", "GET /callback HTTP/1.1\r\nHost: a\r\n", incomplete);
        row("whole", "GET /callback HTTP/1.1\r\nHost: a\r\n\r\n", complete);
        row("1.0", "GET / HTTP/1.0\r\nHost: a\r\n\r\n", complete);
        row("body after it", "POST / HTTP/1.1\r\nhOST:a\r\n\r\nxyz", complete);
        row("no host", "GET / HTTP/1.1\r\nAccept: a\r\n\r\n", malformed);
        row("no fields", "GET / HTTP/1.1\r\n\r\n", malformed);
        row("empty host", "GET / HTTP/1.1\r\nHost: \r\n\r\n", malformed);
        row("two hosts", "GET / HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n", malformed);
        row("host with blank", "GET / HTTP/1.1\r\nHost: a b\r\n\r\n", malformed);
        row("absolute form", "GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n", malformed);
        row("CONNECT", "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n", malformed);
        row("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", malformed);
        row("0.9", "GET /\r\n\r\n", malformed);
        row("two blanks", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", malformed);
        row("fragment", "GET /#a HTTP/1.1\r\nHost: a\r\n\r\n", malformed);
        row("not ASCII", "GET /\xC3\xA4 HTTP/1.1\r\nHost: a\r\n\r\n", malformed);
        row("folded", "GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n", malformed);
        row("blank before colon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n", malformed);
        row("no colon", "GET / HTTP/1.1\r\nHost: a\r\nx\r\n\r\n", malformed);
        row("bare line feed", "GET / HTTP/1.1\nHost: a\r\n\r\n", malformed);
        row("bare line feed in a field", "GET / HTTP/1.1\r\nHost: a\r\nX: b\nY: c\r\n\r\n",
            malformed);
        row("blank in a name", "GET / HTTP/1.1\r\nHost: a\r\nX Y: b\r\n\r\n", malformed);
        row("bare return", "GET / HTTP/1.1\r\nHost: a\rX: b\r\n\r\n", malformed);
        row("zero", QByteArray("GET / HTTP/1.1\r\nHost: a\r\nX: \0\r\n\r\n", 33), malformed);
        row("TLS", QByteArray("\x16\x03\x01\x02\x00\x01\r\n\r\n", 10), malformed);
        row("empty line first", "\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", malformed);
    }
    void headsAreRead()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const int, state);
        QCOMPARE(static_cast<int>(parseCallbackHead(bytes).state), state);
    }

    void theParametersAreLeftAsTheyAre()
    {
        const auto head = parseCallbackHead(
            "GET /call%62ack?code=a%2Fb+c&x=?y HTTP/1.1\r\nX: y\r\nHost:\t127.0.0.1:1 \r\n\r\n");
        QCOMPARE(head.method, QByteArray("GET"));
        QCOMPARE(head.path, QByteArray("/call%62ack"));
        QCOMPARE(head.query, QByteArray("code=a%2Fb+c&x=?y"));
        QCOMPARE(head.host, QByteArray("127.0.0.1:1"));
    }

    void theCallbackArrives_data()
    {
        QTest::addColumn<QString>("host");
        QTest::newRow("address") << QStringLiteral("127.0.0.1");
        QTest::newRow("name") << QStringLiteral("localhost");
    }
    void theCallbackArrives()
    {
        QFETCH(const QString, host);
        LoopbackRedirect redirect;
        QVERIFY(redirect.listen(host, 0));
        QVERIFY(redirect.port() != 0);
        QCOMPARE(redirect.redirectUri(),
            QStringLiteral("http://%1:%2/callback").arg(host).arg(redirect.port()));
        QList<QByteArray> queries;
        redirect.expect(
            [&queries](const QByteArray &query) {
                queries.append(query);
                return Verdict::Succeeded;
            },
            texts);
        const QByteArray page =
            talk(redirect.port(), get("/callback?code=a%2Fb&state=c", redirect.port()));
        QCOMPARE(statusOf(page), 200);
        QCOMPARE(queries, QList<QByteArray>{"code=a%2Fb&state=c"});
        QVERIFY(page.contains("<title>Done &lt;b&gt;&amp; - Signing in</title>"));
        QVERIFY(page.contains("<h1>Done &lt;b&gt;&amp;</h1><p>See &lt;it&gt;</p>"));
        QVERIFY(page.contains("<p class=\"soft\">Go &amp; close</p>"));
        QVERIFY(page.contains("\r\nCache-Control: no-store\r\n"));
        QVERIFY(page.contains("\r\nReferrer-Policy: no-referrer\r\n"));
        QVERIFY(page.contains("default-src 'none'; style-src 'unsafe-inline'"));
        QVERIFY(page.contains("\r\nX-Frame-Options: DENY\r\n"));
        QVERIFY(page.contains("\r\nX-Content-Type-Options: nosniff\r\n"));
        QVERIFY(!page.contains("<script"));
        QVERIFY(!page.contains("code=a"));
    }

    void theLanguageIsNoMarkupEither()
    {
        LoopbackRedirect::PageTexts foreign = texts;
        foreign.language = QStringLiteral("ru\"><script>");
        const QByteArray page = callbackPage(200, foreign, foreign.success);
        QVERIFY(page.contains("<html lang=\"ru&quot;&gt;&lt;script&gt;\">"));
    }

    void localhostListensOnBothAddresses()
    {
        QTcpServer probe;
        LoopbackRedirect redirect;
        QVERIFY(redirect.listen(QStringLiteral("localhost"), 0));
        redirect.expect([](const QByteArray &) { return Verdict::Succeeded; }, texts);
        const QByteArray port = QByteArray::number(redirect.port());
        const QByteArray request =
            "GET /callback?x HTTP/1.1\r\nHost: localhost:" + port + "\r\n\r\n";
        // Where the machine has no ::1, nobody can come from there.
        const bool ipv6 = probe.listen(QHostAddress::LocalHostIPv6, 0);
        const QHostAddress from = ipv6 ? QHostAddress::LocalHostIPv6 : QHostAddress::LocalHost;
        QCOMPARE(statusOf(talk(redirect.port(), request, from)), 200);
    }

    void wrongCallbacksChangeNothing_data()
    {
        QTest::addColumn<QByteArray>("request"); // PORT stands for the port
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("asked");
        const auto row = [](const char *name, const QByteArray &request, int status, int asked) {
            QTest::newRow(name) << request << status << asked;
        };
        const QByteArray host = "Host: 127.0.0.1:PORT\r\n\r\n";
        row("forged", "GET /callback?code=a&state=wrong HTTP/1.1\r\n" + host, 400, 1);
        row("without query", "GET /callback HTTP/1.1\r\n" + host, 400, 1);
        row("localhost", "GET /callback?error=x HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n", 400, 1);
        row("rebound host", "GET /callback?state=ok HTTP/1.1\r\nHost: evil.example:PORT\r\n\r\n",
            400, 0);
        row("host without port", "GET /callback?state=ok HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 400,
            0);
        row("host of the other family",
            "GET /callback?state=ok HTTP/1.1\r\nHost: [::1]:PORT\r\n\r\n", 400, 0);
        row("host with suffix",
            "GET /callback?state=ok HTTP/1.1\r\nHost: 127.0.0.1:PORT.evil\r\n\r\n", 400, 0);
        row("longer path", "GET /callback/x?state=ok HTTP/1.1\r\n" + host, 404, 0);
        row("prefix path", "GET /callbackx?state=ok HTTP/1.1\r\n" + host, 404, 0);
        row("escaped path", "GET /call%62ack?state=ok HTTP/1.1\r\n" + host, 404, 0);
        row("icon", "GET /favicon.ico HTTP/1.1\r\n" + host, 404, 0);
        row("POST", "POST /callback?state=ok HTTP/1.1\r\n" + host, 405, 0);
        row("HEAD", "HEAD /callback?state=ok HTTP/1.1\r\n" + host, 405, 0);
        row("garbage", "\x16\x03\x01\r\n\r\n", 400, 0);
        row("too large", "GET /callback?state=" + QByteArray(9000, 'x'), 431, 0);
        row("too large at the end",
            "GET /callback?state=ok HTTP/1.1\r\nX: " + QByteArray(9000, 'x') + "\r\n" + host, 431,
            0);
    }
    void wrongCallbacksChangeNothing()
    {
        QFETCH(QByteArray, request);
        QFETCH(const int, status);
        QFETCH(const int, asked);
        LoopbackRedirect redirect;
        QVERIFY(redirect.listen(QStringLiteral("127.0.0.1"), 0));
        int count = 0;
        redirect.expect(
            [&count](const QByteArray &query) {
                ++count;
                return query == "state=ok" ? Verdict::Succeeded : Verdict::NotOurs;
            },
            texts);
        request.replace("PORT", QByteArray::number(redirect.port()));
        QCOMPARE(statusOf(talk(redirect.port(), request)), status);
        QCOMPARE(count, asked);
        // The real one still gets through.
        QCOMPARE(statusOf(talk(redirect.port(), get("/callback?state=ok", redirect.port()))), 200);
        QCOMPARE(count, asked + 1);
    }

    void aFinalVerdictIsFinal_data()
    {
        QTest::addColumn<int>("verdict");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("succeeded")
            << static_cast<int>(Verdict::Succeeded) << 200 << QByteArray("Done");
        QTest::newRow("failed") << static_cast<int>(Verdict::Failed) << 400
                                << QByteArray("It failed");
    }
    void aFinalVerdictIsFinal()
    {
        QFETCH(const int, verdict);
        QFETCH(const int, status);
        QFETCH(const QByteArray, says);
        LoopbackRedirect redirect;
        QVERIFY(redirect.listen(QStringLiteral("127.0.0.1"), 0));
        int count = 0;
        redirect.expect(
            [&](const QByteArray &) {
                ++count;
                return static_cast<Verdict>(verdict);
            },
            texts);
        const QByteArray request = get("/callback?state=ok", redirect.port());
        const QByteArray first = talk(redirect.port(), request);
        QCOMPARE(statusOf(first), status);
        QVERIFY(first.contains(says));
        const QByteArray second = talk(redirect.port(), request);
        QCOMPARE(statusOf(second), 410);
        QVERIFY(second.contains("Already done"));
        QCOMPARE(count, 1);
    }

    void nobodyIsExpectedAtFirst()
    {
        LoopbackRedirect redirect;
        QVERIFY(redirect.listen(QStringLiteral("127.0.0.1"), 0));
        QCOMPARE(statusOf(talk(redirect.port(), get("/callback?code=a", redirect.port()))), 400);
    }

    void theJudgeMayEndItAll()
    {
        auto redirect = std::make_unique<LoopbackRedirect>();
        QVERIFY(redirect->listen(QStringLiteral("127.0.0.1"), 0));
        const quint16 port = redirect->port();
        redirect->expect(
            [&redirect](const QByteArray &) {
                redirect.reset();
                return Verdict::Succeeded;
            },
            texts);
        QCOMPARE(statusOf(talk(port, get("/callback?code=a", port))), 200);
        QVERIFY(!redirect);
    }

    void aCallbackMayComeInPieces()
    {
        LoopbackRedirect redirect;
        QVERIFY(redirect.listen(QStringLiteral("127.0.0.1"), 0));
        QByteArray got;
        redirect.expect(
            [&got](const QByteArray &query) {
                got = query;
                return Verdict::Succeeded;
            },
            texts);
        QTcpSocket socket;
        QSignalSpy closed(&socket, &QTcpSocket::disconnected);
        socket.connectToHost(QHostAddress::LocalHost, redirect.port());
        QVERIFY(socket.waitForConnected());
        const QByteArray request = get("/callback?code=abc", redirect.port());
        for (const char byte : request) {
            socket.write(&byte, 1);
            QVERIFY(socket.waitForBytesWritten());
            QCoreApplication::processEvents();
        }
        QVERIFY(closed.count() || closed.wait());
        QCOMPARE(got, QByteArray("code=abc"));
    }

    void aPortScanIsHarmless()
    {
        LoopbackRedirect redirect;
        QVERIFY(redirect.listen(QStringLiteral("127.0.0.1"), 0));
        redirect.expect([](const QByteArray &) { return Verdict::Succeeded; }, texts);
        for (int i = 0; i < 50; ++i) {
            QTcpSocket socket;
            socket.connectToHost(QHostAddress::LocalHost, redirect.port());
            QVERIFY(socket.waitForConnected());
            socket.abort();
        }
        QCOMPARE(statusOf(talk(redirect.port(), get("/callback?code=a", redirect.port()))), 200);
    }

    void idleConnectionsKeepNobodyOut()
    {
        LoopbackRedirect redirect(nullptr, 60000);
        QVERIFY(redirect.listen(QStringLiteral("127.0.0.1"), 0));
        redirect.expect([](const QByteArray &) { return Verdict::Succeeded; }, texts);
        std::vector<std::unique_ptr<QTcpSocket>> idle;
        for (int i = 0; i < LoopbackRedirect::maxConnections; ++i) {
            idle.push_back(std::make_unique<QTcpSocket>());
            idle.back()->connectToHost(QHostAddress::LocalHost, redirect.port());
            QVERIFY(idle.back()->waitForConnected());
        }
        QCOMPARE(statusOf(talk(redirect.port(), get("/callback?code=a", redirect.port()))), 200);
        QTRY_COMPARE(idle.front()->state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(idle.back()->state(), QAbstractSocket::ConnectedState);
    }

    void idleConnectionsEnd()
    {
        LoopbackRedirect redirect(nullptr, 1);
        QVERIFY(redirect.listen(QStringLiteral("127.0.0.1"), 0));
        QTcpSocket socket;
        QSignalSpy closed(&socket, &QTcpSocket::disconnected);
        socket.connectToHost(QHostAddress::LocalHost, redirect.port());
        socket.write("GET /callback");
        QTRY_COMPARE(closed.size(), 1);
        QCOMPARE(socket.readAll(), QByteArray());
    }

    void aTakenPortIsNamed()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost, 0));
        LoopbackRedirect redirect;
        const auto result = redirect.listen(QStringLiteral("127.0.0.1"), other.serverPort());
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::AlreadyExists);
        QCOMPARE(
            result.error().data.value(QLatin1StringView("port")).toInt(), int(other.serverPort()));
        QVERIFY(result.error().message.contains(QString::number(other.serverPort())));
        QVERIFY(result.error().message.contains(QStringLiteral("redirect_port")));
        const quint16 port = other.serverPort();
        other.close();
        QVERIFY(redirect.listen(QStringLiteral("127.0.0.1"), port));
        QCOMPARE(redirect.port(), port);
    }

    void otherHostsAreRefused()
    {
        LoopbackRedirect redirect;
        for (const char *host : {"0.0.0.0", "192.168.0.1", "example.org", "", "::1"})
            QCOMPARE(redirect.listen(QString::fromLatin1(host), 0).error().code,
                ErrorCode::InvalidInput);
        QVERIFY(!redirect.listen(QStringLiteral("127.0.0.1"), 0, QStringLiteral("callback")));
    }

    void nothingListensOutsideOfLoopback()
    {
        LoopbackRedirect redirect;
        QVERIFY(redirect.listen(QStringLiteral("localhost"), 0));
        QTcpServer same;
        // The port is free on another loopback address: we have not bound the wildcard.
        QVERIFY(same.listen(QHostAddress(QStringLiteral("127.0.0.2")), redirect.port()));
    }

    void closingEndsIt()
    {
        LoopbackRedirect redirect;
        QVERIFY(redirect.listen(QStringLiteral("127.0.0.1"), 0));
        const quint16 port = redirect.port();
        QTcpSocket half;
        QSignalSpy closed(&half, &QTcpSocket::disconnected);
        half.connectToHost(QHostAddress::LocalHost, port);
        half.write("GET /callback?state=ok HTTP/1.1\r\n");
        QVERIFY(half.waitForBytesWritten());
        for (int i = 0; i < 5; ++i)
            QCoreApplication::processEvents();
        redirect.close();
        QTcpServer next;
        QVERIFY(next.listen(QHostAddress::LocalHost, port));
        QTRY_COMPARE(closed.size(), 1);
    }
};

QTEST_GUILESS_MAIN(LoopbackRedirectTest)
#include "LoopbackRedirectTest.moc"
