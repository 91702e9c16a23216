// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Clock.h"
#include "core/base/Paths.h"
#include "ui/approvals/ApprovalWindow.h"
#include "ui/shell/MainWindow.h"
#include "ui/shell/QuitDialog.h"
#include "ui/tray/Attention.h"
#include "ui/tray/Notices.h"
#include "ui/tray/TrayIcon.h"
#include "ui/tray/TrayPresence.h"

#include <QPointer>

namespace chatelaine {

/// Everything a person sees of a broker that runs: window, questions, tray, notifications; and how
/// they come and go.
class Front : public QObject
{
    Q_OBJECT

public:
    Front(ui::Services &services, ui::ApprovalQueue &approvals, Clock &clock, const Paths &paths);
    ~Front() override;

    /// At the start: the window, or with `background` nothing but the tray.
    void open(bool background);
    void raise();
    void hide();
    /// Null while the desktop has none.
    ui::TrayIcon *tray() { return m_tray.get(); }

Q_SIGNALS:
    /// The person wants the end, and was asked where they want to be.
    void quitDecided();

private:
    void openPage(const QString &pageId, const QString &target);
    void showQuestions();
    void makeTray();
    void onCloseRequested();
    void askToQuit();

    ui::Services &m_services;
    ui::MainWindow m_window;
    ui::ApprovalWindow m_approvalWindow;
    ui::Attention m_attention;
    ui::Notifier m_notifier;
    ui::Notices m_notices;
    ui::TrayPresence m_presence;
    std::unique_ptr<ui::TrayIcon> m_tray;
    QPointer<ui::QuitDialog> m_quitDialog;
};

} // namespace chatelaine
