// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/Pages.h"

#include "ui/activity/ActivityPage.h"
#include "ui/clients/ClientsPage.h"
#include "ui/servers/ServersPage.h"
#include "ui/settings/SettingsPage.h"
#include "ui/testlab/TestLabPage.h"

namespace chatelaine::ui {

namespace {

template <typename P>
PageEntry entry(const char *id, const char *iconName, const char *title)
{
    return {QString::fromLatin1(id), QString::fromLatin1(iconName), title,
        [](Services &services, QWidget *parent) -> Page * { return new P(services, parent); }};
}

} // namespace

QList<PageEntry> allPages()
{
    return {
        entry<ServersPage>("servers", "server", QT_TRANSLATE_NOOP("Pages", "Servers")),
        entry<ClientsPage>("clients", "clients", QT_TRANSLATE_NOOP("Pages", "Clients")),
        entry<ActivityPage>("activity", "activity", QT_TRANSLATE_NOOP("Pages", "History")),
        entry<TestLabPage>("testlab", "lab", QT_TRANSLATE_NOOP("Pages", "Test lab")),
        entry<SettingsPage>("settings", "settings", QT_TRANSLATE_NOOP("Pages", "Settings")),
    };
}

} // namespace chatelaine::ui
