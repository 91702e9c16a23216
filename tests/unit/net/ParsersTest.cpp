// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/AddressRules.h"
#include "core/net/EventStream.h"
#include "core/net/WwwAuthenticate.h"

#include <QTest>

using namespace chatelaine;
using namespace chatelaine::net;

namespace {

/// "Scheme{name=value,…}" for each, in order.
QByteArray written(const QList<Challenge> &challenges)
{
    QByteArrayList parts;
    for (const Challenge &challenge : challenges) {
        QByteArrayList params;
        if (!challenge.token68.isEmpty())
            params.append("#" + challenge.token68);
        for (auto it = challenge.params.begin(); it != challenge.params.end(); ++it)
            params.append(it.key() + "=" + it.value().toUtf8());
        parts.append(challenge.scheme + "{" + params.join(';') + "}");
    }
    return parts.join(' ');
}

QByteArray written(const QList<ServerEvent> &events)
{
    QByteArrayList parts;
    for (const ServerEvent &event : events)
        parts.append(event.event + "/" + event.id + "/" + event.data);
    return parts.join('|');
}

} // namespace

class ParsersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void classifiesAddresses_data()
    {
        QTest::addColumn<int>("kind");
        const auto rows = [](AddressKind kind, std::initializer_list<const char *> addresses) {
            for (const char *address : addresses)
                QTest::newRow(address) << static_cast<int>(kind);
        };
        rows(AddressKind::Public,
            {"8.8.8.8", "1.1.1.1", "172.15.255.255", "172.32.0.0", "100.63.255.255", "100.128.0.0",
                "192.0.1.0", "198.17.255.255", "198.20.0.0", "223.255.255.255", "11.0.0.0",
                "2606:4700::1111", "2001:4860::8888", "2001:200::1", "::ffff:8.8.8.8",
                "64:ff9b::808:808"});
        rows(AddressKind::Private,
            {"10.0.0.0", "10.255.255.255", "172.16.0.1", "172.31.255.255", "192.168.0.1",
                "100.64.0.1", "100.127.255.255", "fc00::1", "fdff::1", "fec0::1", "::ffff:10.0.0.1",
                "64:ff9b::a00:1", "2002:a00:1::1"});
        rows(AddressKind::LinkLocal, {"169.254.1.1", "fe80::1", "febf::1", "::ffff:169.254.1.1"});
        rows(AddressKind::Loopback,
            {"127.0.0.1", "127.255.255.255", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1"});
        rows(AddressKind::Forbidden,
            {"0.0.0.0", "0.1.2.3", "169.254.169.254", "169.254.170.2", "100.100.100.200",
                "168.63.129.16", "192.0.0.192", "192.0.2.1", "198.51.100.1", "203.0.113.1",
                "198.18.0.1", "198.19.255.255", "224.0.0.1", "240.0.0.1", "255.255.255.255",
                "::", "::2", "::7f00:1", "ff02::1", "2001::1", "2001:1ff::1", "2001:db8::1",
                "fd00:ec2::254", "100::1", "::ffff:169.254.169.254", "64:ff9b:1::1", "4000::1"});
    }
    void classifiesAddresses()
    {
        QFETCH(int, kind);
        const QHostAddress address(QString::fromLatin1(QTest::currentDataTag()));
        QVERIFY(!address.isNull());
        QCOMPARE(static_cast<int>(classify(address)), kind);
    }

    void urlsAreCheckedBeforeAnythingIsAsked_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<int>("reach");
        QTest::addColumn<bool>("allowed");
        const auto row = [](const char *url, Reach reach, bool allowed) {
            QTest::addRow("%s %d", url, static_cast<int>(reach))
                << QString::fromLatin1(url) << static_cast<int>(reach) << allowed;
        };
        for (const Reach reach : {Reach::Public, Reach::Private, Reach::Loopback}) {
            row("https://a.test/mcp", reach, true);
            row("https://a.test:22/", reach, false);
            row("https://a.test:6000/", reach, false);
            row("https://ada@a.test/", reach, false);
            row("ftp://a.test/", reach, false);
            row("file:///etc/passwd", reach, false);
            row("https://", reach, false);
            row("https://169.254.169.254/", reach, false);
            row("http://a.test/", reach, reach == Reach::Loopback);
            row("https://localhost/", reach, reach == Reach::Loopback);
            row("https://a.localhost./", reach, reach == Reach::Loopback);
            row("https://127.0.0.1./", reach, reach == Reach::Loopback);
            row("https://[::ffff:127.0.0.1]/", reach, reach == Reach::Loopback);
            row("https://10.0.0.1/", reach, reach == Reach::Private);
        }
    }
    void urlsAreCheckedBeforeAnythingIsAsked()
    {
        QFETCH(const QString, url);
        QFETCH(const int, reach);
        QFETCH(const bool, allowed);
        QCOMPARE(checkUrl(QUrl(url), static_cast<Reach>(reach)).has_value(), allowed);
    }

    void addressesAreCheckedAllOfThem_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<int>("reach");
        QTest::addColumn<QStringList>("found");
        QTest::addColumn<int>("allowed");
        QTest::addColumn<ErrorCode>("error");
        const auto row = [](const char *name, const char *url, Reach reach,
                             std::initializer_list<const char *> found, int allowed,
                             ErrorCode error = ErrorCode::AddressRefused) {
            QStringList addresses;
            for (const char *address : found)
                addresses.append(QString::fromLatin1(address));
            QTest::newRow(name) << QString::fromLatin1(url) << static_cast<int>(reach) << addresses
                                << allowed << error;
        };
        const char *const url = "https://a.test/";
        row("public", url, Reach::Public, {"8.8.8.8", "2606:4700::1111"}, 2);
        row("one private among them", url, Reach::Public, {"8.8.8.8", "10.0.0.1"}, 0);
        row("this machine among them", url, Reach::Private, {"10.0.0.1", "127.0.0.1"}, 0);
        row("loopback", url, Reach::Loopback, {"127.0.0.1"}, 1);
        row("a private network's own link", url, Reach::Private, {"fe80::1", "10.0.0.1"}, 1);
        row("nothing but that link", url, Reach::Private, {"fe80::1"}, 0, ErrorCode::Unreachable);
        row("a link of version 4", url, Reach::Private, {"169.254.1.1", "10.0.0.1"}, 0);
        row("a link from outside", url, Reach::Public, {"fe80::1", "8.8.8.8"}, 0);
        row("nothing", url, Reach::Public, {}, 0, ErrorCode::Unreachable);
        row("not encrypted", "http://a.test/", Reach::Loopback, {"8.8.8.8"}, 0);
        row("not encrypted, here", "http://a.test/", Reach::Loopback, {"127.0.0.1"}, 1);
    }
    void addressesAreCheckedAllOfThem()
    {
        QFETCH(const QString, url);
        QFETCH(const int, reach);
        QFETCH(const QStringList, found);
        QFETCH(const int, allowed);
        QFETCH(const ErrorCode, error);
        QList<QHostAddress> addresses;
        for (const QString &address : found)
            addresses.append(QHostAddress(address));
        const auto checked = checkAddresses(QUrl(url), static_cast<Reach>(reach), addresses);
        QCOMPARE(checked.has_value(), allowed > 0);
        if (checked)
            QCOMPARE(checked->size(), allowed);
        else
            QCOMPARE(errorCodeName(checked.error().code), errorCodeName(error));
    }

    void comparesOrigins_data()
    {
        QTest::addColumn<QString>("a");
        QTest::addColumn<QString>("b");
        QTest::addColumn<bool>("same");
        const auto row = [](const char *a, const char *b, bool same) {
            QTest::addRow("%s %s", a, b)
                << QString::fromLatin1(a) << QString::fromLatin1(b) << same;
        };
        row("https://a.test/x", "https://A.test:443/y?z", true);
        row("http://a.test", "http://a.test:80/", true);
        row("https://a.test", "http://a.test", false);
        row("https://a.test:8443", "http://a.test:8443", false);
        row("https://a.test", "https://a.test:8443", false);
        row("https://a.test", "https://b.a.test", false);
    }
    void comparesOrigins()
    {
        QFETCH(QString, a);
        QFETCH(QString, b);
        QFETCH(bool, same);
        QCOMPARE(sameOrigin(QUrl(a), QUrl(b)), same);
    }

    void readsChallenges_data()
    {
        QTest::addColumn<QByteArrayList>("headers");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char *name, QByteArrayList headers, const char *expected) {
            QTest::newRow(name) << headers << QByteArray(expected);
        };
        row("none", {}, "");
        row("empty", {""}, "");
        row("scheme alone", {"Bearer"}, "Bearer{}");
        row("usual", {"Bearer realm=\"x\", scope=\"a b\""}, "Bearer{realm=x;scope=a b}");
        row("any order, any case", {"bearer SCOPE=\"a\" , Error=invalid_token"},
            "bearer{error=invalid_token;scope=a}");
        row("escapes", {"Bearer realm=\"a \\\"quoted\\\" \\\\ thing, scope=no\", scope=yes"},
            "Bearer{realm=a \"quoted\" \\ thing, scope=no;scope=yes}");
        row("two in one", {"Basic realm=\"x\", Bearer scope=\"s\", DPoP algs=\"ES256\""},
            "Basic{realm=x} Bearer{scope=s} DPoP{algs=ES256}");
        row("two headers", {"Basic realm=x", "Bearer scope=s"}, "Basic{realm=x} Bearer{scope=s}");
        row("token68", {"Negotiate YWJj==, Bearer a=b"}, "Negotiate{#YWJj==} Bearer{a=b}");
        row("token68 at the end", {"Basic, Negotiate a/b+c"}, "Basic{} Negotiate{#a/b+c}");
        row("schemes without anything", {"Negotiate, NTLM, Bearer"}, "Negotiate{} NTLM{} Bearer{}");
        row("spaces around =", {"Bearer realm = \"x\" , scope= y"}, "Bearer{realm=x;scope=y}");
        row("unquoted URL", {"Bearer resource_metadata=https://a.test/x?y=1, scope=s"},
            "Bearer{resource_metadata=https://a.test/x?y=1;scope=s}");
        row("no commas", {"Bearer realm=\"x\" scope=\"s\""}, "Bearer{realm=x;scope=s}");
        row("stray commas", {", ,Bearer ,, realm=x,,"}, "Bearer{realm=x}");
        row("first counts", {"Bearer scope=a, scope=b"}, "Bearer{scope=a}");
        row("open quote", {"Bearer realm=\"x, scope=s"}, "Bearer{realm=x, scope=s}");
        row("open escape", {"Bearer realm=\"x\\"}, "Bearer{realm=x\\}");
        row("parameters of nothing", {"scope=s, Bearer a=b"}, "Bearer{a=b}");
        row("rubbish", {"\x01\xff@@ Bearer (a) realm=x \"dangling"},
            "Bearer{} a{realm=x} dangling{}");
        row("utf-8", {"Bearer realm=\"caf\xc3\xa9\""}, "Bearer{realm=caf\xc3\xa9}");
    }
    void readsChallenges()
    {
        QFETCH(QByteArrayList, headers);
        QFETCH(QByteArray, expected);
        QCOMPARE(written(parseChallenges(headers)), expected);
    }

    void findsTheBearerChallenge()
    {
        HttpResponse response;
        QVERIFY(!bearerChallenge(response));
        response.headers = {{"www-authenticate", "Basic realm=x"},
            {"WWW-Authenticate", "DPoP error=\"use_dpop_nonce\""}};
        QCOMPARE(
            bearerChallenge(response).value().param("error"), QStringLiteral("use_dpop_nonce"));
    }

    void readsEvents_data()
    {
        QTest::addColumn<QByteArray>("stream");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char *name, const char *stream, const char *expected) {
            QTest::newRow(name) << QByteArray(stream) << QByteArray(expected);
        };
        row("one", "data: a\n\n", "message//a");
        row("crlf", "event: e\r\ndata: a\r\n\r\ndata: b\r\n\r\n", "e//a|message//b");
        row("cr", "data: a\rdata: b\r\rdata: c\r\r", "message//a\nb|message//c");
        row("mixed ends", "data: a\r\n\ndata: b\r\r\n", "message//a|message//b");
        row("mark",
            "\xEF\xBB\xBF"
            "data: a\n\n",
            "message//a");
        row("mark in the middle",
            "data: a\n\n\xEF\xBB\xBF"
            "data: b\n\n",
            "message//a");
        row("many lines", "data\ndata:\ndata: x\ndata:  y\n\n", "message//\n\nx\n y");
        row("comment", ": hi\n:\ndata: a\n\n", "message//a");
        row("id stays", "id: 7\ndata: a\n\ndata: b\n\nid\ndata: c\n\n",
            "message/7/a|message/7/b|message//c");
        row("no data, no event", "event: e\n\nid: 3\n\ndata: a\n\n", "message/3/a");
        row("empty data", "id: 1\ndata:\n\n", "message/1/");
        row("unknown field", "what: x\ndata: a\n\n", "message//a");
        row("unfinished", "data: a\n\ndata: b\n", "message//a");
    }
    void readsEvents()
    {
        QFETCH(QByteArray, stream);
        QFETCH(QByteArray, expected);
        // Wherever it is cut, and byte by byte.
        for (qsizetype cut = 0; cut <= stream.size(); ++cut) {
            EventStream parser;
            const QByteArrayView bytes(stream);
            auto first = parser.feed(bytes.first(cut));
            const auto second = parser.feed(bytes.sliced(cut));
            QVERIFY(first && second);
            QCOMPARE(written(*first + *second), expected);
        }
        EventStream parser;
        QList<ServerEvent> events;
        for (const char &byte : stream)
            events += parser.feed(QByteArrayView(&byte, 1)).value();
        QCOMPARE(written(events), expected);
    }

    void remembersIdAndRetry()
    {
        EventStream parser;
        QVERIFY(!parser.retryMs());
        QVERIFY(parser.feed("retry: 500\nid: 9\ndata:\n\nretry: 1x\nid: 10").has_value());
        QCOMPARE(parser.retryMs().value_or(0), 500);
        QCOMPARE(parser.lastEventId(), "9");
        QVERIFY(parser.feed(QByteArrayView("\nid: a\0b\nretry: 99999999999999999999\n\n", 38)));
        QCOMPARE(parser.lastEventId(), "10");
        QCOMPARE(parser.retryMs().value_or(0), 500);
    }

    void refusesEventsThatAreTooLarge_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("one line") << QByteArray("x");
        QTest::newRow("many lines") << QByteArray("data: x\n");
    }
    void refusesEventsThatAreTooLarge()
    {
        QFETCH(QByteArray, line);
        EventStream parser(1000);
        bool refused = false;
        for (int i = 0; i < 2000 && !refused; ++i) {
            const auto events = parser.feed(line);
            refused = !events && events.error().code == ErrorCode::ProtocolViolation;
        }
        QVERIFY(refused);
        EventStream other(1000);
        for (int i = 0; i < 2000; ++i)
            QVERIFY(other.feed("data: x\n\n"));
    }

    void theServersPatienceIsRead_data()
    {
        QTest::addColumn<QByteArray>("retryAfter");
        QTest::addColumn<QByteArray>("date");
        QTest::addColumn<qint64>("seconds"); // -1: not said
        const QByteArray noon("Fri, 31 Jul 2026 12:00:00 GMT");
        QTest::newRow("seconds") << QByteArray(" 30 ") << noon << qint64(30);
        QTest::newRow("absent") << QByteArray() << noon << qint64(-1);
        QTest::newRow("negative") << QByteArray("-1") << noon << qint64(-1);
        QTest::newRow("more than there is")
            << QByteArray("1000000000000000000000000") << noon << qint64(-1);
        QTest::newRow("words") << QByteArray("soon") << noon << qint64(-1);
        QTest::newRow("date") << QByteArray("Fri, 31 Jul 2026 12:01:30 GMT") << noon << qint64(90);
        QTest::newRow("past date")
            << QByteArray("Fri, 31 Jul 2026 11:00:00 GMT") << noon << qint64(0);
        QTest::newRow("as C prints it")
            << QByteArray("Fri Jul 31 12:00:30 2026") << noon << qint64(30);
        QTest::newRow("of another day")
            << QByteArray("Mon, 31 Jul 2026 12:01:30 GMT") << noon << qint64(-1);
        QTest::newRow("date of a server without a clock") << noon << QByteArray() << qint64(-1);
    }
    void theServersPatienceIsRead()
    {
        QFETCH(const QByteArray, retryAfter);
        QFETCH(const QByteArray, date);
        QFETCH(const qint64, seconds);
        HttpResponse response;
        if (!retryAfter.isEmpty())
            response.headers.append({"Retry-After", retryAfter});
        response.serverDate = readHttpDate(date);
        QCOMPARE(response.retryAfterS().value_or(-1), seconds);
    }
};

QTEST_APPLESS_MAIN(ParsersTest)
#include "ParsersTest.moc"
