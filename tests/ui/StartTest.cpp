// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/House.h"
#include "tests/ui/Play.h"
#include "ui/shell/FailureWindow.h"

#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>

using namespace chatelaine;
using namespace chatelaine::test;

/// The whole application, where its start does not go as it should.
class StartTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QApplication::setQuitOnLastWindowClosed(false); }

    void aStartThatFailsIsToldAndTriedAgain()
    {
        const QTemporaryDir dir;
        const Paths paths = Paths::under(dir.path());
        QFile inTheWay(paths.dataDir);
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        House house(*qApp, paths, false);
        QSignalSpy ended(&house, &House::ended);
        detach(house.open());
        QTRY_VERIFY(topLevel<ui::FailureWindow>());
        auto *failure = topLevel<ui::FailureWindow>();
        QVERIFY(child<QLabel>(*failure, "failureDetail")->text().contains(paths.dataDir));
        QVERIFY(!topLevel<ui::MainWindow>());
        // It is not mended yet.
        QTest::mouseClick(child<QPushButton>(*failure, "retry"), Qt::LeftButton);
        QTRY_VERIFY(topLevel<ui::FailureWindow>() && topLevel<ui::FailureWindow>() != failure);
        QVERIFY(inTheWay.remove());
        QTest::keyClick(topLevel<ui::FailureWindow>(), Qt::Key_Return);
        QTRY_VERIFY(topLevel<ui::MainWindow>() && topLevel<ui::MainWindow>()->isVisible());
        QTRY_VERIFY(!topLevel<ui::FailureWindow>());
        QVERIFY(ended.isEmpty());
        detach(house.close());
        QTRY_COMPARE(ended.size(), 1);
        QCOMPARE(ended.first().first().toInt(), 0);
    }

    void aStartThatFailsCanBeLeft()
    {
        const QTemporaryDir dir;
        const Paths paths = Paths::under(dir.path());
        QFile inTheWay(paths.dataDir);
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        House house(*qApp, paths, true);
        QSignalSpy ended(&house, &House::ended);
        detach(house.open());
        QTRY_VERIFY(topLevel<ui::FailureWindow>());
        QTest::keyClick(topLevel<ui::FailureWindow>(), Qt::Key_Escape);
        QCOMPARE(ended.size(), 1);
        QCOMPARE(ended.first().first().toInt(), 1);
    }
};

QTEST_MAIN(StartTest)
#include "StartTest.moc"
