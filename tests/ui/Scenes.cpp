// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/Scenes.h"

#include "ui/activity/JobStrip.h"
#include "ui/activity/TimelineView.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QTabWidget>
#include <QToolButton>

namespace chatelaine::test {

namespace {

constexpr qint64 minute = 60'000;

} // namespace

void household(Stage &stage)
{
    using S = store::AccountState;
    const QStringList repo{QStringLiteral("repo"), QStringLiteral("read:org"),
        QStringLiteral("workflow"), QStringLiteral("user:email")};
    stage.remember({
        {QStringLiteral("github"), QStringLiteral("https://api.example.com/mcp/"), {}, S::SignedIn,
            57 * minute, repo},
        {QStringLiteral("tickets"), QStringLiteral("https://mcp.tickets.example.com/v1/mcp"),
            QStringLiteral("work"), S::SignedIn, 9 * minute, {QStringLiteral("issues:write")}},
        {QStringLiteral("drive"), QStringLiteral("https://drive.example.org/mcp"), {},
            S::NeedsSignIn, 0, {},
            QStringLiteral("The authorization server took the grant back "
                           "(invalid_grant). Sign in again.")},
        {QStringLiteral("payments-sandbox-europe-west"),
            QStringLiteral("https://payments.example.net/mcp"), {}, S::Expired},
        {QStringLiteral("wiki"), QStringLiteral("https://wiki.example.com/mcp"), {}, S::SignedOut},
        {QStringLiteral("design"), QStringLiteral("https://design.example.com/mcp"), {}, S::Error,
            0, {}, QStringLiteral("What is stored for this account can't be read.")},
    });
}

namespace {

void nothingYet(Stage &stage)
{
    stage.window();
}

void grant(Stage &stage, const char *server, const QString &exe, bool deny, qint64 forMs)
{
    store::Grant given;
    given.id = QString::fromLatin1(stage.random.text(16));
    given.serverId = stage.broker->credentials().find(QString::fromLatin1(server))->server.id;
    given.exe = exe;
    given.deny = deny;
    if (!deny && forMs == 0)
        given.idleMs = 30LL * 24 * 60 * minute - 1;
    if (forMs > 0) {
        given.lifetime = store::GrantLifetime::Until;
        given.expiresAt = stage.clock.utcMs() + forMs;
        given.lastUsed = stage.clock.utcMs() - 5 * minute;
        given.scopes = {QStringLiteral("repo"), QStringLiteral("read:org")};
    }
    if (!await(stage.broker->grants().add(given)))
        qFatal("The grant can't be written.");
}

void aHousehold(Stage &stage)
{
    household(stage);
    const auto lab = stage.addLab();
    if (!stage.signIn(lab.account.id))
        qFatal("The sign-in failed.");
    stage.lend(QStringLiteral("sentiment"), QStringLiteral("/usr/bin/codex"), 12);
    stage.lend(QStringLiteral("sentiment"), QStringLiteral("/usr/lib/zed/zed-editor"), 3);
    stage.lend(QStringLiteral("github"), QStringLiteral("/usr/bin/codex"), 1);
    grant(stage, "sentiment", QStringLiteral("/usr/bin/codex"), false, 8 * 60 * minute - 1);
    grant(stage, "sentiment", QStringLiteral("/home/ada/bin/nightly-report.py"), true, 0);
    stage.window().openPage(QStringLiteral("servers"), lab.account.id);
    until([&stage] { return child<QPushButton>(stage.window(), "refresh")->isVisible(); });
}

void stepUp(Stage &stage)
{
    aHousehold(stage);
    const auto lab = stage.broker->credentials().find(QStringLiteral("sentiment"));
    if (!lab)
        qFatal("The lab's server is not there.");
    stage.broker->credentials().noteMissing(
        lab->account.id, {QStringLiteral("sentiment:write"), QStringLiteral("sentiment:batch")});
}

void tab(Stage &stage, int index)
{
    aHousehold(stage);
    child<QTabWidget>(stage.window(), "detailTabs")->setCurrentIndex(index);
}

void history(Stage &stage)
{
    tab(stage, 1);
}

void connection(Stage &stage)
{
    tab(stage, 2);
}

void settings(Stage &stage)
{
    tab(stage, 3);
}

void needsSignIn(Stage &stage)
{
    household(stage);
    const auto drive = stage.broker->credentials().find(QStringLiteral("drive"));
    stage.window().openPage(QStringLiteral("servers"), drive->account.id);
}

void nothingFound(Stage &stage)
{
    household(stage);
    child<QLineEdit>(stage.window(), "searchServers")->setText(QStringLiteral("nowhere"));
}

void askBeforeRemoving(Stage &stage)
{
    aHousehold(stage);
    QTest::mouseClick(child<QToolButton>(stage.window(), "removeServer"), Qt::LeftButton);
}

void adding(Stage &stage)
{
    QTest::keyClick(&stage.window(), Qt::Key_N, Qt::ControlModifier);
}

void checkUrl(Stage &stage, const QString &url)
{
    adding(stage);
    auto *field = child<QLineEdit>(stage.window(), "serverUrl");
    field->setText(url);
    QTest::keyClick(field, Qt::Key_Return);
}

void discovered(Stage &stage)
{
    checkUrl(stage, stage.lab->mcpUrl());
    until([&stage] { return child<QPushButton>(stage.window(), "addOnly")->isVisible(); });
}

void noRegistration(Stage &stage)
{
    stage.lab->setFault(testlab::Fault::NoRegistration);
    discovered(stage);
}

void cannotWork(Stage &stage)
{
    stage.lab->setFault(testlab::Fault::NoS256);
    discovered(stage);
}

void wrongUrl(Stage &stage)
{
    checkUrl(stage, QStringLiteral("http://mcp.example.com/mcp"));
    until([&stage] { return child<QLabel>(stage.window(), "wrongUrl")->isVisible(); });
}

void signingIn(Stage &stage)
{
    household(stage);
    stage.browserLoads = false;
    const auto lab = stage.addLab();
    stage.window().openPage(QStringLiteral("servers"), QStringLiteral("sign-in:") + lab.account.id);
    until([&stage] { return child<QPushButton>(stage.window(), "openBrowser")->isVisible(); });
}

void signInWaits(Stage &stage)
{
    signingIn(stage);
    QTest::mouseClick(child<QPushButton>(stage.window(), "openBrowser"), Qt::LeftButton);
}

void signInFailed(Stage &stage)
{
    stage.lab->setFault(testlab::Fault::AuthorizationDenied);
    signingIn(stage);
    stage.browserLoads = true;
    auto *open = child<QPushButton>(stage.window(), "openBrowser");
    QTest::mouseClick(open, Qt::LeftButton);
    until([open] { return !open->isVisible(); });
}

void locked(Stage &stage)
{
    aHousehold(stage);
    if (!await(stage.broker->lock({})))
        qFatal("The broker does not lock.");
}

void lockedFile(Stage &stage)
{
    if (!await(stage.broker->unlock(Secret::fromString(QStringLiteral("ada")), {}, {})))
        qFatal("The vault does not open.");
    if (!await(stage.broker->lock({})))
        qFatal("The broker does not lock.");
    auto *passphrase = child<QLineEdit>(stage.window(), "passphrase");
    QTest::keyClicks(passphrase, QStringLiteral("babbage"));
    QTest::keyClick(passphrase, Qt::Key_Return);
    auto *problem = child<QLabel>(stage.window(), "problem");
    until([problem] { return problem->isVisible(); });
}

/// Some days of a busy household, at times of their own.
void busyDays(Stage &stage)
{
    household(stage);
    const QStringList servers{QStringLiteral("github"), QStringLiteral("tickets"),
        QStringLiteral("payments-sandbox-europe-west")};
    const QStringList programs{QStringLiteral("/usr/bin/codex"),
        QStringLiteral("/usr/lib/zed/zed-editor"), QStringLiteral("/usr/bin/node")};
    const QStringList events{QStringLiteral("loan.token"), QStringLiteral("loan.token"),
        QStringLiteral("token.refreshed"), QStringLiteral("loan.call"),
        QStringLiteral("grant.added"), QStringLiteral("account.signed_in")};
    const UtcMs now = stage.clock.utcMs();
    stage.writeHistory(420, [&](int i) {
        audit::Event event;
        event.event = events.at(i % events.size());
        event.server = servers.at(i % 7 % servers.size());
        event.account = QStringLiteral("default");
        event.client.exe = programs.at(i % 5 % programs.size());
        event.client.pid = 4000 + i;
        event.client.app = QStringLiteral("app-Terminal.scope");
        event.client.chain = {
            QStringLiteral("/usr/bin/bash"), QStringLiteral("/usr/libexec/gnome-terminal-server")};
        event.scope = QStringLiteral("repo read:org");
        event.grant = QStringLiteral("g7Qm2xW1");
        event.tokenFingerprint = QStringLiteral("8f0a2c9be41d");
        if (i % 13 == 0) {
            event.outcome = audit::Outcome::Denied;
            event.detail = QStringLiteral("No grant lets this program borrow from this account.");
        } else if (i % 29 == 0) {
            event.outcome = audit::Outcome::Failed;
            event.detail = QStringLiteral("The server could not be reached within 30 s.");
        }
        // Busy by day, quiet by night.
        const qint64 day = i / 70;
        const qint64 into = 8 * 60 * minute + qint64(i % 70) * (i % 70) * minute / 8;
        return std::pair(now - 6 * 24 * 60 * minute + day * 24 * 60 * minute + into, event);
    });
}

void activity(Stage &stage)
{
    busyDays(stage);
    stage.window().openPage(QStringLiteral("activity"));
    auto *table = child<QTableView>(stage.window(), "activityTable");
    until([table] { return table->model()->rowCount() > 400; });
    auto *timeline = stage.window().findChild<ui::TimelineView *>();
    until([timeline] { return !timeline->timeline().counts.isEmpty(); });
}

void activityRecord(Stage &stage)
{
    activity(stage);
    auto *table = child<QTableView>(stage.window(), "activityTable");
    table->setFocus();
    table->setCurrentIndex(table->model()->index(4, 0));
    stage.window().findChild<ui::TimelineView *>()->choose(30, 70);
    until([table] { return table->model()->rowCount() < 400; });
    table->setCurrentIndex(table->model()->index(4, 0));
}

void activityNothing(Stage &stage)
{
    activity(stage);
    child<QLineEdit>(stage.window(), "searchActivity")->setText(QStringLiteral("nowhere"));
    auto *clear = child<QPushButton>(stage.window(), "clearFilters");
    until([clear] { return clear->isVisible(); });
}

void activityVerified(Stage &stage)
{
    activity(stage);
    QTest::mouseClick(child<QPushButton>(stage.window(), "verifyHistory"), Qt::LeftButton);
    auto *job = stage.window().findChild<ui::JobStrip *>();
    until([job] { return !job->result().isEmpty(); });
}

broker::Question question(const QString &exe, const QString &script, bool ofAgent = false)
{
    auto caller = std::make_shared<broker::CallerIdentity>();
    caller->exe = exe;
    caller->script = script;
    caller->pid = 4711;
    caller->strong = !exe.isEmpty();
    caller->cwd = QStringLiteral("/home/ada/src/weather-station");
    const char *const starter = ofAgent ? "/usr/bin/codex" : "/usr/bin/node";
    for (const char *ancestor : {starter, "/usr/bin/zsh", "/usr/bin/tmux",
             "/usr/libexec/gnome-terminal-server", "/usr/lib/systemd/systemd"})
        caller->chain.append({1, 1, QString::fromLatin1(ancestor), {}});
    broker::Question asked;
    asked.server = QStringLiteral("github");
    asked.account = QStringLiteral("work");
    asked.scopes = {QStringLiteral("repo"), QStringLiteral("read:org"), QStringLiteral("workflow"),
        QStringLiteral("user:email"), QStringLiteral("gist")};
    asked.purpose = QStringLiteral("List the open issues of the weather station");
    asked.caller = caller;
    return asked;
}

void ask(Stage &stage, const broker::Question &asked)
{
    stage.approval();
    detach(stage.approvals.ask(asked, stage.curtain.get_token()));
}

void awake(Stage &stage)
{
    until([&stage] { return stage.approval().isAwake(); });
}

void questions(Stage &stage)
{
    broker::Question asked = question(QStringLiteral("/usr/bin/node"),
        QStringLiteral("/home/ada/.local/share/agent/dist/index.js"));
    ask(stage, asked);
    for (const char *server : {"wiki", "drive"}) {
        asked.server = QString::fromLatin1(server);
        ask(stage, asked);
    }
    awake(stage);
}

void questionOfNobody(Stage &stage)
{
    ask(stage, question({}, {}));
    awake(stage);
}

void bareInterpreter(Stage &stage)
{
    ask(stage, question(QStringLiteral("/usr/bin/python3.11"), {}));
    awake(stage);
    QTest::mouseClick(child<QPushButton>(stage.approval(), "allowAlways"), Qt::LeftButton);
}

void changedProgram(Stage &stage)
{
    broker::Question asked = question(QStringLiteral("/opt/tools/helper"), {}, true);
    asked.changed = true;
    ask(stage, asked);
    awake(stage);
}

void noClients(Stage &stage)
{
    stage.window().openPage(QStringLiteral("clients"));
}

void clients(Stage &stage)
{
    household(stage);
    const QString codex = QStringLiteral("/usr/bin/codex");
    stage.lend(QStringLiteral("github"), QStringLiteral("/usr/lib/zed/zed-editor"), 3);
    stage.lend(QStringLiteral("tickets"), QStringLiteral("/home/ada/bin/nightly-report.py"), 1);
    stage.lend(QStringLiteral("github"), codex, 12);
    grant(stage, "github", codex, false, 8 * 60 * minute - 1);
    grant(stage, "wiki", codex, false, 0);
    grant(stage, "payments-sandbox-europe-west", codex, true, 0);
    grant(stage, "tickets/work", QStringLiteral("/home/ada/bin/nightly-report.py"), true, 0);
    stage.window().openPage(QStringLiteral("clients"), codex);
    until([&stage] { return child<QWidget>(stage.window(), "clientGrants")->isVisible(); });
}

void revoking(Stage &stage)
{
    clients(stage);
    QTest::mouseClick(child<QPushButton>(stage.window(), "revokeAllGrants"), Qt::LeftButton);
}

void noClientFound(Stage &stage)
{
    clients(stage);
    child<QLineEdit>(stage.window(), "searchClients")->setText(QStringLiteral("nobody"));
}

} // namespace

const QList<Scene> &scenes()
{
    static const QList<Scene> all{
        {"servers-none", nothingYet},
        {"servers-overview", aHousehold},
        {"servers-history", history},
        {"servers-connection", connection},
        {"servers-settings", settings},
        {"servers-needs-sign-in", needsSignIn},
        {"servers-nothing-found", nothingFound},
        {"servers-step-up", stepUp},
        {"servers-remove", askBeforeRemoving},
        {"add-empty", adding},
        {"add-discovered", discovered},
        {"add-no-registration", noRegistration},
        {"add-cannot-work", cannotWork},
        {"add-wrong-url", wrongUrl},
        {"sign-in", signingIn},
        {"sign-in-waits", signInWaits},
        {"sign-in-failed", signInFailed},
        {"locked", locked},
        {"locked-passphrase", lockedFile, Vault::Kind::EncryptedFile},
        {"choose-passphrase", nothingYet, Vault::Kind::EncryptedFile},
        {"activity", activity},
        {"activity-record", activityRecord},
        {"activity-nothing-found", activityNothing},
        {"activity-verified", activityVerified},
        {"approval", questions},
        {"approval-nobody", questionOfNobody},
        {"approval-interpreter", bareInterpreter},
        {"approval-changed", changedProgram},
        {"clients-none", noClients},
        {"clients", clients},
        {"clients-revoke", revoking},
        {"clients-nothing-found", noClientFound},
    };
    static const QList<Scene> whole =
        all + registryScenes() + labScenes() + lifeScenes();
    return whole;
}

} // namespace chatelaine::test
