// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desktop/SessionWatch.h"

#include "core/base/Background.h"
#include "core/base/Sentence.h"

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusError>
#include <QDBusMetaType>
#include <QDBusPendingCallWatcher>
#include <QDBusUnixFileDescriptor>
#include <QFile>
#include <QLoggingCategory>

#include <atomic>
#include <fcntl.h>
#include <unistd.h>

namespace chatelaine::desktop {

namespace {

Q_LOGGING_CATEGORY(desktopLog, "chatelaine.desktop")

const QString login = QStringLiteral("org.freedesktop.login1");
const QString loginPath = QStringLiteral("/org/freedesktop/login1");
const QString managerInterface = QStringLiteral("org.freedesktop.login1.Manager");
const QString sessionInterface = QStringLiteral("org.freedesktop.login1.Session");
const QString busService = QStringLiteral("org.freedesktop.DBus");

// The freedesktop one is KDE's and most others'; some desktops have their own beside or instead.
const QStringList screenSavers {
    QStringLiteral("org.freedesktop.ScreenSaver"),
    QStringLiteral("org.gnome.ScreenSaver"),
    QStringLiteral("org.cinnamon.ScreenSaver"),
    QStringLiteral("org.mate.ScreenSaver"),
};

QString uniqueName(const char *bus)
{
    static std::atomic<int> count = 0;
    return QStringLiteral("chatelaine-desktop-%1-%2").arg(QLatin1StringView(bus)).arg(++count);
}

// Left to itself libdbus would launch a session bus that nobody else knows.
QString sessionAddress()
{
    const QString address = qEnvironmentVariable("DBUS_SESSION_BUS_ADDRESS");
    if (!address.isEmpty())
        return address;
    const QString socket = qEnvironmentVariable("XDG_RUNTIME_DIR") + QStringLiteral("/bus");
    return QFile::exists(socket) ? QStringLiteral("unix:path=") + socket : QString();
}

QString systemAddress()
{
    const QString address = qEnvironmentVariable("DBUS_SYSTEM_BUS_ADDRESS");
    return address.isEmpty() ? QStringLiteral("unix:path=/run/dbus/system_bus_socket") : address;
}

} // namespace

SessionWatch::SessionWatch(QObject *parent)
    : QObject(parent)
    , m_sessionBus(uniqueName("session"))
    , m_systemBus(uniqueName("system"))
{ }

SessionWatch::~SessionWatch()
{
    release();
    if (m_stage == Stage::Connected) {
        QDBusConnection::disconnectFromBus(m_sessionBus);
        QDBusConnection::disconnectFromBus(m_systemBus);
    }
}

void SessionWatch::watch(Wanted wanted)
{
    m_wanted = wanted;
    if (!wanted.sleep)
        release();
    if (m_stage == Stage::Idle && (wanted.screenLock || wanted.sleep))
        connectToBuses();
    else if (m_stage == Stage::Connected && wanted.sleep)
        holdSleep();
}

void SessionWatch::connectToBuses()
{
    m_stage = Stage::Connecting;
    detach(waitForBuses(this, m_sessionBus, m_systemBus));
}

// Its messages come back through the event loop of this thread, or not at all.
Task<void> SessionWatch::waitForBuses(
    QPointer<SessionWatch> watch, QString sessionBus, QString systemBus)
{
    auto connecting = [sessionBus, systemBus]() -> Result<bool> {
        if (const QString address = sessionAddress(); !address.isEmpty())
            QDBusConnection::connectToBus(address, sessionBus);
        return QDBusConnection::connectToBus(systemAddress(), systemBus).isConnected();
    };
    const Completion<Result<bool>> tried = inThread(std::move(connecting));
    co_await tried;
    if (watch) {
        watch->connected();
        co_return;
    }
    QDBusConnection::disconnectFromBus(sessionBus);
    QDBusConnection::disconnectFromBus(systemBus);
}

void SessionWatch::connected()
{
    m_stage = Stage::Connected;
    if (!QDBusConnection(m_sessionBus).isConnected()) {
        qCInfo(desktopLog) << "There is no session bus: of a screen saver's lock nothing is heard.";
    }
    if (!QDBusConnection(m_systemBus).isConnected()) {
        qCInfo(desktopLog) << "There is no system bus: of sleep and of locked sessions nothing is "
                              "heard.";
    }
    subscribe();
    m_unanswered = 1;
    if (QDBusConnection(m_systemBus).isConnected()) {
        listSessions();
        if (m_wanted.sleep)
            holdSleep();
    }
    answered();
}

void SessionWatch::subscribe()
{
    QDBusConnection session(m_sessionBus);
    if (session.isConnected()) {
        for (const QString &interface : screenSavers) {
            session.connect({}, {}, interface, QStringLiteral("ActiveChanged"), this,
                SLOT(screenSaverChanged(bool)));
        }
    }
    QDBusConnection system(m_systemBus);
    if (!system.isConnected())
        return;
    // Anybody may send signals on the system bus, so that the sender is asked for here.
    system.connect(login, {}, sessionInterface, QStringLiteral("Lock"), this,
        SLOT(sessionLocked(QDBusMessage)));
    system.connect(login, {}, QStringLiteral("org.freedesktop.DBus.Properties"),
        QStringLiteral("PropertiesChanged"), {sessionInterface}, {}, this,
        SLOT(sessionChanged(QString, QVariantMap, QStringList, QDBusMessage)));
    system.connect(login, loginPath, managerInterface, QStringLiteral("SessionNew"), this,
        SLOT(sessionsChanged(QString, QDBusObjectPath)));
    system.connect(login, loginPath, managerInterface, QStringLiteral("PrepareForSleep"), this,
        SLOT(preparingForSleep(bool)));
    system.connect(busService, {}, busService, QStringLiteral("NameOwnerChanged"), {login}, {},
        this, SLOT(loginManagerChanged(QString, QString, QString)));
}

void SessionWatch::listSessions()
{
    const QDBusMessage ask = QDBusMessage::createMethodCall(
        login, loginPath, managerInterface, QStringLiteral("ListSessions"));
    ++m_unanswered;
    auto *watcher = new QDBusPendingCallWatcher(QDBusConnection(m_systemBus).asyncCall(ask), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        watcher->deleteLater();
        const QDBusMessage reply = watcher->reply();
        if (reply.type() == QDBusMessage::ReplyMessage && reply.signature() == u"a(susso)") {
            m_sessions.clear();
            const auto list = reply.arguments().constFirst().value<QDBusArgument>();
            list.beginArray();
            while (!list.atEnd()) {
                QString id;
                uint uid = 0;
                QString user;
                QString seat;
                QDBusObjectPath path;
                list.beginStructure();
                list >> id >> uid >> user >> seat >> path;
                list.endStructure();
                if (uid == ::getuid())
                    m_sessions.insert(path.path());
            }
            list.endArray();
        } else {
            qCInfo(desktopLog).noquote()
                << "No logind tells of this user's sessions:" << reply.errorMessage();
        }
        answered();
    });
}

