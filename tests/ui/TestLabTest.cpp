// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/Lab.h"
#include "ui/common/CopyField.h"
#include "ui/common/Surfaces.h"
#include "ui/testlab/TokenModel.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSpinBox>

using namespace chatelaine;
using namespace chatelaine::test;

/// The lab in the window: its life, its faults, what it has handed out.
class TestLabTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
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
};

QTEST_MAIN(TestLabTest)
#include "TestLabTest.moc"
