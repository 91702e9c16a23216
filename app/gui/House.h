// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/gui/Front.h"
#include "core/base/Autostart.h"
#include "core/base/Random.h"
#include "core/broker/Broker.h"
#include "core/broker/LinuxPeerIdentity.h"
#include "core/net/NetworkHttpClient.h"
#include "ui/common/ExchangeJournal.h"
#include "ui/common/Language.h"
#include "ui/common/Theme.h"
#include "ui/common/WindowSettings.h"

class QApplication;

namespace chatelaine {

struct Succession;

namespace ui {
class FailureWindow;
class TakeoverWindow;
}

/// The application: the broker and what is in front of it, in one process.
class House : public QObject
{
    Q_OBJECT

public:
    /// `background`: nothing is shown until somebody asks for it.
    House(QApplication &application, Paths paths, bool background);
    ~House() override;

    /// Starts the broker, taking over from one without windows, and what is in front of it. A
    /// failure is told in a window of its own, from which one may try again.
    Task<void> open();
    /// `token`: what the desktop gave for it (FirstInstance::activationToken()), or empty.
    void raise(const QString &token = {});
    /// Stops the broker, asking nobody; ended() comes after it.
    Task<void> close();
    /// Who types or clicks in a window is using the broker.
    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    /// There is nothing left to do but to leave with that status.
    void ended(int status);

private:
    Task<Result<void>> startBroker();
    Completion<Result<std::shared_ptr<Succession>>> askOtherToEnd();
    void showTakeover();
    void endTakeover();
    void showFailure(const Error &error);
    void onTheme();

    QApplication &m_application;
    Paths m_paths;
    bool m_background;
    SystemClock m_clock;
    SystemRandom m_random;
    net::NetworkHttpClient m_http{m_clock};
    broker::LinuxPeerIdentity m_identity;
    desktop::SessionWatch m_session;
    ui::ApprovalQueue m_approvals;
    ui::ExchangeJournal m_exchanges;
    ui::WindowSettings m_windowSettings;
    Autostart m_autostart;
    ui::Theme m_theme;
    ui::Language m_language;
    std::shared_ptr<Succession> m_succession; ///< a service manager's sockets, once we have them
    std::unique_ptr<broker::Broker> m_broker;
    std::unique_ptr<ui::Services> m_services;
    std::unique_ptr<Front> m_front;
    std::unique_ptr<ui::FailureWindow> m_failure;
    std::unique_ptr<ui::TakeoverWindow> m_takeover;
    std::stop_source m_leave; ///< the person does not wait for the other broker
    bool m_closing = false;
};

} // namespace chatelaine
