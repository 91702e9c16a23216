// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"
#include "ui/common/Theme.h"

#include <QSettings>

namespace chatelaine::ui {

/// What a person chose about the windows: the group "window" of settings.ini. What the broker does
/// is set with broker::Settings. A value that can't be written holds until the end all the same.
class WindowSettings : public QObject
{
    Q_OBJECT

public:
    explicit WindowSettings(const QString &file, QObject *parent = nullptr);

    Theme::Mode theme() const;
    Result<void> setTheme(Theme::Mode mode);
    QString language() const; ///< as Language::set() takes it
    Result<void> setLanguage(const QString &code);
    /// Ask before the end while programs are connected.
    bool confirmQuit() const;
    Result<void> setConfirmQuit(bool confirm);
    /// Closing the window leaves the broker and the tray icon.
    bool closeToTray() const;
    Result<void> setCloseToTray(bool close);
    /// The first run's welcome was seen.
    bool welcomed() const;
    Result<void> setWelcomed(bool welcomed);
    /// What the desktop was when it was last heard of.
    bool systemDark() const;
    Result<void> setSystemDark(bool dark);
    /// It was said once that the window goes to the tray.
    bool trayExplained() const;
    Result<void> setTrayExplained(bool explained);

private:
    Result<void> write(const QString &key, const QVariant &value);

    QSettings m_file;
};

} // namespace chatelaine::ui
