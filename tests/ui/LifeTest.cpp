// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/FirstInstance.h"
#include "tests/ui/Desktop.h"
#include "tests/ui/Play.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>

using namespace chatelaine;
using namespace chatelaine::test;

namespace {

QAction *actionOf(const QMenu &menu, const QString &text)
{
    const QList<QAction *> actions = menu.actions();
    for (QAction *action : actions) {
        if (action->text().contains(text))
            return action;
    }
    return nullptr;
}

} // namespace

/// How window and tray come and go, on an X server and a session bus of their own.
/// The desktop has no tray at first; Qt decides once for a process, so the order matters.
class LifeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QApplication::setQuitOnLastWindowClosed(false); }

    void withoutATrayClosingEndsIt()
    {
        Play play;
        QSignalSpy ends(play.front.get(), &Front::quitDecided);
        play.window().close();
        QCOMPARE(ends.size(), 1);
    }

    void withProgramsConnectedItAsksFirst()
    {
        Play play;
        play.connectProgram();
        play.connectProgram();
        QSignalSpy ends(play.front.get(), &Front::quitDecided);
        play.window().close();
        QVERIFY(play.window().isVisible());
        ui::QuitDialog *dialog = play.quitDialog();
        QVERIFY(dialog);
        QCOMPARE(child<QLabel>(*dialog, "connectedPrograms")->text(), QStringLiteral("ui_life"));
        // What a hand on the keyboard gives is to stay, both ways.
        QVERIFY(child<QPushButton>(*dialog, "stay")->isDefault());
        QTest::keyClick(dialog, Qt::Key_Return);
        QTRY_VERIFY(!play.quitDialog());
        play.window().activateWindow();
        QTRY_COMPARE(QApplication::activeWindow(), &play.window());
        QTest::keyClick(&play.window(), Qt::Key_Q, Qt::ControlModifier);
        QTRY_VERIFY(play.quitDialog());
        QTest::keyClick(play.quitDialog(), Qt::Key_Escape);
        QTRY_VERIFY(!play.quitDialog());
        QVERIFY(play.window().isVisible());
        QVERIFY(ends.isEmpty());
        // Asked twice it asks once.
        play.window().close();
        play.window().close();
        QTest::mouseClick(child<QPushButton>(*play.quitDialog(), "quit"), Qt::LeftButton);
        QCOMPARE(ends.size(), 1);
    }

    void whatWasTypedAndNotSavedIsAskedAbout()
    {
        Play play;
        QVERIFY(play.stage.settings.setConfirmQuit(false));
        play.window().openPage(QStringLiteral("servers"), play.stage.addLab().account.id);
        child<QTabWidget>(play.window(), "detailTabs")->setCurrentIndex(3);
        QTest::keyClicks(child<QLineEdit>(play.window(), "serverName"), QStringLiteral("x"));
        QSignalSpy ends(play.front.get(), &Front::quitDecided);
        play.window().close();
        QVERIFY(play.quitDialog());
        QVERIFY(child<QLabel>(*play.quitDialog(), "unsavedForms")->isVisible());
        QVERIFY(!child<QLabel>(*play.quitDialog(), "connectedPrograms")->isVisible());
        QTest::keyClick(play.quitDialog(), Qt::Key_Escape);
        QTRY_VERIFY(!play.quitDialog());
        QVERIFY(ends.isEmpty());
        QTest::mouseClick(child<QPushButton>(play.window(), "undoSettings"), Qt::LeftButton);
        play.window().close();
        QCOMPARE(ends.size(), 1);
    }

    void whoDoesNotWantToBeAskedIsNot()
    {
        Play play;
        play.connectProgram();
        QVERIFY(play.stage.settings.setConfirmQuit(false));
        QSignalSpy ends(play.front.get(), &Front::quitDecided);
        play.window().close();
        QVERIFY(!play.quitDialog());
        QCOMPARE(ends.size(), 1);
    }

    void aSecondStartRaisesTheFirst()
    {
        Play play(true);
        const Paths paths = Paths::under(play.stage.dir.path());
        QVERIFY(!FirstInstance::raiseOther(paths));
        FirstInstance first;
        QVERIFY(first.listen(paths));
        QSignalSpy raised(&first, &FirstInstance::raiseRequested);
        connect(&first, &FirstInstance::raiseRequested, play.front.get(), &Front::raise);
        // A start at login looks whether somebody is here, and wants no more.
        FirstInstance second;
        QVERIFY(!second.listen(paths));
        QVERIFY(FirstInstance::raiseOther(paths));
        QTRY_VERIFY(play.window().isVisible());
        QCOMPARE(raised.size(), 1);
        QVERIFY(raised.constFirst().constFirst().toString().isEmpty());
    }

    void aSecondStartBringsTheDesktopsTokenAlong()
    {
        const QTemporaryDir dir;
        const Paths paths = Paths::under(dir.path());
        QVERIFY(ensurePrivateDirectory(paths.runtimeDir));
        FirstInstance first;
        QVERIFY(first.listen(paths));
        QSignalSpy raised(&first, &FirstInstance::raiseRequested);
        qputenv("DESKTOP_STARTUP_ID", "shell/chatelaine/1-2-host_TIME3");
        QCOMPARE(
            FirstInstance::activationToken(), QStringLiteral("shell/chatelaine/1-2-host_TIME3"));
        qputenv("XDG_ACTIVATION_TOKEN", "kwin-4");
        const QString token = FirstInstance::activationToken();
        QCOMPARE(token, QStringLiteral("kwin-4"));
        QVERIFY(FirstInstance::raiseOther(paths, token));
        QTRY_COMPARE(raised.size(), 1);
        QCOMPARE(raised.constLast().constFirst().toString(), token);
        // What is none is not one: neither here, nor from who speaks for itself.
        for (const QByteArray &odd : {QByteArray("a b"), QByteArray("a\n"), QByteArray(300, 'x')}) {
            qputenv("XDG_ACTIVATION_TOKEN", odd);
            qunsetenv("DESKTOP_STARTUP_ID");
            QVERIFY(FirstInstance::activationToken().isEmpty());
            const int before = int(raised.size());
            QVERIFY(FirstInstance::raiseOther(paths, QString::fromLatin1(odd)));
            QTRY_COMPARE(raised.size(), before + 1);
            QVERIFY(raised.constLast().constFirst().toString().isEmpty());
        }
        qunsetenv("XDG_ACTIVATION_TOKEN");
        const int before = int(raised.size());
        auto visitor =
            client::BrokerClient::connectTo(paths.runtimeDir + QStringLiteral("/window.sock"));
        QVERIFY(visitor && visitor->send(QStringLiteral("open"), {}));
        auto endless =
            client::BrokerClient::connectTo(paths.runtimeDir + QStringLiteral("/window.sock"));
        QVERIFY(endless
            && endless->send(QStringLiteral("raise"),
                {{QStringLiteral("activation_token"), QString(4000, u'x')}}));
        QTRY_VERIFY(!visitor->receive(0));
        QTRY_VERIFY(!endless->receive(0));
        QCOMPARE(raised.size(), before);
    }

    void aWindowComesBackAsLargeAsItWas()
    {
        Play play;
        play.window().setWindowState(Qt::WindowMaximized | Qt::WindowMinimized);
        play.front->raise();
        QVERIFY(!play.window().isMinimized());
        QVERIFY(play.window().isMaximized());
    }

    void inTheBackgroundNothingIsShownUntilItIsWanted()
    {
        Play play(true);
        QVERIFY(!play.window().isVisible());
        QVERIFY(play.window().findChildren<ui::Page *>().isEmpty());
        play.front->raise();
        QVERIFY(play.window().isVisible());
        play.window().openPage(QStringLiteral("servers"));
        QCOMPARE(play.window().findChildren<ui::Page *>().size(), 1);
    }

    void theFirstRunIsWelcomedOnce()
    {
        Play play;
        auto *welcome = child<QWidget>(play.window(), "welcome");
        QVERIFY(welcome->isVisible());
        QVERIFY(play.window().findChildren<ui::Page *>().isEmpty());
        QVERIFY(!play.stage.settings.welcomed());
        QTest::mouseClick(child<QPushButton>(*welcome, "welcomeAdd"), Qt::LeftButton);
        QTRY_VERIFY(!play.window().findChild<QWidget *>(QStringLiteral("welcome")));
        QCOMPARE(play.window().currentPage(), QStringLiteral("servers"));
        QVERIFY(child<QWidget>(play.window(), "serverUrl")->isVisible());
        QVERIFY(play.stage.settings.welcomed());
        play.front.reset();
        play.front = std::make_unique<Front>(*play.stage.services, play.stage.approvals,
            play.stage.clock, Paths::under(play.stage.dir.path()));
        play.front->open(false);
        QVERIFY(!play.window().findChild<QWidget *>(QStringLiteral("welcome")));
    }

    void whoHasServersNeedsNoWelcome()
    {
        Play play;
        play.stage.addLab();
        play.front.reset();
        play.front = std::make_unique<Front>(*play.stage.services, play.stage.approvals,
            play.stage.clock, Paths::under(play.stage.dir.path()));
        play.front->open(false);
        QVERIFY(!play.window().findChild<QWidget *>(QStringLiteral("welcome")));
    }

    // From here on there is a tray.

    void aTrayThatComesLateIsTaken()
    {
        m_desktop.takeNotifications();
        Play play(true);
        QVERIFY(!play.front->tray());
        m_desktop.takeTray();
        QTRY_VERIFY(play.front->tray());
        QTRY_COMPARE(m_desktop.trayItems().size(), 1);
    }

    void closingGoesToTheTrayAndIsExplainedOnce()
    {
        Play play;
        QTRY_VERIFY(play.front->tray());
        play.connectProgram();
        QSignalSpy ends(play.front.get(), &Front::quitDecided);
        play.window().close();
        QTRY_VERIFY(!play.window().isVisible());
        QTRY_COMPARE(m_desktop.shown().size(), 1);
        const uint explained = m_desktop.shown().constFirst().id;
        QVERIFY(QTest::qWaitFor([&] {
            m_desktop.click(explained, QStringLiteral("default"));
            return play.window().isVisible();
        }));
        m_desktop.dismiss(explained);
        const int before = m_desktop.notifiedCount();
        play.window().close();
        QVERIFY(!play.window().isVisible());
        QVERIFY(ends.isEmpty());
        QVERIFY(!play.quitDialog());
        // And where that is not wanted it asks as if there were no tray.
        QVERIFY(play.stage.settings.setCloseToTray(false));
        play.front->raise();
        play.window().close();
        QTRY_VERIFY(play.quitDialog());
        QCOMPARE(m_desktop.notifiedCount(), before);
    }

    void theMenuLeadsWhereItSays()
    {
        Play play(true);
        QTRY_VERIFY(play.front->tray());
        ui::TrayIcon &tray = *play.front->tray();
        QVERIFY(tray.toolTip().contains(QStringLiteral("All is well")));
        QVERIFY(!actionOf(tray.menu(), QStringLiteral("Sign in")));
        play.losesItsSignIn();
        QTRY_VERIFY(tray.toolTip().contains(QStringLiteral("1 server needs sign-in")));
        QAction *signIn = actionOf(tray.menu(), QStringLiteral("sentiment"));
        QVERIFY(signIn);
        signIn->trigger();
        QVERIFY(play.window().isVisible());
        QTRY_VERIFY(child<QPushButton>(play.window(), "openBrowser")->isVisible());

        actionOf(tray.menu(), QStringLiteral("Lock"))->trigger();
        QTRY_VERIFY(play.stage.broker->isLocked());
        QTRY_VERIFY(tray.toolTip().contains(QStringLiteral("Locked")));
        // A lock hides which servers there are, and what they need.
        QVERIFY(!actionOf(tray.menu(), QStringLiteral("sentiment")));
        QVERIFY(!tray.toolTip().contains(QStringLiteral("sign-in")));
        QTRY_VERIFY(actionOf(tray.menu(), QStringLiteral("Unlock"))->isEnabled());
        actionOf(tray.menu(), QStringLiteral("Unlock"))->trigger();
        QTRY_VERIFY(!play.stage.broker->isLocked());
        QVERIFY(actionOf(tray.menu(), QStringLiteral("sentiment")));

        play.stage.language.set(QStringLiteral("ru"));
        QVERIFY(!actionOf(tray.menu(), QStringLiteral("Quit")));
        play.stage.language.set(QStringLiteral("en"));
        QSignalSpy ends(play.front.get(), &Front::quitDecided);
        actionOf(tray.menu(), QStringLiteral("Quit"))->trigger();
        QCOMPARE(ends.size(), 1);
    }

    void eachStateHasAPictureOfItsOwn()
    {
        using State = ui::Attention::State;
        QList<QImage> seen;
        for (const bool dark : {false, true}) {
            for (const State state : {State::Question, State::Locked, State::SignIn, State::Well}) {
                const QImage image =
                    ui::trayPicture(state, dark).pixmap(QSize(22, 22), 1.0).toImage();
                QVERIFY(!image.isNull());
                QVERIFY(!seen.contains(image));
                seen.append(image);
            }
        }
    }

private:
    Desktop m_desktop;
};

QTEST_MAIN(LifeTest)
#include "LifeTest.moc"
