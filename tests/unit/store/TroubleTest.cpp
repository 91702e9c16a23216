// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/Migrations.h"
#include "tests/unit/store/Hands.h"

#include <QFile>
#include <QSqlError>
#include <QTemporaryDir>
#include <QTest>

using namespace chatelaine;
using namespace chatelaine::store;
using namespace chatelaine::test;

namespace {

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

/// A database that can't be written, is not ours, or is damaged.
class TroubleTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_dir;
    QString m_path;
    int m_count = 0;

private Q_SLOTS:
    void init() { m_path = m_dir.filePath(QStringLiteral("%1.db").arg(++m_count)); }

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

QTEST_GUILESS_MAIN(TroubleTest)
#include "TroubleTest.moc"
