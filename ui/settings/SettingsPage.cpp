// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/SettingsPage.h"

#include "ui/common/Labels.h"
#include "ui/common/Scrolling.h"
#include "ui/settings/HistorySettings.h"
#include "ui/settings/LockSettings.h"
#include "ui/settings/LookSettings.h"
#include "ui/settings/NetworkSettings.h"
#include "ui/settings/PolicySettings.h"
#include "ui/settings/VaultSettings.h"
#include "ui/settings/WindowBehaviour.h"

#include <QHBoxLayout>
#include <QScrollArea>

namespace chatelaine::ui {

namespace {

constexpr int widest = 860;

} // namespace

SettingsPage::SettingsPage(Services &services, QWidget *parent)
    : Page(parent)
    , m_title(makeLabel(Type::Headline, this))
{
    auto *column = new QWidget(this);
    column->setMaximumWidth(widest);
    auto *cards = new QVBoxLayout(column);
    cards->setContentsMargins(0, 0, 0, 0);
    cards->setSpacing(space::m);
    for (QWidget *card : std::initializer_list<QWidget *>{m_title, new LookSettings(services, this),
             new WindowBehaviour(services, this), new VaultSettings(services, this),
             new LockSettings(services, this), new PolicySettings(services, this),
             new NetworkSettings(services, this), new HistorySettings(services, this)})
        cards->addWidget(card);
    cards->addStretch();

    auto *inner = new QWidget(this);
    auto *line = new QHBoxLayout(inner);
    line->setContentsMargins(space::l, space::l, space::l, space::l);
    line->addStretch();
    line->addWidget(column, 100);
    line->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scrolled(inner, this));
    retranslate();
}

void SettingsPage::retranslate()
{
    m_title->setText(tr("Settings"));
}

} // namespace chatelaine::ui
