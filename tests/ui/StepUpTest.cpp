// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/Stage.h"
#include "ui/common/Surfaces.h"
#include "ui/signin/SignInView.h"

#include <QJsonObject>
#include <QPushButton>
#include <QTest>

using namespace chatelaine;
using namespace chatelaine::test;

namespace {

// What a program does that has no window of its own: it can't sign in for more.
Result<QJsonObject> teach(Stage &stage, const QString &accountId)
{
    const QJsonObject term{
        {QStringLiteral("term"), QStringLiteral("moonshot")}, {QStringLiteral("weight"), 2}};
    return await(stage.broker->credentials().call(
        accountId, QStringLiteral("add_term"), term, {}, nullptr, {}));
}

} // namespace

class StepUpTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatAProgramLackedIsAButtonAway()
    {
        Stage stage;
        const QString id = stage.addLab().account.id;
        QVERIFY(stage.signIn(id));
        ui::MainWindow &window = stage.window();
        window.openPage(QStringLiteral("servers"), id);
        auto *more = child<QPushButton>(window, "signInForMore");
        QVERIFY(!more->isVisible());

        const auto refused = teach(stage, id);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::ScopeMissing);
        QTRY_VERIFY(more->isVisible());
        QCOMPARE(stage.view(id).missingScopes, QStringList{QStringLiteral("sentiment:write")});
        // Said once is enough, however often a program tries.
        QVERIFY(!teach(stage, id));
        QCOMPARE(stage.view(id).missingScopes.size(), 1);

        stage.opened.clear();
        QTest::mouseClick(more, Qt::LeftButton);
        auto *open = child<QPushButton>(window, "openBrowser");
        QTRY_VERIFY(open->isVisible());
        QVERIFY(stage.opened.isEmpty());
        QTest::mouseClick(open, Qt::LeftButton);
        QTRY_VERIFY(
            stage.view(id).account.grantedScopes.contains(QStringLiteral("sentiment:write")));
        QVERIFY(stage.view(id).account.grantedScopes.contains(QStringLiteral("sentiment:read")));
        QVERIFY(stage.view(id).missingScopes.isEmpty());
        QTRY_VERIFY(child<QPushButton>(window, "refresh")->isVisible());
        QVERIFY(!more->isVisible());
        QVERIFY(teach(stage, id));
    }

    void tryingAgainAsksForTheSame()
    {
        Stage stage;
        const QString id = stage.addLab().account.id;
        QVERIFY(stage.signIn(id));
        ui::MainWindow &window = stage.window();
        window.openPage(QStringLiteral("servers"), id);
        QVERIFY(!teach(stage, id));
        auto *more = child<QPushButton>(window, "signInForMore");
        QTRY_VERIFY(more->isVisible());
        stage.lab->setFault(testlab::Fault::AuthorizationDenied);
        QTest::mouseClick(more, Qt::LeftButton);
        auto *open = child<QPushButton>(window, "openBrowser");
        QTRY_VERIFY(open->isVisible());
        QTest::mouseClick(open, Qt::LeftButton);
        auto *again = child<QPushButton>(window, "signInAgain");
        QTRY_VERIFY(again->isVisible());

        stage.lab->setFault(testlab::Fault::AuthorizationDenied, false);
        QTest::mouseClick(again, Qt::LeftButton);
        QTRY_VERIFY(open->isVisible());
        const QStringList both{QStringLiteral("sentiment:read"), QStringLiteral("sentiment:write")};
        const auto chips = window.findChild<ui::SignInView *>()->findChild<ui::ChipFlow *>();
        for (const QString &scope : both)
            QVERIFY2(chips->chips().contains(scope), qPrintable(scope));
        QTest::mouseClick(open, Qt::LeftButton);
        QTRY_VERIFY(!open->isVisible());
        QTRY_COMPARE(stage.view(id).missingScopes, QStringList());
        for (const QString &scope : both)
            QVERIFY2(stage.view(id).account.grantedScopes.contains(scope), qPrintable(scope));
    }
};

QTEST_MAIN(StepUpTest)
#include "StepUpTest.moc"
