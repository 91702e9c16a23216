// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/Scenes.h"

#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QTest>

namespace chatelaine::test {

namespace {

/// A registry with servers that say everything there is to say about one.
void registry(Stage &stage, const QString &search)
{
    stage.registry = std::make_unique<RegistryStandIn>(stage.clock, 60);
    const auto server = [&stage](const char *name, const char *title, const char *what,
                            const QJsonArray &remotes) {
        stage.registry->add({{QStringLiteral("name"), QString::fromLatin1(name)},
            {QStringLiteral("title"), QString::fromLatin1(title)},
            {QStringLiteral("description"), QString::fromLatin1(what)},
            {QStringLiteral("remotes"), remotes}});
    };
    const auto remote = [](const char *url, const QJsonArray &headers = {}) {
        return QJsonObject{{QStringLiteral("type"), QStringLiteral("streamable-http")},
            {QStringLiteral("url"), QString::fromLatin1(url)},
            {QStringLiteral("headers"), headers}};
    };
    const QJsonObject key{{QStringLiteral("name"), QStringLiteral("X-Api-Key")},
        {QStringLiteral("isRequired"), true}, {QStringLiteral("isSecret"), true}};
    server("com.example/service-desk-regions", "Service desk",
        "Tickets, queues and on-call plans of a service desk.",
        {remote("https://eu.desk.example.com/mcp"), remote("https://us.desk.example.com/mcp")});
    server("com.example/service-weather", "",
        "Forecasts and warnings for every place that has a "
        "name, hour by hour, with the radar pictures of the last two days to go with them",
        {remote("https://weather.example.com/mcp", {key})});
    server("com.example/service-wiki", "Team wiki",
        "Pages, comments and the search of a team's wiki.",
        {remote("https://{workspace}.wiki.example.com/mcp")});
    if (!stage.broker->settings().set(
            QStringLiteral("registry_url"), stage.registry->url().toString()))
        qFatal("There is no such setting.");
    QTest::keyClick(&stage.window(), Qt::Key_N, Qt::ControlModifier);
    child<QLineEdit>(stage.window(), "searchRegistry")->setText(search);
}

void registryResults(Stage &stage)
{
    registry(stage, QStringLiteral("service"));
    auto *more = child<QPushButton>(stage.window(), "moreOfRegistry");
    until([more] { return more->isVisible() && more->isEnabled(); });
}

void registryFillIn(Stage &stage)
{
    registry(stage, QStringLiteral("wiki"));
    auto *list = child<QListView>(stage.window(), "registryList");
    until([list] { return list->isVisible(); });
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, QPoint(20, 20));
}

void registrySearching(Stage &stage)
{
    registry(stage, QStringLiteral("service"));
    stage.registry->held = true;
}

void registryNothing(Stage &stage)
{
    registry(stage, QStringLiteral("nowhere"));
    auto *summary = child<QLabel>(stage.window(), "registrySummary");
    until([&stage, summary] {
        return stage.registry->asked.size() == 1 && summary->isVisible()
            && !child<QPushButton>(stage.window(), "moreOfRegistry")->isVisible();
    });
}

void registryDown(Stage &stage)
{
    registry(stage, QStringLiteral("service"));
    stage.registry->instead = [](const RegistryStandIn::Asked &) {
        return std::optional(testlab::Answer::json({}, 503));
    };
    auto *retry = child<QPushButton>(stage.window(), "retryRegistry");
    until([retry] { return retry->isVisible(); });
}

} // namespace

QList<Scene> registryScenes()
{
    return {
        {"add-registry", registryResults},
        {"add-registry-fill-in", registryFillIn},
        {"add-registry-searching", registrySearching},
        {"add-registry-nothing", registryNothing},
        {"add-registry-down", registryDown},
    };
}

} // namespace chatelaine::test
