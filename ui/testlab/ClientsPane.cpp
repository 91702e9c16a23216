// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/testlab/ClientsPane.h"

#include "ui/common/Metrics.h"
#include "ui/common/Table.h"
#include "ui/testlab/LabRun.h"
#include "ui/testlab/LabWords.h"

#include <QVBoxLayout>

namespace chatelaine::ui {

namespace {

constexpr int restMs = 100;
constexpr qsizetype shownAtMost = 200;
constexpr int leastWidth = 90;

} // namespace

ClientsPane::ClientsPane(LabRun &run, QWidget *parent)
    : Pane(parent)
    , m_run(run)
    , m_table(new ShortTable(4, this))
{
    m_table->setObjectName(QStringLiteral("labClients"));
    for (int column = 0; column < 3; ++column)
        m_table->setRule(column, leastWidth);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, space::s, 0, 0);
    layout->addWidget(m_table);
    m_due.setSingleShot(true);
    m_due.setInterval(restMs);
    connect(&m_due, &QTimer::timeout, this, &ClientsPane::fill);
    const auto later = [this] {
        if (isVisible() && !m_due.isActive())
            m_due.start();
    };
    connect(&run, &LabRun::exchanged, this, later);
    connect(&run, &LabRun::emptied, this, later);
    retranslate();
}

void ClientsPane::showEvent(QShowEvent *event)
{
    Pane::showEvent(event);
    fill();
}

void ClientsPane::fill()
{
    m_table->begin();
    if (m_run.lab()) {
        for (const testlab::KnownClient &client : m_run.lab()->clients().mid(0, shownAtMost)) {
            const QString where = client.redirectUris.isEmpty() ? tr("any on loopback")
                                                                : client.redirectUris.join(u' ');
            // The lab itself speaks English alone.
            const QString name = client.kind == QLatin1StringView("pre_registered")
                ? tr("Pre-registered client")
                : client.name;
            m_table->row(
                {name.isEmpty() ? client.id : name, clientKindText(client.kind), client.id, where});
        }
    }
    m_table->end();
}

void ClientsPane::retranslate()
{
    m_table->setHeaders({tr("Client"), tr("How it is known"), tr("Id"), tr("Redirect URIs")});
    m_table->setAccessibleName(tr("Clients the lab knows"));
    fill();
}

} // namespace chatelaine::ui
