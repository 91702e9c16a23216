// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/NetworkHttpClient.h"
#include "core/net/NetworkStack.h"
#include "tests/support/Await.h"
#include "tests/support/FakeClock.h"
#include "tests/support/RawHttpServer.h"
#include "tests/unit/net/Certificates.h"

#include <QTemporaryDir>
#include <QTemporaryFile>
#include <QTest>

using namespace chatelaine;
using namespace chatelaine::net;
using test::await;
using test::RawHttpServer;

namespace {

const QString host = QStringLiteral("mcp.test");

NetworkSurroundings allOnLoopback()
{
    NetworkSurroundings result;
    result.proxyFor = [](const QUrl &) { return QNetworkProxy(QNetworkProxy::NoProxy); };
    const auto answer = []() -> Task<Result<QList<QHostAddress>>> {
        co_return QList<QHostAddress>{QHostAddress(QHostAddress::LocalHost)};
    };
    result.resolve = [answer](QString, std::stop_token) { return answer(); };
    return result;
}

void hello(QTcpSocket &socket, const RawHttpServer::Request &)
{
    socket.write(RawHttpServer::response(200, "hello"));
}

} // namespace

class TlsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_authority = test::makeAuthority(QStringLiteral("Test Authority"));
        QVERIFY(m_caFile.open());
        m_caFile.write(m_authority.certificate.toPem());
        m_caFile.flush();
    }

    void trustsAnExtraAuthorityAndChecksTheName()
    {
        RawHttpServer server(hello);
        const test::Identity identity = test::makeServer(m_authority, {host});
        server.setTls(identity.certificate, identity.key);
        NetworkHttpClient client(m_clock, allOnLoopback());
        const auto response = await(client.send(request(server, m_caFile.fileName()), {}));
        QVERIFY2(response, response ? "" : qPrintable(response.error().message));
        QCOMPARE(response->body, "hello");
        QCOMPARE(server.requests().first().header("Host"),
            "mcp.test:" + QByteArray::number(server.port()));
    }

    void thePersonsAuthorityIsTrustedForEveryServerAtOnce()
    {
        RawHttpServer server(hello);
        const test::Identity identity = test::makeServer(m_authority, {host});
        server.setTls(identity.certificate, identity.key);
        NetworkHttpClient client(m_clock, allOnLoopback());
        const auto untrusted = await(client.send(request(server, {}), {}));
        QCOMPARE(untrusted.error().code, ErrorCode::TlsFailed);
        client.setWayOut({{}, m_caFile.fileName()});
        QVERIFY(await(client.send(request(server, {}), {})));
        // A connection that is still open serves nobody who does not trust it any more.
        client.setWayOut({});
        QVERIFY(!await(client.send(request(server, {}), {})));
        QCOMPARE(server.requests().size(), 1);
    }

    void anAuthorityThatIsGoneEndsWhatIsEncryptedOnly()
    {
        RawHttpServer server(hello);
        NetworkHttpClient client(m_clock, allOnLoopback());
        client.setWayOut({{}, QStringLiteral("/nonexistent.pem")});
        HttpRequest plain = request(server, {});
        plain.url = QUrl(QStringLiteral("http://127.0.0.1:%1/").arg(server.port()));
        QVERIFY(await(client.send(plain, {})));
        HttpRequest encrypted = plain;
        encrypted.url.setScheme(QStringLiteral("https"));
        const auto refused = await(client.send(encrypted, {}));
        QCOMPARE(refused.error().code, ErrorCode::InvalidInput);
    }

    void doesNotLendAConnectionToWhoDoesNotTrustIt()
    {
        RawHttpServer server(hello);
        const test::Identity identity = test::makeServer(m_authority, {host});
        server.setTls(identity.certificate, identity.key);
        NetworkHttpClient client(m_clock, allOnLoopback());
        QVERIFY(await(client.send(request(server, m_caFile.fileName()), {})));
        const auto response = await(client.send(request(server, {}), {}));
        QVERIFY(!response);
        QCOMPARE(response.error().code, ErrorCode::TlsFailed);
        QCOMPARE(server.requests().size(), 1);
    }

    void twoFilesOfOneMomentAreTwo()
    {
        const QTemporaryDir dir;
        const QDateTime moment = QDateTime::currentDateTimeUtc();
        const auto written = [&](const QString &name, const test::Identity &authority) {
            QFile file(dir.filePath(name));
            return file.open(QIODevice::WriteOnly) && file.write(authority.certificate.toPem()) > 0
                && file.flush() && file.setFileTime(moment, QFileDevice::FileModificationTime);
        };
        QVERIFY(written(QStringLiteral("ours"), m_authority));
        QVERIFY(written(QStringLiteral("others"), test::makeAuthority(QStringLiteral("Other"))));
        RawHttpServer server(hello);
        const test::Identity identity = test::makeServer(m_authority, {host});
        server.setTls(identity.certificate, identity.key);
        NetworkHttpClient client(m_clock, allOnLoopback());
        QVERIFY(await(client.send(request(server, dir.filePath(QStringLiteral("ours"))), {})));
        QVERIFY(!await(client.send(request(server, dir.filePath(QStringLiteral("others"))), {})));
        QCOMPARE(server.requests().size(), 1);
    }

    void anExtraAuthorityTakesNoOthersPlace()
    {
        NetworkStacks stacks;
        const auto stack = stacks.at({m_caFile.fileName()}, QNetworkProxy(QNetworkProxy::NoProxy));
        QVERIFY(stack);
        const QSslConfiguration tls = (*stack)->prepare({}, {}).sslConfiguration();
        const QList<QSslCertificate> trusted = tls.caCertificates();
        QVERIFY(trusted.contains(m_authority.certificate));
        const QList<QSslCertificate> ofSystem = QSslConfiguration::systemCaCertificates();
        QVERIFY(std::all_of(ofSystem.cbegin(), ofSystem.cend(),
            [&](const QSslCertificate &one) { return trusted.contains(one); }));
        QCOMPARE(tls.protocol(), QSsl::TlsV1_2OrLater);
        QCOMPARE(tls.peerVerifyMode(), QSslSocket::AutoVerifyPeer);
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<QStringList>("names");
        QTest::addColumn<int>("toDays");
        QTest::addColumn<bool>("trusted");
        QTest::addColumn<QString>("says");
        QTest::newRow("unknown authority")
            << QStringList{host} << 30 << false << QStringLiteral("authority");
        QTest::newRow("expired") << QStringList{host} << -1 << true << QStringLiteral("expired");
        QTest::newRow("other name") << QStringList{QStringLiteral("other.test")} << 30 << true
                                    << QStringLiteral("other.test");
    }
    void saysWhatIsWrong()
    {
        QFETCH(QStringList, names);
        QFETCH(int, toDays);
        QFETCH(bool, trusted);
        QFETCH(QString, says);
        RawHttpServer server(hello);
        const test::Identity identity = test::makeServer(m_authority, names, -30, toDays);
        server.setTls(identity.certificate, identity.key);
        NetworkHttpClient client(m_clock, allOnLoopback());
        const auto response =
            await(client.send(request(server, trusted ? m_caFile.fileName() : QString()), {}));
        QVERIFY(!response);
        QCOMPARE(response.error().code, ErrorCode::TlsFailed);
        QVERIFY2(response.error().message.contains(says), qPrintable(response.error().message));
        QVERIFY(response.error().message.contains(host));
        QCOMPARE(server.requests().size(), 0);
    }

    void saysThatTheFileHasNoCertificate()
    {
        RawHttpServer server(hello);
        NetworkHttpClient client(m_clock, allOnLoopback());
        const auto response =
            await(client.send(request(server, QStringLiteral("/nonexistent.pem")), {}));
        QVERIFY(!response);
        QCOMPARE(response.error().code, ErrorCode::InvalidInput);
    }

    void saysThatThePortSpeaksNoTls()
    {
        RawHttpServer server([](QTcpSocket &, const RawHttpServer::Request &) {});
        NetworkHttpClient client(m_clock, allOnLoopback());
        HttpRequest wrong = request(server, {});
        QTcpServer plain;
        QVERIFY(plain.listen(QHostAddress::LocalHost));
        QObject::connect(&plain, &QTcpServer::newConnection, &plain, [&plain] {
            QTcpSocket *socket = plain.nextPendingConnection();
            QObject::connect(socket, &QTcpSocket::readyRead, socket,
                [socket] { socket->write("HTTP/1.1 400 Bad Request\r\n\r\n"); });
        });
        wrong.url = QUrl(QStringLiteral("https://%1:%2/").arg(host).arg(plain.serverPort()));
        const auto response = await(client.send(wrong, {}));
        QVERIFY(!response);
        QCOMPARE(response.error().code, ErrorCode::TlsFailed);
    }

private:
    HttpRequest request(const RawHttpServer &server, const QString &caFile) const
    {
        HttpRequest result;
        result.url = server.url(QStringLiteral("/"), host);
        result.reach = Reach::Loopback;
        result.caFile = caFile;
        return result;
    }

    test::FakeClock m_clock;
    test::Identity m_authority;
    QTemporaryFile m_caFile;
};

QTEST_GUILESS_MAIN(TlsTest)
#include "TlsTest.moc"
