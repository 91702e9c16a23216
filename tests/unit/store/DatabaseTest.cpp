// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/Database.h"

#include "core/store/Migrations.h"
#include "tests/support/Await.h"

#include <QFile>
#include <QFileInfo>
#include <QSemaphore>
#include <QSqlError>
#include <QTemporaryDir>
#include <QTest>

using namespace chatelaine;
using namespace chatelaine::store;
using namespace chatelaine::test;

namespace {

using DatabasePtr = std::shared_ptr<Database>;

DatabasePtr opened(const QString &path)
{
    auto database = await(Database::open(path));
    if (!database)
        qFatal("%s", qPrintable(database.error().message + database.error().detail));
    return *database;
}

// A write of one setting.
auto setting(QString name, QString value)
{
    return [name, value](Connection &connection) -> Result<void> {
        auto done =
            connection.execute(QStringLiteral("INSERT INTO settings VALUES (?, ?)"), {name, value});
        if (!done)
            return failure(done.error());
        return {};
    };
}

Result<int> countSettings(Connection &connection)
{
    const auto count = connection.run(QStringLiteral("SELECT count(*) FROM settings"));
    if (!count)
        return failure(count.error());
    return count->toInt();
}

auto statement(QString sql)
{
    return [sql](Connection &connection) -> Result<void> {
        if (auto done = connection.run(sql); !done)
            return failure(done.error());
        return {};
    };
}

// Holds a working thread until the test lets go.
struct Gate
{
    QSemaphore entered;
    QSemaphore open;

