// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/Stage.h"
#include "tests/ui/Watchdog.h"
#include "ui/common/CopyField.h"
#include "ui/testlab/ExchangeModel.h"
#include "ui/testlab/ExchangePane.h"
#include "ui/testlab/LabRun.h"
#include "ui/testlab/SequenceView.h"
#include "ui/testlab/TestLabPage.h"
#include "ui/testlab/TokenModel.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QCheckBox>
#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSpinBox>
#include <QTableView>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>

using namespace chatelaine;
using namespace chatelaine::test;

namespace {

/// The page of a window, driven as a person does.
struct Lab
{
    explicit Lab(Stage &on)
        : stage(on)
        , window(on.window())
    {
        window.openPage(QStringLiteral("testlab"));
        page = window.findChild<ui::TestLabPage *>();
        requests = child<QListView>(*page, "labRequests");
        model = qobject_cast<ui::ExchangeModel *>(requests->model());
        tokens = child<QTableView>(*page, "labTokens");
    }
    void click(const char *button) const
    {
        auto *found = child<QPushButton>(window, button);
        if (!found->isVisible())
            qFatal("%s can't be clicked.", button);
        QTest::mouseClick(found, Qt::LeftButton);
    }
    void tab(int index) const { child<QTabWidget>(*page, "labTabs")->setCurrentIndex(index); }
    testlab::TestLab &inside() const { return *page->run().lab(); }
    /// Its demo server, added by the button.
    QString add(const char *button = "addDemo") const
    {
        click(button);
        if (!QTest::qWaitFor(
                [this] { return window.currentPage() == QLatin1StringView("servers"); }))
            qFatal("Nothing leads to the servers.");
        const auto found = stage.broker->credentials().find(inside().mcpUrl());
        return found ? found->account.id : QString();
    }
    QStringList shown() const
    {
        QStringList rows;
        for (int row = 0; row < model->rowCount(); ++row)
            rows.append(model->index(row).data().toString());
        return rows;
    }

    Stage &stage;
    ui::MainWindow &window;
    ui::TestLabPage *page = nullptr;
    QListView *requests = nullptr;
    ui::ExchangeModel *model = nullptr;
    QTableView *tokens = nullptr;
};

void approveAll(Lab &lab)
{
    lab.tab(4);
    child<QCheckBox>(*lab.page, "labApprove")->click();
    lab.tab(0);
}

testlab::Exchange exchangeOf(quint64 number)
{
    testlab::Exchange exchange;
    exchange.number = number;
    exchange.time = UtcMs(1'700'000'000'000 + number * 10);
    exchange.tookMs = 1;
    exchange.method = QStringLiteral("POST");
    exchange.path = QStringLiteral("/mcp");
    exchange.what = QStringLiteral("mcp");
    exchange.rpc = QStringLiteral("tools/call analyze_sentiment");
    exchange.status = number % 10 == 0 ? 401 : 200;
    exchange.request = QStringLiteral("POST /mcp");
    exchange.answer = QStringLiteral("HTTP/1.1 200");
    return exchange;
}

} // namespace

class TestLabTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aWholeSignInIsDrawn()
    {
        Stage stage;
        Lab lab(stage);
        QAbstractItemModelTester tester(lab.model);
        approveAll(lab);
        lab.click("startLab");
        QVERIFY(lab.page->run().isRunning());
        const QString id = lab.add("addDemoFirst");
        QVERIFY(!id.isEmpty());
        QVERIFY(stage.signIn(id));
        lab.window.openPage(QStringLiteral("testlab"));
        const QStringList steps{QStringLiteral("/mcp"),
            QStringLiteral("/.well-known/oauth-protected-resource/mcp"),
            QStringLiteral("/.well-known/oauth-authorization-server"), QStringLiteral("/register"),
            QStringLiteral("/authorize"), QStringLiteral("/token")};
        QTRY_VERIFY(lab.model->rowCount() >= steps.size());
        // In the order of the sign-in, each where it belongs.
        int row = 0;
        for (const QString &step : steps) {
            while (row < lab.model->rowCount() && lab.model->exchange(row)->path != step)
                ++row;
            QVERIFY2(row < lab.model->rowCount(), qPrintable(lab.shown().join(u'\n')));
            const bool resource = step.contains(QStringLiteral("mcp"));
            QCOMPARE(
                lab.model->exchange(row)->place == testlab::Exchange::Place::Resource, resource);
        }
        QCOMPARE(lab.model->exchange(row)->status, 200);
        for (const Secret &secret : lab.inside().issuedTokens()) {
            for (int i = 0; i < lab.model->rowCount(); ++i) {
                const QString token = QString::fromUtf8(secret.expose());
                QVERIFY(!lab.model->exchange(i)->request.contains(token));
                QVERIFY(!lab.model->exchange(i)->answer.contains(token));
            }
        }
    }

    void theDemoServerIsAddedOnce()
    {
        Stage stage;
        Lab lab(stage);
        lab.click("startLab");
        const QString id = lab.add();
        lab.window.openPage(QStringLiteral("testlab"));
        QCOMPARE(lab.add(), id);
        QCOMPARE(stage.broker->credentials().accounts().size(), 1);
    }

    void addressesCanBeCopied()
    {
        Stage stage;
        Lab lab(stage);
        lab.click("startLab");
        auto *url = child<ui::CopyField>(*lab.page, "labMcpUrl");
        QVERIFY(url->isVisible());
        QTest::mouseClick(url->button(), Qt::LeftButton);
        QCOMPARE(QGuiApplication::clipboard()->text(), lab.inside().mcpUrl());
        QCOMPARE(child<ui::CopyField>(*lab.page, "labIssuer")->text(), lab.inside().issuer());
    }

    void theKeyboardReadsTheDiagram()
    {
        Stage stage;
        Lab lab(stage);
        approveAll(lab);
        lab.click("startLab");
        QVERIFY(stage.signIn(lab.add()));
        lab.window.openPage(QStringLiteral("testlab"));
        QTRY_VERIFY(lab.model->rowCount() >= 6);
        lab.requests->setFocus();
        QTest::keyClick(lab.requests, Qt::Key_Home);
        auto *pane = lab.page->findChild<ui::ExchangePane *>();
        QVERIFY(pane->isVisible());
        QCOMPARE(pane->number(), quint64(1));
        QTest::keyClick(lab.requests, Qt::Key_Down);
        QCOMPARE(pane->number(), quint64(2));
        QVERIFY(child<QPlainTextEdit>(*pane, "exchangeRequest")
                    ->toPlainText()
                    .startsWith(QStringLiteral("GET /.well-known")));
        QVERIFY(child<QPlainTextEdit>(*pane, "exchangeAnswer")
                    ->toPlainText()
                    .contains(QStringLiteral("authorization_servers")));
        // What a screen reader reads.
        QAccessibleInterface *face = QAccessible::queryAccessibleInterface(lab.requests);
        QVERIFY(face);
        QCOMPARE(face->childCount(), lab.model->rowCount());
        const QString words = face->child(1)->text(QAccessible::Name);
        QVERIFY2(words.contains(QStringLiteral("GET /.well-known/oauth-protected-resource/mcp"))
                && words.contains(QStringLiteral("200")),
            qPrintable(words));
    }

    void faultsAreSwitchedWhileItRuns()
    {
        Stage stage;
        Lab lab(stage);
        approveAll(lab);
        lab.click("startLab");
        const QString id = lab.add();
        lab.window.openPage(QStringLiteral("testlab"));
        lab.tab(1);
        auto *faults = child<QListView>(*lab.page, "faults");
        auto *search = child<QLineEdit>(*lab.page, "searchFaults");
        QCOMPARE(faults->model()->rowCount(), int(testlab::allFaults().size()) + 6);
        QTest::keyClicks(search, QStringLiteral("access_denied"));
        QCOMPARE(faults->model()->rowCount(), 2);
        faults->setFocus();
        QTest::keyClick(faults, Qt::Key_Down);
        QTest::keyClick(faults, Qt::Key_Space);
        QCOMPARE(lab.inside().faults(), QStringList{QStringLiteral("authorization-denied")});
        QVERIFY(!stage.signIn(id));
        search->clear();
        QTest::keyClicks(search, QStringLiteral("token-429"));
        const QRect row = faults->visualRect(faults->model()->index(1, 0));
        QTest::mouseClick(faults->viewport(), Qt::LeftButton, {}, row.center());
        QCOMPARE(lab.inside().faults().size(), 2);
        QVERIFY(child<QLabel>(*lab.page, "faultCount")->text().contains(u'2'));
        QVERIFY(child<QTabWidget>(*lab.page, "labTabs")->tabText(1).contains(u'2'));
        lab.click("faultsOff");
        QVERIFY(lab.inside().faults().isEmpty());
        QVERIFY(stage.signIn(id));
    }

    void faultsChosenBeforeHoldFromTheStart()
    {
        Stage stage;
        Lab lab(stage);
        lab.page->run().setFault(QStringLiteral("mcp-500"), true);
        lab.click("startLab");
        QCOMPARE(lab.inside().faults(), QStringList{QStringLiteral("mcp-500")});
        lab.click("stopLab");
        lab.page->run().setOptions(lab.page->run().options());
        lab.click("startLab");
        QCOMPARE(lab.inside().faults(), QStringList{QStringLiteral("mcp-500")});
    }

    void tokensAreDecoded()
    {
        Stage stage;
        Lab lab(stage);
        approveAll(lab);
        lab.click("startLab");
        const QString id = lab.add();
        QVERIFY(stage.signIn(id));
        lab.window.openPage(QStringLiteral("testlab"));
        lab.tab(2);
        QTRY_COMPARE(lab.tokens->model()->rowCount(), 2);
        QAbstractItemModelTester tester(lab.tokens->model());
        lab.tokens->selectRow(0);
        const auto claims = [&] {
            return child<QPlainTextEdit>(*lab.page, "tokenClaims")->toPlainText();
        };
        QVERIFY(claims().contains(QStringLiteral("\"sub\": \"lab-user\"")));
        QVERIFY(claims().contains(lab.inside().mcpUrl()));
        QVERIFY(child<QPlainTextEdit>(*lab.page, "tokenHeader")
                    ->toPlainText()
                    .contains(QStringLiteral("at+jwt")));
        auto *close = child<QToolButton>(*lab.page, "closeToken");
        QTest::mouseClick(close, Qt::LeftButton);
        QVERIFY(!close->isVisible());
        lab.tokens->selectRow(0);
        QVERIFY(close->isVisible());
        const QString first = claims();
        // A refresh brings two more, above; the one that is looked at stays.
        QVERIFY(await(stage.broker->credentials().refresh(id, {})));
        QTRY_COMPARE(lab.tokens->model()->rowCount(), 4);
        QCOMPARE(claims(), first);
        QCOMPARE(lab.tokens->currentIndex().row(), 2);
        const auto state = [&](int row) {
            return lab.tokens->model()->index(row, ui::TokenModel::State).data().toString();
        };
        QCOMPARE(state(3), QStringLiteral("Exchanged"));
        // Signed out, all of it is revoked.
        QVERIFY(await(stage.broker->credentials().signOut(id, {})));
        QTRY_COMPARE(state(0), QStringLiteral("Revoked"));
    }

    void aTokenExpiresBeforeTheEyes()
    {
        Stage stage;
        Lab lab(stage);
        approveAll(lab);
        lab.tab(4);
        child<QSpinBox>(*lab.page, "labAccessLifetime")->setValue(2);
        lab.tab(0);
        lab.click("startLab");
        QVERIFY(stage.signIn(lab.add()));
        lab.window.openPage(QStringLiteral("testlab"));
        lab.tab(2);
        QTRY_VERIFY(lab.tokens->model()->rowCount() >= 2);
        const auto last = [&] {
            int row = -1;
            for (int i = 0; i < lab.tokens->model()->rowCount(); ++i) {
                if (lab.tokens->model()->index(i, ui::TokenModel::Kind).data().toString()
                    == QStringLiteral("Access token"))
                    row = i;
            }
            return lab.tokens->model()->index(row, ui::TokenModel::State).data().toString();
        };
        QTRY_COMPARE(last(), QStringLiteral("Expired"));
    }

    void resetForgetsAll()
    {
        Stage stage;
        Lab lab(stage);
        approveAll(lab);
        lab.click("startLab");
        const QString id = lab.add();
        QVERIFY(stage.signIn(id));
        lab.window.openPage(QStringLiteral("testlab"));
        QTRY_VERIFY(lab.model->rowCount() > 0);
        const QString url = lab.inside().mcpUrl();
        QCOMPARE(lab.inside().clients().size(), 2);
        lab.click("resetLab");
        QCOMPARE(lab.model->rowCount(), 0);
        QVERIFY(lab.inside().tokens().isEmpty());
        QCOMPARE(lab.inside().clients().size(), 1);
        QVERIFY(lab.inside().requestCounts().isEmpty());
        QCOMPARE(lab.inside().mcpUrl(), url);
        // What the client has from before is worth nothing; it registers and signs in anew.
        QVERIFY(!await(stage.broker->credentials().refresh(id, {})));
        QVERIFY(stage.signIn(id));
        QTRY_VERIFY(lab.model->rowCount() > 0);
        QCOMPARE(lab.model->exchange(0)->number, quint64(1));
    }

    void stopAndStartAgain()
    {
        Stage stage;
        Lab lab(stage);
        lab.click("startLab");
        const QString url = lab.inside().mcpUrl();
        lab.click("stopLab");
        QVERIFY(!lab.page->run().isRunning());
        QVERIFY(!child<ui::CopyField>(*lab.page, "labMcpUrl")->isVisible());
        lab.click("startLabAgain");
        QVERIFY(lab.page->run().isRunning());
        QCOMPARE(lab.inside().mcpUrl(), url);
    }

    void optionsHoldFromTheNextStart()
    {
        Stage stage;
        Lab lab(stage);
        lab.click("startLab");
        lab.tab(4);
        auto *restart = child<QPushButton>(*lab.page, "restartLab");
        QVERIFY(!restart->isVisible());
        QTest::keyClicks(child<QLineEdit>(*lab.page, "labIssuerPath"), QStringLiteral("/tenant1"));
        child<QLineEdit>(*lab.page, "labClientId")->clear();
        QTest::keyClicks(child<QLineEdit>(*lab.page, "labClientId"), QStringLiteral("mine"));
        QVERIFY(!lab.inside().issuer().endsWith(QStringLiteral("/tenant1")));
        QVERIFY(restart->isVisible());
        lab.click("restartLab");
        QVERIFY(lab.inside().issuer().endsWith(QStringLiteral("/tenant1")));
        QCOMPARE(lab.inside().clientId(), QStringLiteral("mine"));
        QVERIFY(!restart->isVisible());
        child<QCheckBox>(*lab.page, "labSecondIssuer")->click();
        QCOMPARE(lab.inside().faults(), QStringList{QStringLiteral("second-issuer")});
    }

    void aTakenPortIsSaidAndMended()
    {
        Stage stage;
        Lab lab(stage);
        lab.tab(4);
        child<QSpinBox>(*lab.page, "labPort")->setValue(QUrl(stage.lab->issuer()).port());
        lab.tab(0);
        lab.click("startLab");
        QVERIFY(!lab.page->run().isRunning());
        QVERIFY(lab.page->findChild<ui::Banner *>(QString(), Qt::FindDirectChildrenOnly)
                    ->text()
                    .contains(QString::number(QUrl(stage.lab->issuer()).port())));
        lab.click("takeFreePort");
        QVERIFY(lab.page->run().isRunning());
        QCOMPARE(child<QSpinBox>(*lab.page, "labPort")->value(), 0);
        QVERIFY(!child<QPushButton>(*lab.page, "takeFreePort")->isVisible());
    }

    void thousandsOfRequestsDoNotHoldTheLoop()
    {
        Stage stage;
        Lab lab(stage);
        lab.click("startLab");
        auto *view = qobject_cast<ui::SequenceView *>(lab.requests);
        Watchdog watchdog;
        quint64 number = 0;
        for (int batch = 0; batch < 60; ++batch) {
            for (int i = 0; i < 100; ++i)
                Q_EMIT lab.page->run().exchanged(exchangeOf(++number));
            const quint64 sent = number;
            QTRY_COMPARE(lab.model->total(), sent);
        }
        QVERIFY(lab.model->rowCount() <= ui::ExchangeModel::capacity);
        QVERIFY(view->isAtEnd());
        QScrollBar *bar = view->verticalScrollBar();
        QCOMPARE(bar->value(), bar->maximum());
        // Who scrolls away stays where they are.
        bar->setValue(bar->maximum() / 2);
        const auto onTop = [&] {
            return lab.model->exchange(view->indexAt({20, 5}).row())->number;
        };
        const quint64 before = onTop();
        for (int i = 0; i < 1000; ++i)
            Q_EMIT lab.page->run().exchanged(exchangeOf(++number));
        QTRY_COMPARE(lab.model->total(), number);
        QTRY_COMPARE(onTop(), before);
        for (int i = 0; i <= 40; ++i) {
            bar->setValue(bar->maximum() * i / 40);
            QCoreApplication::processEvents();
        }
        QVERIFY2(watchdog.longestMs() <= Watchdog::limitMs,
            qPrintable(QString::number(watchdog.longestMs())));
    }

    void anAnswerThatComesLateIsDrawnInItsPlace()
    {
        ui::ExchangeModel model;
        QAbstractItemModelTester tester(&model);
        testlab::Exchange hanging = exchangeOf(1);
        hanging.status = 0;
        model.add(hanging);
        model.add(exchangeOf(2));
        QTRY_COMPARE(model.rowCount(), 2);
        QCOMPARE(model.exchange(0)->status, 0);
        model.add(exchangeOf(1));
        QTRY_COMPARE(model.exchange(0)->status, 200);
        QCOMPARE(model.rowCount(), 2);
    }
};

QTEST_MAIN(TestLabTest)
#include "TestLabTest.moc"
