// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/House.h"

#include "core/client/BrokerClient.h"
#include "ui/Pages.h"
#include "ui/common/Icons.h"
#include "ui/common/Words.h"

#include <QApplication>
#include <QDesktopServices>
#include <QEvent>
#include <QMessageBox>
#include <QSettings>

#include <unistd.h>

namespace chatelaine {

namespace {

constexpr int patience = 100; ///< tries of 100 ms for the other broker to end in order
constexpr qint64 betweenMs = 100;
constexpr int answerMs = 2000;

} // namespace

House::House(QApplication &application, Paths paths)
    : m_application(application)
    , m_paths(std::move(paths))
    , m_identity({broker::LinuxPeerIdentity::ownCommandLine(), ::geteuid()})
    , m_theme(application)
{
    const QSettings settings(m_paths.settingsFile(), QSettings::IniFormat);
    m_theme.setMode(
        ui::themeModeFromName(settings.value(QStringLiteral("window/theme")).toString()));
    m_language.set(settings.value(QStringLiteral("window/language")).toString());
    m_http.setObserver([this](const net::ExchangeRecord &record) { m_exchanges.add(record); });
    m_application.installEventFilter(this);
    m_application.setWindowIcon(ui::applicationIcon());
    connect(&m_theme, &ui::Theme::changed, this,
        [this] { m_application.setWindowIcon(ui::applicationIcon()); });
}

House::~House() = default;

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
    const std::stop_token never;
    for (int tries = 0;; ++tries) {
        broker::Broker::Options options;
        options.paths = m_paths;
        m_broker = std::make_unique<broker::Broker>(std::move(options),
            broker::Broker::Surroundings {m_clock, m_random, m_http, m_identity, m_approvals,
                &m_session});
        Result<void> started = co_await m_broker->start();
        if (started || started.error().code != ErrorCode::AlreadyExists || tries == patience)
            co_return started;
        m_broker.reset();
        if (tries == 0) {
            auto other = client::BrokerClient::connectTo(m_paths.controlSocket());
            if (other)
                other->call(QStringLiteral("shutdown"), {}, {}, answerMs);
        }
        const Result<void> waited = co_await m_clock.wait(betweenMs, never);
        if (!waited)
            co_return waited;
    }
}

Task<void> House::open()
{
    const Result<void> started = co_await startBroker();
    if (!started) {
        m_broker.reset();
        showFailure(started.error());
        co_return;
    }
    m_services = std::make_unique<ui::Services>(ui::Services {*m_broker, m_http, m_exchanges,
        m_theme, m_language, [](const QUrl &url) { return QDesktopServices::openUrl(url); }});
    connect(m_broker.get(), &broker::Broker::stopRequested, this, [this] { detach(close()); });
    m_window = std::make_unique<ui::MainWindow>(*m_services, ui::allPages());
    m_window->setStateFile(m_paths.configDir + QStringLiteral("/window.ini"));
    connect(m_window.get(), &ui::MainWindow::closed, this, [this] { detach(close()); });
    m_window->show();
    m_approvalWindow = std::make_unique<ui::ApprovalWindow>(m_approvals, m_clock);
}

void House::raise()
{
    if (!m_window)
        return;
    if (m_window->isMinimized())
        m_window->showNormal();
    m_window->show();
    m_window->raise();
    m_window->activateWindow();
}

Task<void> House::close()
{
    if (m_closing)
        co_return;
    m_closing = true;
    if (m_window)
        m_window->hide();
    if (m_broker)
        co_await m_broker->stop();
    m_application.quit();
}

void House::showFailure(const Error &error)
{
    auto *box = new QMessageBox(QMessageBox::Critical, QStringLiteral("Chatelaine"),
        ui::errorTitle(error), QMessageBox::Close);
    box->setInformativeText(error.message);
    box->setAttribute(Qt::WA_DeleteOnClose);
    connect(box, &QMessageBox::finished, &m_application, [] { QCoreApplication::exit(1); });
    box->open();
}

} // namespace chatelaine
