// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/broker/ProcessFacts.h"
#include "tests/unit/broker/GrantHouse.h"

#include <QSignalSpy>
#include <QTest>

using namespace chatelaine;
using namespace chatelaine::broker;
using namespace chatelaine::test;
using store::Grant;
using store::GrantLifetime;

/// Grants that end by themselves, with time.
class GrantTimeTest : public QObject, private GrantHouse
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QVERIFY(enter()); }
    void cleanup() { leave(); }

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

    void theAlarmFollowsTheClockThatComesFirst_data()
    {
        QTest::addColumn<qint64>("jump");
        QTest::addColumn<qint64>("left");
        QTest::newRow("the wall clock was set back") << -20 * hourMs << hourMs;
        QTest::newRow("the wall clock was set on") << hourMs / 2 << hourMs / 2;
    }

    void theAlarmFollowsTheClockThatComesFirst()
    {
        QFETCH(const qint64, jump);
        QFETCH(const qint64, left);
        QVERIFY(await(m_book->add(grant("g", GrantLifetime::Until), hourMs)));
        m_clock->jump(jump);
        // Any change of the grants sets the alarm anew.
        QVERIFY(await(m_book->add(grant("other", GrantLifetime::Always))));
        m_clock->advance(left - 1);
        QCOMPARE(m_book->all().size(), 2);
        m_clock->advance(1);
        QCOMPARE(ids(), QStringList{QStringLiteral("other")});
    }

    void oneAlarmAfterAnother()
    {
        QVERIFY(await(m_book->add(grant("late", GrantLifetime::Until), 2 * hourMs)));
        QVERIFY(await(m_book->add(grant("early", GrantLifetime::Until), hourMs)));
        m_clock->advance(hourMs);
        QCOMPARE(ids(), QStringList{QStringLiteral("late")});
        m_clock->advance(hourMs - 1);
        QCOMPARE(m_book->all().size(), 1);
        m_clock->advance(1);
        QVERIFY(m_book->all().isEmpty());
    }

    void theTimeOfAnotherBootSetsNoAlarm()
    {
        QVERIFY(await(m_book->add(grant("g", GrantLifetime::Until), hourMs)));
        const UtcMs end = m_clock->utcMs() + hourMs;
        m_clock->reboot();
        m_clock->jump(-20 * hourMs);
        restart();
        // Before that, the new run of the machine comes past the old one's hour.
        m_clock->advanceToNextAlarm();
        QCOMPARE(m_clock->utcMs(), end);
        QVERIFY(m_book->all().isEmpty());
    }

    void anAlarmIsSetAfterARestart_data()
    {
        QTest::addColumn<bool>("reboot");
        QTest::newRow("of the broker") << false;
        QTest::newRow("of the machine") << true;
    }

    void anAlarmIsSetAfterARestart()
    {
        QFETCH(const bool, reboot);
        // Long up: its deadline by the time since boot means nothing in the next run.
        m_clock->advance(1000 * hourMs);
        QVERIFY(await(m_book->add(grant("g", GrantLifetime::Until), hourMs)));
        m_clock->advance(hourMs / 2);
        if (reboot)
            m_clock->reboot();
        restart();
        QCOMPARE(m_book->all().size(), 1);
        m_clock->advance(hourMs / 2 - 1);
        QCOMPARE(m_book->all().size(), 1);
        m_clock->advance(1);
        QVERIFY(m_book->all().isEmpty());
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

    void theClockThatWasOverIsTheReason_data()
    {
        QTest::addColumn<qint64>("forMs");
        QTest::addColumn<qint64>("idleMs");
        QTest::addColumn<QString>("reason");
        const QString unused = QStringLiteral("it was not used for too long");
        const QString timeUp = QStringLiteral("its time is up");
        QTest::newRow("unused before its time") << 48 * hourMs << hourMs << unused;
        QTest::newRow("its time before that") << hourMs << 48 * hourMs << timeUp;
        QTest::newRow("its time alone") << hourMs << qint64(0) << timeUp;
        QTest::newRow("no time at all") << qint64(0) << hourMs << unused;
    }

    void theClockThatWasOverIsTheReason()
    {
        QFETCH(const qint64, forMs);
        QFETCH(const qint64, idleMs);
        QFETCH(const QString, reason);
        Grant one = grant("g", forMs > 0 ? GrantLifetime::Until : GrantLifetime::Always);
        one.idleMs = idleMs;
        QVERIFY(await(m_book->add(one, forMs)));
        const QSignalSpy ended(m_book.get(), &GrantBook::ended);
        m_clock->advance(hourMs);
        QCOMPARE(ended.size(), 1);
        QCOMPARE(ended.first().at(1).toString(), reason);
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

    void usesAreWrittenOnceAMinute()
    {
        QVERIFY(await(m_book->add(grant("g", GrantLifetime::Always))));
        const QString id = QStringLiteral("g");
        m_book->used(id);
        const UtcMs first = m_clock->utcMs();
        for (int i = 0; i < 59; ++i) {
            m_clock->advance(1000);
            m_book->used(id);
        }
        QCOMPARE(m_book->all().constFirst().lastUsed, m_clock->utcMs());
        QCOMPARE(rows().constFirst().lastUsed, first);
        m_clock->advance(1000);
        m_book->used(id);
        QCOMPARE(rows().constFirst().lastUsed, first + 60'000);
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
};

QTEST_GUILESS_MAIN(GrantTimeTest)
#include "GrantTimeTest.moc"
