// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desktop/SessionWatch.h"

#include "tests/support/DesktopStandIn.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace chatelaine::desktop;
using namespace chatelaine::test;

namespace {

/// A watch that has heard from the buses, and what it says.
struct Watched
{
    explicit Watched(SessionWatch::Wanted wanted)
    {
        QSignalSpy ready(&watch, &SessionWatch::watching);
        watch.watch(wanted);
        if (ready.isEmpty() && !ready.wait())
            qFatal("the buses did not answer");
    }

    SessionWatch watch;
    QSignalSpy locked{&watch, &SessionWatch::screenLocked};
    QSignalSpy sleep{&watch, &SessionWatch::aboutToSleep};
};

} // namespace

class SessionWatchTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void screenSaversAreHeard_data()
    {
        QTest::addColumn<QString>("interface");
        for (const char *name : {"org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver",
                 "org.cinnamon.ScreenSaver", "org.mate.ScreenSaver"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void screenSaversAreHeard()
    {
        QFETCH(const QString, interface);
        DesktopStandIn desktop;
        Watched one({true, false});
        desktop.screenSaver(interface, true);
        QTRY_COMPARE(one.locked.size(), 1);
        desktop.screenSaver(interface, false);
        desktop.screenSaver(interface, true);
        QTRY_COMPARE(one.locked.size(), 2);
        QCOMPARE(desktop.login().held(), 0);
    }

    void aSessionOfThisUserIsLocked()
    {
        DesktopStandIn desktop;
        Watched one({true, false});
        // In this order: when the last has arrived, the others have too.
        desktop.lockSession(DesktopStandIn::foreignSession());
        desktop.lockedHint(true, DesktopStandIn::foreignSession());
        desktop.lockedHint(false);
        desktop.lockSession();
        QTRY_COMPARE(one.locked.size(), 1);
        desktop.lockedHint(true);
        QTRY_COMPARE(one.locked.size(), 2);
    }

    void aSessionThatBeginsLaterIsHeardToo()
    {
        DesktopStandIn desktop;
        const LoginSessions all = std::exchange(desktop.login().sessions, {});
        Watched one({true, false});
        desktop.login().sessions = all;
        QSignalSpy ready(&one.watch, &SessionWatch::watching);
        desktop.sessionNew();
        QVERIFY(ready.wait());
        desktop.lockSession();
        QTRY_COMPARE(one.locked.size(), 1);
    }

    void whoIsNotLogindIsNotHeard()
    {
        DesktopStandIn desktop;
        Watched one({true, false});
        desktop.forgedLock();
        // The same bus hands on in order, and logind's answer comes later.
        QSignalSpy ready(&one.watch, &SessionWatch::watching);
        one.watch.watch({true, true});
        QVERIFY(!ready.isEmpty() || ready.wait());
        QCOMPARE(one.locked.size(), 0);
    }

    void sleepWaitsUntilItMay()
    {
        DesktopStandIn desktop;
        Watched one({false, true});
        QCOMPARE(desktop.login().inhibited, {QStringLiteral("sleep/delay")});
        QCOMPARE(desktop.login().held(), 1);
        desktop.prepareForSleep(true);
        QTRY_COMPARE(one.sleep.size(), 1);
        QCOMPARE(desktop.login().held(), 1);
        one.watch.letSleep();
        QTRY_COMPARE(desktop.login().held(), 0);
        // Awake again, and ready for the next time.
        desktop.prepareForSleep(false);
        QTRY_COMPARE(desktop.login().held(), 1);
        QCOMPARE(one.locked.size(), 0);
    }

    void whoIsReadyAfterTheSleepHoldsUpTheNext()
    {
        DesktopStandIn desktop;
        Watched one({false, true});
        desktop.prepareForSleep(true);
        QTRY_COMPARE(one.sleep.size(), 1);
        desktop.prepareForSleep(false);
        // logind's answer to what this brings about comes after its signals.
        QSignalSpy ready(&one.watch, &SessionWatch::watching);
        desktop.sessionNew();
        QVERIFY(ready.wait());
        one.watch.letSleep();
        QCOMPARE(desktop.login().held(), 1);
        desktop.prepareForSleep(true);
        QTRY_COMPARE(one.sleep.size(), 2);
        QCOMPARE(desktop.login().held(), 1);
        one.watch.letSleep();
        QTRY_COMPARE(desktop.login().held(), 0);
        desktop.prepareForSleep(false);
        QTRY_COMPARE(desktop.login().held(), 1);
    }

    void whatIsNotWantedIsNotTold()
    {
        DesktopStandIn desktop;
        Watched one({true, true});
        QCOMPARE(desktop.login().held(), 1);
        one.watch.watch({false, false});
        QTRY_COMPARE(desktop.login().held(), 0);
        desktop.lockSession();
        desktop.prepareForSleep(true);
        desktop.prepareForSleep(false);
        // logind's answer to what this brings about comes after its signals.
        QSignalSpy ready(&one.watch, &SessionWatch::watching);
        desktop.sessionNew();
        QVERIFY(ready.wait());
        QCOMPARE(one.locked.size(), 0);
        QCOMPARE(one.sleep.size(), 0);
    }

    void aLogindThatComesBackIsAskedAgain()
    {
        DesktopStandIn desktop;
        Watched one({true, true});
        desktop.stopLogin();
        QTRY_COMPARE(desktop.login().held(), 0);
        desktop.startLogin();
        QTRY_COMPARE(desktop.login().held(), 1);
        desktop.lockSession();
        QTRY_COMPARE(one.locked.size(), 1);
    }

    void withoutBusesItIsSaidOnce()
    {
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/session");
        qputenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent/system");
        QTest::ignoreMessage(
            QtInfoMsg, QRegularExpression(QStringLiteral("There is no session bus")));
        QTest::ignoreMessage(
            QtInfoMsg, QRegularExpression(QStringLiteral("There is no system bus")));
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        Watched one({true, true});
        one.watch.watch({true, false});
        one.watch.watch({true, true});
        one.watch.letSleep();
    }

    void aWatchThatGoesBeforeTheBusesAnswerIsNotMissed()
    {
        DesktopStandIn desktop;
        for (int i = 0; i < 20; ++i) {
            SessionWatch watch;
            watch.watch({true, true});
        }
        Watched last({true, true});
        QTRY_COMPARE(desktop.login().held(), 1);
    }
};

QTEST_GUILESS_MAIN(SessionWatchTest)
#include "SessionWatchTest.moc"
