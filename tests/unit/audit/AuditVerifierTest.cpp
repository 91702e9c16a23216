// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/audit/House.h"

#include <QFile>
#include <QTest>

using namespace chatelaine;
using namespace chatelaine::audit;
using namespace chatelaine::test;

namespace {

constexpr int rows = 6;

void fill(House &house, bool checkpoint = true)
{
    const auto log = house.log();
    await(log->open({}));
    for (int i = 0; i < rows; ++i)
        await(log->append(happened("loan.token")));
    if (checkpoint)
        await(log->checkpoint());
}

// A vault that is locked while one item is read, and open before and after.
class ShyVault : public MemoryVault
{
public:
    Task<Result<Secret>> read(QString key, std::stop_token stop) override
    {
        if (key == shyOf)
            co_return failure(ErrorCode::Locked, QStringLiteral("locked"));
        co_return co_await MemoryVault::read(key, stop);
    }

    QString shyOf;
};

} // namespace

class AuditVerifierTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anEmptyHistoryIsGood()
    {
        House house;
        QVERIFY(house.verify().ok);
        await(house.log()->open({}));
        QVERIFY(house.verify().ok);
    }

    void anUntouchedHistoryIsGood()
    {
        House house;
        fill(house);
        const Verification found = house.verify();
        QVERIFY2(found.ok, qPrintable(found.reason));
        QCOMPARE(found.rows, rows);
        QCOMPARE(found.headSeq, rows);
        QCOMPARE(found.headHash.size(), 32);
        QVERIFY(!found.firstBadSeq);
    }

    void everyChangeIsFound_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<qint64>("firstBad");
        const QStringList texts{QStringLiteral("event"), QStringLiteral("outcome"),
            QStringLiteral("server"), QStringLiteral("account"), QStringLiteral("scope"),
            QStringLiteral("exe"), QStringLiteral("argv0"), QStringLiteral("app"),
            QStringLiteral("chain"), QStringLiteral("grant_id"),
            QStringLiteral("token_fingerprint"), QStringLiteral("detail")};
        for (qint64 seq = 1; seq <= rows; ++seq) {
            const auto change = [&](const QString &column, const QString &value) {
                QTest::addRow("%s of row %lld", qPrintable(column), seq)
                    << QStringLiteral("UPDATE audit SET %1 = %2 WHERE seq = %3")
                           .arg(column, value)
                           .arg(seq)
                    << seq;
            };
            for (const QString &column : texts)
                change(column, QStringLiteral("%1 || 'x'").arg(column));
            change(QStringLiteral("time"), QStringLiteral("time + 1"));
            change(QStringLiteral("pid"), QStringLiteral("pid + 1"));
            change(QStringLiteral("hash"), QStringLiteral("zeroblob(32)"));
            QTest::addRow("row %lld deleted", seq)
                << QStringLiteral("DELETE FROM audit WHERE seq = %1").arg(seq) << seq;
        }
        const auto row = [](const char *name, const char *sql, qint64 firstBad) {
            QTest::newRow(name) << QString::fromLatin1(sql) << firstBad;
        };
        row("tail cut", "DELETE FROM audit WHERE seq > 4", 5);
        row("head cut", "DELETE FROM audit WHERE seq < 3", 1);
        row("all gone", "DELETE FROM audit", 1);
        row("head cut and moved down",
            "DELETE FROM audit WHERE seq < 3; UPDATE audit SET seq = seq - 2", 1);
        row("two rows swapped",
            "UPDATE audit SET seq = -2 WHERE seq = 2; UPDATE audit SET seq = 2 WHERE seq = 4; "
            "UPDATE audit SET seq = 4 WHERE seq = -2",
            2);
        row("a row doubled at the end",
            "INSERT INTO audit SELECT 7, time, event, outcome, server, account, scope, pid, exe, "
            "argv0, app, chain, grant_id, token_fingerprint, detail, hash FROM audit WHERE seq = 6",
            7);
        row("a row before the first",
            "INSERT INTO audit SELECT 0, time, event, outcome, server, account, scope, pid, exe, "
            "argv0, app, chain, grant_id, token_fingerprint, detail, hash FROM audit WHERE seq = 1",
            0);
        row("text moved between columns",
            "UPDATE audit SET server = server || 'w', account = 'ork' WHERE seq = 3", 3);
        row("no Unicode", "UPDATE audit SET detail = CAST(x'ff' AS TEXT) WHERE seq = 5", 5);
    }
    void everyChangeIsFound()
    {
        QFETCH(const QString, sql);
        QFETCH(const qint64, firstBad);
        House house;
        fill(house);
        house.tamper(withoutTriggers() + sql.split(QStringLiteral("; ")));
        const Verification found = house.verify();
        QVERIFY(!found.ok);
        QCOMPARE(found.firstBadSeq, std::optional(firstBad));
        QVERIFY(found.reason.contains(QString::number(firstBad)));
    }

    void aTailCutBelowTheKnownHeadIsFound()
    {
        House house;
        std::optional<Head> head;
        {
            const auto log = house.log();
            QVERIFY(await(log->open({})));
            for (int i = 0; i < rows; ++i)
                QVERIFY(await(log->append(happened("loan.token"))));
            head = log->head();
        }
        house.tamper(withoutTriggers() << QStringLiteral("DELETE FROM audit WHERE seq = 6"));
        // Nobody saved the head: only who still knows it can tell.
        QVERIFY(house.verify().ok);
        const Verification found = house.verify(head);
        QVERIFY(!found.ok);
        QCOMPARE(found.firstBadSeq, std::optional<qint64>(6));
    }

    void theNewestOfTheKnownHeadsCounts()
    {
        House house;
        fill(house);
        const Record third = house.all().records.at(2);
        house.tamper(withoutTriggers() << QStringLiteral("DELETE FROM audit WHERE seq > 4"));
        const std::optional<Head> older = Head{third.seq, third.hash, 0};
        const Verification found = house.verify(older);
        QVERIFY(!found.ok);
        QCOMPARE(found.firstBadSeq, std::optional<qint64>(5));
    }

    void anotherHistoryOfTheSameKeyIsFound()
    {
        House house;
        fill(house, false);
        const std::optional<Head> other = Head{3, QByteArray(32, 'x'), 0};
        const Verification found = house.verify(other);
        QVERIFY(!found.ok);
        QCOMPARE(found.firstBadSeq, std::optional<qint64>(3));
    }

    void aGoodRowInAnothersPlaceIsFound()
    {
        // A row that was written with this key, after the same row, in a copy of the history.
        House house;
        House copy;
        for (House *one : {&house, &copy}) {
            const auto log = one->log();
            QVERIFY(await(log->open({})));
            QVERIFY(await(log->append(happened("loan.token"))));
            Event second = happened("loan.token");
            if (one == &copy)
                second.detail = QStringLiteral("nothing to see");
            QVERIFY(await(log->append(second)));
            QVERIFY(await(log->append(happened("loan.token"))));
        }
        const QList<Record> theirs = copy.all().records;
        QCOMPARE(house.all().records.first().hash, theirs.first().hash);
        house.tamper(withoutTriggers()
            << QStringLiteral("UPDATE audit SET detail = '%1', hash = x'%2' WHERE seq = 2")
                   .arg(theirs.at(1).event.detail, QString::fromLatin1(theirs.at(1).hash.toHex())));
        const Verification found = house.verify();
        QVERIFY(!found.ok);
        QCOMPARE(found.firstBadSeq, std::optional<qint64>(3));
    }

    void aLockedVaultIsAnError()
    {
        House house;
        fill(house);
        house.vault.lock();
        AuditVerifier verifier(house.database, house.vault);
        QCOMPARE(await(verifier.verify({}, {})).error().code, ErrorCode::Locked);
    }

    // Only the checkpoint tells that the end was cut, and only the key that no row was changed.
    void aVaultThatIsLockedForOneItemIsAnError_data()
    {
        QTest::addColumn<QString>("item");
        QTest::addColumn<QString>("deleted");
        QTest::newRow("checkpoint") << QStringLiteral("audit/head") << QStringLiteral("seq > 4");
        QTest::newRow("key") << QStringLiteral("audit/key") << QStringLiteral("seq < 0");
    }
    void aVaultThatIsLockedForOneItemIsAnError()
    {
        QFETCH(const QString, item);
        QFETCH(const QString, deleted);
        House house;
        ShyVault vault;
        {
            AuditLog log(house.database, vault, house.clock, house.random);
            QVERIFY(await(log.open({})));
            for (int i = 0; i < rows; ++i)
                QVERIFY(await(log.append(happened("loan.token"))));
            QVERIFY(await(log.checkpoint()));
        }
        house.tamper(
            withoutTriggers() << QStringLiteral("DELETE FROM audit WHERE %1").arg(deleted));
        AuditVerifier verifier(house.database, vault);
        vault.shyOf = item;
        const auto unseen = await(verifier.verify({}, {}));
        QVERIFY(!unseen);
        QCOMPARE(unseen.error().code, ErrorCode::Locked);
        vault.shyOf.clear();
        const auto seen = await(verifier.verify({}, {}));
        QVERIFY(seen);
        QCOMPARE(seen->ok, item == QStringLiteral("audit/key"));
    }

    void whatCanNotBeReadIsAnError_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::newRow("the beginning") << QStringLiteral("DROP TABLE audit_begin");
        QTest::newRow("the last row") << QStringLiteral("ALTER TABLE audit RENAME TO gone");
        QTest::newRow("the rows") << QStringLiteral("ALTER TABLE audit RENAME COLUMN app TO gone");
    }
    void whatCanNotBeReadIsAnError()
    {
        QFETCH(const QString, sql);
        House house;
        fill(house);
        house.tamper({sql});
        AuditVerifier verifier(house.database, house.vault);
        int steps = 0;
        const auto progress = [&steps](qint64, qint64) { ++steps; };
        const auto found = await(verifier.verify(progress, {}));
        QVERIFY(!found);
        QCOMPARE(found.error().code, ErrorCode::Internal);
        QCOMPARE(steps, 0);
    }

    // Without a checkpoint a walk that ends there looks like a shorter history.
    void aPageThatIsDamagedInTheMiddleIsAnError()
    {
        House house;
        {
            const auto log = house.log();
            QVERIFY(await(log->open({})));
            for (int i = 0; i < 200; ++i) {
                Event event = happened("loan.token");
                event.detail = QStringLiteral("row-%1;").arg(i);
                log->note(event);
            }
            QVERIFY(await(log->append(happened("loan.token"))));
        }
        QVERIFY(await(house.vault.remove(QStringLiteral("audit/head"))));
        QVERIFY(house.verify().ok);
        house.database.reset();
        {
            constexpr qsizetype pageSize = 4096;
            QFile file(house.path());
            QVERIFY(file.open(QIODevice::ReadWrite));
            const qsizetype at = file.readAll().indexOf("row-100;");
            QVERIFY(at > pageSize);
            QVERIFY(file.seek(at / pageSize * pageSize));
            QCOMPARE(file.write(QByteArray(pageSize, '\0')), pageSize);
        }
        house.openDatabase();
        AuditVerifier verifier(house.database, house.vault);
        const auto found = await(verifier.verify({}, {}));
        QVERIFY(!found);
        QCOMPARE(found.error().code, ErrorCode::DatabaseCorrupt);
    }

    void itTellsHowFarItIsAndCanBeCalledOff()
    {
        House house;
        const auto log = house.log();
        for (int i = 0; i < 10'000; ++i)
            log->note(happened("loan.token"));
        QVERIFY(await(log->open({})));
        for (int i = 0; i < 15'000; ++i)
            log->note(happened("loan.token"));
        QVERIFY(await(log->append(happened("loan.token"))));

        AuditVerifier verifier(house.database, house.vault);
        QList<qint64> told;
        const auto progress = [&told](qint64 done, qint64 total) {
            told.append(done);
            QCOMPARE(total, 25'001);
        };
        const auto found = await(verifier.verify(progress, {}));
        QVERIFY(found->ok);
        QCOMPARE(told, (QList<qint64>{20'000, 25'001}));

        // Rows that come meanwhile are read too, and never are more done than there are.
        bool grown = false;
        const auto grow = [&](qint64 done, qint64 total) {
            QVERIFY(done <= total);
            if (!std::exchange(grown, true))
                QVERIFY(await(log->append(happened("loan.token"))));
        };
        QCOMPARE(await(verifier.verify(grow, {}))->rows, 25'002);

        std::stop_source stop;
        const auto stopAtOnce = [&stop](qint64, qint64) { stop.request_stop(); };
        QCOMPARE(await(verifier.verify(stopAtOnce, stop.get_token())).error().code,
            ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(AuditVerifierTest)
#include "AuditVerifierTest.moc"
