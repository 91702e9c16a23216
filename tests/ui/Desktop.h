// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusConnection>
#include <QMutex>
#include <QThread>
#include <QVariantMap>

#include <functional>
#include <memory>

namespace chatelaine::test {

/// A notification as the desktop got it.
struct Notified
{
    uint id = 0;
    uint replaces = 0;
    QString title;
    QString text;
    QStringList actions;
    QVariantMap hints;
};

class NotificationService;
class TrayWatcher;

/// What a desktop offers on the session bus, in a thread of its own, since those who call it wait:
/// org.freedesktop.Notifications and org.kde.StatusNotifierWatcher.
class Desktop
{
public:
    Desktop();
    ~Desktop();

    /// From then on there is a service for notifications.
    void takeNotifications();
    /// From then on there is a tray.
    void takeTray();

    QList<Notified> shown() const; ///< those that nobody took away
    int notifiedCount() const; ///< in all
    QStringList trayItems() const; ///< the bus names of those who told the watcher of themselves

    void click(uint id, const QString &action);
    /// The person dismisses it.
    void dismiss(uint id);

private:
    void inThread(const std::function<void()> &work);

    QThread m_thread;
    std::unique_ptr<QObject> m_worker;
    QDBusConnection m_bus;
    std::unique_ptr<NotificationService> m_notifications;
    std::unique_ptr<TrayWatcher> m_watcher;
};

} // namespace chatelaine::test
