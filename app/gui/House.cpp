// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/House.h"

#include "core/base/Background.h"
#include "core/client/BrokerLauncher.h"
#include "ui/common/Icons.h"
#include "ui/shell/FailureWindow.h"
#include "ui/shell/TakeoverWindow.h"

#include <QApplication>
#include <QDesktopServices>
#include <QEvent>

#include <unistd.h>

namespace chatelaine {

namespace {

constexpr int patience = 200; ///< tries of 100 ms for the other broker to end in order
constexpr qint64 betweenMs = 100;
constexpr int showAfter = 5; ///< tries, then the person is told what is waited for
constexpr int answerMs = 2000;

} // namespace

House::House(QApplication &application, Paths paths, bool background)
    : m_application(application)
    , m_paths(std::move(paths))
    , m_background(background)
    , m_identity({broker::LinuxPeerIdentity::ownCommandLine(), ::geteuid()})
    , m_windowSettings(m_paths.settingsFile())
    , m_autostart(m_paths, QCoreApplication::applicationFilePath())
    , m_theme(application, ui::Theme::Start::Lean)
{
    if (m_windowSettings.systemDark())
        m_theme.recall(true);
    m_theme.setMode(m_windowSettings.theme());
    m_language.set(m_windowSettings.language());
    m_http.setObserver([this](const net::ExchangeRecord &record) { m_exchanges.add(record); });
    m_application.installEventFilter(this);
    m_application.setWindowIcon(ui::applicationIcon());
    connect(&m_theme, &ui::Theme::changed, this, &House::onTheme);
}

House::~House() = default;

void House::onTheme()
{
    m_application.setWindowIcon(ui::applicationIcon());
    // If that can't be kept the next start begins as this one did.
    if (m_theme.isSystemDark() != m_windowSettings.systemDark())
        static_cast<void>(m_windowSettings.setSystemDark(m_theme.isSystemDark()));
}

bool House::eventFilter(QObject *watched, QEvent *event)
{
    const QEvent::Type type = event->type();
    if (m_broker && (type == QEvent::KeyPress || type == QEvent::MouseButtonPress))
        m_broker->noteUse();
    return QObject::eventFilter(watched, event);
}

// Only one process holds the vault and the database. A broker without windows is asked to end; it
// answers what runs and lets go of the lock, and its clients find us at the same sockets.
Task<Result<void>> House::startBroker()
{
    for (int tries = 0;; ++tries) {
        broker::Broker::Options options;
        options.paths = m_paths;
        options.settleLater = true;
        m_broker = std::make_unique<broker::Broker>(std::move(options),
            broker::Broker::Surroundings {m_clock, m_random, m_http, m_identity, m_approvals,
                &m_session});
        Result<void> started = co_await m_broker->start();
        if (started || started.error().code != ErrorCode::AlreadyExists || tries == patience)
            co_return started;
        m_broker.reset();
        if (tries == 0)
            askOtherToEnd();
        if (tries >= showAfter && !m_background && !m_takeover)
            showTakeover();
        const std::stop_token stop = m_leave.get_token();
        const Result<void> waited = co_await m_clock.wait(betweenMs, stop);
        if (!waited)
            co_return waited;
    }
}

// Whether it does is seen by its lock; its answer would hold the loop.
void House::askOtherToEnd()
{
    auto ask = [paths = m_paths]() -> Result<bool> {
        auto other = client::connectToRunning(paths, client::Socket::Control);
        return other && other->call(QStringLiteral("shutdown"), {}, {}, answerMs);
    };
    inThread(std::move(ask));
}

void House::showTakeover()
{
    m_theme.dress();
    m_takeover = std::make_unique<ui::TakeoverWindow>();
    connect(m_takeover.get(), &ui::TakeoverWindow::quitRequested, this,
        [this] { m_leave.request_stop(); });
    m_takeover->show();
}

void House::endTakeover()
{
    if (!m_takeover)
        return;
    m_takeover->hide();
    // It may be its own button that was clicked.
    m_takeover.release()->deleteLater();
}

Task<void> House::open()
{
    const Result<void> started = co_await startBroker();
    endTakeover();
    if (m_leave.stop_requested()) {
        if (started)
            co_await m_broker->stop();
        Q_EMIT ended(1);
        co_return;
    }
    if (!started) {
        m_broker.reset();
        showFailure(started.error());
        co_return;
    }
    m_services = std::make_unique<ui::Services>(
        ui::Services{*m_broker, m_http, m_exchanges, m_theme, m_language, m_windowSettings,
            m_autostart, [](const QUrl &url) { return QDesktopServices::openUrl(url); }});
    connect(m_broker.get(), &broker::Broker::stopRequested, this, [this] { detach(close()); });
    m_front = std::make_unique<Front>(*m_services, m_approvals, m_clock, m_paths);
    // From the event loop: it may be a menu of the front's own that said so.
    connect(
        m_front.get(), &Front::quitDecided, this, [this] { detach(close()); },
        Qt::QueuedConnection);
    connect(m_front.get(), &Front::settled, m_broker.get(), &broker::Broker::settle);
    connect(m_front.get(), &Front::settled, &m_theme, &ui::Theme::follow);
    m_front->open(m_background);
}

void House::raise(const QString &token)
{
    // What lets a window come to the front under Wayland; Qt takes it from there.
    if (!token.isEmpty())
        qputenv("XDG_ACTIVATION_TOKEN", token.toUtf8());
    if (m_front)
        m_front->raise();
    else if (m_failure)
        m_failure->activateWindow();
    else if (m_takeover)
        m_takeover->activateWindow();
    else
        m_background = false;
}

Task<void> House::close()
{
    if (m_closing)
        co_return;
    m_closing = true;
    if (m_front)
        m_front->hide();
    if (m_broker)
        co_await m_broker->stop();
    Q_EMIT ended(0);
}

void House::showFailure(const Error &error)
{
    m_theme.dress();
    m_failure = std::make_unique<ui::FailureWindow>(error);
    connect(m_failure.get(), &ui::FailureWindow::quitRequested, this, [this] { Q_EMIT ended(1); });
    connect(m_failure.get(), &ui::FailureWindow::retryRequested, this, [this] {
        // From the event loop: it is the window's own button that was clicked.
        m_failure.release()->deleteLater();
        detach(open());
    });
    m_failure->show();
}

} // namespace chatelaine
