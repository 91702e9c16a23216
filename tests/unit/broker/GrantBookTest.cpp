// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/broker/ProcessFacts.h"
#include "tests/unit/broker/GrantHouse.h"
#include "tests/unit/store/Hands.h"

#include <QAbstractEventDispatcher>
#include <QProcess>
#include <QSignalSpy>
#include <QTest>

using namespace chatelaine;
using namespace chatelaine::broker;
using namespace chatelaine::test;
using store::Grant;
using store::GrantLifetime;

/// Real processes, and loans that use a grant up.
class GrantBookTest : public QObject, private GrantHouse
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QVERIFY(enter()); }
    void cleanup() { leave(); }

    void aSessionEndsWithItsProcess()
    {
        QProcess process;
        const Grant session = ofProcess("g", GrantLifetime::Session, process);
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

    void aProcessThatEndsWhileItsGrantIsWrittenHasNone()
    {
        QProcess process;
        Grant session = ofProcess("g", GrantLifetime::Session, process);
        const QSignalSpy ended(m_book.get(), &GrantBook::ended);
        Gate gate;
        auto busy = m_database->write(gate.job());
        auto adding = m_book->add(session);
        gate.entered.acquire();
        process.kill();
        QVERIFY(process.waitForFinished());
        // That it has ended is known before it is in the book.
        theLoopRests();
        gate.open.release();
        await(std::move(busy));
        QVERIFY(await(std::move(adding)));
        QVERIFY(m_book->all().isEmpty());
        QCOMPARE(ended.size(), 1);
        QTRY_VERIFY(rows().isEmpty());
    }

    void aProcessThatEndsDuringItsLoanGetsNoSecondOne()
    {
        QProcess process;
        QVERIFY(await(m_book->add(ofProcess("g", GrantLifetime::Once, process))));
        const QSignalSpy ended(m_book.get(), &GrantBook::ended);
        const QString id = QStringLiteral("g");
        QVERIFY(m_book->take(id));
        process.kill();
        QVERIFY(process.waitForFinished());
        // A loan may take its time: nothing is told about the end again and again meanwhile.
        theLoopRests();
        QCOMPARE(ended.size(), 0);
        m_book->putBack(id);
        QVERIFY(m_book->all().isEmpty());
        QCOMPARE(ended.size(), 1);
        QTRY_VERIFY(rows().isEmpty());
    }

    void anotherProcessOfThatNumberIsNotBoundTo()
    {
        QProcess process;
        Grant session = ofProcess("g", GrantLifetime::Session, process);
        session.sessionStart -= 1;
        QVERIFY(!await(m_book->add(session)));
        QVERIFY(m_book->all().isEmpty() && rows().isEmpty());
        process.kill();
        QVERIFY(process.waitForFinished());
    }

    void aGrantThatTheLockOvertakesIsNone()
    {
        Gate gate;
        auto busy = m_database->write(gate.job());
        auto adding = m_book->add(grant("g", GrantLifetime::UntilLock));
        auto other = m_book->add(grant("always", GrantLifetime::Always));
        m_book->endAtLock();
        gate.open.release();
        await(std::move(busy));
        QCOMPARE(await(std::move(adding)).error().code, ErrorCode::Locked);
        QVERIFY(await(std::move(other)));
        QCOMPARE(ids(), QStringList{QStringLiteral("always")});
        QTRY_COMPARE(rows().size(), 1);
    }

    void theLockEndsThoseUntilIt()
    {
        QVERIFY(await(m_book->add(grant("lock", GrantLifetime::UntilLock))));
        QVERIFY(await(m_book->add(grant("always", GrantLifetime::Always))));
        m_book->endAtLock();
        QCOMPARE(ids(), QStringList{QStringLiteral("always")});
        QTRY_COMPARE(rows().size(), 1);
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

    void whatIsTakenBackWhileItIsSpentIsNotSpent()
    {
        QVERIFY(await(m_book->add(grant("g", GrantLifetime::Once))));
        const QString id = QStringLiteral("g");
        QVERIFY(m_book->take(id));
        auto spending = m_book->spend(id);
        QVERIFY(await(m_book->remove(id)));
        QCOMPARE(await(std::move(spending)).error().code, ErrorCode::NotFound);
        m_book->putBack(id);
        QVERIFY(m_book->all().isEmpty() && rows().isEmpty());
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

    void whatIsAllowedAnewReplacesNothingElse_data()
    {
        QTest::addColumn<Grant>("other");
        const auto row = [](const char *name, void (*change)(Grant &)) {
            Grant other = grant("other", GrantLifetime::Always);
            other.exeSha256 = QStringLiteral("a");
            change(other);
            QTest::newRow(name) << other;
        };
        row("another program", [](Grant &g) { g.exe = QStringLiteral("/usr/bin/other"); });
        row("another server", [](Grant &g) { g.serverId = QStringLiteral("s2"); });
        row("one account", [](Grant &g) { g.accountId = QStringLiteral("a1"); });
        row("other scopes", [](Grant &g) { g.scopes = {QStringLiteral("read")}; });
        row("a denial", [](Grant &g) { g.deny = true; });
        row("of whatever bytes", [](Grant &g) { g.exeSha256.clear(); });
        row("the same bytes", [](Grant &g) { g.exeSha256 = QStringLiteral("b"); });
    }

    void whatIsAllowedAnewReplacesNothingElse()
    {
        QFETCH(const Grant, other);
        QVERIFY(await(m_book->add(other)));
        Grant anew = grant("anew", GrantLifetime::Always);
        anew.exeSha256 = QStringLiteral("b");
        QVERIFY(await(m_book->add(anew)));
        // Nor does one that says nothing about the bytes.
        QVERIFY(await(m_book->add(grant("plain", GrantLifetime::Always))));
        QCOMPARE(m_book->all().size(), 3);
        QCOMPARE(rows().size(), 3);
    }

private:
    // A process of its own, which runs until it is killed.
    static Grant ofProcess(const char *id, GrantLifetime lifetime, QProcess &process)
    {
        process.start(QStringLiteral("/bin/sleep"), {QStringLiteral("100")});
        if (!process.waitForStarted())
            qFatal("No process.");
        Grant bound = grant(id, lifetime);
        bound.sessionPid = process.processId();
        bound.sessionStart = ProcessDirectory(bound.sessionPid).stat()->startTime;
        return bound;
    }
    // Until a turn of the event loop finds nothing to do.
    static void theLoopRests()
    {
        QAbstractEventDispatcher *const loop = QAbstractEventDispatcher::instance();
        QTRY_VERIFY(!loop->processEvents(QEventLoop::AllEvents));
    }
};

QTEST_GUILESS_MAIN(GrantBookTest)
#include "GrantBookTest.moc"
