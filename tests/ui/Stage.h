// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Autostart.h"
#include "core/broker/Broker.h"
#include "core/broker/LinuxPeerIdentity.h"
#include "core/net/NetworkHttpClient.h"
#include "core/testlab/TestLab.h"
#include "tests/support/Await.h"
#include "tests/support/History.h"
#include "tests/support/RegistryStandIn.h"
#include "ui/approvals/ApprovalWindow.h"
#include "ui/common/ExchangeJournal.h"
#include "ui/common/Language.h"
#include "ui/common/Services.h"
#include "ui/common/Theme.h"
#include "ui/common/WindowSettings.h"
#include "ui/shell/MainWindow.h"

#include <QNetworkAccessManager>
#include <QTemporaryDir>

namespace chatelaine::test {

/// The real time, and what a test adds to it.
class StageClock : public SystemClock
{
public:
    UtcMs utcMs() const override { return SystemClock::utcMs() + aheadMs; }
    qint64 aheadMs = 0;
};

/// The application as chatelaine-gui makes it, in a folder of its own with a vault in memory unless
/// a test is about another one, and a test lab to sign in at. The browser is a plain GET of what the windows open.
class Stage
{
public:
    explicit Stage(Vault::Kind vault = Vault::Kind::Memory);
    ~Stage();

    /// A window with every page, shown and painted.
    ui::MainWindow &window();
    /// The window that asks whether a program may; made with the first call, as the program makes it.
    ui::ApprovalWindow &approval();
    /// Takes a window of its own that the scene is about.
    void put(std::unique_ptr<QWidget> prop);
    /// What a scene is about: what was put there, a dialog, the question when there is one, else
    /// the window.
    QWidget &subject();
    /// The lab's server, added and not signed in.
    credentials::AccountView addLab(const QString &name = QStringLiteral("sentiment"));
    Result<credentials::AccountView> signIn(const QString &accountId);
    credentials::AccountView view(const QString &accountId) const;

    /// A server that nobody signed in to, in a state of one's choice, as a past run left it.
    struct Past
    {
        QString name;
        QString url;
        QString account = {};
        store::AccountState state = store::AccountState::SignedOut;
        qint64 expiresInMs = 0;
        QStringList scopes = {};
        QString lastError = {};
    };
    void remember(const QList<Past> &servers);
    /// Makes the broker anew from what is on disk.
    void restart();
    void lend(const QString &server, const QString &exe, int times);
    /// Writes a past into the history, hashes and all: what happened and when, for 0 to count - 1.
    void writeHistory(int count, const Happened &happened);

    QTemporaryDir dir;
    StageClock clock;
    SystemRandom random;
    net::NetworkHttpClient http {clock};
    broker::LinuxPeerIdentity identity;
    ui::ApprovalQueue approvals;
    std::unique_ptr<broker::Broker> broker;
    ui::ExchangeJournal exchanges;
    ui::Theme theme;
    ui::Language language;
    ui::WindowSettings settings {Paths::under(dir.path()).settingsFile()};
    Autostart autostart {
        Paths::under(dir.path()), QStringLiteral("/usr/bin/chatelaine-gui")};
    std::unique_ptr<testlab::TestLab> lab;
    std::unique_ptr<RegistryStandIn> registry; ///< where a scene needs one
    QList<QUrl> opened; ///< what the windows gave to the browser
    bool browserWorks = true;
    bool browserLoads = true;
    std::unique_ptr<ui::Services> services;
    std::stop_source curtain; ///< takes back what a scene asks

private:
    void open();
    void close();

    Vault::Kind m_vault;
    QNetworkAccessManager m_browser;
    std::unique_ptr<ui::MainWindow> m_window;
    std::unique_ptr<ui::ApprovalWindow> m_approval;
    std::unique_ptr<QWidget> m_prop;
};

/// The one child of that name and type; the test stops where it is missing.
template <typename T>
T *child(QWidget &root, const char *name)
{
    T *found = root.findChild<T *>(QString::fromLatin1(name));
    if (!found)
        qFatal("There is no %s here.", name);
    return found;
}

} // namespace chatelaine::test
