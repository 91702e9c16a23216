// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/Scenes.h"
#include "ui/activity/JobStrip.h"
#include "ui/activity/TimelineView.h"

#include <QLineEdit>
#include <QPushButton>
#include <QTableView>

namespace chatelaine::test {

namespace {

constexpr qint64 minute = 60'000;

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
            event.detail = QStringLiteral("no grant, and no window to ask in");
        } else if (i % 29 == 0) {
            event.outcome = audit::Outcome::Failed;
            event.detail = QStringLiteral("https://api.example.com did not answer within 30 "
                                          "seconds. Try again later.");
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
    asked.answerBy = stage.clock.bootMs() + 161'000;
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

QList<Scene> borrowScenes()
{
    return {
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
}

} // namespace chatelaine::test
