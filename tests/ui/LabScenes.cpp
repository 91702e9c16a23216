// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/Scenes.h"
#include "ui/testlab/LabRun.h"
#include "ui/testlab/TestLabPage.h"

#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QTableView>
#include <QTabWidget>
#include <QTest>

namespace chatelaine::test {

namespace {

ui::LabRun &lab(Stage &stage)
{
    stage.window().openPage(QStringLiteral("testlab"));
    return stage.window().findChild<ui::TestLabPage *>()->run();
}

void labTab(Stage &stage, int index)
{
    child<QTabWidget>(stage.window(), "labTabs")->setCurrentIndex(index);
}

void labStopped(Stage &stage)
{
    lab(stage);
}

void labRunning(Stage &stage)
{
    lab(stage);
    QTest::mouseClick(child<QPushButton>(stage.window(), "startLab"), Qt::LeftButton);
}

/// A sign-in at the window's own lab, and a call with the token it brought.
void labSignIn(Stage &stage)
{
    ui::LabRun &run = lab(stage);
    testlab::LabOptions options = run.options();
    options.autoApprove = true;
    run.setOptions(options);
    run.start();
    credentials::NewServer server;
    server.url = run.lab()->mcpUrl();
    const auto added = await(stage.broker->credentials().add(server, {}));
    if (!added || !stage.signIn(added->account.id))
        qFatal("The sign-in failed.");
    const QString tool = QStringLiteral("analyze_sentiment");
    const QJsonObject arguments{{QStringLiteral("text"), QStringLiteral("Costs fell sharply.")}};
    const auto called = await(stage.broker->credentials().call(
        added->account.id, tool, arguments, QString(), nullptr, {}));
    if (!called)
        qFatal("%s", qPrintable(called.error().message));
    auto *requests = child<QListView>(stage.window(), "labRequests");
    until([requests] { return requests->model()->rowCount() >= 6; });
}

void labExchange(Stage &stage)
{
    labSignIn(stage);
    auto *requests = child<QListView>(stage.window(), "labRequests");
    requests->setFocus();
    for (int row = 0; row < requests->model()->rowCount(); ++row) {
        const QModelIndex index = requests->model()->index(row, 0);
        if (index.data().toString().contains(QStringLiteral("/token")))
            requests->setCurrentIndex(index);
    }
}

void labFaults(Stage &stage)
{
    ui::LabRun &run = lab(stage);
    run.start();
    run.setFault(QStringLiteral("no-s256"), true);
    run.setFault(QStringLiteral("metadata-html"), true);
    run.setFault(QStringLiteral("token-429"), true);
    labTab(stage, 1);
}

void labToken(Stage &stage)
{
    labSignIn(stage);
    labTab(stage, 2);
    auto *tokens = child<QTableView>(stage.window(), "labTokens");
    until([tokens] { return tokens->model()->rowCount() == 2; });
    tokens->setFocus();
    tokens->selectRow(0);
}

void labClients(Stage &stage)
{
    labSignIn(stage);
    labTab(stage, 3);
}

void labOptions(Stage &stage)
{
    ui::LabRun &run = lab(stage);
    run.start();
    labTab(stage, 4);
    child<QLineEdit>(stage.window(), "labIssuerPath")->setFocus();
    QTest::keyClicks(child<QLineEdit>(stage.window(), "labIssuerPath"), QStringLiteral("/tenant1"));
}

void labPortTaken(Stage &stage)
{
    ui::LabRun &run = lab(stage);
    testlab::LabOptions options = run.options();
    options.port = quint16(QUrl(stage.lab->issuer()).port());
    run.setOptions(options);
    run.start();
}

} // namespace

QList<Scene> labScenes()
{
    return {
        {"testlab-stopped", labStopped},
        {"testlab-running", labRunning},
        {"testlab-sign-in", labSignIn},
        {"testlab-exchange", labExchange},
        {"testlab-faults", labFaults},
        {"testlab-token", labToken},
        {"testlab-clients", labClients},
        {"testlab-options", labOptions},
        {"testlab-port-taken", labPortTaken},
    };
}

} // namespace chatelaine::test
