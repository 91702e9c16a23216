// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/Pages.h"

#include "core/broker/Broker.h"
#include "ui/activity/ActivityPage.h"
#include "ui/clients/ClientsPage.h"
#include "ui/servers/ServersPage.h"
#include "ui/settings/SettingsPage.h"
#include "ui/testlab/TestLabPage.h"
#include "ui/tray/Attention.h"

#include <algorithm>

namespace chatelaine::ui {

namespace {

template <typename P>
PageEntry entry(const char *id, const char *iconName, const char *title)
{
    return {QString::fromLatin1(id), QString::fromLatin1(iconName), title,
        [](Services &services, QWidget *parent) -> Page * { return new P(services, parent); }};
}

Waiting waitingServers(Services &services)
{
    const QList<credentials::AccountView> accounts = services.broker.credentials().accounts();
    const auto count = std::count_if(accounts.cbegin(), accounts.cend(),
        [](const auto &view) { return Attention::isNeed(view.account.state); });
    return {int(count), Attention::needSentence(int(count))};
}

} // namespace

QList<PageEntry> allPages()
{
    PageEntry servers =
        entry<ServersPage>("servers", "server", QT_TRANSLATE_NOOP("Pages", "Servers"));
    servers.waiting = waitingServers;
    return {
        servers,
        entry<ClientsPage>("clients", "clients", QT_TRANSLATE_NOOP("Pages", "Clients")),
        entry<ActivityPage>("activity", "activity", QT_TRANSLATE_NOOP("Pages", "History")),
        entry<TestLabPage>("testlab", "lab", QT_TRANSLATE_NOOP("Pages", "Test lab")),
        entry<SettingsPage>("settings", "settings", QT_TRANSLATE_NOOP("Pages", "Settings")),
    };
}

} // namespace chatelaine::ui
