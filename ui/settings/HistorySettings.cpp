// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/HistorySettings.h"

#include "ui/common/Surfaces.h"
#include "ui/settings/BrokerRow.h"

#include <QLocale>
#include <QVBoxLayout>

namespace chatelaine::ui {

HistorySettings::HistorySettings(Services &services, QWidget *parent)
    : Pane(parent)
    , m_card(new Card(this))
    , m_days(new NumberRow(services, "history_keep_days", {0, 30, 90, 180, 365, 730}, this))
    , m_megabytes(
          new NumberRow(services, "history_keep_megabytes", {0, 50, 100, 250, 500, 1000}, this))
{
    m_card->body()->addWidget(m_days);
    m_card->body()->addWidget(m_megabytes);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_card);
    retranslate();
}

void HistorySettings::retranslate()
{
    m_card->setTitle(tr("History"));
    m_days->setWords(tr("Kept for"),
        tr("What is older is removed for good. That something was removed, and up to when, stays "
           "written down."),
        [](qint64 days) {
            return days == 0 ? tr("For ever") : tr("%n day(s)", nullptr, int(days));
        });
    m_megabytes->setWords(
        tr("At most"), tr("When there is more, the oldest goes."), [](qint64 megabytes) {
            return megabytes == 0 ? tr("No limit") : tr("%1 MB").arg(QLocale().toString(megabytes));
        });
}

} // namespace chatelaine::ui
