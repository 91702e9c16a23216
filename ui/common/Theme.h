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

    /// Whether all is there at once, or what the first window can do without waits for dress() and
    /// follow().
    enum class Start { Whole, Lean };

    explicit Theme(QApplication &application, Start start = Start::Whole);
    /// Puts the style sheet on, before the first window is shown. A widget that is there without one
    /// gets it once; one that comes after pays for it when it is made and whenever it is put into
    /// another. Once is enough.
    void dress();
    /// Asks the desktop what it is, and hears of it from then on.
    void follow();
    /// What the desktop was when it was last heard of, until it is again.
    void recall(bool systemDark) { setSystemDark(systemDark); }

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
    void setSystemDark(bool dark);
    void apply();

    QApplication &m_application;
    Mode m_mode = Mode::System;
    const bool m_paletteDark; ///< what Qt says of the desktop, where no portal does
    bool m_systemDark;
    bool m_dark = false;
    bool m_applied = false;
    bool m_dressed;
};

QString themeModeName(Theme::Mode mode); ///< "system", "light", "dark"
Theme::Mode themeModeFromName(const QString &name); ///< System for anything else

} // namespace chatelaine::ui
