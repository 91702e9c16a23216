// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/Front.h"

#include "core/broker/Broker.h"
#include "ui/common/Theme.h"
#include "ui/common/WindowSettings.h"
#include "ui/Pages.h"

#include <QApplication>

namespace chatelaine {

namespace {

/// How long a tray on the bus may take to come before an old one is looked for.
constexpr qint64 trayPatienceMs = 20'000;
/// A window that the desktop keeps from being painted keeps nothing else from beginning.
constexpr qint64 paintPatienceMs = 2'000;

} // namespace

Front::Front(ui::Services &services, ui::ApprovalQueue &approvals, Clock &clock, const Paths &paths)
    : m_services(services)
    , m_approvals(approvals)
    , m_clock(clock)
    , m_window(services, ui::allPages())
    , m_patience(clock.createAlarm())
{
    m_window.setStateFile(paths.configDir + QStringLiteral("/window.ini"));
    connect(&m_window, &ui::MainWindow::closeRequested, this, &Front::onCloseRequested);
    connect(&m_window, &ui::MainWindow::quitRequested, this, &Front::askToQuit);
    connect(&m_window, &ui::MainWindow::appeared, this, &Front::settle);
    connect(m_patience.get(), &Alarm::fired, this, &Front::settle);
    connect(&approvals, &ui::ApprovalQueue::changed, this, &Front::onQuestions);
    // The doors have been open for a while.
    onQuestions();
}

Front::~Front() = default;

Front::Desk::Desk(Front &front, ui::ApprovalQueue &approvals, Clock &clock)
    : attention(front.m_services, approvals)
    , notifier([&front](const QString &key, const ui::Notifier::Notice &notice) {
        if (front.m_tray)
            front.m_tray->showMessage(key, notice);
    })
    , notices(front.m_services, approvals, notifier, clock,
          [] { return QApplication::activeWindow() != nullptr; })
    , presence(clock, trayPatienceMs)
{
    connect(&notices, &ui::Notices::openRequested, &front, &Front::openPage);
    connect(&notices, &ui::Notices::questionsRequested, &front, &Front::showQuestions);
    connect(&presence, &ui::TrayPresence::found, &front, &Front::makeTray);
}

void Front::settle()
{
    if (m_desk)
        return;
    m_patience->clear();
    m_services.theme.dress();
    m_desk = std::make_unique<Desk>(*this, m_approvals, m_clock);
    Q_EMIT settled();
}

void Front::open(bool background)
{
    const bool anything = !m_services.broker.credentials().accounts().isEmpty();
    if (!m_services.window.welcomed() && !anything) {
        m_window.welcome();
        connect(&m_window, &ui::MainWindow::welcomeSeen, this, [this] {
            // If that can't be kept there is a welcome once more.
            static_cast<void>(m_services.window.setWelcomed(true));
        });
    }
    if (background) {
        settle();
        return;
    }
    m_patience->set(m_clock.bootMs() + paintPatienceMs);
    raise();
}

void Front::raise()
{
    // Out of the task bar as large as it went there.
    m_window.setWindowState(m_window.windowState() & ~Qt::WindowMinimized);
    m_window.show();
    m_window.raise();
    m_window.activateWindow();
}

void Front::hide()
{
    if (m_quitDialog)
        m_quitDialog->close();
    m_window.saveState();
    m_window.hide();
    m_tray.reset();
}

void Front::openPage(const QString &pageId, const QString &target)
{
    raise();
    if (!pageId.isEmpty())
        m_window.openPage(pageId, target);
}

void Front::onQuestions()
{
    if (m_approvalWindow || m_approvals.count() == 0)
        return;
    m_services.theme.dress();
    m_approvalWindow = std::make_unique<ui::ApprovalWindow>(m_approvals, m_clock);
}

void Front::showQuestions()
{
    if (m_approvalWindow)
        m_approvalWindow->turnTo();
}

void Front::makeTray()
{
    m_tray = std::make_unique<ui::TrayIcon>(m_services, m_desk->attention);
    connect(m_tray.get(), &ui::TrayIcon::openRequested, this, &Front::openPage);
    connect(m_tray.get(), &ui::TrayIcon::questionsRequested, this, &Front::showQuestions);
    connect(m_tray.get(), &ui::TrayIcon::quitRequested, this, &Front::askToQuit);
    connect(m_tray.get(), &ui::TrayIcon::followed, &m_desk->notices,
        [this](const QString &key) { m_desk->notices.follow(key, QString()); });
    connect(m_tray.get(), &ui::TrayIcon::failed, this,
        [this](const QString &sentence, const QString &detail) {
            raise();
            m_window.tell(sentence, detail);
        });
    connect(m_tray.get(), &ui::TrayIcon::toggleRequested, this, [this] {
        if (m_window.isActiveWindow())
            m_window.hide();
        else
            raise();
    });
}

void Front::onCloseRequested()
{
    if (!m_tray || !m_services.window.closeToTray()) {
        askToQuit();
        return;
    }
    m_window.hide();
    if (m_services.window.trayExplained())
        return;
    m_desk->notices.explainTray();
    // If that can't be kept it is explained once more.
    static_cast<void>(m_services.window.setTrayExplained(true));
}

void Front::askToQuit()
{
    // One that was answered is gone a moment later.
    if (m_quitDialog && m_quitDialog->isVisible()) {
        m_quitDialog->raise();
        m_quitDialog->activateWindow();
        return;
    }
    const int unsaved = m_window.unsaved();
    ui::ConnectedPrograms connected;
    if (m_services.window.confirmQuit())
        connected = ui::connectedPrograms(m_services.broker);
    if (unsaved == 0 && connected.count() == 0) {
        Q_EMIT quitDecided();
        return;
    }
    m_quitDialog =
        new ui::QuitDialog(connected, unsaved, m_window.isVisible() ? &m_window : nullptr);
    m_quitDialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_quitDialog, &QDialog::accepted, this, &Front::quitDecided);
    m_quitDialog->open();
}

} // namespace chatelaine
