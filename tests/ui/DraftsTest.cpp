// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/Stage.h"
#include "ui/servers/ServerListModel.h"

#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QTabBar>
#include <QTabWidget>
#include <QTest>

using namespace chatelaine;
using namespace chatelaine::test;

namespace {

/// Two servers, and the settings of the first before one's eyes.
struct Desk
{
    Desk()
    {
        stage.remember({{QStringLiteral("first"), QStringLiteral("https://a.example.com/mcp")},
            {QStringLiteral("second"), QStringLiteral("https://b.example.com/mcp")}});
        first = stage.broker->credentials().find(QStringLiteral("first"))->account.id;
        second = stage.broker->credentials().find(QStringLiteral("second"))->account.id;
        go(first);
        child<QTabWidget>(stage.window(), "detailTabs")->setCurrentIndex(3);
        if (!QTest::qWaitFor([this] { return field("serverName")->isVisible(); }))
            qFatal("The settings do not show.");
    }

    void go(const QString &accountId)
    {
        stage.window().openPage(QStringLiteral("servers"), accountId);
    }
    QLineEdit *field(const char *name) { return child<QLineEdit>(stage.window(), name); }
    QPushButton *button(const char *name) { return child<QPushButton>(stage.window(), name); }
    void type(const char *name, const char *text)
    {
        field(name)->selectAll();
        QTest::keyClicks(field(name), QString::fromLatin1(text));
    }
    bool saysUnsaved() { return child<QLabel>(stage.window(), "unsavedSettings")->isVisible(); }
    QModelIndex row(int number)
    {
        return child<QListView>(stage.window(), "serverList")->model()->index(number, 0);
    }
    bool isMarked(int number) { return row(number).data(ui::ServerListModel::DraftRole).toBool(); }

    Stage stage;
    QString first;
    QString second;
};

} // namespace

/// What was typed into a server's settings and not saved.
class DraftsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatWasTypedWaitsForItsServer()
    {
        Desk desk;
        QVERIFY(!desk.saysUnsaved());
        desk.type("serverName", "premier");
        QVERIFY(desk.saysUnsaved());
        QVERIFY(desk.isMarked(0));
        QVERIFY(!desk.isMarked(1));
        QVERIFY(desk.row(0)
                    .data(Qt::AccessibleTextRole)
                    .toString()
                    .contains(QStringLiteral("settings not saved")));
        auto *tabs = child<QTabWidget>(desk.stage.window(), "detailTabs");
        QVERIFY(!tabs->tabIcon(3).isNull());

        desk.go(desk.second);
        QCOMPARE(desk.field("serverName")->text(), QStringLiteral("second"));
        QVERIFY(!desk.saysUnsaved());
        QVERIFY(!desk.button("saveSettings")->isEnabled());
        QVERIFY(tabs->tabIcon(3).isNull());
        desk.type("serverScopes", "read");
        desk.stage.window().openPage(QStringLiteral("settings"));
        desk.go(desk.first);
        QCOMPARE(desk.field("serverName")->text(), QStringLiteral("premier"));
        QVERIFY(desk.field("serverScopes")->text().isEmpty());
        QTest::mouseClick(desk.button("saveSettings"), Qt::LeftButton);
        QTRY_VERIFY(!desk.saysUnsaved());
        QCOMPARE(desk.stage.view(desk.first).server.name, QStringLiteral("premier"));
        QVERIFY(!desk.button("saveSettings")->isEnabled());

        desk.go(desk.second);
        QCOMPARE(desk.field("serverScopes")->text(), QStringLiteral("read"));
        QTest::mouseClick(desk.button("undoSettings"), Qt::LeftButton);
        QVERIFY(desk.field("serverScopes")->text().isEmpty());
        QVERIFY(!desk.saysUnsaved());
        QVERIFY(!desk.isMarked(1));
        QVERIFY(desk.stage.view(desk.second).server.settings.scopes.isEmpty());
    }

    void whatIsTypedBackIsNoChange()
    {
        Desk desk;
        desk.type("serverName", "firs");
        QVERIFY(desk.saysUnsaved());
        QTest::keyClicks(desk.field("serverName"), QStringLiteral("t"));
        QVERIFY(!desk.saysUnsaved());
        QVERIFY(!desk.isMarked(0));
    }

    void changesMadeElsewhereGoOnBesideIt()
    {
        Desk desk;
        desk.type("serverScopes", "read");
        desk.go(desk.second);
        credentials::AccountChange change;
        change.name = QStringLiteral("renamed");
        change.settings.redirectPort = 8931;
        QVERIFY(await(desk.stage.broker->credentials().change(desk.first, change, {})));
        desk.go(desk.first);
        QCOMPARE(desk.field("serverName")->text(), QStringLiteral("renamed"));
        QCOMPARE(desk.field("serverScopes")->text(), QStringLiteral("read"));
        QTest::mouseClick(desk.button("saveSettings"), Qt::LeftButton);
        QTRY_COMPARE(desk.stage.view(desk.first).server.settings.scopes,
            QStringList{QStringLiteral("read")});
        QCOMPARE(desk.stage.view(desk.first).server.name, QStringLiteral("renamed"));
        QCOMPARE(desk.stage.view(desk.first).server.settings.redirectPort, quint16(8931));
    }

    void itGoesWithItsServer()
    {
        Desk desk;
        desk.type("serverName", "premier");
        QCOMPARE(desk.stage.window().unsaved(), 1);
        QVERIFY(await(desk.stage.broker->credentials().remove(desk.first, {})));
        QCOMPARE(desk.stage.window().unsaved(), 0);
    }

    void aLockTakesTheSecretOutOfIt()
    {
        Desk desk;
        desk.type("serverName", "premier");
        desk.type("serverClientSecret", "hush");
        desk.go(desk.second);
        QVERIFY(desk.field("serverClientSecret")->text().isEmpty());
        desk.type("serverClientSecret", "hush too");
        QVERIFY(await(desk.stage.broker->lock({})));
        QVERIFY(desk.field("serverClientSecret")->text().isEmpty());
        QVERIFY(await(desk.stage.broker->unlock({}, {}, {})));
        desk.go(desk.first);
        QVERIFY(desk.field("serverClientSecret")->text().isEmpty());
        QCOMPARE(desk.field("serverName")->text(), QStringLiteral("premier"));
        auto *banner = child<QWidget>(desk.stage.window(), "settingsBanner");
        QTRY_VERIFY(banner->isVisible());
        QTest::mouseClick(desk.button("undoSettings"), Qt::LeftButton);
        QVERIFY(!banner->isVisible());
        QCOMPARE(desk.stage.window().unsaved(), 0);
    }
};

QTEST_MAIN(DraftsTest)
#include "DraftsTest.moc"
