// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Paths.h"

namespace chatelaine {

/// Whether the desktop starts a program of ours at login, hidden in its tray: a file that the
/// desktop reads (Desktop Application Autostart Specification). Any thread.
class Autostart
{
public:
    /// `program`: the whole path of what is started, with --background.
    Autostart(Paths paths, QString program);

    const QString &file() const { return m_file; }
    /// The file is there and neither hides itself nor is switched off by the desktop.
    bool isOn() const;
    /// Written anew or removed, at once or not at all.
    Result<void> set(bool on);

    /// What the file holds (Desktop Entry Specification 1.5).
    QByteArray entry() const;

private:
    QString m_file;
    QString m_home;
    QString m_program;
};

} // namespace chatelaine
