// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/DesktopStandIn.h"

#include <QDBusArgument>
#include <QDBusMessage>
#include <QDBusMetaType>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace chatelaine::test {

QDBusArgument &operator<<(QDBusArgument &to, const LoginSession &session)
{
    to.beginStructure();
    to << session.id << session.uid << session.user << session.seat << session.path;
    to.endStructure();
    return to;
}

const QDBusArgument &operator>>(const QDBusArgument &from, LoginSession &session)
{
    from.beginStructure();
    from >> session.id >> session.uid >> session.user >> session.seat >> session.path;
    from.endStructure();
    return from;
}

namespace {

const QString sessionName = QStringLiteral("stand-in-session");
const QString loginName = QStringLiteral("stand-in-login");
const QString strangerName = QStringLiteral("stand-in-stranger");
const QString sessionInterface = QStringLiteral("org.freedesktop.login1.Session");

} // namespace

QDBusUnixFileDescriptor LoginManager::Inhibit(
    const QString &what, const QString &who, const QString &why, const QString &mode)
{
    Q_UNUSED(who);
    Q_UNUSED(why);
    inhibited.append(what + u'/' + mode);
    int ends[2] = {-1, -1};
    if (::pipe2(ends, O_CLOEXEC) != 0)
        qFatal("no pipe");
    m_ends.append(ends[0]);
    const QDBusUnixFileDescriptor given(ends[1]);
    ::close(ends[1]);
    return given;
}

int LoginManager::held()
{
    int count = 0;
    for (const int end : std::as_const(m_ends)) {
        pollfd look{end, POLLIN, 0};
        ::poll(&look, 1, 0);
        if ((look.revents & POLLHUP) == 0)
            ++count;
    }
    return count;
}

QString DesktopStandIn::startBus(QProcess &daemon)
{
    daemon.setProcessChannelMode(QProcess::SeparateChannels);
    daemon.start(QStringLiteral("dbus-daemon"),
        {QStringLiteral("--config-file=") + qEnvironmentVariable("CHATELAINE_SOURCE")
                + QStringLiteral("/tests/support/session.conf"),
            QStringLiteral("--print-address"), QStringLiteral("--nofork")});
    if (!daemon.waitForStarted() || !daemon.waitForReadyRead())
        qFatal("dbus-daemon did not start");
    return QString::fromLocal8Bit(daemon.readLine()).trimmed();
}

DesktopStandIn::DesktopStandIn()
    : m_sessionBefore(qgetenv("DBUS_SESSION_BUS_ADDRESS"))
    , m_systemBefore(qgetenv("DBUS_SYSTEM_BUS_ADDRESS"))
    , m_login(std::make_unique<LoginManager>())
{
    qDBusRegisterMetaType<LoginSession>();
    qDBusRegisterMetaType<LoginSessions>();
    const QString session = startBus(m_sessionDaemon);
    m_systemAddress = startBus(m_systemDaemon);
    qputenv("DBUS_SESSION_BUS_ADDRESS", session.toLocal8Bit());
    qputenv("DBUS_SYSTEM_BUS_ADDRESS", m_systemAddress.toLocal8Bit());
    QDBusConnection::connectToBus(session, sessionName);
    QDBusConnection::connectToBus(m_systemAddress, strangerName);
    m_login->sessions = {
        {QStringLiteral("1"), ::getuid(), QStringLiteral("me"), QStringLiteral("seat0"),
            QDBusObjectPath(ownSession())},
        {QStringLiteral("2"), ::getuid() + 1, QStringLiteral("other"), QStringLiteral("seat0"),
            QDBusObjectPath(foreignSession())},
    };
    startLogin();
}

DesktopStandIn::~DesktopStandIn()
{
    stopLogin();
    QDBusConnection::disconnectFromBus(sessionName);
    QDBusConnection::disconnectFromBus(strangerName);
    for (QProcess *daemon : {&m_sessionDaemon, &m_systemDaemon}) {
        daemon->kill();
        daemon->waitForFinished();
    }
    const auto restore = [](const char *name, const QByteArray &value) {
        if (value.isEmpty())
            qunsetenv(name);
        else
            qputenv(name, value);
    };
    restore("DBUS_SESSION_BUS_ADDRESS", m_sessionBefore);
    restore("DBUS_SYSTEM_BUS_ADDRESS", m_systemBefore);
}

void DesktopStandIn::startLogin()
{
    auto bus = QDBusConnection::connectToBus(m_systemAddress, loginName);
    bus.registerObject(QStringLiteral("/org/freedesktop/login1"), m_login.get(),
        QDBusConnection::ExportAllSlots);
    if (!bus.registerService(QStringLiteral("org.freedesktop.login1")))
        qFatal("no logind");
}

void DesktopStandIn::stopLogin()
{
    QDBusConnection::disconnectFromBus(loginName);
}

QString DesktopStandIn::ownSession()
{
    return QStringLiteral("/org/freedesktop/login1/session/_31");
}

QString DesktopStandIn::foreignSession()
{
    return QStringLiteral("/org/freedesktop/login1/session/_32");
}

void DesktopStandIn::screenSaver(const QString &interface, bool active)
{
    QDBusMessage signal = QDBusMessage::createSignal(QStringLiteral("/org/freedesktop/ScreenSaver"),
        interface, QStringLiteral("ActiveChanged"));
    signal.setArguments({active});
    QDBusConnection(sessionName).send(signal);
}

void DesktopStandIn::lockSession(const QString &path)
{
    QDBusConnection(loginName).send(QDBusMessage::createSignal(
        path.isEmpty() ? ownSession() : path, sessionInterface, QStringLiteral("Lock")));
}

void DesktopStandIn::lockedHint(bool locked, const QString &path)
{
    QDBusMessage signal = QDBusMessage::createSignal(path.isEmpty() ? ownSession() : path,
        QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("PropertiesChanged"));
    signal.setArguments({sessionInterface,
        QVariantMap{{QStringLiteral("LockedHint"), locked}, {QStringLiteral("IdleHint"), true}},
        QStringList()});
    QDBusConnection(loginName).send(signal);
}

void DesktopStandIn::prepareForSleep(bool begins)
{
    QDBusMessage signal = QDBusMessage::createSignal(QStringLiteral("/org/freedesktop/login1"),
        QStringLiteral("org.freedesktop.login1.Manager"), QStringLiteral("PrepareForSleep"));
    signal.setArguments({begins});
    QDBusConnection(loginName).send(signal);
}

void DesktopStandIn::sessionNew()
{
    QDBusMessage signal = QDBusMessage::createSignal(QStringLiteral("/org/freedesktop/login1"),
        QStringLiteral("org.freedesktop.login1.Manager"), QStringLiteral("SessionNew"));
    signal.setArguments({QStringLiteral("1"), QVariant::fromValue(QDBusObjectPath(ownSession()))});
    QDBusConnection(loginName).send(signal);
}

void DesktopStandIn::forgedLock()
{
    QDBusConnection(strangerName)
        .send(QDBusMessage::createSignal(ownSession(), sessionInterface, QStringLiteral("Lock")));
}

} // namespace chatelaine::test
