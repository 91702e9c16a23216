// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Pace.h"

#include <QElapsedTimer>
#include <QTest>

using namespace chatelaine;

namespace {

Task<void> goOn(Pace *pace, QList<int> *order, int who)
{
    co_await pace->turn();
    order->append(who);
}

} // namespace

class PaceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneAfterAnother()
    {
        constexpr int intervalMs = 5;
        Pace pace(intervalMs);
        QList<int> order;
        QElapsedTimer time;
        time.start();
        for (int i = 0; i < 5; ++i)
            detach(goOn(&pace, &order, i));
        QCOMPARE(order, QList<int>{0});
        QTRY_COMPARE(order, (QList<int>{0, 1, 2, 3, 4}));
        // A timer may be late but not early.
        QVERIFY(time.elapsed() >= 4 * intervalMs - 1);
    }

    void whoComesLaterNeedNotWait()
    {
        Pace pace(1);
        QList<int> order;
        detach(goOn(&pace, &order, 0));
        detach(goOn(&pace, &order, 1));
        QTRY_COMPARE(order.size(), 2);
        // The interval after the last of them is over as well some time.
        const auto atOnce = [&] {
            const qsizetype before = order.size();
            detach(goOn(&pace, &order, 2));
            return order.size() > before;
        };
        QVERIFY(QTest::qWaitFor(atOnce));
    }

    void allGoWhenTheyAreLet()
    {
        Pace pace(3'600'000);
        QList<int> order;
        for (int i = 0; i < 4; ++i)
            detach(goOn(&pace, &order, i));
        QCOMPARE(order.size(), 1);
        pace.letAllGo();
        QCOMPARE(order, (QList<int>{0, 1, 2, 3}));
        // Whoever comes after that waits for the interval as before.
        detach(goOn(&pace, &order, 4));
        QCOMPARE(order.size(), 4);
        pace.letAllGo();
        QCOMPARE(order.size(), 5);
    }
};

QTEST_GUILESS_MAIN(PaceTest)
#include "PaceTest.moc"
