// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/LockSettings.h"

#include "ui/common/Icons.h"
#include "ui/common/LockSwitch.h"
#include "ui/common/Surfaces.h"
#include "ui/settings/BrokerRow.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace chatelaine::ui {

LockSettings::LockSettings(Services &services, QWidget *parent)
    : Pane(parent)
    , m_switch(new LockSwitch(services, this))
    , m_card(new Card(this))
    , m_lock(new QPushButton(this))
    , m_failure(new Banner(this))
    , m_idle(new NumberRow(services, "lock_after_idle", {0, 5, 15, 30, 60, 240, 480}, this))
    , m_screen(new FlagRow(services, "lock_on_screen_lock", this))
    , m_sleep(new FlagRow(services, "lock_before_sleep", this))
{
    m_lock->setObjectName(QStringLiteral("lockNow"));
    m_failure->setObjectName(QStringLiteral("lockFailure"));
    auto *field = new QWidget(this);
    auto *line = new QHBoxLayout(field);
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(m_lock);
    line->addStretch();
    m_lockRow = new SettingRow(m_lock, this, field);
    for (QWidget *row :
        std::initializer_list<QWidget *>{m_lockRow, m_failure, m_idle, m_screen, m_sleep})
        m_card->body()->addWidget(row);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_card);

    connect(m_lock, &QPushButton::clicked, m_switch, &LockSwitch::toggle);
    connect(m_switch, &LockSwitch::changed, this, [this] {
        m_failure->hide();
        m_lock->setEnabled(!m_switch->isBusy());
    });
    connect(m_switch, &LockSwitch::failed, this,
        [this](const QString &sentence, const QString &detail) {
            m_failure->show(Tone::Error, sentence, detail);
        });
    retranslate();
}

void LockSettings::retranslate()
{
    m_card->setTitle(tr("Locking"));
    m_lock->setText(tr("&Lock now"));
    m_lock->setIcon(icon(QStringLiteral("lock")));
    m_lockRow->setTexts(tr("Now"),
        tr("Locking forgets every token in memory; until you unlock, nothing is lent or shown."));
    m_idle->setWords(tr("When idle"),
        tr("Idle is when no program borrows and you do nothing here."), [](qint64 minutes) {
            if (minutes == 0)
                return tr("Never");
            if (minutes % 60 == 0)
                return tr("After %n hour(s)", nullptr, int(minutes / 60));
            return tr("After %n minute(s)", nullptr, int(minutes));
        });
    m_screen->setWords(tr("Screen"), tr("Lock when the screen is locked"), {});
    m_sleep->setWords(tr("Sleep"), tr("Lock before the computer sleeps"), {});
}

} // namespace chatelaine::ui
