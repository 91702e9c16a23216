// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/audit/House.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace chatelaine;
using namespace chatelaine::audit;
using namespace chatelaine::test;

namespace {

QString checkpointText(House &house)
{
    const auto item = await(house.vault.read(QStringLiteral("audit/head"), {}));
    return item ? QString::fromUtf8(item->expose()) : QString();
}

void ignoreGapWarning()
{
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("audit verify")));
}

} // namespace

class AuditLogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recordsComeBackAsTheyWere()
    {
        House house;
        const auto log = house.log();
        QVERIFY(await(log->open({})));
        QCOMPARE(await(log->append(happened("loan.token"))).value(), 1);
        Event denied = happened("loan.token");
        denied.outcome = Outcome::Denied;
        QCOMPARE(await(log->append(denied)).value(), 2);

        const Page page = house.all();
        QCOMPARE(page.records.size(), 2);
        const QJsonObject json = page.records.first().toJson();
        QCOMPARE(json.value(QLatin1StringView("seq")).toInt(), 1);
        QCOMPARE(json.value(QLatin1StringView("time")).toString(),
            QStringLiteral("2026-07-28T00:00:00.000Z"));
        QCOMPARE(json.value(QLatin1StringView("event")).toString(), QStringLiteral("loan.token"));
        QCOMPARE(json.value(QLatin1StringView("outcome")).toString(), QStringLiteral("ok"));
        QCOMPARE(json.value(QLatin1StringView("server")).toString(), QStringLiteral("github"));
        QCOMPARE(json.value(QLatin1StringView("account")).toString(), QStringLiteral("work"));
        QCOMPARE(
            json.value(QLatin1StringView("scope")).toString(), QStringLiteral("repo read:user"));
        const QJsonObject client = json.value(QLatin1StringView("client")).toObject();
        QCOMPARE(client.value(QLatin1StringView("pid")).toInt(), 4711);
        QCOMPARE(
            client.value(QLatin1StringView("exe")).toString(), QStringLiteral("/usr/bin/node"));
        QCOMPARE(client.value(QLatin1StringView("argv0")).toString(), QStringLiteral("agent.js"));
        QCOMPARE(client.value(QLatin1StringView("app")).toString(),
            QStringLiteral("app-Terminal.scope"));
        QCOMPARE(client.value(QLatin1StringView("chain")).toArray().size(), 2);
        QCOMPARE(json.value(QLatin1StringView("grant")).toString(), QStringLiteral("g1"));
        QCOMPARE(json.value(QLatin1StringView("token_fingerprint")).toString(),
            QStringLiteral("0123456789ab"));
        QCOMPARE(json.value(QLatin1StringView("detail")).toString(), QStringLiteral("Grüße"));
        QCOMPARE(json.value(QLatin1StringView("hash")).toString().size(), 64);
        QCOMPARE(page.records.at(1).toJson().value(QLatin1StringView("outcome")).toString(),
            QStringLiteral("denied"));
    }

    void whatIsUnknownIsAbsent()
    {
        Record record;
        record.event.event = QStringLiteral("broker.locked");
        const QStringList keys = record.toJson().keys();
        QCOMPARE(keys,
            (QStringList{QStringLiteral("event"), QStringLiteral("hash"), QStringLiteral("outcome"),
                QStringLiteral("seq"), QStringLiteral("time")}));
    }

    void theChainGoesOnAfterARestart()
    {
        House house;
        for (int i = 1; i <= 3; ++i) {
            const auto log = house.log();
            QVERIFY(await(log->open({})));
            QCOMPARE(await(log->append(happened("loan.token"))).value(), i);
            house.database.reset();
            house.openDatabase();
        }
        const Verification found = house.verify();
        QVERIFY2(found.ok, qPrintable(found.reason));
        QCOMPARE(found.rows, 3);
    }

    void manyAtOnceKeepTheirOrder()
    {
        House house;
        const auto log = house.log();
        QSignalSpy spy(log.get(), &AuditLog::appended);
        QVERIFY(await(log->open({})));
        std::vector<Task<Result<qint64>>> appends;
        for (int i = 0; i < 500; ++i)
            appends.push_back(log->append(happened("loan.token")));
        qint64 expected = 0;
        for (auto &append : appends)
            QCOMPARE(await(std::move(append)).value(), ++expected);
        QCOMPARE(spy.size(), 500);
        QCOMPARE(spy.last().first().value<Record>().seq, 500);
        QCOMPARE(log->head()->seq, 500);
        const Verification found = house.verify(log->head());
        QVERIFY2(found.ok, qPrintable(found.reason));
        QCOMPARE(found.headHash, log->head()->hash);
    }

    void hostileTextIsKeptWithinBounds()
    {
        House house;
        const auto log = house.log();
        QVERIFY(await(log->open({})));
        Event bad = happened("loan.token");
        bad.client.argv0 = QString(1'000'000, u'x');
        bad.client.app = QStringLiteral("a") + QChar(0xd800) + QStringLiteral("b");
        bad.client.chain = QStringList(1000, QStringLiteral("/bin/sh"));
        bad.detail = QStringLiteral("a") + QChar(u'\0') + QStringLiteral("b");
        QVERIFY(await(log->append(bad)));
        const Record record = house.all().records.first();
        QCOMPARE(record.event.client.argv0.size(), 4096);
        QCOMPARE(record.event.client.chain.size(), 32);
        QCOMPARE(record.event.client.app, QStringLiteral("a?b"));
        QCOMPARE(record.event.detail, QStringLiteral("a\uFFFDb"));
        QVERIFY(house.verify().ok);
    }

    void aLockedVaultMeansNoRecord()
    {
        House house;
        const auto log = house.log();
        house.vault.lock();
        QCOMPARE(await(log->open({})).error().code, ErrorCode::Locked);
        QCOMPARE(await(log->append(happened("loan.token"))).error().code, ErrorCode::Locked);
        QVERIFY(house.all().records.isEmpty());
    }

    void whatHappensWhileLockedIsNotLost()
    {
        House house;
        const auto log = house.log();
        house.vault.lock();
        QVERIFY(!await(log->open({})));
        const UtcMs then = house.clock.utcMs();
        log->note(happened("loan.denied"));
        house.clock.advance(60'000);
        await(house.vault.unlock({}, {}));
        QVERIFY(await(log->open({})));
        const Page page = house.all();
        QCOMPARE(page.records.size(), 1);
        QCOMPARE(page.records.first().time, then);
        log->close();
        QCOMPARE(await(log->append(happened("loan.token"))).error().code, ErrorCode::Locked);
        log->note(happened("loan.denied"));
        QVERIFY(await(log->open({})));
        QCOMPARE(house.all().records.size(), 2);
        QVERIFY(house.verify().ok);
    }

    void whatIsKeptIsBounded()
    {
        House house;
        const auto log = house.log();
        for (int i = 0; i < 10'003; ++i)
            log->note(happened("loan.denied"));
        QVERIFY(await(log->open({})));
        Filter last;
        last.limit = 1;
        const Record record = await(query(house.database, last))->records.first();
        QCOMPARE(record.seq, 10'001);
        QCOMPARE(record.event.event, QStringLiteral("history.gap"));
        QVERIFY(record.event.detail.startsWith(QStringLiteral("3 events")));
    }

    void openingTwiceMakesOneKey()
    {
        class SlowVault : public MemoryVault
        {
        public:
            Task<Result<Secret>> read(QString key, std::stop_token stop) override
            {
                const Completion<bool> answer = ready;
                co_await answer;
                co_return co_await MemoryVault::read(key, stop);
            }
            Task<Result<void>> write(QString key, Secret value) override
            {
                ++writes;
                co_return co_await MemoryVault::write(key, value);
            }
            Completion<bool> ready;
            int writes = 0;
        };
        House house;
        SlowVault vault;
        AuditLog log(house.database, vault, house.clock, house.random);
        auto first = log.open({});
        auto second = log.open({});
        vault.ready.set(true);
        QVERIFY(await(std::move(first)));
        QVERIFY(await(std::move(second)));
        QCOMPARE(vault.writes, 1);
    }

    void theHeadIsSavedAfterFiveMinutes()
    {
        House house;
        const auto log = house.log();
        QVERIFY(await(log->open({})));
        QCOMPARE(house.clock.alarmsSet(), 0);
        QVERIFY(await(log->append(happened("loan.token"))));
        QCOMPARE(house.clock.alarmsSet(), 1);
        QVERIFY(checkpointText(house).isEmpty());
        house.clock.advance(5 * 60 * 1000 - 1);
        QVERIFY(checkpointText(house).isEmpty());
        house.clock.advance(1);
        QVERIFY(checkpointText(house).contains(QStringLiteral("\"seq\":\"1\"")));
        QCOMPARE(house.clock.alarmsSet(), 0);
    }

    void theHeadIsSavedEveryThousandRecords()
    {
        House house;
        const auto log = house.log();
        QVERIFY(await(log->open({})));
        std::vector<Task<Result<qint64>>> appends;
        for (int i = 0; i < 1000; ++i)
            appends.push_back(log->append(happened("loan.token")));
        for (auto &append : appends)
            QVERIFY(await(std::move(append)));
        QVERIFY(checkpointText(house).contains(QStringLiteral("\"seq\":\"1000\"")));
    }

    void aHeadThatCanNotBeSavedIsTriedAgain()
    {
        House house;
        const auto log = house.log();
        QVERIFY(await(log->open({})));
        QVERIFY(await(log->append(happened("loan.token"))));
        house.vault.lock();
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("not in the vault")));
        QCOMPARE(await(log->checkpoint()).error().code, ErrorCode::Locked);
        QCOMPARE(house.clock.alarmsSet(), 1);
        await(house.vault.unlock({}, {}));
        house.clock.advance(5 * 60 * 1000);
        QVERIFY(checkpointText(house).contains(QStringLiteral("\"seq\":\"1\"")));
    }

    void aCutTailIsWrittenDownAndStaysVisible()
    {
        House house;
        auto log = house.log();
        QVERIFY(await(log->open({})));
        for (int i = 0; i < 5; ++i)
            QVERIFY(await(log->append(happened("loan.token"))));
        QVERIFY(await(log->checkpoint()));
        log.reset();
        house.tamper(withoutTriggers() << QStringLiteral("DELETE FROM audit WHERE seq > 3"));

        // Twice, so that it is seen to be told once.
        for (int i = 0; i < 2; ++i) {
            if (i == 0)
                ignoreGapWarning();
            log = house.log();
            QVERIFY(await(log->open({})));
            const Page page = house.all();
            QCOMPARE(page.records.size(), 4);
            QCOMPARE(page.records.last().seq, 6);
            QCOMPARE(page.records.last().event.event, QStringLiteral("history.gap"));
            QVERIFY(page.records.last().event.detail.contains(QStringLiteral("records 4 to 5")));
            const Verification found = house.verify();
            QVERIFY(!found.ok);
            QCOMPARE(found.firstBadSeq, std::optional<qint64>(4));
        }
        QCOMPARE(await(log->append(happened("loan.token"))).value(), 7);
    }

    void aKeyThatIsGoneIsWrittenDown()
    {
        House house;
        auto log = house.log();
        QVERIFY(await(log->open({})));
        QVERIFY(await(log->append(happened("loan.token"))));
        log.reset();
        await(house.vault.remove(QStringLiteral("audit/key")));
        const Verification found = house.verify();
        QVERIFY(!found.ok);
        QCOMPARE(found.firstBadSeq, std::optional<qint64>(1));
        ignoreGapWarning();
        log = house.log();
        QVERIFY(await(log->open({})));
        QCOMPARE(house.all().records.last().event.event, QStringLiteral("history.gap"));
    }

    void rowsCanNotBeChangedThroughTheTable_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::newRow("update") << QStringLiteral("UPDATE audit SET server = 'x'");
        QTest::newRow("delete") << QStringLiteral("DELETE FROM audit");
        QTest::newRow("replace") << QStringLiteral("REPLACE INTO audit SELECT * FROM audit");
        QTest::newRow("insert before")
            << QStringLiteral("INSERT INTO audit SELECT seq - 5, time, event, outcome, server, "
                              "account, scope, pid, exe, argv0, app, chain, grant_id, "
                              "token_fingerprint, detail, hash FROM audit");
    }
    void rowsCanNotBeChangedThroughTheTable()
    {
        QFETCH(const QString, sql);
        House house;
        const auto log = house.log();
        QVERIFY(await(log->open({})));
        QVERIFY(await(log->append(happened("loan.token"))));
        auto job = [sql](store::Connection &connection) { return connection.run(sql); };
        QVERIFY(!await(house.database->write(std::move(job))));
        QCOMPARE(await(log->append(happened("loan.token"))).value(), 2);
        QVERIFY(house.verify(log->head()).ok);
    }

    void whatWasTakenBackIsNotInTheChain()
    {
        House house;
        const auto chain = std::make_shared<Chain>(Secret::copyOf("key"));
        const auto append = [&](bool fails) {
            auto job = [chain, fails](store::Connection &connection) -> Result<Record> {
                Result<Record> record = chain->append(connection, 1, happened("loan.token"));
                if (fails)
                    return failure(ErrorCode::Internal, QStringLiteral("after all"));
                return record;
            };
            return await(house.database->write(std::move(job)));
        };
        QCOMPARE(append(false)->seq, 1);
        QVERIFY(!append(true));
        QCOMPARE(append(false)->seq, 2);
    }

    void aHeadThatCannotBeReadLeavesItClosed()
    {
        // Without it nobody could tell that the end was cut.
        class HalfVault : public MemoryVault
        {
        public:
            Task<Result<Secret>> read(QString key, std::stop_token stop) override
            {
                if (key == QLatin1StringView("audit/head"))
                    co_return failure(ErrorCode::VaultUnavailable, QStringLiteral("It hangs."));
                co_return co_await MemoryVault::read(key, stop);
            }
        };
        House house;
        HalfVault vault;
        AuditLog log(house.database, vault, house.clock, house.random);
        QCOMPARE(await(log.open({})).error().code, ErrorCode::VaultUnavailable);
        QVERIFY(!log.isOpen());
        QCOMPARE(
            await(log.append(happened("loan.token"))).error().code, ErrorCode::VaultUnavailable);
        AuditVerifier verifier(house.database, vault);
        QCOMPARE(await(verifier.verify({}, {})).error().code, ErrorCode::VaultUnavailable);
    }

    void aFailedCommitLeavesTheChainWhole()
    {
        House house;
        const auto log = house.log();
        QVERIFY(await(log->open({})));
        QVERIFY(await(log->append(happened("loan.token"))));
        const auto limit = [&house](QString sql) {
            auto job = [sql](store::Connection &connection) { return connection.run(sql); };
            return await(house.database->write(std::move(job)))->toInt();
        };
        const int pages = limit(QStringLiteral("PRAGMA page_count"));
        limit(QStringLiteral("PRAGMA max_page_count = %1").arg(pages));
        int failed = 0;
        for (int i = 0; i < 50; ++i) {
            const auto appended = await(log->append(happened("loan.token")));
            if (!appended) {
                QCOMPARE(appended.error().code, ErrorCode::DiskFull);
                ++failed;
            }
        }
        QVERIFY(failed > 0);
        limit(QStringLiteral("PRAGMA max_page_count = 100000"));
        QVERIFY(await(log->append(happened("loan.token"))));
        const Verification found = house.verify(log->head());
        QVERIFY2(found.ok, qPrintable(found.reason));
        QCOMPARE(found.rows, 52 - failed);
    }
};

QTEST_GUILESS_MAIN(AuditLogTest)
#include "AuditLogTest.moc"
