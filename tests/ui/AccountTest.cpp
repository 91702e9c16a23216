// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/Stage.h"
#include "ui/common/Surfaces.h"

#include <QLineEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>

using namespace chatelaine;
using namespace chatelaine::test;

/// What can be done with an account once it is there.
class AccountTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void renameRefreshSignOutAndRemove()
    {
        Stage stage;
        const QString id = stage.addLab().account.id;
        QVERIFY(stage.signIn(id));
        const QString before = stage.view(id).account.tokenFingerprint;
        ui::MainWindow &window = stage.window();
        QTest::mouseClick(child<QPushButton>(window, "refresh"), Qt::LeftButton);
        QTRY_VERIFY(stage.view(id).account.tokenFingerprint != before);

        child<QTabWidget>(window, "detailTabs")->setCurrentIndex(3);
        auto *name = child<QLineEdit>(window, "serverName");
        auto *save = child<QPushButton>(window, "saveSettings");
        QVERIFY(!save->isEnabled());
        name->selectAll();
        QTest::keyClicks(name, QStringLiteral("feelings"));
        QTest::mouseClick(save, Qt::LeftButton);
        QTRY_COMPARE(stage.view(id).server.name, QStringLiteral("feelings"));

        auto *signOut = child<QPushButton>(window, "signOut");
        auto *yes = child<QPushButton>(window, "confirm");
        QTest::mouseClick(signOut, Qt::LeftButton);
        QVERIFY(yes->isVisible());
        QCOMPARE(stage.view(id).account.state, store::AccountState::SignedIn);
        QTest::mouseClick(yes, Qt::LeftButton);
        QTRY_COMPARE(stage.view(id).account.state, store::AccountState::SignedOut);
        QCOMPARE(stage.lab->requestCounts().value(QStringLiteral("revocation")), 1);

        QTest::mouseClick(child<QToolButton>(window, "removeServer"), Qt::LeftButton);
        QTest::mouseClick(yes, Qt::LeftButton);
        QTRY_VERIFY(stage.broker->credentials().accounts().isEmpty());
        QTRY_VERIFY(child<QPushButton>(window, "addFirstServer")->isVisible());
    }

    void revokingIsToldAsTheServerAnswered()
    {
        Stage stage;
        const QString id = stage.addLab().account.id;
        ui::MainWindow &window = stage.window();
        auto *revoke = child<QPushButton>(window, "revokeTokens");
        QVERIFY(!revoke->isVisible());
        QVERIFY(stage.signIn(id));
        QTRY_VERIFY(revoke->isVisible());
        auto *yes = child<QPushButton>(window, "confirm");
        auto *banner = child<ui::Banner>(window, "detailBanner");

        stage.lab->setFault(testlab::Fault::Revocation500);
        QTest::mouseClick(revoke, Qt::LeftButton);
        QVERIFY(yes->isVisible());
        QCOMPARE(stage.lab->requestCounts().value(QStringLiteral("revocation")), 0);
        QTest::mouseClick(yes, Qt::LeftButton);
        QTRY_VERIFY(banner->text().contains(QStringLiteral("still signed in")));
        QCOMPARE(stage.lab->requestCounts().value(QStringLiteral("revocation")), 1);
        QCOMPARE(stage.view(id).account.state, store::AccountState::SignedIn);
        QVERIFY(revoke->isVisible());

        stage.lab->setFault(testlab::Fault::Revocation500, false);
        QTest::mouseClick(revoke, Qt::LeftButton);
        QTest::mouseClick(yes, Qt::LeftButton);
        QTRY_COMPARE(stage.view(id).account.state, store::AccountState::SignedOut);
        QTRY_VERIFY(banner->text().contains(QStringLiteral("taken the tokens back")));
        QTRY_VERIFY(!revoke->isVisible());
    }
};

QTEST_MAIN(AccountTest)
#include "AccountTest.moc"
