// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/Desktop.h"
#include "tests/ui/Play.h"

#include <QLineEdit>
#include <QPushButton>

using namespace chatelaine;
using namespace chatelaine::test;

namespace {

broker::Question aQuestion()
{
    auto caller = std::make_shared<broker::CallerIdentity>();
    caller->exe = QStringLiteral("/usr/bin/co<b>dex\n") + QString(500, u'x');
    caller->pid = 4711;
    broker::Question asked;
    asked.server = QStringLiteral("github");
    asked.caller = caller;
    return asked;
}

} // namespace

/// What the desktop's notifications tell and where they lead, on an X server and a session bus of
/// their own.
class NoticesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QApplication::setQuitOnLastWindowClosed(false); }

    void withoutAServiceForNotificationsTheFallbackIsTold()
    {
        QStringList told;
        ui::Notifier notifier(
            [&told](const QString &key, const ui::Notifier::Notice &) { told.append(key); });
        notifier.show(QStringLiteral("a"), {QStringLiteral("A"), QStringLiteral("Text")});
        QTRY_COMPARE(told, QStringList{QStringLiteral("a")});
    }

    void aLostSignInIsToldAndLeadsToSigningIn()
    {
        m_desktop.takeNotifications();
        Play play(true);
        const QString id = play.losesItsSignIn();
        QTRY_COMPARE(m_desktop.shown().size(), 1);
        const Notified notified = m_desktop.shown().constFirst();
        QVERIFY2(notified.title.contains(QStringLiteral("sentiment")), qPrintable(notified.title));
        QVERIFY(notified.actions.contains(QStringLiteral("sign-in")));
        QCOMPARE(notified.hints.value(QStringLiteral("desktop-entry")).toString(),
            QStringLiteral("chatelaine"));
        // Somebody else's notification is none of our business.
        m_desktop.click(notified.id + 100, QStringLiteral("sign-in"));
        // The desktop may show it before its answer is here; a person is not that quick.
        QVERIFY(QTest::qWaitFor([&] {
            m_desktop.click(notified.id, QStringLiteral("sign-in"));
            return play.window().isVisible();
        }));
        QCOMPARE(play.window().currentPage(), QStringLiteral("servers"));
        auto *open = child<QPushButton>(play.window(), "openBrowser");
        QTRY_VERIFY(open->isVisible());
        play.stage.lab->setFault(testlab::Fault::RefreshInvalidGrant, false);
        QTest::mouseClick(open, Qt::LeftButton);
        QTRY_COMPARE(play.stage.view(id).account.state, store::AccountState::SignedIn);
        // It goes with its reason.
        QTRY_COMPARE(m_desktop.shown().size(), 0);
    }

    void whatNamesAnAccountGoesWithALock()
    {
        Play play(true);
        play.losesItsSignIn();
        QTRY_COMPARE(m_desktop.shown().size(), 1);
        broker::Question asked = aQuestion();
        asked.answerBy = play.stage.clock.bootMs();
        std::stop_source late;
        detach(play.stage.approvals.ask(asked, late.get_token()));
        late.request_stop();
        QTRY_COMPARE(m_desktop.shown().size(), 2);
        QVERIFY(await(play.stage.broker->lock({})));
        QTRY_COMPARE(m_desktop.shown().size(), 0);
    }

    void aQuestionIsToldWhereNobodyLooks()
    {
        Play play(true);
        std::stop_source gone;
        QVERIFY(!topLevel<ui::ApprovalWindow>());
        detach(play.stage.approvals.ask(aQuestion(), gone.get_token()));
        QVERIFY(topLevel<ui::ApprovalWindow>(true));
        QTRY_COMPARE(m_desktop.shown().size(), 1);
        const Notified notified = m_desktop.shown().constFirst();
        QVERIFY2(notified.title.contains(QStringLiteral("github")), qPrintable(notified.title));
        // Titles are plain text by the specification. What the asker calls itself is in no other
        // place, on one line, and not as long as it likes.
        QVERIFY(notified.title.contains(QStringLiteral("co<b>dex")));
        QVERIFY(!notified.title.contains(u'\n'));
        QVERIFY(notified.title.size() < 120);
        QVERIFY(!notified.text.contains(QStringLiteral("dex")));
        gone.request_stop();
        QTRY_COMPARE(m_desktop.shown().size(), 0);
        QVERIFY(!topLevel<ui::ApprovalWindow>(true));
    }

    void aQuestionThatWaitsSinceBeforeTheWindowIsAsked()
    {
        Play play(true);
        play.front.reset();
        std::stop_source gone;
        detach(play.stage.approvals.ask(aQuestion(), gone.get_token()));
        play.front = std::make_unique<Front>(*play.stage.services, play.stage.approvals,
            play.stage.clock, Paths::under(play.stage.dir.path()));
        QVERIFY(topLevel<ui::ApprovalWindow>(true));
        QCOMPARE(m_desktop.shown().size(), 0);
        play.front->open(true);
        QTRY_COMPARE(m_desktop.shown().size(), 1);
        gone.request_stop();
        QTRY_COMPARE(m_desktop.shown().size(), 0);
    }

    void aQuestionLeavesTheKeyboardUntilOneTurnsToIt()
    {
        Play play(true);
        QLineEdit typing;
        typing.show();
        typing.activateWindow();
        QTRY_COMPARE(QApplication::focusWidget(), &typing);
        std::stop_source gone;
        detach(play.stage.approvals.ask(aQuestion(), gone.get_token()));
        QTRY_VERIFY(topLevel<ui::ApprovalWindow>(true));
        auto *window = topLevel<ui::ApprovalWindow>(true);
        QTRY_VERIFY(window->isAwake());
        QCOMPARE(QApplication::focusWidget(), &typing);
        gone.request_stop();
        QTRY_VERIFY(!window->isVisible());
        typing.hide();
        QTRY_VERIFY(!QApplication::activeWindow());
        // Out of sight, until its notification is clicked.
        std::stop_source another;
        detach(play.stage.approvals.ask(aQuestion(), another.get_token()));
        QTRY_COMPARE(m_desktop.shown().size(), 1);
        window->showMinimized();
        QVERIFY(window->isMinimized());
        const uint id = m_desktop.shown().constFirst().id;
        QVERIFY(QTest::qWaitFor([&] {
            m_desktop.click(id, QStringLiteral("default"));
            return !window->isMinimized() && window->isActiveWindow();
        }));
        QVERIFY(window->isVisible());
        another.request_stop();
        QTRY_VERIFY(!window->isVisible());
        QTRY_COMPARE(m_desktop.shown().size(), 0);
        // Who turns to it too late finds nothing.
        window->turnTo();
        QVERIFY(!window->isVisible());
    }

    void aQuestionThatNobodyAnsweredIsToldAfterwards()
    {
        Play play(true);
        broker::Question asked = aQuestion();
        asked.answerBy = play.stage.clock.bootMs() + 60'000;
        std::stop_source gone;
        detach(play.stage.approvals.ask(asked, gone.get_token()));
        QTRY_COMPARE(m_desktop.shown().size(), 1);
        // Its asker has left; that is nobody's business.
        gone.request_stop();
        QTRY_COMPARE(m_desktop.shown().size(), 0);
        const int before = m_desktop.notifiedCount();
        asked.answerBy = play.stage.clock.bootMs();
        std::stop_source late;
        detach(play.stage.approvals.ask(asked, late.get_token()));
        QTRY_COMPARE(m_desktop.notifiedCount(), before + 1);
        late.request_stop();
        QTRY_COMPARE(m_desktop.notifiedCount(), before + 2);
        QTRY_COMPARE(m_desktop.shown().size(), 1);
        const Notified missed = m_desktop.shown().constFirst();
        QVERIFY2(
            missed.title.contains(QStringLiteral("while you were away")), qPrintable(missed.title));
        QVERIFY(missed.title.contains(QStringLiteral("github")));
        QVERIFY(QTest::qWaitFor([&] {
            m_desktop.click(missed.id, QStringLiteral("default"));
            return play.window().isVisible();
        }));
        QCOMPARE(play.window().currentPage(), QStringLiteral("activity"));
        m_desktop.dismiss(missed.id);
        QTRY_COMPARE(m_desktop.shown().size(), 0);
    }

    void whoLooksAtTheWindowIsToldNothing()
    {
        Play play;
        play.window().activateWindow();
        QTRY_VERIFY(QApplication::activeWindow() == &play.window());
        const int before = m_desktop.notifiedCount();
        play.losesItsSignIn();
        play.window().hide();
        QTRY_VERIFY(!QApplication::activeWindow());
        std::stop_source gone;
        detach(play.stage.approvals.ask(aQuestion(), gone.get_token()));
        QTRY_COMPARE(m_desktop.shown().size(), 1);
        QCOMPARE(m_desktop.notifiedCount(), before + 1);
        gone.request_stop();
        QTRY_COMPARE(m_desktop.shown().size(), 0);
    }

private:
    Desktop m_desktop;
};

QTEST_MAIN(NoticesTest)
#include "NoticesTest.moc"