    auto job()
    {
        return [this](Connection &) -> Result<void> {
            entered.release();
            open.acquire();
            return {};
        };
    }
};

QByteArray contents(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s is not there", qPrintable(path));
    return file.readAll();
}

// Another program's hand on the file.
void withSqlite(const QString &path, const QStringList &statements)
{
    {
        QSqlDatabase other =
            QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("other"));
        other.setDatabaseName(path);
        if (!other.open())
            qFatal("can't open");
        QSqlQuery query(other);
        for (const QString &sql : statements) {
            if (!query.exec(sql))
                qFatal("%s: %s", qPrintable(sql), qPrintable(query.lastError().text()));
        }
    }
    QSqlDatabase::removeDatabase(QStringLiteral("other"));
}

} // namespace

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

    void aFullDiskIsTold_data()
    {
        QTest::addColumn<int>("together");
        QTest::newRow("one write") << 1;
        QTest::newRow("several") << 3;
    }
    void aFullDiskIsTold()
    {
        QFETCH(const int, together);
        const DatabasePtr database = opened(m_path);
        const auto pages = await(database->read([](Connection &connection) {
            return connection.run(QStringLiteral("PRAGMA page_count"));
        }));
        const QString limit = QStringLiteral("PRAGMA max_page_count = %1").arg(pages->toInt());
        QVERIFY(await(database->write(statement(limit))));

        Gate gate;
        auto held = database->write(gate.job());
        gate.entered.acquire();
        std::vector<Task<Result<void>>> writes;
        for (int i = 0; i < together; ++i) {
            writes.push_back(database->write(setting(QString::number(i), QString(100'000, u'x'))));
        }
        gate.open.release();
        for (Task<Result<void>> &write : writes)
            QCOMPARE(await(std::move(write)).error().code, ErrorCode::DiskFull);
        QVERIFY(await(std::move(held)));

        QVERIFY(
            await(database->write(statement(QStringLiteral("PRAGMA max_page_count = 100000")))));
        QVERIFY(await(database->write(setting(QStringLiteral("a"), QString(100'000, u'x')))));
        QCOMPARE(await(database->read(countSettings)).value(), 1);
    }

    void anotherProcessThatLocksIsTold()
    {
        const DatabasePtr database = opened(m_path);
        QVERIFY(await(database->write(statement(QStringLiteral("PRAGMA busy_timeout = 0")))));
        {
            QSqlDatabase other =
                QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("other"));
            other.setDatabaseName(m_path);
            QVERIFY(other.open());
            QSqlQuery query(other);
            QVERIFY(query.exec(QStringLiteral("BEGIN IMMEDIATE")));
            const auto write = await(database->write(setting(QStringLiteral("a"), QString())));
            QCOMPARE(write.error().code, ErrorCode::Internal);
            QVERIFY(write.error().message.contains(QStringLiteral("locked by another process")));
        }
        QSqlDatabase::removeDatabase(QStringLiteral("other"));
        QVERIFY(await(database->write(setting(QStringLiteral("a"), QStringLiteral("b")))));
    }

    void whatIsNotOursIsRefusedAndLeftAlone_data()
    {
        QTest::addColumn<QStringList>("statements");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<ErrorCode>("code");
        QTest::newRow("newer schema")
            << QStringList{QStringLiteral("PRAGMA application_id = %1").arg(applicationId),
                   QStringLiteral("PRAGMA user_version = %1").arg(migrations().size() + 1),
                   QStringLiteral("CREATE TABLE later (a)")}
            << QByteArray() << ErrorCode::DatabaseNewer;
        QTest::newRow("newer schema in WAL mode")
            << QStringList{QStringLiteral("PRAGMA journal_mode = WAL"),
                   QStringLiteral("PRAGMA application_id = %1").arg(applicationId),
                   QStringLiteral("PRAGMA user_version = 1000")}
            << QByteArray() << ErrorCode::DatabaseNewer;
        QTest::newRow("another program's")
            << QStringList{QStringLiteral("CREATE TABLE bookmarks (a)")} << QByteArray()
            << ErrorCode::DatabaseCorrupt;
        QTest::newRow("another program's, with a number")
            << QStringList{QStringLiteral("PRAGMA application_id = 7")} << QByteArray()
            << ErrorCode::DatabaseCorrupt;
        QTest::newRow("no database") << QStringList() << QByteArray("Dear diary").repeated(1000)
                                     << ErrorCode::DatabaseCorrupt;
    }
    void whatIsNotOursIsRefusedAndLeftAlone()
    {
        QFETCH(const QStringList, statements);
        QFETCH(const QByteArray, bytes);
        QFETCH(const ErrorCode, code);
        if (!bytes.isEmpty()) {
            QFile file(m_path);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(bytes);
        } else {
            withSqlite(m_path, statements);
        }
        const QByteArray before = contents(m_path);
        const auto database = await(Database::open(m_path));
        QVERIFY(!database);
        QCOMPARE(database.error().code, code);
        QVERIFY(database.error().message.contains(m_path));
        QCOMPARE(contents(m_path), before);
    }

    void aDamagedPageIsTold()
    {
        {
            const DatabasePtr database = opened(m_path);
            for (int i = 0; i < 200; ++i) {
                QVERIFY(await(database->write(setting(QString::number(i), QString(1000, u'x')))));
            }
        }
        QFile file(m_path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        for (qint64 at = 20 * 4096; at < file.size(); at += 4096) {
            QVERIFY(file.seek(at));
            file.write(QByteArray(4096, '\x5a'));
        }
        file.close();
        const DatabasePtr database = opened(m_path);
        const auto read = await(database->read([](Connection &connection) {
            return connection.run(QStringLiteral("SELECT sum(length(value)) FROM settings"));
        }));
        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::DatabaseCorrupt);
    }

    void aMissingDirectoryIsTold()
    {
        const auto database = await(Database::open(m_dir.filePath(QStringLiteral("none/a.db"))));
        QVERIFY(!database);
        QCOMPARE(database.error().code, ErrorCode::Internal);
        QVERIFY(database.error().message.contains(QStringLiteral("none/a.db")));
    }

    void aMigrationThatFailsChangesNothing()
    {
        {
            QSqlDatabase file =
                QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("migrating"));
            file.setDatabaseName(m_path);
            QVERIFY(file.open());
            Connection connection(file, m_path);
            const QStringList one{QStringLiteral("CREATE TABLE a (x)")};
            const QStringList two{
                QStringLiteral("CREATE TABLE b (x)"), QStringLiteral("CREATE TABLE a (x)")};
            QVERIFY(!migrate(connection, {one, two}));
            const auto version = connection.run(QStringLiteral("PRAGMA user_version"));
            QCOMPARE(version->toInt(), 1);
            const auto tables = connection.run(QStringLiteral("SELECT group_concat(name) FROM "
                                                              "sqlite_master"));
            QCOMPARE(tables->toString(), QStringLiteral("a"));

            const QStringList mended{QStringLiteral("CREATE TABLE b (x)")};
            QVERIFY(migrate(connection, {one, mended}));
            QCOMPARE(connection.run(QStringLiteral("PRAGMA user_version"))->toInt(), 2);
        }
        QSqlDatabase::removeDatabase(QStringLiteral("migrating"));
    }
};

QTEST_GUILESS_MAIN(DatabaseTest)
#include "DatabaseTest.moc"
