// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Random.h"
#include "core/broker/Broker.h"
#include "core/broker/LinuxPeerIdentity.h"
#include "core/net/NetworkHttpClient.h"
#include "ui/approvals/ApprovalWindow.h"
#include "ui/common/ExchangeJournal.h"
#include "ui/common/Language.h"
#include "ui/common/Theme.h"
#include "ui/shell/MainWindow.h"

class QApplication;

namespace chatelaine {

/// The application: the broker and the windows over it, in one process.
class House : public QObject
{
    Q_OBJECT

public:
    House(QApplication &application, Paths paths);
    ~House() override;

    /// Starts the broker, taking over from one without windows, and shows the window. A failure is
    /// told in a window of its own; the application ends with it.
    Task<void> open();
    void raise();
    /// Stops the broker and leaves.
    Task<void> close();
    /// Who types or clicks in a window is using the broker.
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    Task<Result<void>> startBroker();
    void showFailure(const Error &error);

    QApplication &m_application;
    Paths m_paths;
    SystemClock m_clock;
    SystemRandom m_random;
    net::NetworkHttpClient m_http {m_clock};
    broker::LinuxPeerIdentity m_identity;
    desktop::SessionWatch m_session;
    ui::ApprovalQueue m_approvals {m_clock};
    ui::ExchangeJournal m_exchanges;
    ui::Theme m_theme;
    ui::Language m_language;
    std::unique_ptr<broker::Broker> m_broker;
    std::unique_ptr<ui::Services> m_services;
    std::unique_ptr<ui::MainWindow> m_window;
    std::unique_ptr<ui::ApprovalWindow> m_approvalWindow;
    bool m_closing = false;
};

} // namespace chatelaine
