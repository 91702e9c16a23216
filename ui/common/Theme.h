// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusVariant>
#include <QObject>

class QApplication;

namespace chatelaine::ui {

/// Dresses the application: palette, style sheet, and the desktop's own choice of light or dark
/// (the settings portal's color-scheme) while the mode is System.
class Theme : public QObject
{
    Q_OBJECT

public:
    enum class Mode { System, Light, Dark };
    Q_ENUM(Mode)

    explicit Theme(QApplication &application);

    Mode mode() const { return m_mode; }
    void setMode(Mode mode);
    bool isDark() const { return m_dark; }
    /// What the desktop itself is, whatever was chosen for our windows: its panel follows that.
    bool isSystemDark() const { return m_systemDark; }

Q_SIGNALS:
    void changed();

private Q_SLOTS:
    void onPortalSetting(const QString &group, const QString &key, const QDBusVariant &value);

private:
    void askPortal();
    void setSystemDark(bool dark);
    void apply();

    QApplication &m_application;
    Mode m_mode = Mode::System;
    bool m_systemDark = false;
    bool m_dark = false;
    bool m_applied = false;
};

QString themeModeName(Theme::Mode mode); ///< "system", "light", "dark"
Theme::Mode themeModeFromName(const QString &name); ///< System for anything else

} // namespace chatelaine::ui
