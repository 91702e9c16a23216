// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/broker/GrantBook.h"

#include "core/broker/ProcessFacts.h"
#include "tests/support/Await.h"
#include "tests/support/FakeClock.h"

#include <QProcess>
#include <QSignalSpy>
#include <QTest>

using namespace chatelaine;
using namespace chatelaine::broker;
using namespace chatelaine::test;
using store::Grant;
using store::GrantLifetime;

namespace {

constexpr qint64 hourMs = 3'600'000;

Grant grant(const char *id, GrantLifetime lifetime)
{
    Grant one;
    one.id = QString::fromLatin1(id);
    one.serverId = QStringLiteral("s1");
    one.exe = QStringLiteral("/usr/bin/agent");
    one.lifetime = lifetime;
    return one;
}

} // namespace

/// A real database and real processes; time is the test's.
class GrantBookTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_clock = std::make_unique<FakeClock>();
        m_database = await(store::Database::open(QStringLiteral(":memory:"))).value();
        m_store = std::make_unique<store::Store>(m_database);
        store::Server server;
        server.id = QStringLiteral("s1");
        server.name = server.id;
        QVERIFY(await(m_store->save(server)));
        m_book = std::make_unique<GrantBook>(*m_store, *m_clock);
    }

    void cleanup()
    {
        m_book.reset();
        m_store.reset();
        m_database.reset();
    }

    void aSessionEndsWithItsProcess()
    {
        QProcess process;
        process.start(QStringLiteral("/bin/sleep"), {QStringLiteral("100")});
        QVERIFY(process.waitForStarted());
        Grant session = grant("g", GrantLifetime::Session);
        session.sessionPid = process.processId();
        session.sessionStart = ProcessDirectory(session.sessionPid).stat()->startTime;
        QVERIFY(await(m_book->add(session)));
        const QSignalSpy ended(m_book.get(), &GrantBook::ended);
        QCOMPARE(m_book->all().size(), 1);
        process.kill();
        QVERIFY(process.waitForFinished());
        QTRY_COMPARE(ended.size(), 1);
        QVERIFY(m_book->all().isEmpty());
        QTRY_VERIFY(rows().isEmpty());
        QVERIFY(!await(m_book->add(session)));
        QVERIFY(m_book->all().isEmpty());
    }

    void aRestartKeepsWhatStillHolds()
    {
        Grant session = grant("session", GrantLifetime::Session);
        session.sessionPid = QCoreApplication::applicationPid();
        session.sessionStart = ProcessDirectory(session.sessionPid).stat()->startTime;
        QVERIFY(await(m_book->add(session)));
        QVERIFY(await(m_book->add(grant("until", GrantLifetime::Until), hourMs)));
        QVERIFY(await(m_book->add(grant("lock", GrantLifetime::UntilLock))));
        QVERIFY(await(m_book->add(grant("always", GrantLifetime::Always))));
        restart();
        QCOMPARE(ids(),
            QStringList({QStringLiteral("always"), QStringLiteral("lock"),
                QStringLiteral("session"), QStringLiteral("until")}));
        restart(true);
        QVERIFY(!ids().contains(QStringLiteral("lock")));
        m_clock->reboot();
        restart();
        QCOMPARE(ids(), QStringList({QStringLiteral("always"), QStringLiteral("until")}));
        QTRY_COMPARE(rows().size(), 2);
        m_clock->jump(hourMs);
        restart();
        QCOMPARE(ids(), QStringList{QStringLiteral("always")});
    }

    void settingTheClockBackProlongsNothing()
    {
        QVERIFY(await(m_book->add(grant("g", GrantLifetime::Until), hourMs)));
        m_clock->advance(hourMs - 1);
        m_clock->jump(-20 * hourMs);
        QVERIFY(!isOver(m_book->all().constFirst(), Moment::of(*m_clock)));
        const Grant before = m_book->all().constFirst();
        const QSignalSpy ended(m_book.get(), &GrantBook::ended);
        m_clock->advance(1);
        QVERIFY(isOver(before, Moment::of(*m_clock)));
        QCOMPARE(ended.size(), 1);
        QVERIFY(m_book->all().isEmpty());
        QTRY_VERIFY(rows().isEmpty());
    }

    void theLockEndsThoseUntilIt()
    {
        QVERIFY(await(m_book->add(grant("lock", GrantLifetime::UntilLock))));
        QVERIFY(await(m_book->add(grant("always", GrantLifetime::Always))));
        m_book->endAtLock();
        QCOMPARE(ids(), QStringList{QStringLiteral("always")});
        QTRY_COMPARE(rows().size(), 1);
    }

    void whatIsNotUsedLapses()
    {
        Grant idle = grant("g", GrantLifetime::Always);
        idle.idleMs = 24 * hourMs;
        QVERIFY(await(m_book->add(idle)));
        m_clock->advance(23 * hourMs);
        m_book->used(QStringLiteral("g"));
        m_clock->advance(23 * hourMs);
        QCOMPARE(m_book->all().size(), 1);
        m_clock->advance(hourMs);
        QVERIFY(m_book->all().isEmpty());
        QTRY_VERIFY(rows().isEmpty());
    }

    void whatIsUsedAllTheTimeStays()
    {
        Grant idle = grant("g", GrantLifetime::Always);
        idle.idleMs = 30'000;
        QVERIFY(await(m_book->add(idle)));
        const QSignalSpy ended(m_book.get(), &GrantBook::ended);
        for (int i = 0; i < 12; ++i) {
            m_clock->advance(10'000);
            m_book->used(QStringLiteral("g"));
            QCOMPARE(ended.size(), 0);
            QVERIFY(!isOver(m_book->all().constFirst(), Moment::of(*m_clock)));
        }
        QCOMPARE(m_book->all().constFirst().lastUsed, m_clock->utcMs());
        m_clock->advance(29'999);
        QCOMPARE(ended.size(), 0);
        m_clock->advance(1);
        QCOMPARE(ended.size(), 1);
    }

    void aWallClockThatIsSetIsNoUse()
    {
        for (const qint64 byMs : {-48 * hourMs, 48 * hourMs}) {
            Grant idle = grant("g", GrantLifetime::Always);
            idle.idleMs = 24 * hourMs;
            QVERIFY(await(m_book->add(idle)));
            m_book->used(QStringLiteral("g"));
            m_clock->advance(23 * hourMs);
            m_clock->jump(byMs);
            QCOMPARE(m_book->all().size(), 1);
            QVERIFY(!isOver(m_book->all().constFirst(), Moment::of(*m_clock)));
            m_clock->advance(hourMs - 1);
            QCOMPARE(m_book->all().size(), 1);
            m_clock->advance(1);
            QVERIFY(m_book->all().isEmpty());
        }
    }

    void idleTimeGoesOnOverARestart()
    {
        Grant idle = grant("g", GrantLifetime::Always);
        idle.idleMs = 24 * hourMs;
        QVERIFY(await(m_book->add(idle)));
        m_clock->advance(hourMs);
        m_book->used(QStringLiteral("g"));
        QTRY_COMPARE(rows().constFirst().lastUsed, m_clock->utcMs());
        m_clock->advance(20 * hourMs);
        m_clock->reboot();
        restart();
        m_clock->jump(-48 * hourMs);
        m_clock->advance(4 * hourMs - 1);
        QCOMPARE(m_book->all().size(), 1);
        m_clock->advance(1);
        QVERIFY(m_book->all().isEmpty());
    }

    void nothingToEndSetsNoAlarm()
    {
        QVERIFY(await(m_book->add(grant("always", GrantLifetime::Always))));
        QCOMPARE(m_clock->alarmsSet(), 0);
        QVERIFY(await(m_book->add(grant("until", GrantLifetime::Until), hourMs)));
        QCOMPARE(m_clock->alarmsSet(), 1);
        QVERIFY(await(m_book->remove(QStringLiteral("until"))));
        QCOMPARE(m_clock->alarmsSet(), 0);
    }

    void oneLoanUsesAGrantForOnce()
    {
        QVERIFY(await(m_book->add(grant("g", GrantLifetime::Once))));
        const QString id = QStringLiteral("g");
        QVERIFY(m_book->take(id));
        QVERIFY(!m_book->take(id));
        QVERIFY(m_book->all().isEmpty());
        QVERIFY(m_book->find(id));
        m_book->putBack(id);
        QCOMPARE(m_book->all().size(), 1);
        QVERIFY(m_book->take(id));
        QVERIFY(await(m_book->spend(id)));
        QVERIFY(rows().isEmpty());
        // The loan did not come about after all.
        m_book->putBack(id);
        QTRY_COMPARE(rows().size(), 1);
        QVERIFY(m_book->take(id));
        QVERIFY(await(m_book->spend(id)));
        m_book->spent(id);
        m_book->putBack(id);
        QVERIFY(m_book->all().isEmpty() && rows().isEmpty());
        QCOMPARE(await(m_book->remove(id)).error().code, ErrorCode::NotFound);
    }

    void whatIsWithALoanCanBeTakenBack()
    {
        QVERIFY(await(m_book->add(grant("g", GrantLifetime::Once))));
        const QString id = QStringLiteral("g");
        QVERIFY(m_book->take(id));
        QVERIFY(await(m_book->remove(id)));
        QVERIFY(rows().isEmpty());
        QCOMPARE(await(m_book->spend(id)).error().code, ErrorCode::NotFound);
        m_book->putBack(id);
        QVERIFY(m_book->all().isEmpty());
    }

    void whatIsAllowedAnewReplacesTheOldBytes()
    {
        Grant old = grant("old", GrantLifetime::Always);
        old.exeSha256 = QStringLiteral("a");
        Grant other = old;
        other.id = QStringLiteral("other");
        other.exe = QStringLiteral("/usr/bin/other");
        Grant anew = old;
        anew.id = QStringLiteral("anew");
        anew.exeSha256 = QStringLiteral("b");
        for (const Grant &one : {old, other, anew})
            QVERIFY(await(m_book->add(one)));
        QCOMPARE(ids(), QStringList({QStringLiteral("anew"), QStringLiteral("other")}));
        QTRY_COMPARE(rows().size(), 2);
    }

private:
    QList<Grant> rows() { return await(m_store->load()).value().grants; }
    QStringList ids() const
    {
        QStringList all;
        for (const Grant &one : m_book->all())
            all.append(one.id);
        all.sort();
        return all;
    }
    void restart(bool locked = false)
    {
        m_book = std::make_unique<GrantBook>(*m_store, *m_clock);
        m_book->load(rows(), locked);
    }

    std::unique_ptr<FakeClock> m_clock;
    std::shared_ptr<store::Database> m_database;
    std::unique_ptr<store::Store> m_store;
    std::unique_ptr<GrantBook> m_book;
};

QTEST_GUILESS_MAIN(GrantBookTest)
#include "GrantBookTest.moc"
