// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/audit/House.h"

#include <QTest>

using namespace chatelaine;
using namespace chatelaine::audit;
using namespace chatelaine::test;

Q_DECLARE_METATYPE(chatelaine::audit::Filter)

namespace {

Filter make(void (*set)(Filter &))
{
    Filter filter;
    set(filter);
    return filter;
}

constexpr UtcMs start = 1'785'196'800'000; // where FakeClock begins

} // namespace

class AuditQueryTest : public QObject
{
    Q_OBJECT

private:
    House m_house;
    std::unique_ptr<AuditLog> m_log;

    QList<qint64> seqs(const Filter &filter)
    {
        QList<qint64> result;
        const auto page = await(query(m_house.database, filter));
        for (const Record &record : page->records)
            result.append(record.seq);
        return result;
    }

private Q_SLOTS:
    // Six records, a second apart.
    void initTestCase()
    {
        m_log = m_house.log();
        QVERIFY(await(m_log->open({})));
        QList<Event> events{happened("loan.token"), happened("loan.call"),
            happened("account.signed_in", "linear"), happened("loan.token", "linear"),
            happened("loan.token"), happened("grant.added")};
        events[3].outcome = Outcome::Denied;
        events[4].outcome = Outcome::Failed;
        events[1].client.exe = QStringLiteral("/opt/Agent_100%/bin");
        events[4].client.app = QStringLiteral("snap.SPECIAL");
        events[5].detail = QStringLiteral("needle in the detail");
        events[2].client.chain = {QStringLiteral("/usr/bin/needle")};
        for (const Event &one : std::as_const(events)) {
            QVERIFY(await(m_log->append(one)));
            m_house.clock.advance(1000);
        }
    }

    void filters_data()
    {
        QTest::addColumn<Filter>("filter");
        QTest::addColumn<QList<qint64>>("expected");
        const auto row = [](const char *name, void (*set)(Filter &), QList<qint64> expected) {
            QTest::newRow(name) << make(set) << expected;
        };
        row("all", [](Filter &) {}, {6, 5, 4, 3, 2, 1});
        row("ascending", [](Filter &f) { f.ascending = true; }, {1, 2, 3, 4, 5, 6});
        row("since", [](Filter &f) { f.since = start + 4000; }, {6, 5});
        row("until", [](Filter &f) { f.until = start + 2000; }, {2, 1});
        row("server", [](Filter &f) { f.server = QStringLiteral("linear"); }, {4, 3});
        row("no such server", [](Filter &f) { f.server = QStringLiteral("line"); }, {});
        row("event", [](Filter &f) { f.event = QStringLiteral("loan.token"); }, {5, 4, 1});
        row("events", [](Filter &f) { f.event = QStringLiteral("loan."); }, {5, 4, 2, 1});
        row("rare event", [](Filter &f) { f.event = QStringLiteral("grant.added"); }, {6});
        row("denied", [](Filter &f) { f.outcome = Outcome::Denied; }, {4});
        row("failed", [](Filter &f) { f.outcome = Outcome::Failed; }, {5});
        row("exe", [](Filter &f) { f.client = QStringLiteral("agent_100%"); }, {2});
        row("app", [](Filter &f) { f.client = QStringLiteral("snap.special"); }, {5});
        row("argv0", [](Filter &f) { f.client = QStringLiteral("AGENT.JS"); }, {6, 5, 4, 3, 2, 1});
        row("no wildcard", [](Filter &f) { f.client = QStringLiteral("%"); }, {2});
        row("text", [](Filter &f) { f.text = QStringLiteral("Needle"); }, {6, 3});
        row("text is not case folded beyond ASCII",
            [](Filter &f) { f.text = QStringLiteral("GRÜSSE"); }, {});
        row("after", [](Filter &f) { f.afterSeq = 4; }, {6, 5});
        row("before", [](Filter &f) { f.beforeSeq = 3; }, {2, 1});
        row("together",
            [](Filter &f) {
                f.server = QStringLiteral("github");
                f.event = QStringLiteral("loan.token");
                f.afterSeq = 1;
            },
            {5});
        row("quotes", [](Filter &f) { f.text = QStringLiteral("' OR 1=1 --"); }, {});
    }
    void filters()
    {
        QFETCH(const Filter, filter);
        QFETCH(const QList<qint64>, expected);
        QCOMPARE(seqs(filter), expected);
        // The filter of audit/follow says the same.
        for (const Record &record : m_house.all().records)
            QCOMPARE(matches(filter, record), expected.contains(record.seq));
    }

    void pagesFollowEachOther()
    {
        Filter filter;
        filter.limit = 4;
        const auto first = await(query(m_house.database, filter));
        QCOMPARE(first->records.size(), 4);
        QVERIFY(first->more);
        filter.beforeSeq = first->records.last().seq;
        const auto second = await(query(m_house.database, filter));
        QCOMPARE(second->records.size(), 2);
        QVERIFY(!second->more);
        filter.beforeSeq = 0;
        filter.limit = 6;
        QVERIFY(!await(query(m_house.database, filter))->more);
    }

    void programsAreSummedUp()
    {
        const auto sums = await(clientSums(m_house.database));
        QVERIFY(sums);
        QCOMPARE(sums->size(), 2);
        QCOMPARE(sums->at(0).exe, QStringLiteral("/opt/Agent_100%/bin"));
        QCOMPARE(sums->at(0).loans, 1);
        const ClientSum &node = sums->at(1);
        QCOMPARE(node.exe, QStringLiteral("/usr/bin/node"));
        QCOMPARE(node.firstSeen, start);
        QCOMPARE(node.lastSeen, start + 4000);
        QCOMPARE(node.loans, 1);
        QCOMPARE(node.denials, 1);
    }

    void aLimitOutOfRangeIsRefused_data()
    {
        QTest::addColumn<int>("limit");
        QTest::newRow("0") << 0;
        QTest::newRow("1001") << 1001;
        QTest::newRow("-1") << -1;
    }
    void aLimitOutOfRangeIsRefused()
    {
        QFETCH(const int, limit);
        Filter filter;
        filter.limit = limit;
        QCOMPARE(await(query(m_house.database, filter)).error().code, ErrorCode::InvalidInput);
    }

    void aLockedVaultDoesNotMatter()
    {
        m_house.vault.lock();
        QCOMPARE(seqs({}).size(), 6);
    }
};

QTEST_GUILESS_MAIN(AuditQueryTest)
#include "AuditQueryTest.moc"
