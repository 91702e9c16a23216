// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/Desktop.h"

#include <QDBusContext>
#include <QDBusMessage>

namespace chatelaine::test {

namespace {

const QString notificationsName = QStringLiteral("org.freedesktop.Notifications");
const QString notificationsPath = QStringLiteral("/org/freedesktop/Notifications");
const QString watcherName = QStringLiteral("org.kde.StatusNotifierWatcher");
const QString watcherPath = QStringLiteral("/StatusNotifierWatcher");

} // namespace

class NotificationService : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")

public:
    mutable QMutex mutex;
    QList<Notified> shown;
    uint last = 0;

public Q_SLOTS:
    uint Notify(const QString &, uint replaces, const QString &, const QString &title,
        const QString &text, const QStringList &actions, const QVariantMap &hints, int)
    {
        const QMutexLocker lock(&mutex);
        const uint id = replaces == 0 ? ++last : replaces;
        shown.removeIf([id](const Notified &one) { return one.id == id; });
        shown.append({id, replaces, title, text, actions, hints});
        ++count;
        return id;
    }
    void CloseNotification(uint id)
    {
        remove(id);
        Q_EMIT NotificationClosed(id, 3);
    }
    QStringList GetCapabilities()
    {
        return {QStringLiteral("actions"), QStringLiteral("body-markup")};
    }

public:
    void remove(uint id)
    {
        const QMutexLocker lock(&mutex);
        shown.removeIf([id](const Notified &one) { return one.id == id; });
    }
    int count = 0;

Q_SIGNALS:
    void ActionInvoked(uint id, const QString &action);
    void NotificationClosed(uint id, uint reason);
};

class TrayWatcher : public QObject, protected QDBusContext
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.kde.StatusNotifierWatcher")
    Q_PROPERTY(bool IsStatusNotifierHostRegistered READ hasHost)
    Q_PROPERTY(int ProtocolVersion READ version)

public:
    bool hasHost() const { return true; }
    int version() const { return 0; }
    mutable QMutex mutex;
    QStringList items;

public Q_SLOTS:
    void RegisterStatusNotifierItem(const QString &item)
    {
        const QMutexLocker lock(&mutex);
        items.append(item.startsWith(u'/') ? message().service() : item);
    }

Q_SIGNALS:
    void StatusNotifierItemRegistered(const QString &item);
    void StatusNotifierHostRegistered();
};

Desktop::Desktop()
    : m_worker(std::make_unique<QObject>())
    , m_bus(
          QDBusConnection::connectToBus(QDBusConnection::SessionBus, QStringLiteral("the desktop")))
    , m_notifications(std::make_unique<NotificationService>())
    , m_watcher(std::make_unique<TrayWatcher>())
{
    if (!m_bus.isConnected())
        qFatal("There is no session bus.");
    m_thread.start();
    m_worker->moveToThread(&m_thread);
    m_notifications->moveToThread(&m_thread);
    m_watcher->moveToThread(&m_thread);
}

Desktop::~Desktop()
{
    m_bus.unregisterService(notificationsName);
    m_bus.unregisterService(watcherName);
    m_bus.unregisterObject(notificationsPath);
    m_bus.unregisterObject(watcherPath);
    QDBusConnection::disconnectFromBus(QStringLiteral("the desktop"));
    m_thread.quit();
    m_thread.wait();
}

void Desktop::inThread(const std::function<void()> &work)
{
    QMetaObject::invokeMethod(m_worker.get(), work, Qt::BlockingQueuedConnection);
}

void Desktop::takeNotifications()
{
    inThread([this] {
        m_bus.registerObject(
            notificationsPath, m_notifications.get(), QDBusConnection::ExportAllContents);
    });
    if (!m_bus.registerService(notificationsName))
        qFatal("Somebody else offers notifications here.");
}

void Desktop::takeTray()
{
    inThread([this] {
        m_bus.registerObject(watcherPath, m_watcher.get(), QDBusConnection::ExportAllContents);
    });
    if (!m_bus.registerService(watcherName))
        qFatal("Somebody else offers a tray here.");
}

QList<Notified> Desktop::shown() const
{
    const QMutexLocker lock(&m_notifications->mutex);
    return m_notifications->shown;
}

int Desktop::notifiedCount() const
{
    const QMutexLocker lock(&m_notifications->mutex);
    return m_notifications->count;
}

QStringList Desktop::trayItems() const
{
    const QMutexLocker lock(&m_watcher->mutex);
    return m_watcher->items;
}

void Desktop::click(uint id, const QString &action)
{
    inThread([this, id, action] { Q_EMIT m_notifications->ActionInvoked(id, action); });
}

void Desktop::dismiss(uint id)
{
    m_notifications->remove(id);
    inThread([this, id] { Q_EMIT m_notifications->NotificationClosed(id, 2); });
}

} // namespace chatelaine::test

#include "Desktop.moc"
