// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/broker/Patience.h"

#include <QTest>

using namespace chatelaine::broker;

class PatienceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneClientAsksSoOften()
    {
        Patience::Limits limits;
        limits.questions = 2;
        limits.questionEveryMs = 1000;
        Patience patience(limits);
        const QString client = QStringLiteral("a");
        for (int i = 0; i < 2; ++i) {
            QCOMPARE(patience.question(client, 5000), 0);
            patience.questionEnded(client);
        }
        QCOMPARE(patience.question(client, 5000), 1000);
        QCOMPARE(patience.question(client, 5999), 1);
        QCOMPARE(patience.question(QStringLiteral("b"), 5000), 0);
        QCOMPARE(patience.question(client, 6000), 0);
        patience.questionEnded(client);
        QCOMPARE(patience.question(client, 6000), 1000);
        // Who waits long enough has the whole allowance again, and no more than that.
        for (int i = 0; i < 2; ++i) {
            QCOMPARE(patience.question(client, 100'000), 0);
            patience.questionEnded(client);
        }
        QVERIFY(patience.question(client, 100'000) > 0);
    }

    void soManyWait()
    {
        Patience::Limits limits;
        limits.waiting = 2;
        limits.waitingInAll = 3;
        Patience patience(limits);
        QCOMPARE(patience.question(QStringLiteral("a"), 1), 0);
        QCOMPARE(patience.question(QStringLiteral("a"), 1), 0);
        QVERIFY(patience.question(QStringLiteral("a"), 1) > 0);
        QCOMPARE(patience.question(QStringLiteral("b"), 1), 0);
        QVERIFY(patience.question(QStringLiteral("c"), 1) > 0);
        patience.questionEnded(QStringLiteral("a"));
        QCOMPARE(patience.question(QStringLiteral("c"), 1), 0);
    }

    void refusalsAreCountedToo()
    {
        Patience::Limits limits;
        limits.refusals = 3;
        limits.refusalEveryMs = 100;
        Patience patience(limits);
        for (int i = 0; i < 3; ++i)
            QCOMPARE(patience.refusal(QStringLiteral("a"), 0), 0);
        QCOMPARE(patience.refusal(QStringLiteral("a"), 0), 100);
        QCOMPARE(patience.refusal(QStringLiteral("b"), 0), 0);
        QCOMPARE(patience.refusal(QStringLiteral("a"), 100), 0);
    }

    void aNoIsRememberedForAWhile()
    {
        Patience patience;
        QCOMPARE(patience.deniedFor(QStringLiteral("q"), 0), 0);
        patience.denied(QStringLiteral("q"), 1000);
        QCOMPARE(patience.deniedFor(QStringLiteral("q"), 1000), 60'000);
        QCOMPARE(patience.deniedFor(QStringLiteral("other"), 1000), 0);
        QCOMPARE(patience.deniedFor(QStringLiteral("q"), 60'999), 1);
        QCOMPARE(patience.deniedFor(QStringLiteral("q"), 61'000), 0);
    }
};

QTEST_GUILESS_MAIN(PatienceTest)
#include "PatienceTest.moc"
