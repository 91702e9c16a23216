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
    /// The window is on the screen, or is not to be. What nobody waits for begins now.
    void settled();
    /// The person wants the end, and was asked where they want to be.
    void quitDecided();

private:
    /// What works beside the window.
    struct Desk
    {
        Desk(Front &front, ui::ApprovalQueue &approvals, Clock &clock);

        ui::Attention attention;
        ui::Notifier notifier;
        ui::Notices notices;
        ui::TrayPresence presence;
    };

    void settle();
    void openPage(const QString &pageId, const QString &target);
    void onQuestions();
    void showQuestions();
    void makeTray();
    void onCloseRequested();
    void askToQuit();

    ui::Services &m_services;
    ui::ApprovalQueue &m_approvals;
    Clock &m_clock;
    ui::MainWindow m_window;
    std::unique_ptr<ui::ApprovalWindow> m_approvalWindow; ///< made with the first question
    std::unique_ptr<Alarm> m_patience;
    std::unique_ptr<Desk> m_desk; ///< since settled()
    std::unique_ptr<ui::TrayIcon> m_tray;
    QPointer<ui::QuitDialog> m_quitDialog;
};

} // namespace chatelaine
