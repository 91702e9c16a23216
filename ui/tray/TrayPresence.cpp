// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tray/TrayPresence.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusServiceWatcher>
#include <QGuiApplication>
#include <QSystemTrayIcon>

namespace chatelaine::ui {

namespace {

/// StatusNotifierItem specification: whom items tell that they are there.
const QString watcherService = QStringLiteral("org.kde.StatusNotifierWatcher");

} // namespace

TrayPresence::TrayPresence(Clock &clock, qint64 patienceMs, QObject *parent)
    : QObject(parent)
    , m_alarm(clock.createAlarm())
{
    if (QDBusConnection::sessionBus().isConnected())
        watch();
    connect(m_alarm.get(), &Alarm::fired, this, &TrayPresence::lookForOldOne);
    m_alarm->set(clock.bootMs() + patienceMs);
}

void TrayPresence::watch()
{
    const QDBusConnection bus = QDBusConnection::sessionBus();
    auto *arrivals = new QDBusServiceWatcher(
        watcherService, bus, QDBusServiceWatcher::WatchForRegistration, this);
    connect(arrivals, &QDBusServiceWatcher::serviceRegistered, this, &TrayPresence::take);
    QDBusMessage question = QDBusMessage::createMethodCall(QStringLiteral("org.freedesktop.DBus"),
        QStringLiteral("/org/freedesktop/DBus"), QStringLiteral("org.freedesktop.DBus"),
        QStringLiteral("NameHasOwner"));
    question.setArguments({watcherService});
    auto *answer = new QDBusPendingCallWatcher(bus.asyncCall(question), this);
    connect(answer, &QDBusPendingCallWatcher::finished, this, [this, answer] {
        const QDBusPendingReply<bool> reply = *answer;
        answer->deleteLater();
        if (reply.isValid() && reply.value())
            take();
    });
}

void TrayPresence::take()
{
    if (m_decided)
        return;
    m_decided = true;
    m_alarm->clear();
    if (QSystemTrayIcon::isSystemTrayAvailable())
        Q_EMIT found();
}

void TrayPresence::lookForOldOne()
{
    if (QGuiApplication::platformName() == QLatin1StringView("xcb")
        && QSystemTrayIcon::isSystemTrayAvailable())
        take();
}

} // namespace chatelaine::ui
