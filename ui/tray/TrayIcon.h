// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/LockSwitch.h"
#include "ui/tray/Attention.h"
#include "ui/tray/Notifier.h"

#include <QMenu>
#include <QSystemTrayIcon>

namespace chatelaine::ui {

/// The icon in the panel: what the matter is as a picture and in words, and the ways to act on it.
class TrayIcon : public QObject
{
    Q_OBJECT

public:
    TrayIcon(Services &services, Attention &attention, QObject *parent = nullptr);

    QMenu &menu() { return m_menu; }
    QString toolTip() const { return m_icon.toolTip(); }
    /// For a desktop without notifications; a click gives followed().
    void showMessage(const QString &key, const Notifier::Notice &notice);

Q_SIGNALS:
    /// The person wants to see that page, or just the window.
    void openRequested(const QString &pageId, const QString &target);
    /// The window is to come, or to go where it is before the person already.
    void toggleRequested();
    void questionsRequested();
    void quitRequested();
    void followed(const QString &key);
    void failed(const QString &sentence, const QString &detail);

private:
    void refresh();
    void fillMenu();

    Services &m_services;
    Attention &m_attention;
    LockSwitch m_switch;
    QMenu m_menu;
    QSystemTrayIcon m_icon;
    QString m_messageKey;
    QStringList m_shown; ///< all that the panel shows now depends on
};

/// The picture for a state, for a dark panel or a light one.
QIcon trayPicture(Attention::State state, bool darkPanel);

} // namespace chatelaine::ui
