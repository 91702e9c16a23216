// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Clock.h"

#include <QObject>

#include <memory>

namespace chatelaine::ui {

/// Finds out whether the desktop has a tray, one that comes later than we do too: at login the
/// panel often does. Qt decides once for the process whether there is a tray on the bus, so nothing
/// may ask it before there is one.
class TrayPresence : public QObject
{
    Q_OBJECT

public:
    /// Gives a tray on the bus `patienceMs` before it looks for an old one (XEmbed), after which no
    /// other can be found any more.
    TrayPresence(Clock &clock, qint64 patienceMs, QObject *parent = nullptr);

Q_SIGNALS:
    /// There is one; once.
    void found();

private:
    void watch();
    void take();
    void lookForOldOne();

    std::unique_ptr<Alarm> m_alarm;
    bool m_decided = false;
};

} // namespace chatelaine::ui
