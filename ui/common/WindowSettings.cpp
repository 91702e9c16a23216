// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/WindowSettings.h"

#include "core/base/Paths.h"

#include <QFileInfo>

namespace chatelaine::ui {

namespace {

const QString themeKey = QStringLiteral("window/theme");
const QString languageKey = QStringLiteral("window/language");
const QString confirmQuitKey = QStringLiteral("window/confirm_quit");
const QString closeToTrayKey = QStringLiteral("window/close_to_tray");
const QString welcomedKey = QStringLiteral("window/welcomed");
const QString systemDarkKey = QStringLiteral("window/system_dark");
const QString trayExplainedKey = QStringLiteral("window/tray_explained");

} // namespace

WindowSettings::WindowSettings(const QString &file, QObject *parent)
    : QObject(parent)
    , m_file(file, QSettings::IniFormat)
{ }

Theme::Mode WindowSettings::theme() const
{
    return themeModeFromName(m_file.value(themeKey).toString());
}

Result<void> WindowSettings::setTheme(Theme::Mode mode)
{
    return write(themeKey, themeModeName(mode));
}

QString WindowSettings::language() const
{
    return m_file.value(languageKey).toString();
}

Result<void> WindowSettings::setLanguage(const QString &code)
{
    return write(languageKey, code);
}

bool WindowSettings::confirmQuit() const
{
    return m_file.value(confirmQuitKey, true).toBool();
}

Result<void> WindowSettings::setConfirmQuit(bool confirm)
{
    return write(confirmQuitKey, confirm);
}

bool WindowSettings::closeToTray() const
{
    return m_file.value(closeToTrayKey, true).toBool();
}

Result<void> WindowSettings::setCloseToTray(bool close)
{
    return write(closeToTrayKey, close);
}

bool WindowSettings::welcomed() const
{
    return m_file.value(welcomedKey, false).toBool();
}

Result<void> WindowSettings::setWelcomed(bool welcomed)
{
    return write(welcomedKey, welcomed);
}

bool WindowSettings::systemDark() const
{
    return m_file.value(systemDarkKey, false).toBool();
}

Result<void> WindowSettings::setSystemDark(bool dark)
{
    return write(systemDarkKey, dark);
}

bool WindowSettings::trayExplained() const
{
    return m_file.value(trayExplainedKey, false).toBool();
}

Result<void> WindowSettings::setTrayExplained(bool explained)
{
    return write(trayExplainedKey, explained);
}

Result<void> WindowSettings::write(const QString &key, const QVariant &value)
{
    const QString directory = QFileInfo(m_file.fileName()).path();
    if (const Result<void> made = ensurePrivateDirectory(directory); !made)
        return made;
    m_file.setValue(key, value);
    m_file.sync();
    if (m_file.status() != QSettings::NoError) {
        return failure(ErrorCode::Internal,
            QStringLiteral("%1 can't be written, so this holds only until Chatelaine ends. Check "
                           "the file and its directory.")
                .arg(m_file.fileName()));
    }
    return {};
}

} // namespace chatelaine::ui
