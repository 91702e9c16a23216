// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/Play.h"

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QFile>
#include <QProcess>
#include <QPushButton>

using namespace chatelaine;
using namespace chatelaine::test;

namespace {

bool isOnTheBus(const QString &name)
{
    return QDBusConnection::sessionBus().interface()->isServiceRegistered(name);
}

/// What a command says; the event loop runs meanwhile, since it may speak to us.
QString said(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.start(program, arguments);
    if (!QTest::qWaitFor([&process] { return process.state() == QProcess::NotRunning; }, 20'000))
        qFatal("%s does not end.", qPrintable(program));
    return QString::fromUtf8(process.readAllStandardOutput()).trimmed();
}

QString dunst(const QStringList &arguments)
{
    return said(QStringLiteral("dunstctl"), arguments);
}

QString displayed()
{
    return dunst({QStringLiteral("count"), QStringLiteral("displayed")});
}

/// The answer of a method, as dbus-send prints it.
QString called(const QString &service, const QString &path, const QStringList &rest)
{
    return said(QStringLiteral("dbus-send"),
        QStringList{QStringLiteral("--session"), QStringLiteral("--print-reply"),
            QStringLiteral("--dest=") + service, path}
            + rest);
}

/// The items that the panel knows.
QString panelItems()
{
    return called(QStringLiteral("org.kde.StatusNotifierWatcher"),
        QStringLiteral("/StatusNotifierWatcher"),
        {QStringLiteral("org.freedesktop.DBus.Properties.Get"),
            QStringLiteral("string:org.kde.StatusNotifierWatcher"),
            QStringLiteral("string:RegisteredStatusNotifierItems")});
}

} // namespace

/// A notification daemon and a panel's service as desktops have them: dunst and Ayatana's
/// application indicators. The other tests have stand-ins, which are as we read the specifications.
class PanelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QApplication::setQuitOnLastWindowClosed(false);
        QVERIFY(m_dir.isValid());
        QFile settings(m_dir.filePath(QStringLiteral("dunstrc")));
        QVERIFY(settings.open(QIODevice::WriteOnly));
        // They stay until they are taken away.
        settings.write("[urgency_normal]\ntimeout = 0\n");
        settings.close();
        m_dunst.start(QStringLiteral("dunst"), {QStringLiteral("-conf"), settings.fileName()});
        m_panel.start(QStringLiteral("/usr/libexec/ayatana-indicator-application/"
                                     "ayatana-indicator-application-service"),
            {});
        QTRY_VERIFY(isOnTheBus(QStringLiteral("org.freedesktop.Notifications")));
        QTRY_VERIFY(isOnTheBus(QStringLiteral("org.kde.StatusNotifierWatcher")));
    }

    void cleanupTestCase()
    {
        for (QProcess *process : {&m_dunst, &m_panel}) {
            process->terminate();
            QVERIFY(process->waitForFinished());
        }
    }

    void aNotificationLeadsToSigningIn()
    {
        Play play(true);
        const QString id = play.losesItsSignIn();
        QTRY_COMPARE(displayed(), QStringLiteral("1"));
        dunst({QStringLiteral("action"), QStringLiteral("0")});
        QTRY_VERIFY(play.window().isVisible());
        QCOMPARE(play.window().currentPage(), QStringLiteral("servers"));
        // It goes with its reason, and with a lock.
        QCOMPARE(displayed(), QStringLiteral("1"));
        play.stage.lab->setFault(testlab::Fault::RefreshInvalidGrant, false);
        QVERIFY(play.stage.signIn(id));
        QTRY_COMPARE(displayed(), QStringLiteral("0"));
        play.window().hide();
        QTRY_VERIFY(!QApplication::activeWindow());
        play.stage.lab->setFault(testlab::Fault::RefreshInvalidGrant);
        QVERIFY(!await(play.stage.broker->credentials().refresh(id, {})));
        QTRY_COMPARE(displayed(), QStringLiteral("1"));
        QVERIFY(await(play.stage.broker->lock({})));
        QTRY_COMPARE(displayed(), QStringLiteral("0"));
    }

    void theIconIsInThePanelAndOpensTheWindow()
    {
        Play play(true);
        QTRY_VERIFY(play.front->tray());
        QTRY_VERIFY(panelItems().contains(QStringLiteral("StatusNotifierItem")));
        const QString items = panelItems();
        const QString item = items.section(u'"', 1, 1);
        QVERIFY2(item.contains(u'/'), qPrintable(items));
        const QString service = item.section(u'/', 0, 0);
        const QString path = item.mid(service.size());
        QVERIFY(!play.window().isVisible());
        called(service, path,
            {QStringLiteral("org.kde.StatusNotifierItem.Activate"), QStringLiteral("int32:0"),
                QStringLiteral("int32:0")});
        QTRY_VERIFY(play.window().isVisible());
        const QString tip = called(service, path,
            {QStringLiteral("org.freedesktop.DBus.Properties.Get"),
                QStringLiteral("string:org.kde.StatusNotifierItem"),
                QStringLiteral("string:ToolTip")});
        QVERIFY2(tip.contains(QStringLiteral("All is well")), qPrintable(tip));
    }

private:
    QTemporaryDir m_dir;
    QProcess m_dunst;
    QProcess m_panel;
};

QTEST_MAIN(PanelTest)
#include "PanelTest.moc"
