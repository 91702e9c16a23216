// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/House.h"

#include "core/base/Background.h"
#include "core/base/Descriptor.h"
#include "core/broker/ListeningSocket.h"
#include "core/client/BrokerLauncher.h"
#include "ui/common/Icons.h"
#include "ui/shell/FailureWindow.h"
#include "ui/shell/TakeoverWindow.h"

#include <QApplication>
#include <QDesktopServices>
#include <QEvent>
#include <QJsonArray>

#include <fcntl.h>
#include <unistd.h>

namespace chatelaine {

namespace {

constexpr int patience = 200; ///< tries of 100 ms for the other broker to end in order
constexpr qint64 betweenMs = 100;
constexpr int showAfter = 5; ///< tries, then the person is told what is waited for
constexpr int askAgainAfter = 50; ///< tries
constexpr int answerMs = 10'000; ///< a service manager may have to start it first

} // namespace

/// What a broker that a service manager had started gave us. It does not end before the connection
/// does, so that nobody starts another.
struct Succession
{
    Succession(client::BrokerClient connection, QHash<QString, int> given)
        : other(std::move(connection))
        , sockets(std::move(given))
    { }
    Q_DISABLE_COPY_MOVE(Succession)
    ~Succession()
    {
        for (const int fd : std::as_const(sockets))
            ::close(fd);
    }
    QHash<QString, int> copies() const
    {
        QHash<QString, int> all;
        for (auto it = sockets.cbegin(); it != sockets.cend(); ++it)
            all.insert(it.key(), ::fcntl(it.value(), F_DUPFD_CLOEXEC, 0));
        return all;
    }

    client::BrokerClient other;
    QHash<QString, int> sockets; ///< ours
};

namespace {

Result<std::shared_ptr<Succession>> succeed(const Paths &paths)
{
    auto other = client::connectToRunning(paths, client::Socket::Control);
    if (!other)
        return failure(other.error());
    std::vector<Descriptor> descriptors;
    const auto answer = other->callForDescriptors(
        QStringLiteral("shutdown"), {{QStringLiteral("hand_over"), true}}, descriptors, answerMs);
    if (!answer)
        return failure(answer.error());
    const QJsonArray names = answer->value(QLatin1StringView("handed_over")).toArray();
    QHash<QString, int> sockets;
    for (size_t i = 0; i < descriptors.size(); ++i) {
        const QString name = names.at(static_cast<qsizetype>(i)).toString();
        const QString path = name == QLatin1StringView("control") ? paths.controlSocket()
            : name == QLatin1StringView("broker")                 ? paths.brokerSocket()
                                                                  : QString();
        if (!path.isEmpty() && !sockets.contains(name)
            && broker::ListeningSocket::examine(descriptors[i].get(), path))
            sockets.insert(name, descriptors[i].release());
    }
    if (sockets.isEmpty())
        return nullptr;
    return std::make_shared<Succession>(std::move(*other), std::move(sockets));
}

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
// answers what runs and lets go of the lock, and its clients find us at the same sockets: at those
// of a service manager, too, which it gives to us. Where nobody serves there yet, being asked
// starts the broker that does.
Task<Result<void>> House::startBroker()
{
    std::optional<Completion<Result<std::shared_ptr<Succession>>>> asked;
    int lastAsked = -askAgainAfter;
    for (int tries = 0;; ++tries) {
        if (asked && asked->isSet()) {
            const Result<std::shared_ptr<Succession>> answer = co_await *asked;
            m_succession = answer.value_or(nullptr);
            asked.reset();
        }
        // Trying meanwhile would take the place of the one that is being asked.
        if (!asked) {
            broker::Broker::Options options;
            options.paths = m_paths;
            options.settleLater = true;
            if (m_succession)
                options.activated = m_succession->copies();
            m_broker = std::make_unique<broker::Broker>(std::move(options),
                broker::Broker::Surroundings{
                    m_clock, m_random, m_http, m_identity, m_approvals, &m_session});
            Result<void> started = co_await m_broker->start();
            if (started || started.error().code != ErrorCode::AlreadyExists || tries >= patience)
                co_return started;
            m_broker.reset();
            if (!m_succession && tries - lastAsked >= askAgainAfter) {
                asked = askOtherToEnd();
                lastAsked = tries;
            }
        }
        if (tries >= showAfter && !m_background && !m_takeover)
            showTakeover();
        const std::stop_token stop = m_leave.get_token();
        const Result<void> waited = co_await m_clock.wait(betweenMs, stop);
        if (!waited)
            co_return waited;
    }
}

// In a thread: its answer would hold the loop. Whether it ends is seen by its lock.
Completion<Result<std::shared_ptr<Succession>>> House::askOtherToEnd()
{
    return inThread([paths = m_paths] { return succeed(paths); });
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
