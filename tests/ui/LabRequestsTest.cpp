// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/Lab.h"
#include "tests/ui/Watchdog.h"
#include "ui/testlab/ExchangePane.h"
#include "ui/testlab/SequenceView.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QPlainTextEdit>
#include <QScrollBar>

using namespace chatelaine;
using namespace chatelaine::test;

namespace {

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

/// The diagram of what is asked of the lab.
class LabRequestsTest : public QObject
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

QTEST_MAIN(LabRequestsTest)
#include "LabRequestsTest.moc"
