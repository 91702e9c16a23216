// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/Theme.h"

#include "ui/common/Colors.h"
#include "ui/common/Style.h"
#include "ui/common/StyleSheet.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

#include <utility>

namespace chatelaine::ui {

namespace {

const QString portalService = QStringLiteral("org.freedesktop.portal.Desktop");
const QString portalPath = QStringLiteral("/org/freedesktop/portal/desktop");
const QString portalInterface = QStringLiteral("org.freedesktop.portal.Settings");
const QString appearance = QStringLiteral("org.freedesktop.appearance");
const QString colorScheme = QStringLiteral("color-scheme");

} // namespace

Theme::Theme(QApplication &application, Start start)
    : m_application(application)
    , m_paletteDark(colorsOf(application.palette()).dark)
    , m_systemDark(m_paletteDark)
    , m_dressed(start == Start::Whole)
{
    application.setStyle(new Style);
    apply();
    if (start == Start::Whole)
        follow();
}

void Theme::setMode(Mode mode)
{
    m_mode = mode;
    apply();
}

void Theme::dress()
{
    if (!std::exchange(m_dressed, true))
        m_application.setStyleSheet(styleSheet(m_dark ? darkColors() : lightColors()));
}

// The portal answers when it likes, or never where there is none: nothing waits for it.
void Theme::follow()
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) {
        setSystemDark(m_paletteDark);
        return;
    }
    bus.connect(portalService, portalPath, portalInterface, QStringLiteral("SettingChanged"), this,
        SLOT(onPortalSetting(QString, QString, QDBusVariant)));
    QDBusMessage question = QDBusMessage::createMethodCall(
        portalService, portalPath, portalInterface, QStringLiteral("Read"));
    question.setArguments({appearance, colorScheme});
    question.setAutoStartService(false);
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(question), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        if (reply.isValid())
            onPortalSetting(appearance, colorScheme, reply.value());
        else
            setSystemDark(m_paletteDark);
        watcher->deleteLater();
    });
}

void Theme::onPortalSetting(const QString &group, const QString &key, const QDBusVariant &value)
{
    if (group != appearance || key != colorScheme)
        return;
    QVariant inner = value.variant();
    if (inner.canConvert<QDBusVariant>()) // Read wraps it twice
        inner = inner.value<QDBusVariant>().variant();
    setSystemDark(inner.toUInt() == 1);
}

void Theme::setSystemDark(bool dark)
{
    if (dark == m_systemDark)
        return;
    m_systemDark = dark;
    if (m_mode == Mode::System)
        apply();
    else
        Q_EMIT changed();
}

void Theme::apply()
{
    const bool dark = m_mode == Mode::Dark || (m_mode == Mode::System && m_systemDark);
    if (m_applied && dark == m_dark)
        return;
    m_dark = dark;
    m_applied = true;
    const Colors &colors = dark ? darkColors() : lightColors();
    m_application.setPalette(paletteOf(colors));
    if (m_dressed)
        m_application.setStyleSheet(styleSheet(colors));
    Q_EMIT changed();
}

QString themeModeName(Theme::Mode mode)
{
    switch (mode) {
    case Theme::Mode::System:
        break;
    case Theme::Mode::Light:
        return QStringLiteral("light");
    case Theme::Mode::Dark:
        return QStringLiteral("dark");
    }
    return QStringLiteral("system");
}

Theme::Mode themeModeFromName(const QString &name)
{
    if (name == QLatin1StringView("light"))
        return Theme::Mode::Light;
    return name == QLatin1StringView("dark") ? Theme::Mode::Dark : Theme::Mode::System;
}

} // namespace chatelaine::ui
