// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/client/BrokerClient.h"
#include "tests/ui/Stage.h"
#include "tests/ui/Watchdog.h"
#include "ui/clients/ClientsModel.h"
#include "ui/clients/ClientsPage.h"
#include "ui/clients/LoanChart.h"
#include "ui/common/Surfaces.h"
#include "ui/common/Table.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

using namespace chatelaine;
using namespace chatelaine::test;

namespace {

const QString codex = QStringLiteral("/usr/bin/codex");

void grant(Stage &stage, const QString &exe, bool deny = false, bool anyClient = false)
{
    store::Grant given;
    given.id = QString::fromLatin1(stage.random.text(16));
    given.serverId = stage.broker->credentials().accounts().constFirst().server.id;
    given.exe = exe;
    given.deny = deny;
    given.anyClient = anyClient;
    if (!await(stage.broker->grants().add(given)))
        qFatal("The grant can't be written.");
}

QStringList names(const QListView *list)
{
    QStringList found;
    for (int row = 0; row < list->model()->rowCount(); ++row)
        found.append(list->model()->index(row, 0).data().toString());
    return found;
}

ui::ClientsModel::Standing standing(const QModelIndex &row)
{
    return static_cast<ui::ClientsModel::Standing>(
        row.data(ui::ClientsModel::StandingRole).toInt());
}

} // namespace

class ClientsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theModelFollowsTheHistory()
    {
        Stage stage;
        stage.addLab();
        stage.lend(QStringLiteral("sentiment"), codex, 3);
        ui::ClientsModel model(*stage.services);
        const QAbstractItemModelTester tester(&model);
        QSignalSpy loaded(&model, &ui::ClientsModel::loaded);
        QTRY_COMPARE(loaded.size(), 1);
        const QModelIndex row = model.index(model.rowOf(codex));
        QCOMPARE(row.data(ui::ClientsModel::LoansRole).toInt(), 3);
        stage.lend(QStringLiteral("sentiment"), codex, 2);
        QCOMPARE(row.data(ui::ClientsModel::LoansRole).toInt(), 5);
        stage.lend(QStringLiteral("sentiment"), QStringLiteral("/usr/bin/zed"), 1);
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(standing(row), ui::ClientsModel::Standing::NoGrant);
        grant(stage, codex);
        model.refresh();
        QCOMPARE(standing(row), ui::ClientsModel::Standing::Allowed);
        grant(stage, {}, false, true);
        model.refresh();
        QVERIFY(model.rowOf(ui::ClientsModel::anyKey()) >= 0);
    }

    void aClientAtTheSocketIsShownAsConnected()
    {
        Stage stage;
        ui::ClientsModel model(*stage.services);
        auto client =
            client::BrokerClient::connectTo(Paths::under(stage.dir.path()).brokerSocket());
        QVERIFY(client);
        const QString self = QCoreApplication::applicationFilePath();
        QTRY_VERIFY((model.refresh(), model.rowOf(self) >= 0));
        const QModelIndex row = model.index(model.rowOf(self));
        QCOMPARE(row.data(ui::ClientsModel::ConnectedRole).toInt(), 1);
        client->close();
        QTRY_VERIFY((model.refresh(), row.data(ui::ClientsModel::ConnectedRole).toInt() == 0));
    }

    void anAnswerInTheWindowBecomesARowThatCanBeTakenBack()
    {
        Stage stage;
        const auto added = stage.addLab();
        QVERIFY(stage.signIn(added.account.id));
        stage.window().openPage(QStringLiteral("clients"));
        auto client =
            client::BrokerClient::connectTo(Paths::under(stage.dir.path()).brokerSocket());
        QVERIFY(client);
        stage.approval();
        const QJsonObject wanted {{QStringLiteral("server"), QStringLiteral("sentiment")}};
        QVERIFY(client->send(QStringLiteral("token/get"), wanted));
        QTRY_VERIFY(stage.approval().isVisible() && stage.approval().isAwake());
        QTest::mouseClick(child<QPushButton>(stage.approval(), "allowAlways"), Qt::LeftButton);
        auto *table = child<ui::ShortTable>(stage.window(), "clientGrants");
        QTRY_COMPARE(table->rowCount(), 1);
        QCOMPARE(table->item(0, 0)->text(), QStringLiteral("sentiment"));

        // Del, and then the button: a key alone takes nothing back.
        QTRY_VERIFY(child<QPushButton>(stage.window(), "revokeGrant")->isEnabled());
        QTest::keyClick(table, Qt::Key_Delete);
        QVERIFY(child<ui::Banner>(stage.window(), "clientBanner")->isVisible());
        QCOMPARE(stage.broker->grants().all().size(), 1);
        QTest::mouseClick(child<QPushButton>(stage.window(), "confirmRevoke"), Qt::LeftButton);
        QTRY_VERIFY(stage.broker->grants().all().isEmpty());
        QTRY_COMPARE(table->rowCount(), 0);
        audit::Filter filter;
        filter.event = QStringLiteral("grant.");
        const auto history = [&] {
            return await(audit::query(stage.broker->database(), filter)).value_or(audit::Page{});
        };
        QTRY_COMPARE(history().records.size(), 2);
        QCOMPARE(history().records.constFirst().event.event, QStringLiteral("grant.removed"));
        // The next one is asked again.
        QVERIFY(client->send(QStringLiteral("token/get"), wanted));
        QTRY_VERIFY(stage.approval().isVisible());
    }

    void allGrantsAreRevokedAtOnceOrKept()
    {
        Stage stage;
        stage.addLab();
        grant(stage, codex);
        grant(stage, codex, true);
        grant(stage, QStringLiteral("/usr/bin/zed"));
        stage.window().openPage(QStringLiteral("clients"), codex);
        auto *all = child<QPushButton>(stage.window(), "revokeAllGrants");
        QTRY_VERIFY(all->isVisible());
        QTest::mouseClick(all, Qt::LeftButton);
        QTest::mouseClick(child<QPushButton>(stage.window(), "keepGrants"), Qt::LeftButton);
        QCOMPARE(stage.broker->grants().all().size(), 3);
        QTest::mouseClick(all, Qt::LeftButton);
        QTest::mouseClick(child<QPushButton>(stage.window(), "confirmRevoke"), Qt::LeftButton);
        QTRY_COMPARE(stage.broker->grants().all().size(), 1);
        QCOMPARE(stage.broker->grants().all().constFirst().exe, QStringLiteral("/usr/bin/zed"));
        // It never asked: without grants there is nothing to show of it.
        auto *list = child<QListView>(stage.window(), "clientList");
        QTRY_COMPARE(names(list), QStringList {QStringLiteral("zed")});
    }

    void searchAndStateNarrowTheList()
    {
        Stage stage;
        stage.addLab();
        stage.lend(QStringLiteral("sentiment"), QStringLiteral("/usr/bin/zed"), 1);
        stage.lend(QStringLiteral("sentiment"), QStringLiteral("/opt/report"), 1);
        stage.lend(QStringLiteral("sentiment"), codex, 1);
        grant(stage, QStringLiteral("/usr/bin/zed"), true);
        stage.window().openPage(QStringLiteral("clients"));
        auto *list = child<QListView>(stage.window(), "clientList");
        QTRY_COMPARE(list->model()->rowCount(), 3);
        auto *search = child<QLineEdit>(stage.window(), "searchClients");
        search->setText(QStringLiteral("/usr/bin"));
        QCOMPARE(list->model()->rowCount(), 2);
        search->clear();
        auto *which = child<QComboBox>(stage.window(), "whichClients");
        which->setFocus();
        QTest::keyClick(which, Qt::Key_Down);
        QTest::keyClick(which, Qt::Key_Down);
        QCOMPARE(names(list), QStringList {QStringLiteral("zed")});
    }

    void theChartCountsTheDays()
    {
        Stage stage;
        stage.addLab();
        stage.lend(QStringLiteral("sentiment"), codex, 4);
        stage.window().openPage(QStringLiteral("clients"), codex);
        auto *chart = stage.window().findChild<ui::LoanChart *>();
        QTRY_VERIFY(chart->isVisible());
        QCOMPARE(chart->total(), 4);
        stage.lend(QStringLiteral("sentiment"), codex, 1);
        QCOMPARE(chart->total(), 5);
        QCOMPARE(chart->accessibleName(), QStringLiteral("5 loans in the last 14 days"));
    }

    void whatTimeChangesIsShown()
    {
        Stage stage;
        stage.addLab();
        stage.lend(QStringLiteral("sentiment"), codex, 4);
        store::Grant given;
        given.id = QStringLiteral("short");
        given.serverId = stage.broker->credentials().accounts().constFirst().server.id;
        given.exe = codex;
        given.lifetime = store::GrantLifetime::Until;
        given.expiresAt = stage.clock.utcMs() + 30 * 60'000;
        QVERIFY(await(stage.broker->grants().add(given)));
        stage.window().openPage(QStringLiteral("clients"), codex);
        auto *page = stage.window().findChild<ui::ClientsPage *>();
        auto *tick = page->findChild<QTimer *>(QStringLiteral("clientsClock"));
        QVERIFY(tick->isActive());
        tick->setInterval(20);
        auto *chart = page->findChild<ui::LoanChart *>();
        QTRY_COMPARE(chart->total(), 4);
        auto *table = child<ui::ShortTable>(stage.window(), "clientGrants");
        QTRY_COMPARE(table->rowCount(), 1);
        stage.clock.aheadMs = 20 * 60'000;
        QTRY_VERIFY(table->item(0, 1)->text().contains(QStringLiteral("9:")));
        // Programs come and go.
        auto client =
            client::BrokerClient::connectTo(Paths::under(stage.dir.path()).brokerSocket());
        QVERIFY(client);
        auto *list = child<QListView>(stage.window(), "clientList");
        QTRY_COMPARE(list->model()->rowCount(), 2);
        client->close();
        QTRY_COMPARE(list->model()->rowCount(), 1);
        // Days pass.
        stage.clock.aheadMs = ui::LoanChart::days * 24 * 3'600'000LL;
        QTRY_COMPARE(chart->total(), 0);
        QTRY_VERIFY(!table->isVisible());
        // What nobody sees needs no clock.
        stage.window().openPage(QStringLiteral("servers"));
        QVERIFY(!tick->isActive());
    }

    void fiveHundredClientsDoNotHoldTheLoop()
    {
        Stage stage;
        stage.addLab();
        for (int i = 0; i < 500; ++i)
            grant(stage, QStringLiteral("/opt/tools/tool-%1").arg(i, 3, 10, QChar(u'0')));
        stage.window().openPage(QStringLiteral("clients"));
        auto *list = child<QListView>(stage.window(), "clientList");
        QTRY_COMPARE(list->model()->rowCount(), 500);
        auto *search = child<QLineEdit>(stage.window(), "searchClients");
        Watchdog watchdog;
        for (int i = 0; i < 12; ++i) {
            QTest::keyClick(list, Qt::Key_PageDown);
            QCoreApplication::processEvents();
        }
        for (const QChar letter : QStringLiteral("tool-49")) {
            QTest::keyClick(search, letter.toLatin1());
            QCoreApplication::processEvents();
        }
        QCOMPARE(list->model()->rowCount(), 10);
        stage.lend(QStringLiteral("sentiment"), QStringLiteral("/opt/tools/tool-490"), 20);
        QVERIFY2(watchdog.longestMs() <= Watchdog::limitMs,
            qPrintable(QString::number(watchdog.longestMs())));
    }
};

QTEST_MAIN(ClientsTest)
#include "ClientsTest.moc"
