// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/Stage.h"

#include "core/audit/Checkpoint.h"
#include "core/store/Store.h"
#include "ui/Pages.h"

#include <QApplication>
#include <QNetworkReply>
#include <QTest>

#include <unistd.h>

namespace chatelaine::test {

Stage::Stage(Vault::Kind vault)
    : identity({{}, ::geteuid()})
    , theme(*qApp)
    , m_vault(vault)
{
    // Nothing but what a test sets decides how it looks.
    theme.setMode(ui::Theme::Mode::Light);
    language.set(QStringLiteral("en"));
    QApplication::setEffectEnabled(Qt::UI_AnimateCombo, false);
    QApplication::setCursorFlashTime(0);
    http.setObserver([this](const net::ExchangeRecord &record) { exchanges.add(record); });
    testlab::LabOptions options;
    options.autoApprove = true;
    lab = std::make_unique<testlab::TestLab>(clock, random, &http, options);
    if (const auto started = lab->start(); !started)
        qFatal("%s", qPrintable(started.error().message));
    open();
}

Stage::~Stage()
{
    curtain.request_stop();
    close();
}

void Stage::open()
{
    broker::Broker::Options options;
    options.paths = Paths::under(dir.path());
    options.vault = m_vault;
    broker = std::make_unique<broker::Broker>(
        options, broker::Broker::Surroundings {clock, random, http, identity, approvals});
    if (const auto started = await(broker->start()); !started)
        qFatal("%s", qPrintable(started.error().message));
    services = std::make_unique<ui::Services>(ui::Services {*broker, http, exchanges, theme,
        language, settings, autostart, [this](const QUrl &url) {
            opened.append(url);
            if (browserWorks && browserLoads) {
                QNetworkReply *reply = m_browser.get(QNetworkRequest(url));
                QObject::connect(
                    reply, &QNetworkReply::finished, reply, &QObject::deleteLater);
            }
            return browserWorks;
        }});
}

void Stage::close()
{
    m_prop.reset();
    m_window.reset();
    m_approval.reset();
    if (!broker)
        return;
    const auto stopped = [](broker::Broker &which) -> Task<bool> {
        co_await which.stop();
        co_return true;
    };
    await(stopped(*broker));
    services.reset();
    broker.reset();
}

void Stage::restart()
{
    close();
    open();
}

ui::MainWindow &Stage::window()
{
    if (!m_window) {
        m_window = std::make_unique<ui::MainWindow>(*services, ui::allPages());
        m_window->show();
        if (!QTest::qWaitForWindowExposed(m_window.get()))
            qFatal("The window does not show.");
    }
    return *m_window;
}

ui::ApprovalWindow &Stage::approval()
{
    if (!m_approval)
        m_approval = std::make_unique<ui::ApprovalWindow>(approvals, clock);
    return *m_approval;
}

void Stage::put(std::unique_ptr<QWidget> prop)
{
    m_prop = std::move(prop);
    m_prop->show();
}

QWidget &Stage::subject()
{
    if (m_prop)
        return *m_prop;
    if (QWidget *dialog = QApplication::activeModalWidget())
        return *dialog;
    if (m_approval && m_approval->isVisible())
        return *m_approval;
    return window();
}

credentials::AccountView Stage::addLab(const QString &name)
{
    credentials::NewServer server;
    server.url = lab->mcpUrl();
    server.name = name;
    const auto added = await(broker->credentials().add(server, {}));
    if (!added)
        qFatal("%s", qPrintable(added.error().message));
    return *added;
}

namespace {

class QuickPerson : public credentials::Person
{
public:
    explicit QuickPerson(const ui::Services &services)
        : m_services(services)
    { }
    void authorize(const credentials::AuthorizationPrompt &prompt) override
    {
        m_services.openUrl(prompt.url);
    }
    void progress(const QString &, const QString &) override { }
    audit::ClientFacts facts() const override { return {}; }

private:
    const ui::Services &m_services;
};

} // namespace

Result<credentials::AccountView> Stage::signIn(const QString &accountId)
{
    return await(broker->credentials().signIn(
        accountId, {}, std::make_shared<QuickPerson>(*services), 20'000, {}));
}

credentials::AccountView Stage::view(const QString &accountId) const
{
    const auto found = broker->credentials().account(accountId);
    return found ? *found : credentials::AccountView {};
}

void Stage::remember(const QList<Past> &servers)
{
    store::Store store(broker->database());
    for (const Past &past : servers) {
        store::Server server;
        server.id = QString::fromLatin1(random.text(16));
        server.name = past.name;
        server.url = QUrl(past.url);
        server.resource = past.url;
        server.createdAt = clock.utcMs();
        store::Account account;
        account.id = QString::fromLatin1(random.text(16));
        account.serverId = server.id;
        account.name = past.account;
        account.state = past.state;
        account.createdAt = clock.utcMs();
        account.lastError = past.lastError;
        if (past.state != store::AccountState::SignedOut) {
            account.issuer = QStringLiteral("https://login.") + server.url.host();
            account.grantedScopes = past.scopes;
            account.signedInAt = clock.utcMs() - 3 * 24 * 3600 * 1000;
            account.hasRefreshToken = true;
            account.expiresAt = past.expiresInMs == 0 ? 0 : clock.utcMs() + past.expiresInMs;
        }
        const auto saved = await(store.save(server));
        const auto savedToo = await(store.save(account));
        if (!saved || !savedToo)
            qFatal("The past can't be written.");
    }
    restart();
}

void Stage::lend(const QString &server, const QString &exe, int times)
{
    if (!await(broker->lending().openHistory({})))
        qFatal("The history does not open.");
    for (int i = 0; i < times; ++i) {
        audit::Event event;
        event.event = QStringLiteral("loan.token");
        event.server = server;
        event.client.exe = exe;
        event.client.pid = 4711;
        if (!await(broker->audit().append(event)))
            qFatal("The loan can't be written.");
    }
}

void Stage::writeHistory(int count, const Happened &happened)
{
    // The broker opens it in its own time.
    if (!QTest::qWaitFor([this] { return broker->audit().isOpen(); }, 10'000))
        qFatal("The history does not open.");
    const Result<Secret> key = await(audit::readKey(&broker->vault(), {}));
    if (!key)
        qFatal("The history has no key.");
    broker->audit().close();
    constexpr int atOnce = 50'000;
    for (int first = 0; first < count; first += atOnce) {
        auto job = [&](store::Connection &connection) {
            return test::writeHistory(
                connection, *key, first, qMin(first + atOnce, count), happened);
        };
        if (!await(broker->database()->write(std::move(job))))
            qFatal("The history can't be written.");
    }
    if (!await(broker->audit().open({})))
        qFatal("The history does not open.");
}

} // namespace chatelaine::test
