// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tray/Notifier.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

namespace chatelaine::ui {

namespace {

const QString service = QStringLiteral("org.freedesktop.Notifications");
const QString path = QStringLiteral("/org/freedesktop/Notifications");
const QString interface = service;
const QString defaultAction = QStringLiteral("default");

QDBusMessage call(const QString &method)
{
    return QDBusMessage::createMethodCall(service, path, interface, method);
}

} // namespace

Notifier::Notifier(Fallback fallback, QObject *parent)
    : QObject(parent)
    , m_fallback(std::move(fallback))
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(service, path, interface, QStringLiteral("ActionInvoked"), this,
        SLOT(onActionInvoked(uint, QString)));
    bus.connect(service, path, interface, QStringLiteral("NotificationClosed"), this,
        SLOT(onClosed(uint, uint)));
    bus.connect(service, path, interface, QStringLiteral("ActivationToken"), this,
        SLOT(onActivationToken(uint, QString)));
    askCapabilities();
}

void Notifier::askCapabilities()
{
    auto *watcher = new QDBusPendingCallWatcher(
        QDBusConnection::sessionBus().asyncCall(call(QStringLiteral("GetCapabilities"))), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        const QDBusPendingReply<QStringList> reply = *watcher;
        if (reply.isValid())
            m_markup = reply.value().contains(QStringLiteral("body-markup"));
        watcher->deleteLater();
    });
}

void Notifier::show(const QString &key, const Notice &notice)
{
    Shown &shown = m_shown[key];
    shown.withdrawn = false;
    if (shown.asked)
        shown.next = notice;
    else
        send(key, notice);
}

void Notifier::withdraw(const QString &key)
{
    const auto shown = m_shown.find(key);
    if (shown == m_shown.end())
        return;
    shown->next.reset();
    if (shown->asked) {
        shown->withdrawn = true;
        return;
    }
    QDBusMessage message = call(QStringLiteral("CloseNotification"));
    message.setArguments({shown->id});
    QDBusConnection::sessionBus().asyncCall(message);
    m_shown.erase(shown);
}

void Notifier::send(const QString &key, const Notice &notice)
{
    QStringList actions{defaultAction, QString()};
    for (const Action &action : notice.actions)
        actions << action.name << action.label;
    const QVariantMap hints{
        {QStringLiteral("desktop-entry"), QStringLiteral("chatelaine")},
        {QStringLiteral("urgency"), QVariant::fromValue(uchar(notice.urgent ? 2 : 1))},
    };
    Shown &shown = m_shown[key];
    shown.asked = true;
    QDBusMessage message = call(QStringLiteral("Notify"));
    message.setArguments({QStringLiteral("Chatelaine"), shown.id, QStringLiteral("chatelaine"),
        notice.title, m_markup ? notice.text.toHtmlEscaped() : notice.text, actions, hints, -1});
    auto *watcher =
        new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(message), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this,
        [this, key, notice, watcher] { onAnswer(key, notice, watcher); });
}

void Notifier::onAnswer(const QString &key, const Notice &notice, QDBusPendingCallWatcher *watcher)
{
    watcher->deleteLater();
    const QDBusPendingReply<uint> reply = *watcher;
    Shown &shown = m_shown[key];
    shown.asked = false;
    const std::optional<Notice> next = std::exchange(shown.next, std::nullopt);
    const bool withdrawn = shown.withdrawn;
    if (!reply.isValid()) {
        m_shown.remove(key);
        if (!withdrawn && m_fallback)
            m_fallback(key, next.value_or(notice));
        return;
    }
    shown.id = reply.value();
    if (withdrawn)
        withdraw(key);
    else if (next)
        send(key, *next);
}

QString Notifier::keyOf(uint id) const
{
    for (auto shown = m_shown.cbegin(); shown != m_shown.cend(); ++shown) {
        if (shown->id == id)
            return shown.key();
    }
    return {};
}

void Notifier::onActionInvoked(uint id, const QString &action)
{
    // The signal goes to everybody on the bus: most ids are not ours.
    const QString key = keyOf(id);
    if (!key.isEmpty())
        Q_EMIT invoked(key, action);
}

void Notifier::onClosed(uint id, uint)
{
    const QString key = keyOf(id);
    if (!key.isEmpty() && !m_shown.value(key).asked)
        m_shown.remove(key);
}

void Notifier::onActivationToken(uint id, const QString &token)
{
    // What lets a window come to the front under Wayland; Qt takes it from there.
    if (!keyOf(id).isEmpty())
        qputenv("XDG_ACTIVATION_TOKEN", token.toUtf8());
}

} // namespace chatelaine::ui
