// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/Surfaces.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QLabel>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace chatelaine::ui;

namespace {

const QString clientId =
    QStringLiteral("https://client.example.com/oauth/metadata-document.json?v=2");

/// A grid with one long value, narrow enough to break it.
struct Narrow
{
    Narrow()
    {
        grid.begin();
        grid.row(QStringLiteral("Client id"), clientId, true);
        grid.end();
        grid.resize(220, 200);
        grid.show();
        if (!QTest::qWaitForWindowExposed(&grid))
            qFatal("The grid does not show.");
        const QList<QLabel *> labels = grid.findChildren<QLabel *>();
        value = labels.constLast();
        QGuiApplication::clipboard()->setText(QStringLiteral("before"));
    }
    static QString copied() { return QGuiApplication::clipboard()->text(); }
    /// From the first letter to behind the last one.
    void selectAll() const
    {
        const QPoint first(0, 3);
        const QPoint last(value->width() - 1, value->heightForWidth(value->width()) - 3);
        QTest::mousePress(value, Qt::LeftButton, {}, first);
        QTest::mouseMove(value, last);
        QTest::mouseRelease(value, Qt::LeftButton, {}, last);
        QVERIFY(value->hasSelectedText());
    }
    void openMenu() const
    {
        QContextMenuEvent event(QContextMenuEvent::Mouse, {5, 5}, value->mapToGlobal(QPoint(5, 5)));
        QCoreApplication::sendEvent(value, &event);
    }

    KeyValueGrid grid;
    QLabel *value;
};

} // namespace

/// What is shown so that it fits is copied as it is. On an X server, which has a selection too.
class ValueTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itBreaksWhereItMust_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("address") << clientId;
        QTest::newRow("without a stop") << QString(64, u'a');
    }
    void itBreaksWhereItMust()
    {
        QFETCH(const QString, text);
        KeyValueGrid grid;
        grid.begin();
        grid.row(QStringLiteral("Client id"), text, true);
        grid.end();
        const QLabel *value = grid.findChildren<QLabel *>().constLast();
        const int line = value->fontMetrics().lineSpacing();
        QVERIFY(value->heightForWidth(220) >= 2 * line);
        QVERIFY(value->heightForWidth(4000) < 2 * line);
    }

    void byKeyboard()
    {
        Narrow narrow;
        narrow.selectAll();
        QTest::keyClick(narrow.value, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(narrow.copied(), clientId);
    }

    void bySelection()
    {
        Narrow narrow;
        QClipboard *clipboard = QGuiApplication::clipboard();
        QVERIFY(clipboard->supportsSelection());
        narrow.selectAll();
        QCOMPARE(clipboard->text(QClipboard::Selection), clientId);
    }

    void byMenu_data()
    {
        QTest::addColumn<bool>("selected");
        QTest::newRow("what is selected") << true;
        QTest::newRow("all without a selection") << false;
    }
    void byMenu()
    {
        QFETCH(const bool, selected);
        Narrow narrow;
        if (selected)
            narrow.selectAll();
        narrow.openMenu();
        QTRY_VERIFY(narrow.value->findChild<QMenu *>());
        auto *menu = narrow.value->findChild<QMenu *>();
        menu->actions().constFirst()->trigger();
        menu->close();
        QCOMPARE(narrow.copied(), clientId);
    }

    void notByDragging()
    {
        Narrow narrow;
        narrow.selectAll();
        // A press inside it would carry it away, invisible characters and all.
        QTest::mousePress(narrow.value, Qt::LeftButton, {}, {10, 3});
        QVERIFY(!narrow.value->hasSelectedText());
        QTest::mouseRelease(narrow.value, Qt::LeftButton, {}, {10, 3});
    }

    void byButton()
    {
        KeyValueGrid grid;
        for (const bool offered : {true, false}) {
            grid.begin();
            if (offered)
                grid.copyRow(QStringLiteral("Client id"), clientId);
            else
                grid.row(QStringLiteral("Client id"), clientId);
            grid.end();
            grid.show();
            auto *button = grid.findChild<QToolButton *>();
            QVERIFY(button);
            QCOMPARE(button->isVisible(), offered);
            if (!offered)
                continue;
            QVERIFY(button->accessibleName().contains(QStringLiteral("Client id")));
            button->click();
            QCOMPARE(Narrow::copied(), clientId);
        }
    }

    void severalLinesStaySo()
    {
        Narrow narrow;
        narrow.grid.begin();
        narrow.grid.row(QStringLiteral("Started by"), QStringLiteral("/usr/bin/one\n/usr/bin/two"));
        narrow.grid.end();
        QCoreApplication::processEvents();
        narrow.selectAll();
        QTest::keyClick(narrow.value, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(narrow.copied(), QStringLiteral("/usr/bin/one\n/usr/bin/two"));
    }
};

QTEST_MAIN(ValueTest)
#include "ValueTest.moc"
