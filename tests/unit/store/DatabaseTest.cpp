// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/Database.h"

#include "tests/unit/store/Hands.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace chatelaine;
using namespace chatelaine::store;
using namespace chatelaine::test;

class DatabaseTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_dir;
    QString m_path;
    int m_count = 0;

private Q_SLOTS:
    void init() { m_path = m_dir.filePath(QStringLiteral("%1.db").arg(++m_count)); }

    void aNewFileIsPrivate()
    {
        const DatabasePtr database = opened(m_path);
        QVERIFY(await(database->write(setting(QStringLiteral("a"), QStringLiteral("b")))));
        const auto others =
            QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther;
        for (const QString &suffix : {QString(), QStringLiteral("-wal"), QStringLiteral("-shm")}) {
            QVERIFY(QFile::exists(m_path + suffix));
            QVERIFY(!(QFile::permissions(m_path + suffix) & others));
        }
    }

    void anOpenFileIsClosedToOthers()
    {
        opened(m_path);
        QVERIFY(QFile::setPermissions(
            m_path, QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther));
        const DatabasePtr database = opened(m_path);
        QVERIFY(!(QFile::permissions(m_path) & (QFile::ReadGroup | QFile::ReadOther)));
    }

    void whatWasWrittenIsThereAfterwards_data()
    {
        QTest::addColumn<bool>("inMemory");
        QTest::newRow("file") << false;
        QTest::newRow("memory") << true;
    }
    void whatWasWrittenIsThereAfterwards()
    {
        QFETCH(const bool, inMemory);
        const DatabasePtr database = opened(inMemory ? QStringLiteral(":memory:") : m_path);
        QCOMPARE(await(database->read(countSettings)).value(), 0);
        QVERIFY(await(database->write(setting(QStringLiteral("a"), QStringLiteral("b")))));
        QCOMPARE(await(database->read(countSettings)).value(), 1);
    }

    // SQLite would by itself only after four thousand pages.
    void theLogIsTakenInWhenAllIsQuiet()
    {
        const DatabasePtr database = opened(m_path);
        const qint64 before = QFileInfo(m_path).size();
        const QString longText(2000, u'x');
        for (int i = 0; i < 300; ++i)
            QVERIFY(await(database->write(setting(QString::number(i), longText))));
        QTRY_VERIFY(QFileInfo(m_path).size() > before + 300 * 2000);
        QCOMPARE(await(database->read(countSettings)).value(), 300);
    }

    void aJobThatFailsSpoilsNoOther()
    {
        const DatabasePtr database = opened(m_path);
        Gate gate;
        auto held = database->write(gate.job());
        gate.entered.acquire();
        auto first = database->write(setting(QStringLiteral("a"), QStringLiteral("1")));
        auto again = database->write(setting(QStringLiteral("a"), QStringLiteral("2")));
        auto third = database->write(setting(QStringLiteral("b"), QStringLiteral("3")));
        gate.open.release();
        QVERIFY(await(std::move(held)));
        QVERIFY(await(std::move(first)));
        QCOMPARE(await(std::move(again)).error().code, ErrorCode::AlreadyExists);
        QVERIFY(await(std::move(third)));
        QCOMPARE(await(database->read(countSettings)).value(), 2);
    }

    void aJobThatFailsLeavesNothing_data()
    {
        QTest::addColumn<bool>("alone");
        QTest::newRow("alone") << true;
        QTest::newRow("among others") << false;
    }
    void aJobThatFailsLeavesNothing()
    {
        QFETCH(const bool, alone);
        const DatabasePtr database = opened(m_path);
        const auto changesItsMind = [](Connection &connection) -> Result<void> {
            if (auto done = setting(QStringLiteral("a"), QStringLiteral("1"))(connection); !done)
                return done;
            return failure(ErrorCode::Refused, QStringLiteral("No."));
        };
        Gate gate;
        auto held = database->write(gate.job());
        gate.entered.acquire();
        auto bad = database->write(changesItsMind);
        std::optional<Task<Result<void>>> good;
        if (!alone)
            good = database->write(setting(QStringLiteral("b"), QStringLiteral("1")));
        gate.open.release();
        QCOMPARE(await(std::move(bad)).error().code, ErrorCode::Refused);
        if (good)
            QVERIFY(await(std::move(*good)));
        QCOMPARE(await(database->read(countSettings)).value(), alone ? 0 : 1);
    }

    void writesThatWaitTogetherShareOneCommit()
    {
        const DatabasePtr database = opened(m_path);
        const qint64 before = QFileInfo(m_path + QStringLiteral("-wal")).size();
        Gate gate;
        auto held = database->write(gate.job());
        gate.entered.acquire();
        std::vector<Task<Result<void>>> writes;
        for (int i = 0; i < 1000; ++i)
            writes.push_back(database->write(setting(QString::number(i), QStringLiteral("x"))));
        gate.open.release();
        for (Task<Result<void>> &write : writes)
            QVERIFY(await(std::move(write)));
        // Each commit adds a frame for each page it touched: 1,000 of them would be 4 MB.
        const qint64 grown = QFileInfo(m_path + QStringLiteral("-wal")).size() - before;
        QVERIFY2(grown < 200'000, qPrintable(QString::number(grown)));
        QCOMPARE(await(database->read(countSettings)).value(), 1000);
    }

    void aLongReadDelaysNoWrite()
    {
        const DatabasePtr database = opened(m_path);
        Gate gate;
        auto reading = database->read(gate.job());
        gate.entered.acquire();
        QVERIFY(await(database->write(setting(QStringLiteral("a"), QStringLiteral("b")))));
        QVERIFY(!reading.isReady());
        gate.open.release();
        QVERIFY(await(std::move(reading)));
    }

    void aReadingJobCanNotWrite()
    {
        const DatabasePtr database = opened(m_path);
        QVERIFY(!await(database->read(setting(QStringLiteral("a"), QStringLiteral("b")))));
        QCOMPARE(await(database->read(countSettings)).value(), 0);
    }

    void closingFinishesWhatIsQueued()
    {
        DatabasePtr database = opened(m_path);
        Gate gate;
        auto held = database->write(gate.job());
        gate.entered.acquire();
        auto queued = database->write(setting(QStringLiteral("a"), QStringLiteral("b")));
        gate.open.release();
        database.reset();
        QVERIFY(queued.isReady());
        QVERIFY(await(std::move(queued)));
        QCOMPARE(await(opened(m_path)->read(countSettings)).value(), 1);
    }

    void closingCallsQueuedReadsOff()
    {
        DatabasePtr database = opened(m_path);
        Gate gate;
        auto held = database->read(gate.job());
        gate.entered.acquire();
        auto queued = database->read(countSettings);
        // The destructor waits for the running read; let it go from the writing thread.
        auto opener = database->write([&gate](Connection &) -> Result<void> {
            gate.open.release();
            return {};
        });
        database.reset();
        QVERIFY(held.isReady());
        QVERIFY(queued.isReady());
        const auto outcome = await(std::move(queued));
        // Depending on who was faster it was still run; it never just hangs.
        QVERIFY(outcome || outcome.error().code == ErrorCode::Cancelled);
        QVERIFY(await(std::move(opener)));
    }

    void theLastOwnerMayGoInAnAnswer()
    {
        DatabasePtr database = opened(m_path);
        const auto use = [](DatabasePtr own) -> Task<Result<void>> {
            auto job = setting(QStringLiteral("a"), QStringLiteral("b"));
            Result<void> done = co_await own->write(std::move(job));
            own.reset();
            co_return done;
        };
        QVERIFY(await(use(std::move(database))));
        QVERIFY(!database);
        QCOMPARE(await(opened(m_path)->read(countSettings)).value(), 1);
    }
};

QTEST_GUILESS_MAIN(DatabaseTest)
#include "DatabaseTest.moc"
