// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/NetworkHttpClient.h"
#include "core/registry/RegistrySearch.h"
#include "tests/support/Await.h"
#include "tests/support/FakeClock.h"
#include "tests/support/RegistryStandIn.h"

#include <QSignalSpy>
#include <QTest>

using namespace chatelaine;
using namespace chatelaine::registry;
using namespace chatelaine::test;

namespace {

using State = RegistrySearch::State;

QJsonObject remoteServer(const QString &name)
{
    return {{QStringLiteral("name"), name},
        {QStringLiteral("remotes"),
            QJsonArray{QJsonObject{{QStringLiteral("type"), QStringLiteral("streamable-http")},
                {QStringLiteral("url"), QStringLiteral("https://mcp.example.com/mcp")}}}}};
}

struct Bench
{
    explicit Bench(int servers = 300)
        : registry(clock, servers)
        , http(clock)
        , search(http, clock)
    {
        search.setBase(registry.url());
    }

    /// Types it and lets the typing rest.
    void type(const char *text)
    {
        search.setText(QString::fromLatin1(text));
        clock.advance(RegistrySearch::restMs);
    }

    FakeClock clock;
    RegistryStandIn registry;
    net::NetworkHttpClient http;
    RegistrySearch search;
};

} // namespace

class SearchTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itAsksWhenTheTypingRests()
    {
        Bench bench;
        for (const char *text : {"s", "se", "ser", "serv"}) {
            bench.search.setText(QString::fromLatin1(text));
            bench.clock.advance(RegistrySearch::restMs - 1);
        }
        QCOMPARE(bench.search.state(), State::Searching);
        QVERIFY(bench.registry.asked.isEmpty());
        bench.clock.advance(1);
        QTRY_COMPARE(bench.search.state(), State::Results);
        QCOMPARE(bench.registry.asked.size(), 1);
        const testlab::Form &query = bench.registry.asked.constFirst().query;
        QCOMPARE(query.value(QStringLiteral("search")), QStringLiteral("serv"));
        QCOMPARE(query.value(QStringLiteral("version")), QStringLiteral("latest"));
        bench.search.setText(QStringLiteral(" serv "));
        QCOMPARE(bench.search.state(), State::Results);
        bench.search.setText(QStringLiteral("s"));
        QCOMPARE(bench.search.state(), State::Idle);
        QVERIFY(bench.search.found().isEmpty());
        QCOMPARE(bench.clock.alarmsSet(), 0);
    }

    void threeHundredServersPageByPage()
    {
        Bench bench;
        QSignalSpy added(&bench.search, &RegistrySearch::added);
        bench.type("service");
        QTRY_COMPARE(bench.search.state(), State::Results);
        int pages = 1;
        while (bench.search.hasMore()) {
            bench.search.more();
            bench.search.more(); // one at a time
            QTRY_VERIFY(!bench.search.isBusy());
            ++pages;
        }
        QCOMPARE(pages, 6);
        QCOMPARE(bench.registry.asked.size(), 6);
        QCOMPARE(bench.search.found().size(), 200);
        QCOMPARE(bench.search.packagesOnly(), 100);
        int next = 0;
        for (const QList<QVariant> &range : added) {
            QCOMPARE(range.at(0).toInt(), next);
            next = range.at(1).toInt() + 1;
        }
        QCOMPARE(next, 200);
        QSet<QString> names;
        for (const Entry &entry : bench.search.found()) {
            names.insert(entry.name);
            QCOMPARE(entry.version, QStringLiteral("1.10.0"));
        }
        QCOMPARE(names.size(), 200);
    }

    void pagesOfPackagesAloneAreReadOver()
    {
        Bench bench;
        bench.registry.instead =
            [](const RegistryStandIn::Asked &question) -> std::optional<testlab::Answer> {
            const int page = question.query.value(QStringLiteral("cursor")).toInt();
            const QString packages =
                QStringLiteral("{\"servers\":[{\"server\":{\"name\":\"a/b\",\"packages\":[{}]}}],"
                               "\"metadata\":{\"nextCursor\":\"%1\"}}");
            testlab::Answer answer = testlab::Answer::json({});
            answer.body = packages.arg(page + 1).toLatin1();
            return answer;
        };
        bench.type("anything");
        // A registry that never ends is not followed for ever.
        QTRY_COMPARE(bench.search.state(), State::NothingFound);
        QCOMPARE(bench.registry.asked.size(), RegistrySearch::pagesAtOnce);
        QCOMPARE(bench.search.packagesOnly(), RegistrySearch::pagesAtOnce);
        QVERIFY(bench.search.hasMore());
        bench.search.more();
        QTRY_COMPARE(bench.registry.asked.size(), 2 * RegistrySearch::pagesAtOnce);
    }

    void aCursorThatComesAgainIsTheEnd()
    {
        Bench bench;
        bench.registry.instead =
            [](const RegistryStandIn::Asked &) -> std::optional<testlab::Answer> {
            testlab::Answer answer = testlab::Answer::json({});
            answer.body = "{\"servers\":[],\"metadata\":{\"nextCursor\":\"round and round\"}}";
            return answer;
        };
        bench.type("anything");
        QTRY_COMPARE(bench.search.state(), State::NothingFound);
        QVERIFY(!bench.search.hasMore());
        QCOMPARE(bench.registry.asked.size(), 2);
    }

    void aQuestionThatIsTooWideEnds()
    {
        Bench bench;
        bench.registry.instead =
            [](const RegistryStandIn::Asked &question) -> std::optional<testlab::Answer> {
            const int page = question.query.value(QStringLiteral("cursor")).toInt();
            QJsonArray servers;
            for (int i = 0; i < maxEntries; ++i)
                servers.append(remoteServer(QStringLiteral("a/%1-%2").arg(page).arg(i)));
            return testlab::Answer::json({{QStringLiteral("servers"), servers},
                {QStringLiteral("metadata"),
                    QJsonObject{{QStringLiteral("nextCursor"), QString::number(page + 1)}}}});
        };
        bench.type("anything");
        QTRY_COMPARE(bench.search.state(), State::Results);
        int pages = 1;
        for (; bench.search.hasMore() && pages < 10; ++pages) {
            bench.search.more();
            QTRY_VERIFY(!bench.search.isBusy());
        }
        QCOMPARE(pages, 4);
        QCOMPARE(bench.search.found().size(), RegistrySearch::maxFound);
    }

    void anOlderAnswerIsDropped()
    {
        Bench bench;
        bench.registry.add(remoteServer(QStringLiteral("a/first")));
        bench.registry.add(remoteServer(QStringLiteral("a/second")));
        bench.registry.held = true;
        bench.type("first");
        QTRY_COMPARE(bench.registry.asked.size(), 1);
        bench.type("second");
        QTRY_COMPARE(bench.registry.asked.size(), 2);
        bench.registry.release();
        QTRY_COMPARE(bench.search.state(), State::Results);
        QCOMPARE(bench.search.found().size(), 1);
        QCOMPARE(bench.search.found().constFirst().name, QStringLiteral("a/second"));
    }

    void versionsThatNobodyTellsApart()
    {
        Bench bench(2);
        bench.registry.knowsLatest = false;
        bench.type("service");
        QTRY_COMPARE(bench.search.state(), State::Results);
        QCOMPARE(bench.search.found().size(), 2);
        for (const Entry &entry : bench.search.found())
            QCOMPARE(entry.version, QStringLiteral("1.10.0"));
    }

    void eitherVersionOfTheApi_data()
    {
        QTest::addColumn<QStringList>("there");
        QTest::addColumn<QString>("base");
        QTest::addColumn<int>("requests");
        QTest::addColumn<bool>("works");
        const QString newer = QStringLiteral("v0.1");
        const QString older = QStringLiteral("v0");
        QTest::newRow("both") << QStringList{newer, older} << QString() << 2 << true;
        QTest::newRow("the older one") << QStringList{older} << QString() << 3 << true;
        QTest::newRow("named") << QStringList{newer, older} << QStringLiteral("/v0/") << 2 << true;
        QTest::newRow("named wrongly") << QStringList{newer} << QStringLiteral("/v0") << 1 << false;
        QTest::newRow("below a path")
            << QStringList{QStringLiteral("team/v0.1")} << QStringLiteral("/team/") << 2 << true;
        QTest::newRow("none") << QStringList() << QString() << 2 << false;
    }
    void eitherVersionOfTheApi()
    {
        QFETCH(const QStringList, there);
        QFETCH(const QString, base);
        QFETCH(const int, requests);
        QFETCH(const bool, works);
        Bench bench;
        bench.registry.versions = there;
        QUrl url = bench.registry.url();
        url.setPath(base);
        bench.search.setBase(url);
        bench.type("service");
        QTRY_VERIFY(bench.search.state() != State::Searching);
        QCOMPARE(bench.search.state(), works ? State::Results : State::Failed);
        if (works) {
            bench.search.more();
            QTRY_VERIFY(!bench.search.isBusy());
        } else {
            QCOMPARE(bench.search.error().code, ErrorCode::NotFound);
        }
        QCOMPARE(bench.registry.asked.size(), requests);
    }

    void troubleAndTryingAgain_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<ErrorCode>("code");
        QTest::newRow("down") << 503 << QByteArray("{}") << ErrorCode::Unreachable;
        QTest::newRow("too many") << 429 << QByteArray("{}") << ErrorCode::Unreachable;
        QTest::newRow("refused") << 422 << QByteArray("{}") << ErrorCode::ProtocolViolation;
        QTest::newRow("a web page")
            << 200 << QByteArray("<html></html>") << ErrorCode::ProtocolViolation;
        QTest::newRow("five megabytes")
            << 200
            << QByteArray("{\"servers\":[],\"x\":\"") + QByteArray(5 * 1024 * 1024, 'x') + "\"}"
            << ErrorCode::ProtocolViolation;
    }
    void troubleAndTryingAgain()
    {
        QFETCH(const int, status);
        QFETCH(const QByteArray, body);
        QFETCH(const ErrorCode, code);
        Bench bench;
        bool trouble = true;
        bench.registry.instead =
            [&](const RegistryStandIn::Asked &) -> std::optional<testlab::Answer> {
            if (!trouble)
                return std::nullopt;
            testlab::Answer answer = testlab::Answer::json({}, status);
            answer.body = body;
            return answer;
        };
        bench.type("service");
        QTRY_COMPARE(bench.search.state(), State::Failed);
        QCOMPARE(bench.search.error().code, code);
        QVERIFY(!bench.search.error().message.isEmpty());
        trouble = false;
        bench.search.retry();
        QTRY_COMPARE(bench.search.state(), State::Results);
        QVERIFY(bench.search.error().message.isEmpty());
        const qsizetype before = bench.search.found().size();

        trouble = true;
        bench.search.more();
        QTRY_COMPARE(bench.search.state(), State::Failed);
        QCOMPARE(bench.search.found().size(), before);
        trouble = false;
        bench.search.retry();
        QTRY_COMPARE(bench.search.state(), State::Results);
        QVERIFY(bench.search.found().size() > before);
    }

    void nobodyThere()
    {
        Bench bench;
        bench.search.setBase(QUrl(QStringLiteral("http://127.0.0.1:9/")));
        bench.type("service");
        QTRY_COMPARE(bench.search.state(), State::Failed);
    }

    void anotherRegistryBeginsAnew()
    {
        Bench bench;
        bench.type("service");
        QTRY_COMPARE(bench.search.state(), State::Results);
        RegistryStandIn other(bench.clock, 1);
        bench.search.setBase(other.url());
        QVERIFY(bench.search.found().isEmpty());
        bench.search.hurry();
        QTRY_COMPARE(bench.search.state(), State::Results);
        QCOMPARE(bench.search.found().size(), 1);
    }
};

QTEST_GUILESS_MAIN(SearchTest)
#include "SearchTest.moc"