void SessionWatch::holdSleep()
{
    if (m_inhibitor >= 0 || m_asking || m_asleep || !QDBusConnection(m_systemBus).isConnected())
        return;
    QDBusMessage ask = QDBusMessage::createMethodCall(
        login, loginPath, managerInterface, QStringLiteral("Inhibit"));
    ask.setArguments({QStringLiteral("sleep"), QStringLiteral("Chatelaine"),
        Sentence::tr("Secrets are locked first"), QStringLiteral("delay")});
    m_asking = true;
    ++m_unanswered;
    auto *watcher = new QDBusPendingCallWatcher(QDBusConnection(m_systemBus).asyncCall(ask), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        watcher->deleteLater();
        m_asking = false;
        const QDBusMessage reply = watcher->reply();
        if (reply.type() == QDBusMessage::ReplyMessage) {
            const auto descriptor =
                reply.arguments().value(0).value<QDBusUnixFileDescriptor>();
            if (descriptor.isValid() && m_wanted.sleep && !m_asleep)
                m_inhibitor = ::fcntl(descriptor.fileDescriptor(), F_DUPFD_CLOEXEC, 0);
        } else {
            qCInfo(desktopLog).noquote()
                << "Sleep can't be held up until all is locked:" << reply.errorMessage();
        }
        answered();
    });
}

void SessionWatch::answered()
{
    if (--m_unanswered == 0)
        Q_EMIT watching();
}

void SessionWatch::letSleep()
{
    // Awake again before all was done: what is held is for the next time.
    if (m_asleep)
        release();
}

void SessionWatch::release()
{
    if (m_inhibitor >= 0)
        ::close(std::exchange(m_inhibitor, -1));
}

void SessionWatch::tellLocked()
{
    if (m_wanted.screenLock)
        Q_EMIT screenLocked();
}

void SessionWatch::screenSaverChanged(bool active)
{
    if (active)
        tellLocked();
}

void SessionWatch::sessionLocked(const QDBusMessage &message)
{
    if (m_sessions.contains(message.path()))
        tellLocked();
}

void SessionWatch::sessionChanged(const QString &interface, const QVariantMap &changed,
    const QStringList &invalidated, const QDBusMessage &message)
{
    Q_UNUSED(interface);
    Q_UNUSED(invalidated);
    if (m_sessions.contains(message.path())
        && changed.value(QStringLiteral("LockedHint")).toBool())
        tellLocked();
}

void SessionWatch::sessionsChanged(const QString &id, const QDBusObjectPath &session)
{
    Q_UNUSED(id);
    Q_UNUSED(session);
    listSessions();
}

void SessionWatch::loginManagerChanged(
    const QString &name, const QString &before, const QString &now)
{
    Q_UNUSED(name);
    Q_UNUSED(before);
    // The old one's inhibitors went with it.
    release();
    m_asleep = false;
    if (now.isEmpty())
        return;
    listSessions();
    if (m_wanted.sleep)
        holdSleep();
}

void SessionWatch::preparingForSleep(bool begins)
{
    m_asleep = begins;
    if (!begins) {
        if (m_wanted.sleep)
            holdSleep();
    } else if (m_wanted.sleep) {
        Q_EMIT aboutToSleep();
    }
}

} // namespace chatelaine::desktop
