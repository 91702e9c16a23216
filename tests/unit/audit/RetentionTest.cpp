// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audit/Retention.h"

#include "core/audit/AuditExport.h"
#include "tests/unit/audit/OldHouse.h"

#include <QBuffer>
#include <QTest>

using namespace chatelaine;
using namespace chatelaine::audit;
using namespace chatelaine::test;

namespace {

/// Writes loans one after another until it is told to stop.
Task<qint64> lendUntil(AuditLog *log, const bool *enough)
{
    qint64 count = 0;
    while (!*enough) {
        const Result<qint64> written = co_await log->append(happened("loan.token", "busy"));
        if (!written)
            qFatal("%s", qPrintable(written.error().message));
        ++count;
    }
    co_return count;
}

} // namespace

class RetentionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oldRowsGoAndTheRestVerifies()
    {
        OldHouse house;
        const Result<qint64> removed = house.trim({30, 0});
        QVERIFY2(removed, removed ? "" : qPrintable(removed.error().message));
        QCOMPARE(*removed, 1200);
        QCOMPARE(house.firstSeq(), 1201);
        const Verification found = house.verify(house.history->head());
        QVERIFY2(found.ok, qPrintable(found.reason));
        QCOMPARE(found.firstSeq, 1201);
        QCOMPARE(found.removedAt, house.clock.utcMs());
        QCOMPARE(found.rows, 301);
        const Record told = house.all().records.constLast();
        QCOMPARE(told.event.event, QStringLiteral("history.trimmed"));
        QVERIFY2(told.event.detail.startsWith(QStringLiteral("1200 records up to 1200 ")),
            qPrintable(told.event.detail));

        // Nothing more to do; and the history goes on as if nothing had been.
        QCOMPARE(*house.trim({30, 0}), 0);
        house.history.reset();
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        house.history = house.log();
        QVERIFY(await(house.history->open({})));
        fill(*house.history, 10);
        QVERIFY(house.verify().ok);
    }

    void aLargeHistoryGetsSmaller()
    {
        House house;
        const auto log = house.log();
        QVERIFY(await(log->open({})));
        for (int i = 0; i < 6; ++i)
            fill(*log, 1000);
        Retention retention(house.database, *log, house.clock);
        retention.setLimits({0, 1});
        const Result<qint64> removed = await(retention.run());
        QVERIFY(removed);
        QVERIFY(*removed > 500);
        QVERIFY(*removed < 6000);
        const Verification found = house.verify();
        QVERIFY2(found.ok, qPrintable(found.reason));
        QCOMPARE(found.firstSeq, *removed + 1);
        // It has come down to the limit and not further than a batch below.
        retention.setLimits({0, 2});
        QCOMPARE(*await(retention.run()), 0);
    }

    void theNewestRowStays()
    {
        OldHouse house;
        house.clock.jump(400 * dayMs);
        fill(*house.history, 1);
        house.clock.jump(400 * dayMs);
        QCOMPARE(*house.trim({30, 0}), 1500);
        QCOMPARE(house.firstSeq(), 1501);
        QVERIFY(house.verify().ok);
    }

    void withoutLimitsNothingGoes()
    {
        OldHouse house;
        QCOMPARE(*house.trim({}), 0);
        QCOMPARE(house.firstSeq(), 1);
        QCOMPARE(house.verify().removedAt, 0);
    }

    void aLockedVaultKeepsAll()
    {
        OldHouse house;
        house.history->close();
        QCOMPARE(house.trim({30, 0}).error().code, ErrorCode::Locked);
        QCOMPARE(house.firstSeq(), 1);
    }

    void itLooksEveryDay()
    {
        OldHouse house;
        Retention retention(house.database, *house.history, house.clock);
        QCOMPARE(house.clock.alarmsSet(), 1); // the log's own
        retention.setLimits({45, 0});
        QTRY_COMPARE(await(retention.run()).value(), 0);
        QCOMPARE(house.firstSeq(), 1);
        const auto aDayLater = [&] {
            house.clock.advance(dayMs);
            return house.firstSeq();
        };
        QTRY_COMPARE(aDayLater(), 1201);
        retention.setLimits({});
        house.clock.advance(dayMs);
        QVERIFY(house.clock.alarmsSet() <= 1);
    }

    void whatIsWrongWithTheBeginningIsNamed_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<qint64>("firstBad");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *name, const char *sql, qint64 bad, const char *says) {
            QTest::newRow(name) << QString::fromLatin1(sql) << bad << QString::fromLatin1(says);
        };
        row("no record of it", "DELETE FROM audit_begin", 1, "no record says that they were");
        row("moved on", "DELETE FROM audit WHERE seq < 1301; UPDATE audit_begin SET seq = 1300",
            1300, "forged");
        row("another hash", "UPDATE audit_begin SET hash = zeroblob(32)", 1200, "forged");
        row("another day", "UPDATE audit_begin SET removed_at = removed_at + 1", 1200, "forged");
        row("no mac", "UPDATE audit_begin SET mac = x''", 1200, "forged");
        row("more is missing", "DELETE FROM audit WHERE seq < 1211", 1201, "missing");
        row("a row before it",
            "INSERT INTO audit SELECT 1200, time, event, outcome, server, account, scope, pid, "
            "exe, argv0, app, chain, grant_id, token_fingerprint, detail, hash FROM audit WHERE "
            "seq = 1201",
            1200, "begin with 1201");
    }
    void whatIsWrongWithTheBeginningIsNamed()
    {
        QFETCH(const QString, sql);
        QFETCH(const qint64, firstBad);
        QFETCH(const QString, says);
        OldHouse house;
        QVERIFY(house.trim({30, 0}));
        house.history.reset();
        house.tamper(withoutTriggers() + sql.split(QStringLiteral("; ")));
        const Verification found = house.verify();
        QVERIFY(!found.ok);
        QCOMPARE(found.firstBadSeq, std::optional(firstBad));
        QVERIFY2(found.reason.contains(says), qPrintable(found.reason));
    }

    void anOldRecordOfTheBeginningDoesNotReplaceANewOne()
    {
        OldHouse house;
        QVERIFY(house.trim({30, 0}));
        const auto old = await(house.database->read(readBegin)).value();
        house.clock.advance(40 * dayMs);
        fill(*house.history, 20);
        house.clock.jump(dayMs);
        QVERIFY(*house.trim({30, 0}) > 0);
        house.history.reset();
        house.tamper({QStringLiteral("UPDATE audit_begin SET seq = %1, removed_at = %2, hash = "
                                     "x'%3', mac = x'%4'")
                          .arg(old.seq)
                          .arg(old.removedAt)
                          .arg(QString::fromLatin1(old.hash.toHex()),
                              QString::fromLatin1(old.mac.toHex()))});
        const Verification found = house.verify();
        QVERIFY(!found.ok);
        QCOMPARE(found.firstBadSeq, std::optional<qint64>(1201));
    }

    void aRemovedRecordIsTheOneWhoseHashWasKept()
    {
        OldHouse house;
        Head last{1200, house.all().records.at(999).hash, 0};
        QVERIFY(house.trim({30, 0}));
        const Verification found = house.verify(last);
        QVERIFY(!found.ok);
        QCOMPARE(found.firstBadSeq, std::optional<qint64>(1200));
        last.hash = await(house.database->read(readBegin)).value().hash;
        QVERIFY(house.verify(last).ok);
    }

    /// More rows behind the beginning than one step reads.
    void aBeginningIsTakenOnce()
    {
        House house;
        const auto log = house.log();
        QVERIFY(await(log->open({})));
        for (int i = 0; i < 20'010; ++i)
            log->note(happened("loan.token"));
        QVERIFY(await(log->append(happened("loan.token"))));
        QVERIFY(await(log->checkpoint()));
        Removal oldest;
        oldest.belowSeq = 3;
        oldest.atMost = 2;
        QCOMPARE(await(log->removeOldest(oldest))->rows, 2);
        const Verification found = house.verify(log->head());
        QVERIFY2(found.ok, qPrintable(found.reason));
        QCOMPARE(found.rows, 20'009);
    }

    void aReplayedOldDatabaseIsFound()
    {
        OldHouse house;
        QVERIFY(await(house.history->checkpoint()));
        house.history.reset();
        house.database.reset();
        const QString copy = house.dir.filePath(QStringLiteral("old.db"));
        QVERIFY(QFile::copy(house.path(), copy));
        house.openDatabase();
        house.history = house.log();
        QVERIFY(await(house.history->open({})));
        fill(*house.history, 5);
        QVERIFY(await(house.history->checkpoint()));
        house.history.reset();
        house.database.reset();
        QVERIFY(QFile::remove(house.path()));
        QVERIFY(QFile::rename(copy, house.path()));
        house.openDatabase();
        const Verification found = house.verify();
        QVERIFY(!found.ok);
        QCOMPARE(found.firstBadSeq, std::optional<qint64>(1501));
        QVERIFY2(found.reason.contains(QStringLiteral("The end was cut")),
            qPrintable(found.reason));
    }

    void onlyWhatWasSignedAwayCanBeDeleted()
    {
        OldHouse house;
        QVERIFY(house.trim({30, 0}));
        const auto slip = [](store::Connection &connection) -> Result<void> {
            const auto done =
                connection.execute(QStringLiteral("DELETE FROM audit WHERE seq = 1201"));
            if (!done)
                return failure(done.error());
            return {};
        };
        QVERIFY(!await(house.database->write(slip)));
        QCOMPARE(house.firstSeq(), 1201);
    }

    void loansGetInBetween()
    {
        OldHouse house;
        Retention retention(house.database, *house.history, house.clock);
        retention.setLimits({30, 0});
        auto removing = retention.run();
        // Three batches; the loan waits for one of them.
        QVERIFY(await(house.history->append(happened("loan.token", "urgent"))));
        QVERIFY(!removing.isReady());
        QCOMPARE(*await(std::move(removing)), 1200);
        QVERIFY(house.verify().ok);
    }

    void verifyingGoesOnWhileRowsGo()
    {
        House house;
        const auto log = house.log();
        QVERIFY(await(log->open({})));
        for (int i = 0; i < 30; ++i)
            fill(*log, 1000);
        house.clock.advance(40 * dayMs);
        fill(*log, 100);
        house.clock.jump(dayMs);
        Retention retention(house.database, *log, house.clock);
        AuditVerifier verifier(house.database, house.vault, log->head());
        bool removed = false;
        const auto afterTheFirstStep = [&](qint64, qint64) {
            retention.setLimits({30, 0});
            if (!std::exchange(removed, true))
                QCOMPARE(await(retention.run()).value(), 30'000);
        };
        const auto found = await(verifier.verify(afterTheFirstStep, {}));
        QVERIFY2(found->ok, qPrintable(found->reason));
        QCOMPARE(found->firstSeq, 30'001);
        // The record of the removal may be in it already.
        QVERIFY(found->rows == 20'000 + 100 || found->rows == 20'000 + 101);
    }

    void loansGoOnWhileTheHistoryIsReadOut()
    {
        House house;
        const auto log = house.log();
        QVERIFY(await(log->open({})));
        for (int i = 0; i < 20; ++i)
            fill(*log, 1000);
        const qint64 before = log->head()->seq;

        bool enough = false;
        auto lending = lendUntil(log.get(), &enough);
        QBuffer out;
        QVERIFY(out.open(QIODevice::WriteOnly));
        const auto exported =
            await(exportTo(house.database, {}, ExportFormat::JsonLines, &out, {}, {}));
        const qint64 during = log->head()->seq - before;
        AuditVerifier verifier(house.database, house.vault, log->head());
        const auto found = await(verifier.verify({}, {}));
        const qint64 after = log->head()->seq - before;
        enough = true;
        const qint64 lent = await(std::move(lending));

        // A loan waits for its own commit and for none of the reading.
        QVERIFY2(during > 20, qPrintable(QString::number(during)));
        QVERIFY(after > during);
        QVERIFY2(found->ok, qPrintable(found->reason));
        // The export is what there was when it began: each row once, in order.
        QVERIFY(exported);
        const QList<QByteArray> lines = out.data().trimmed().split('\n');
        QCOMPARE(lines.size(), *exported);
        QVERIFY(*exported >= before);
        QVERIFY(*exported < before + during);
        for (qsizetype i = 0; i < lines.size(); i += 997)
            QVERIFY(lines.at(i).contains("\"seq\":" + QByteArray::number(i + 1)));
        QVERIFY(lines.constLast().contains("\"seq\":" + QByteArray::number(*exported)));
        // And not one loan is lost.
        QCOMPARE(log->head()->seq, before + lent);
        QVERIFY(house.verify(log->head()).ok);
    }

    void anExportThatLosesRowsSaysSo()
    {
        OldHouse house;
        Retention retention(house.database, *house.history, house.clock);
        QBuffer out;
        QVERIFY(out.open(QIODevice::WriteOnly));
        bool removed = false;
        const auto afterTheFirstPage = [&](qint64, qint64) {
            retention.setLimits({30, 0});
            if (!std::exchange(removed, true))
                QCOMPARE(await(retention.run()).value(), 1200);
        };
        const auto exported = await(exportTo(
            house.database, {}, ExportFormat::JsonLines, &out, afterTheFirstPage, {}));
        QVERIFY(!exported);
        QVERIFY2(exported.error().message.contains(QStringLiteral("Export again")),
            qPrintable(exported.error().message));
    }
};

QTEST_GUILESS_MAIN(RetentionTest)
#include "RetentionTest.moc"
