// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Json.h"
#include "core/registry/RegistryClient.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace chatelaine;
using namespace chatelaine::registry;

namespace {

/// JSON with single quotes, which reads better in C++.
QByteArray quoted(QByteArray json)
{
    return json.replace('\'', '"');
}

QByteArray listing(const QByteArray &entries)
{
    return quoted("{'servers':[" + entries + "]}");
}

QByteArray withRemotes(const QByteArray &remotes)
{
    return listing("{'server':{'name':'a/b','remotes':[" + remotes + "]}}");
}

Result<Page> publicPage(const QByteArray &bytes)
{
    return parsePage(bytes, net::Reach::Public);
}

QStringList urls(const Page &page)
{
    QStringList all;
    for (const Entry &entry : page.entries) {
        for (const Remote &remote : entry.remotes)
            all.append(remote.url);
    }
    return all;
}

} // namespace

class PageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everythingOfOneServer()
    {
        const auto page = publicPage(quoted(
            "{'servers':[{'server':{'name':'com.example/acme','title':'ACME','description':"
            "'Real-time reports','version':'2.0.0','remotes':[{'type':'sse','url':"
            "'https://acme.example.com/sse'},{'type':'streamable-http','url':"
            "'https://acme.example.com/{tenant}/mcp','variables':{'tenant':{'description':"
            "'Your tenant','default':'main','choices':['main','test']}},'headers':[{'name':"
            "'X-API-Key','isRequired':true,'isSecret':true},{'name':'X-Trace'}]}]},'_meta':"
            "{'io.modelcontextprotocol.registry/official':{'status':'deprecated','isLatest':true,"
            "'statusMessage':'Use acme2'}}}],'metadata':{'nextCursor':'com.example/acme:2.0.0'}}"));
        QVERIFY(page);
        QCOMPARE(page->nextCursor, QStringLiteral("com.example/acme:2.0.0"));
        QCOMPARE(page->entries.size(), 1);
        const Entry &entry = page->entries.constFirst();
        QCOMPARE(entry.label(), QStringLiteral("ACME"));
        QCOMPARE(entry.version, QStringLiteral("2.0.0"));
        QVERIFY(entry.deprecated);
        QCOMPARE(entry.notice, QStringLiteral("Use acme2"));
        QCOMPARE(entry.remotes.size(), 1); // sse is passed over where there is something newer
        const Remote &remote = entry.remotes.constFirst();
        QCOMPARE(remote.variables.constFirst().description, QStringLiteral("Your tenant"));
        QCOMPARE(remote.variables.constFirst().choices.size(), 2);
        QCOMPARE(remote.keyHeaders, QStringList{QStringLiteral("X-API-Key")});
        QCOMPARE(remote.address().url, QStringLiteral("https://acme.example.com/main/mcp"));
        QVERIFY(!remote.address().missing);
    }

    void whatIsNoServerToAddIsCounted()
    {
        const auto page = publicPage(
            listing("{'server':{'name':'a/packaged','packages':[{'registryType':'npm'}]}},"
                    "{'server':{'name':'a/nothing'}},{'server':{'title':'no name'}},7,"
                    "{'server':{'name':'a/other','remotes':[{'type':'carrier-pigeon','url':"
                    "'https://a.example.com'}]}},"
                    "{'server':{'name':'a/good','remotes':[{'type':'sse','url':"
                    "'https://a.example.com/sse'}]}}"));
        QVERIFY(page);
        QCOMPARE(page->packagesOnly, 1);
        QCOMPARE(page->unusable, 4);
        QCOMPARE(page->entries.size(), 1);
        QCOMPARE(page->entries.constFirst().remotes.constFirst().transport,
            Remote::Transport::ServerSentEvents);
    }

    void onlyTheLatestAndNothingDeleted()
    {
        const auto page = publicPage(listing(
            "{'server':{'name':'a/old','remotes':[{'type':'sse','url':'https://a.example'}]},"
            "'_meta':{'io.modelcontextprotocol.registry/official':{'isLatest':false}}},"
            "{'server':{'name':'a/gone','remotes':[{'type':'sse','url':'https://a.example'}]},"
            "'_meta':{'io.modelcontextprotocol.registry/official':{'status':'deleted'}}}"));
        QVERIFY(page);
        QVERIFY(page->entries.isEmpty());
        QCOMPARE(page->packagesOnly + page->unusable, 0);
    }

    void theFirstVersionOfTheApi()
    {
        const auto page = publicPage(quoted(
            "{'servers':[{'name':'a/new','version_detail':{'version':'1.2','is_latest':true},"
            "'remotes':[{'transport_type':'streamable','url':'https://a.example.com/mcp'}]},"
            "{'name':'a/old','version_detail':{'version':'1.1','is_latest':false},"
            "'remotes':[{'transport_type':'sse','url':'https://a.example.com/mcp'}]}],"
            "'metadata':{'next_cursor':'x'}}"));
        QVERIFY(page);
        QCOMPARE(page->entries.size(), 1);
        QCOMPARE(page->entries.constFirst().version, QStringLiteral("1.2"));
        QCOMPARE(page->nextCursor, QStringLiteral("x"));
    }

    void addresses_data()
    {
        QTest::addColumn<QByteArray>("url");
        QTest::addColumn<bool>("fromTheInternet");
        QTest::addColumn<bool>("fromThisMachine");
        const auto row = [](const char *url, bool far, bool near) {
            QTest::newRow(url) << QByteArray(url) << far << near;
        };
        row("https://a.example.com/mcp", true, true);
        row("https://{tenant}.example.com/mcp", true, true);
        row("https://a.example.com:{port}/{path}", true, true);
        row("https://{host}/mcp", true, true);
        row("{base_url}/mcp", false, false);
        row("{scheme}://a.example.com", false, false);
        row("https://{user}@a.example.com/", false, false);
        row("https://a.example.com/{", false, false);
        row("https://a.example.com/{a b}", false, false);
        row("https://user:word@a.example.com/", false, false);
        row("https://a.example.com/mcp#part", false, false);
        row("http://a.example.com/mcp", false, false);
        row("http://127.0.0.1:8080/mcp", false, true);
        row("https://localhost/mcp", false, true);
        row("https://192.168.1.1/mcp", false, false);
        row("https://169.254.169.254/latest", false, false);
        row("file:///etc/passwd", false, false);
        row("javascript:alert(1)", false, false);
        row("", false, false);
    }
    void addresses()
    {
        QFETCH(const QByteArray, url);
        QFETCH(const bool, fromTheInternet);
        QFETCH(const bool, fromThisMachine);
        const QByteArray bytes = withRemotes("{'type':'streamable-http','url':'" + url + "'}");
        QCOMPARE(urls(*parsePage(bytes, net::Reach::Public)).size(), fromTheInternet ? 1 : 0);
        QCOMPARE(urls(*parsePage(bytes, net::Reach::Loopback)).size(), fromThisMachine ? 1 : 0);
    }

    void anAddressHasAMeasure_data()
    {
        QTest::addColumn<int>("length");
        QTest::addColumn<int>("variables");
        QTest::addColumn<bool>("taken");
        QTest::newRow("as long as it may be") << 2048 << 0 << true;
        QTest::newRow("too long") << 2049 << 0 << false;
        QTest::newRow("as many variables as there may be") << 200 << 8 << true;
        QTest::newRow("too many variables") << 200 << 9 << false;
    }
    void anAddressHasAMeasure()
    {
        QFETCH(const int, length);
        QFETCH(const int, variables);
        QFETCH(const bool, taken);
        QByteArray url = "https://a.example.com/";
        for (int i = 0; i < variables; ++i)
            url += "{v" + QByteArray::number(i) + "}/{v0}/";
        url += QByteArray(length - url.size(), 'x');
        const auto page = publicPage(withRemotes("{'type':'sse','url':'" + url + "'}"));
        QVERIFY(page);
        QCOMPARE(urls(*page).size(), taken ? 1 : 0);
        QCOMPARE(page->unusable, taken ? 0 : 1);
        if (taken)
            QCOMPARE(page->entries.constFirst().remotes.constFirst().variables.size(), variables);
    }

    void whatAServerSaysOfItselfHasAMeasure()
    {
        QByteArray words;
        QByteArray headers;
        for (int i = 0; i < 30; ++i) {
            const QByteArray comma = i ? "," : "";
            const QByteArray number = QByteArray::number(i);
            words += comma + "'choice " + number + "'";
            headers += comma + "{'name':'X-" + number + "','isRequired':true,'isSecret':true}";
        }
        QByteArray remotes;
        for (int i = 0; i < 30; ++i) {
            // Each stands there twice.
            remotes += (i ? "," : "")
                + QByteArray("{'type':'sse','url':'https://a.example.com/{v}/")
                + QByteArray::number(i / 2) + "','variables':{'v':{'choices':[" + words
                + "]}},'headers':[" + headers + "]}";
        }
        const auto page = publicPage(withRemotes(remotes));
        QVERIFY(page);
        const QList<Remote> &read = page->entries.constFirst().remotes;
        QCOMPARE(read.size(), 8);
        QCOMPARE(read.constLast().url, QStringLiteral("https://a.example.com/{v}/7"));
        QCOMPARE(read.constFirst().variables.constFirst().choices.size(), 20);
        QCOMPARE(read.constFirst().keyHeaders.size(), 8);
    }

    void aPresetMustNotLeadElsewhere()
    {
        const auto page = publicPage(
            withRemotes("{'type':'sse','url':'https://{host}/{path}','variables':{'host':"
                        "{'default':'127.0.0.1'},'path':{'default':'{host}'}}}"));
        QVERIFY(page);
        const Remote::Address address = page->entries.constFirst().remotes.constFirst().address();
        QCOMPARE(address.url, QStringLiteral("https://{host}/{path}"));
        QCOMPARE(address.missing.value_or(Variable()).name, QStringLiteral("host"));
    }

    void foreignWordsAreMadeFit()
    {
        const auto page = publicPage(
            listing("{'server':{'name':'a/b\\u202E','title':'x\\n\\u0007y','description':'"
                + QByteArray(5000, 'd')
                + "','remotes':[{'type':'sse','url':'https://a.example/\\u202Egnp.exe'},"
                  "{'type':'sse','url':'https://b.example'}]}}"));
        QVERIFY(page);
        const Entry &entry = page->entries.constFirst();
        QCOMPARE(entry.name, QStringLiteral("a/b"));
        QCOMPARE(entry.title, QStringLiteral("x y"));
        QVERIFY(entry.description.size() <= 300);
        QCOMPARE(urls(*page), QStringList{QStringLiteral("https://b.example")});
    }

    void whatIsNoListing_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("a web page") << QByteArray("<!DOCTYPE html><html></html>");
        QTest::newRow("a list") << QByteArray("[]");
        QTest::newRow("another object") << QByteArray("{}");
        QTest::newRow("servers is a word") << QByteArray("{\"servers\":\"none\"}");
        QTest::newRow("half") << QByteArray("{\"servers\":[{\"server\":{\"name\":");
        QTest::newRow("endless nesting") << QByteArray(100'000, '[');
        QTest::newRow("a cursor without measure")
            << QByteArray("{\"servers\":[],\"metadata\":{\"nextCursor\":\"") + QByteArray(5000, 'c')
                + "\"}}";
    }
    void whatIsNoListing()
    {
        QFETCH(const QByteArray, bytes);
        const auto page = publicPage(bytes);
        QVERIFY(!page);
        QCOMPARE(page.error().code, ErrorCode::ProtocolViolation);
    }

    void anEmptyListing()
    {
        QVERIFY(publicPage("{\"servers\":null,\"metadata\":null}"));
        QVERIFY(
            publicPage("{\"servers\":[],\"metadata\":{\"nextCursor\":7}}")->nextCursor.isEmpty());
    }

    void aPageWithoutMeasure()
    {
        QByteArray entries;
        for (int i = 0; i < 2000; ++i) {
            entries += QByteArray(i ? "," : "") + "{'server':{'name':'a/" + QByteArray::number(i)
                + "','remotes':[{'type':'sse','url':'https://a.example'}]}}";
        }
        const auto page = publicPage(listing(entries));
        QVERIFY(page);
        QCOMPARE(page->entries.size(), maxEntries);
        QCOMPARE(page->unusable, 2000 - maxEntries);
    }

    void theQuestion()
    {
        Query query;
        query.search = QStringLiteral("a&b +ä");
        query.cursor = QStringLiteral("com.example/x:1.0.0+a=b&c");
        QCOMPARE(RegistryClient::address(
                     QUrl(QStringLiteral("https://r.example/sub")), QStringLiteral("v0.1"), query)
                     .toEncoded(),
            QByteArray("https://r.example/sub/v0.1/servers?search=a%26b%20%2B%C3%A4&version=latest"
                       "&limit=50&cursor=com.example%2Fx%3A1.0.0%2Ba%3Db%26c"));
    }
};

QTEST_GUILESS_MAIN(PageTest)
#include "PageTest.moc"
