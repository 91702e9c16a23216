// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/RegistryStandIn.h"
#include "tests/ui/Stage.h"
#include "tests/ui/Watchdog.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTest>

using namespace chatelaine;
using namespace chatelaine::test;

namespace {

QJsonObject remote(const QString &url, const QJsonObject &variables = {})
{
    return {{QStringLiteral("type"), QStringLiteral("streamable-http")},
        {QStringLiteral("url"), url}, {QStringLiteral("variables"), variables}};
}

QJsonObject server(const QString &name, const QJsonArray &remotes)
{
    return {{QStringLiteral("name"), name}, {QStringLiteral("remotes"), remotes}};
}

/// The windows beside a registry, where one adds a server.
struct Bench
{
    Bench()
        : registry(stage.clock)
    {
        const auto set =
            stage.broker->settings().set(QStringLiteral("registry_url"), registry.url().toString());
        if (!set)
            qFatal("%s", qPrintable(set.error().message));
        QTest::keyClick(&stage.window(), Qt::Key_N, Qt::ControlModifier);
    }

    QLineEdit *text() { return child<QLineEdit>(stage.window(), "searchRegistry"); }
    QListView *list() { return child<QListView>(stage.window(), "registryList"); }
    QLineEdit *url() { return child<QLineEdit>(stage.window(), "serverUrl"); }

    Stage stage;
    RegistryStandIn registry;
};

} // namespace

class RegistryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsSentBeforeSomethingIsTyped()
    {
        Bench bench;
        QVERIFY(bench.text()->isVisible());
        QVERIFY(!bench.list()->isVisible());
        QTest::keyClicks(bench.url(), QStringLiteral("https://private.example.com/mcp"));
        QVERIFY(bench.registry.asked.isEmpty());
        QTest::keyClicks(bench.text(), QStringLiteral("service-01"));
        QTRY_VERIFY(bench.list()->isVisible());
        for (const RegistryStandIn::Asked &asked : bench.registry.asked) {
            const QString search = asked.query.value(QStringLiteral("search"));
            QVERIFY(!search.isEmpty() && QStringLiteral("service-01").startsWith(search));
        }
        QCOMPARE(bench.list()->model()->rowCount(), 7);
    }

    void chooseWithTheKeyboardAndSignIn()
    {
        Bench bench;
        bench.registry.add(
            server(QStringLiteral("org.example/sentiment"), {remote(bench.stage.lab->mcpUrl())}));
        ui::MainWindow &window = bench.stage.window();
        QTest::keyClicks(bench.text(), QStringLiteral("sentim"));
        QTRY_COMPARE(bench.list()->model()->rowCount(), 1);
        QTest::keyClick(bench.text(), Qt::Key_Down);
        QTRY_VERIFY(bench.list()->hasFocus());
        QTest::keyClick(bench.list(), Qt::Key_Return);
        QCOMPARE(bench.url()->text(), bench.stage.lab->mcpUrl());
        QVERIFY(!bench.text()->isVisible());
        auto *add = child<QPushButton>(window, "addAndSignIn");
        QTRY_VERIFY(add->isVisible());
        QVERIFY(!bench.text()->isVisible());
        QTest::mouseClick(add, Qt::LeftButton);
        QTRY_VERIFY(window.findChild<QPushButton *>(QStringLiteral("openBrowser")));
        QTRY_VERIFY(child<QPushButton>(window, "openBrowser")->isVisible());
    }

    void threeHundredServersAsOneScrolls()
    {
        Bench bench;
        Watchdog watchdog;
        QTest::keyClicks(bench.text(), QStringLiteral("service"));
        QTRY_VERIFY(bench.list()->model()->rowCount() > 0);
        QVERIFY(bench.list()->model()->rowCount() < 50);
        auto *more = child<QPushButton>(bench.stage.window(), "moreOfRegistry");
        QTRY_VERIFY(more->isVisible() && more->isEnabled());
        QScrollBar *bar = bench.list()->verticalScrollBar();
        while (more->isVisible()) {
            const int before = bench.list()->model()->rowCount();
            bar->setValue(bar->maximum());
            QTRY_VERIFY(bench.list()->model()->rowCount() > before || !more->isVisible());
        }
        QCOMPARE(bench.list()->model()->rowCount(), 200);
        QVERIFY(child<QLabel>(bench.stage.window(), "registrySummary")
                    ->text()
                    .contains(QStringLiteral("100 more")));
        QVERIFY2(watchdog.longestMs() <= Watchdog::limitMs,
            qPrintable(QString::number(watchdog.longestMs())));
    }

    void thereIsOneThingToScroll()
    {
        Bench bench;
        ui::MainWindow &window = bench.stage.window();
        window.resize(900, 600);
        QTest::keyClicks(bench.text(), QStringLiteral("service"));
        QTRY_VERIFY(bench.list()->isVisible());
        QTRY_VERIFY(bench.list()->verticalScrollBar()->maximum() > 0);
        QScrollArea *page = nullptr;
        for (QWidget *above = bench.list(); above && !page; above = above->parentWidget())
            page = qobject_cast<QScrollArea *>(above);
        QVERIFY(page);
        QTRY_COMPARE(page->verticalScrollBar()->maximum(), 0);
        const int low = bench.list()->height();
        window.resize(1200, 900);
        QTRY_VERIFY(bench.list()->height() > low);
        QTRY_COMPARE(page->verticalScrollBar()->maximum(), 0);
    }

    void aPartOfTheAddressToFillIn()
    {
        Bench bench;
        const QJsonObject variables{{QStringLiteral("tenant"),
            QJsonObject{{QStringLiteral("description"), QStringLiteral("Your workspace.")}}}};
        bench.registry.add(server(QStringLiteral("org.example/tenants"),
            {remote(QStringLiteral("https://{tenant}.example.com/mcp"), variables)}));
        QTest::keyClicks(bench.text(), QStringLiteral("tenants"));
        QTRY_COMPARE(bench.list()->model()->rowCount(), 1);
        QTest::mouseClick(bench.list()->viewport(), Qt::LeftButton, {}, QPoint(20, 20));
        auto *hint = child<QLabel>(bench.stage.window(), "fillIn");
        QVERIFY(hint->isVisible());
        QVERIFY(hint->text().contains(QStringLiteral("Your workspace.")));
        QCOMPARE(bench.url()->selectedText(), QStringLiteral("{tenant}"));
        QVERIFY(bench.stage.exchanges.with({QStringLiteral("tenant.example.com")}, 1).isEmpty());
        QTest::keyClicks(bench.url(), QStringLiteral("acme"));
        QCOMPARE(bench.url()->text(), QStringLiteral("https://acme.example.com/mcp"));
        QVERIFY(!hint->isVisible());
    }

    void oneOfSeveralAddresses()
    {
        Bench bench;
        const QString mine = bench.stage.lab->mcpUrl();
        bench.registry.add(server(QStringLiteral("org.example/regions"),
            {remote(QStringLiteral("https://eu.example.com/mcp")), remote(mine)}));
        QTest::keyClicks(bench.text(), QStringLiteral("regions"));
        QTRY_COMPARE(bench.list()->model()->rowCount(), 1);
        QTest::mouseClick(bench.list()->viewport(), Qt::LeftButton, {}, QPoint(20, 20));
        QTRY_VERIFY(QApplication::activePopupWidget());
        auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        QVERIFY(menu);
        QCOMPARE(menu->actions().size(), 2);
        menu->setActiveAction(menu->actions().constLast());
        QTest::keyClick(menu, Qt::Key_Return);
        QCOMPARE(bench.url()->text(), mine);
        QTRY_VERIFY(child<QPushButton>(bench.stage.window(), "addAndSignIn")->isVisible());
    }

    void aRegistryThatIsDownAndComesBack()
    {
        Bench bench;
        bool down = true;
        bench.registry.instead = [&down](const RegistryStandIn::Asked &) {
            return down ? std::optional(testlab::Answer::json({}, 503)) : std::nullopt;
        };
        QTest::keyClicks(bench.text(), QStringLiteral("service-001"));
        auto *retry = child<QPushButton>(bench.stage.window(), "retryRegistry");
        QTRY_VERIFY(retry->isVisible());
        down = false;
        QTest::mouseClick(retry, Qt::LeftButton);
        QTRY_COMPARE(bench.list()->model()->rowCount(), 1);
        QVERIFY(!retry->isVisible());
        bench.text()->clear();
        QVERIFY(!bench.list()->isVisible());
    }

    void goingAwayWhileItSearches()
    {
        Bench bench;
        bench.registry.held = true;
        QTest::keyClicks(bench.text(), QStringLiteral("service"));
        QTRY_COMPARE(bench.registry.asked.size(), 1);
        bench.stage.restart();
        bench.registry.release();
    }
};

QTEST_MAIN(RegistryTest)
#include "RegistryTest.moc"
