// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/Desk.h"
#include "ui/common/Surfaces.h"

#include <QLabel>

using namespace chatelaine;
using namespace chatelaine::test;

/// Which answers are offered to whom, and what is said before.
class OfferTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aBareInterpreterIsWarnedOf()
    {
        Desk desk;
        desk.ask(question(QStringLiteral("/usr/bin/python3.11"), 7, QStringLiteral("wiki")),
            desk.stopAll.get_token());
        desk.clock.advance(ui::ApprovalWindow::wakeMs);
        auto *banner = child<ui::Banner>(desk.window, "approvalBanner");
        QVERIFY(!banner->isVisible());
        desk.click("allowAlways");
        QVERIFY(desk.answers.isEmpty());
        QVERIFY(banner->isVisible());
        desk.click("goBack");
        QVERIFY(!banner->isVisible());
        desk.clock.advance(ui::ApprovalWindow::wakeMs);
        desk.click("allowHour");
        desk.clock.advance(ui::ApprovalWindow::wakeMs);
        desk.click("allowAnyway");
        QCOMPARE(desk.answers.size(), 1);
        QCOMPARE(desk.answers.constFirst()->remember->lifetime, store::GrantLifetime::Until);
    }

    void askingAgainTakesAHalfSecondOfItsOwn()
    {
        Desk desk;
        desk.ask(question(QStringLiteral("/usr/bin/python3.11"), 7, QStringLiteral("wiki")),
            desk.stopAll.get_token());
        desk.clock.advance(ui::ApprovalWindow::wakeMs);
        // The second press of a double click.
        desk.click("allowAlways");
        desk.click("allowAnyway");
        desk.clock.advance(ui::ApprovalWindow::wakeMs - 1);
        desk.click("allowAnyway");
        QVERIFY(desk.answers.isEmpty());
        // And the same on the way back.
        desk.click("goBack");
        desk.click("deny");
        desk.clock.advance(ui::ApprovalWindow::wakeMs - 1);
        QTest::keyClick(&desk.window, Qt::Key_Return);
        QVERIFY(desk.answers.isEmpty());
        desk.clock.advance(1);
        desk.click("allowAlways");
        desk.clock.advance(ui::ApprovalWindow::wakeMs);
        // What a hand on the keyboard gives is the way back.
        QTest::keyClick(&desk.window, Qt::Key_Return);
        QVERIFY(desk.answers.isEmpty());
        desk.clock.advance(ui::ApprovalWindow::wakeMs);
        desk.click("allowAlways");
        desk.clock.advance(ui::ApprovalWindow::wakeMs);
        desk.click("allowAnyway");
        QCOMPARE(desk.answers.size(), 1);
        QCOMPARE(desk.answers.constFirst()->remember->lifetime, store::GrantLifetime::Always);
    }

    void whatCantBeRememberedIsNotOffered()
    {
        Desk desk;
        desk.ask(question({}, 7, QStringLiteral("wiki")), desk.stopAll.get_token());
        desk.clock.advance(ui::ApprovalWindow::wakeMs);
        QCOMPARE(enabled(desk.window),
            QStringList({QStringLiteral("deny"), QStringLiteral("allowOnce")}));
        QVERIFY(child<ui::Banner>(desk.window, "approvalBanner")->isVisible());
    }

    void whoIsKnownWeaklyIsOfferedOneLoan()
    {
        Desk desk;
        broker::Question asked =
            weakly(question(QStringLiteral("/usr/bin/codex"), 7, QStringLiteral("wiki")));
        desk.ask(asked, desk.stopAll.get_token());
        desk.clock.advance(ui::ApprovalWindow::wakeMs);
        QCOMPARE(enabled(desk.window),
            QStringList({QStringLiteral("deny"), QStringLiteral("allowOnce")}));
        QVERIFY(child<ui::Banner>(desk.window, "approvalBanner")->isVisible());
        desk.click("allowAlways");
        QVERIFY(desk.answers.isEmpty());
    }

    void aChangedProgramIsSaidToBe()
    {
        Desk desk;
        broker::Question asked =
            question(QStringLiteral("/usr/bin/codex"), 7, QStringLiteral("wiki"));
        asked.changed = true;
        desk.ask(asked, desk.stopAll.get_token());
        QVERIFY(child<ui::Banner>(desk.window, "approvalBanner")->isVisible());
        QVERIFY(shows(desk.window, QStringLiteral("changed since you allowed it")));
    }

    void whileItRunsIsForTheHost()
    {
        Desk desk;
        broker::Question asked =
            question(QStringLiteral("/home/u/helper"), 7, QStringLiteral("wiki"));
        auto caller = std::make_shared<broker::CallerIdentity>(*asked.caller);
        caller->chain = {
            {6, 1, QStringLiteral("/usr/bin/bash")}, {5, 1, QStringLiteral("/usr/bin/codex")}};
        asked.caller = caller;
        desk.ask(asked, desk.stopAll.get_token());
        QVERIFY(shows(desk.window, QStringLiteral("codex (process 5)")));
        desk.clock.advance(ui::ApprovalWindow::wakeMs);
        desk.click("allowSession");
        QCOMPARE(desk.answers.size(), 1);
        QCOMPARE(desk.answers.constFirst()->remember->sessionPid, 5);
        QCOMPARE(desk.answers.constFirst()->remember->exe, QStringLiteral("/usr/bin/codex"));
    }

    void aLastingAnswerSettlesTheOthersOfThatProgram()
    {
        Desk desk;
        const QString codex = QStringLiteral("/usr/bin/codex");
        const std::stop_token stop = desk.stopAll.get_token();
        desk.ask(question(codex, 7, QStringLiteral("wiki")), stop);
        desk.ask(question(codex, 8, QStringLiteral("wiki")), stop);
        desk.ask(question(codex, 8, QStringLiteral("github")), stop);
        QCOMPARE(desk.queue.count(), 3);
        desk.clock.advance(ui::ApprovalWindow::wakeMs);
        desk.click("allowAlways");
        QCOMPARE(desk.answers.size(), 2);
        QVERIFY(desk.answers.at(0)->remember);
        QVERIFY(!desk.answers.at(1)->remember);
        QCOMPARE(desk.queue.current().server, QStringLiteral("github"));
    }

    void itIsSaidHowLongTheAnswerIsWaitedFor()
    {
        Desk desk;
        broker::Question asked =
            question(QStringLiteral("/usr/bin/codex"), 7, QStringLiteral("wiki"));
        auto *within = child<QLabel>(desk.window, "answerWithin");
        asked.answerBy = desk.clock.bootMs() + 180'000;
        std::stop_source one;
        desk.ask(asked, one.get_token());
        QCOMPARE(within->text(), QStringLiteral("Answer within 3:00"));
        desk.clock.advance(19'000);
        QCOMPARE(within->text(), QStringLiteral("Answer within 2:41"));
        // Whoever asks the same again waits longer, and goes.
        std::stop_source two;
        asked.answerBy = desk.clock.bootMs() + 180'000;
        desk.ask(asked, two.get_token());
        QCOMPARE(within->text(), QStringLiteral("Answer within 3:00"));
        two.request_stop();
        QCOMPARE(within->text(), QStringLiteral("Answer within 2:41"));
        one.request_stop();
        QVERIFY(!desk.window.isVisible());
        QCOMPARE(desk.clock.alarmsSet(), 0);
        asked.answerBy = 0;
        desk.ask(asked, desk.stopAll.get_token());
        QVERIFY(desk.window.isVisible());
        QVERIFY(!within->isVisible());
    }

    void oneOfTwoAskersMayLeave()
    {
        Desk desk;
        std::stop_source one;
        const auto asked = question(QStringLiteral("/usr/bin/codex"), 7, QStringLiteral("wiki"));
        desk.ask(asked, one.get_token());
        desk.ask(asked, desk.stopAll.get_token());
        one.request_stop();
        QCOMPARE(desk.answers.size(), 1);
        QCOMPARE(desk.answers.constFirst().error().code, ErrorCode::Cancelled);
        QCOMPARE(desk.queue.count(), 1);
        QVERIFY(desk.window.isVisible());
    }

private:
    static broker::Question weakly(broker::Question asked)
    {
        auto caller = std::make_shared<broker::CallerIdentity>(*asked.caller);
        caller->strong = false;
        asked.caller = caller;
        return asked;
    }
    static QStringList enabled(const QWidget &root)
    {
        QStringList names;
        for (const char *button : {"deny", "denyAlways", "allowOnce", "allowSession",
                 "allowUntilLock", "allowHour", "allowEightHours", "allowAlways"}) {
            if (root.findChild<QPushButton *>(QString::fromLatin1(button))->isEnabled())
                names.append(QString::fromLatin1(button));
        }
        return names;
    }
};

QTEST_MAIN(OfferTest)
#include "OfferTest.moc"
