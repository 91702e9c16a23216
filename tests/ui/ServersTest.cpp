// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/Stage.h"
#include "tests/ui/Watchdog.h"
#include "ui/common/ProgressSteps.h"
#include "ui/servers/ServerListModel.h"
#include "ui/servers/SettingsDrafts.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>

using namespace chatelaine;
using namespace chatelaine::test;

namespace {

QList<Stage::Past> manyServers(int count)
{
    QList<Stage::Past> servers;
    const QList<store::AccountState> states {store::AccountState::SignedIn,
        store::AccountState::Expired, store::AccountState::NeedsSignIn,
        store::AccountState::SignedOut};
    for (int i = 0; i < count; ++i) {
        Stage::Past past;
        past.name = QStringLiteral("server-%1").arg(i, 3, 10, QChar(u'0'));
        past.url = QStringLiteral("https://mcp%1.example.com/mcp").arg(i);
        past.state = states.at(i % states.size());
        past.expiresInMs = past.state == store::AccountState::SignedIn ? 60'000LL * (i + 1) : 0;
        servers.append(past);
    }
    return servers;
}

QString nameAt(const QListView *list, int row)
{
    return list->model()->index(row, 0).data(ui::ServerListModel::FullNameRole).toString();
}

} // namespace

class ServersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theModelFollowsTheHeart()
    {
        Stage stage;
        ui::SettingsDrafts drafts(*stage.services);
        ui::ServerListModel model(*stage.services, drafts);
        const QAbstractItemModelTester tester(&model);
        const auto first = stage.addLab(QStringLiteral("first"));
        QCOMPARE(model.rowCount(), 1);
        credentials::NewServer second;
        second.url = stage.lab->mcpUrl();
        second.name = QStringLiteral("second");
        const auto added = await(stage.broker->credentials().add(second, {}));
        QVERIFY(added);
        QCOMPARE(model.rowCount(), 2);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        QVERIFY(stage.signIn(added->account.id));
        QVERIFY(!changed.isEmpty());
        const QModelIndex row = model.index(model.rowOf(added->account.id), 0);
        QCOMPARE(row.data(ui::ServerListModel::StateRole).toInt(),
            int(store::AccountState::SignedIn));
        QVERIFY(row.data(ui::ServerListModel::ExpiresRole).toLongLong() > stage.clock.utcMs());
        stage.lend(QStringLiteral("second"), QStringLiteral("/usr/bin/codex"), 1);
        QCOMPARE(row.data(ui::ServerListModel::ClientRole).toString(), QStringLiteral("codex"));
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        QVERIFY(await(stage.broker->credentials().remove(first.account.id, {})));
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.rowOf(added->account.id), 0);
        QVERIFY(reset.isEmpty());
    }

    void theLastBorrowerIsKnownAfterARestart()
    {
        Stage stage;
        const auto server = stage.addLab();
        stage.lend(server.fullName(), QStringLiteral("/usr/bin/zed"), 2);
        ui::SettingsDrafts drafts(*stage.services);
        ui::ServerListModel model(*stage.services, drafts);
        QTRY_COMPARE(
            model.index(0, 0).data(ui::ServerListModel::ClientRole).toString(),
            QStringLiteral("zed"));
    }

    void searchFilterAndOrder()
    {
        Stage stage;
        stage.remember(manyServers(12));
        ui::MainWindow &window = stage.window();
        auto *list = child<QListView>(window, "serverList");
        auto *search = child<QLineEdit>(window, "searchServers");
        const QList<QComboBox *> boxes = window.findChildren<QComboBox *>();
        QCOMPARE(list->model()->rowCount(), 12);
        QCOMPARE(nameAt(list, 0), QStringLiteral("server-000"));

        QTest::keyClick(&window, Qt::Key_F, Qt::ControlModifier);
        QTest::keyClicks(window.focusWidget(), QStringLiteral("mcp7.ex"));
        QCOMPARE(search->text(), QStringLiteral("mcp7.ex"));
        QCOMPARE(list->model()->rowCount(), 1);
        search->clear();

        QComboBox *which = nullptr;
        QComboBox *order = nullptr;
        for (QComboBox *box : boxes) {
            if (box->itemText(0) == QLatin1StringView("All"))
                which = box;
            else if (box->itemText(0) == QLatin1StringView("By name"))
                order = box;
        }
        QVERIFY(which && order);
        const auto choose = [](QComboBox *box, int entry) {
            box->setCurrentIndex(entry);
            Q_EMIT box->activated(entry);
        };
        choose(which, 2);
        QCOMPARE(list->model()->rowCount(), 6);
        choose(which, 0);
        choose(order, 1);
        QCOMPARE(nameAt(list, 0), QStringLiteral("server-002")); // needs a sign-in
        choose(order, 2);
        QCOMPARE(nameAt(list, 0), QStringLiteral("server-000")); // expires first
        QCOMPARE(nameAt(list, 1), QStringLiteral("server-004"));
    }

    void nothingFoundIsSaidAsLongAsItIsSo()
    {
        Stage stage;
        const QString id = stage.addLab().account.id;
        QVERIFY(stage.signIn(id));
        ui::MainWindow &window = stage.window();
        auto *list = child<QListView>(window, "serverList");
        auto *search = child<QLineEdit>(window, "searchServers");
        QVERIFY(list->isVisible());
        search->setText(QStringLiteral("later"));
        QVERIFY(!list->isVisible());
        // Added or renamed elsewhere, on the command line for one.
        credentials::NewServer later;
        later.url = stage.lab->mcpUrl();
        later.name = QStringLiteral("later");
        const auto added = await(stage.broker->credentials().add(later, {}));
        QVERIFY(added);
        QVERIFY(list->isVisible());
        QVERIFY(await(stage.broker->credentials().remove(added->account.id, {})));
        QVERIFY(!list->isVisible());
        search->clear();
        QVERIFY(list->isVisible());

        auto *which = child<QComboBox>(window, "whichServers");
        which->setCurrentIndex(1);
        Q_EMIT which->activated(1);
        QVERIFY(list->isVisible());
        QVERIFY(await(stage.broker->credentials().signOut(id, {})));
        QVERIFY(!list->isVisible());
        QVERIFY(stage.signIn(id));
        QVERIFY(list->isVisible());
    }

    void addAServerByPastingItsAddress()
    {
        Stage stage;
        ui::MainWindow &window = stage.window();
        QTest::mouseClick(child<QPushButton>(window, "addFirstServer"), Qt::LeftButton);
        auto *url = child<QLineEdit>(window, "serverUrl");
        QTRY_VERIFY(url->hasFocus());
        QGuiApplication::clipboard()->setText(stage.lab->mcpUrl());
        QTest::keyClick(url, Qt::Key_V, Qt::ControlModifier);
        auto *add = child<QPushButton>(window, "addAndSignIn");
        QTRY_VERIFY(add->isVisible());
        QCOMPARE(stage.lab->requestCounts().value(QStringLiteral("token_code")), 0);
        QVERIFY(stage.broker->credentials().accounts().isEmpty());
        QVERIFY(stage.opened.isEmpty());
        // The places of the steps begin one under the other, below what they have led to.
        auto *steps = window.findChild<ui::ProgressSteps *>();
        const QList<ui::ElidingLabel *> places = steps->findChildren<ui::ElidingLabel *>();
        QVERIFY(places.size() > 2);
        const auto leftOf = [&](const QWidget *place) { return place->mapTo(steps, QPoint()).x(); };
        for (const ui::ElidingLabel *place : places)
            QTRY_COMPARE(leftOf(place), leftOf(places.constFirst()));
        QVERIFY(steps->mapTo(&window, QPoint()).y() > add->mapTo(&window, QPoint()).y());

        QTest::mouseClick(add, Qt::LeftButton);
        QTRY_VERIFY(window.findChild<QPushButton *>(QStringLiteral("openBrowser")));
        auto *open = child<QPushButton>(window, "openBrowser");
        QTRY_VERIFY(open->isVisible());
        QVERIFY2(stage.opened.isEmpty(), "The browser opens on a click only.");
        QTest::mouseClick(open, Qt::LeftButton);
        QTRY_COMPARE(stage.broker->credentials().accounts().size(), 1);
        const QString id = stage.broker->credentials().accounts().constFirst().account.id;
        QTRY_COMPARE(stage.view(id).account.state, store::AccountState::SignedIn);
        QCOMPARE(stage.opened.size(), 1);
        QTRY_VERIFY(child<QPushButton>(window, "signOut")->isVisible());
    }

    void aWrongAddressIsExplainedUnderTheField_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::newRow("no web address") << QStringLiteral("ftp://example.com");
        QTest::newRow("not encrypted") << QStringLiteral("http://mcp.example.com/mcp");
        QTest::newRow("nobody there") << QStringLiteral("http://127.0.0.1:9/mcp");
    }
    void aWrongAddressIsExplainedUnderTheField()
    {
        QFETCH(const QString, typed);
        Stage stage;
        ui::MainWindow &window = stage.window();
        QTest::keyClick(&window, Qt::Key_N, Qt::ControlModifier);
        auto *url = child<QLineEdit>(window, "serverUrl");
        auto *wrong = child<QLabel>(window, "wrongUrl");
        QTest::keyClicks(url, typed);
        QTest::keyClick(url, Qt::Key_Return);
        QTRY_VERIFY(wrong->isVisible());
        QVERIFY(!wrong->text().isEmpty());
        QVERIFY(!child<QPushButton>(window, "addAndSignIn")->isVisible());
        QTest::keyClick(url, Qt::Key_Backspace);
        QVERIFY(!wrong->isVisible());
    }

    void whoMayBorrowLeadsToTheClient()
    {
        Stage stage;
        const auto server = stage.addLab();
        stage.lend(server.fullName(), QStringLiteral("/usr/bin/zed"), 2);
        store::Grant grant;
        grant.id = QStringLiteral("until");
        grant.serverId = server.server.id;
        grant.exe = QStringLiteral("/usr/bin/codex");
        grant.lifetime = store::GrantLifetime::Until;
        grant.expiresAt = stage.clock.utcMs() + 8 * 3'600'000 + 60'000;
        QVERIFY(await(stage.broker->grants().add(grant)));
        grant.id = QStringLiteral("over");
        grant.exe = QStringLiteral("/usr/bin/late");
        grant.expiresAt = stage.clock.utcMs() - 1;
        QVERIFY(await(stage.broker->grants().add(grant)));

        ui::MainWindow &window = stage.window();
        window.openPage(QStringLiteral("servers"), server.account.id);
        auto *first = child<QPushButton>(window, "client0");
        QTRY_VERIFY(window.findChild<QPushButton *>(QStringLiteral("client1")));
        QCOMPARE(first->accessibleName(), QStringLiteral("codex: may borrow: for 8 h more"));
        QVERIFY(child<QPushButton>(window, "client1")
                    ->accessibleName()
                    .startsWith(QStringLiteral("zed: 2 loans")));
        QVERIFY(!window.findChild<QPushButton *>(QStringLiteral("client2")));
        QTest::mouseClick(first, Qt::LeftButton);
        QTRY_VERIFY(window.findChild<QWidget *>(QStringLiteral("clientGrants")));
        QTRY_VERIFY(child<QWidget>(window, "clientGrants")->isVisible());
    }

    void theLinesToCopyAreThoseThatWork()
    {
        Stage stage;
        stage.remember({{QStringLiteral("wiki"), QStringLiteral("https://wiki.example.com/it's/mcp"),
            QStringLiteral("work")}});
        ui::MainWindow &window = stage.window();
        const QList<QAction *> actions =
            child<QToolButton>(window, "copyLine")->menu()->actions();
        QStringList lines;
        for (QAction *action : actions) {
            action->trigger();
            lines.append(QGuiApplication::clipboard()->text());
        }
        QCOMPARE(lines,
            QStringList({QStringLiteral("chatelaine headers wiki/work"),
                QStringLiteral("chatelaine token wiki/work"),
                QStringLiteral("curl -H \"Authorization: Bearer $(chatelaine token wiki/work)\" "
                               "'https://wiki.example.com/it%27s/mcp'")}));
    }

    void theKeyboardLeadsFromTheListToTheAccount()
    {
        Stage stage;
        stage.remember(manyServers(3));
        ui::MainWindow &window = stage.window();
        auto *list = child<QListView>(window, "serverList");
        list->setFocus();
        QTest::keyClick(list, Qt::Key_Down);
        QTest::keyClick(list, Qt::Key_Delete);
        auto *yes = child<QPushButton>(window, "confirm");
        QTRY_VERIFY(yes->isVisible());
        QCOMPARE(stage.broker->credentials().accounts().size(), 3);
        list->setFocus();
        QTest::keyClick(list, Qt::Key_Return);
        QTRY_VERIFY(child<QPushButton>(window, "signIn")->hasFocus());
    }

    void aNameThatIsTakenIsRefused()
    {
        Stage stage;
        stage.remember({{QStringLiteral("taken"), QStringLiteral("https://a.example.com/mcp")}});
        const auto mine = stage.addLab();
        credentials::AccountChange change;
        change.name = QStringLiteral("taken");
        const auto changed =
            await(stage.broker->credentials().change(mine.account.id, change, {}));
        QVERIFY(!changed);
        QCOMPARE(changed.error().code, ErrorCode::AlreadyExists);
        change.name = QStringLiteral("not a name");
        QCOMPARE(
            await(stage.broker->credentials().change(mine.account.id, change, {})).error().code,
            ErrorCode::InvalidInput);
        QCOMPARE(stage.view(mine.account.id).server.name, mine.server.name);
    }

    void settingsSurviveARestart()
    {
        Stage stage;
        const auto server = stage.addLab();
        credentials::AccountChange change;
        change.name = QStringLiteral("other");
        change.account = QStringLiteral("work");
        change.settings.redirectPort = 8931;
        change.settings.authorizationParams.insert(
            QStringLiteral("prompt"), QStringLiteral("login"));
        QVERIFY(await(stage.broker->credentials().change(server.account.id, change, {})));
        stage.restart();
        const auto view = stage.view(server.account.id);
        QCOMPARE(view.fullName(), QStringLiteral("other/work"));
        QCOMPARE(view.server.settings, change.settings);
    }

    void twoHundredServersDoNotHoldTheLoop()
    {
        Stage stage;
        stage.remember(manyServers(200));
        ui::MainWindow &window = stage.window();
        auto *list = child<QListView>(window, "serverList");
        auto *search = child<QLineEdit>(window, "searchServers");
        QTRY_COMPARE(list->model()->rowCount(), 200);
        Watchdog watchdog;
        for (int i = 0; i < 12; ++i) {
            QTest::keyClick(list, Qt::Key_PageDown);
            QCoreApplication::processEvents();
        }
        for (const QChar letter : QStringLiteral("server-1")) {
            QTest::keyClick(search, letter.toLatin1());
            QCoreApplication::processEvents();
        }
        QCOMPARE(list->model()->rowCount(), 100);
        QVERIFY2(watchdog.longestMs() <= Watchdog::limitMs,
            qPrintable(QString::number(watchdog.longestMs())));
    }
};

QTEST_MAIN(ServersTest)
#include "ServersTest.moc"
