// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/servers/HistoryPane.h"

#include "core/broker/Broker.h"
#include "ui/common/Icons.h"
#include "ui/common/Labels.h"
#include "ui/common/Table.h"
#include "ui/common/Words.h"
#include "ui/servers/Borrowers.h"

#include <QPointer>
#include <QPushButton>
#include <QVBoxLayout>

namespace chatelaine::ui {

namespace {

constexpr int leastEvent = 120;
constexpr int leastClient = 70;

} // namespace

HistoryPane::HistoryPane(Services &services, QWidget *parent)
    : Pane(parent)
    , m_services(services)
    , m_table(new ShortTable(5, this))
    , m_empty(makeLabel(Type::Body, this, true))
    , m_all(new QPushButton(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, space::l, 0, space::l);
    layout->setSpacing(space::m);
    layout->addWidget(m_empty);
    layout->addWidget(m_table, 1);
    m_table->setRule(1, leastEvent);
    m_table->setRule(3, leastClient, 2);
    layout->addWidget(m_all, 0, Qt::AlignLeft);
    m_all->setIcon(icon(QStringLiteral("activity")));
    connect(m_all, &QPushButton::clicked, this,
        [this] { Q_EMIT wholeHistoryWanted(m_view ? m_view->server.name : QString()); });
    connect(&services.broker.audit(), &audit::AuditLog::appended, this,
        [this](const audit::Record &record) {
            if (!m_view || record.event.server != m_view->server.name)
                return;
            m_records.prepend(record);
            if (m_records.size() > shown)
                m_records.removeLast();
            if (!m_soon.isActive())
                m_soon.start();
        });
    m_soon.setSingleShot(true);
    m_soon.setInterval(soonMs);
    connect(&m_soon, &QTimer::timeout, this, &HistoryPane::fill);
    retranslate();
}

void HistoryPane::show(const credentials::AccountView &view)
{
    const bool another = !m_view || m_view->server.name != view.server.name;
    m_view = view;
    if (another)
        read();
}

void HistoryPane::setWholeReachable(bool reachable)
{
    m_all->setVisible(reachable);
}

void HistoryPane::read()
{
    m_records.clear();
    const auto work = [](QPointer<HistoryPane> self, std::shared_ptr<store::Database> database,
                          QString server) -> Task<void> {
        audit::Filter filter;
        filter.server = server;
        filter.limit = shown;
        const Result<audit::Page> page = co_await audit::query(database, filter);
        if (!self || !page || self->m_view->server.name != server)
            co_return;
        self->m_records = page->records;
        self->fill();
    };
    detach(work(this, m_services.broker.database(), m_view->server.name));
}

void HistoryPane::fill()
{
    m_table->begin();
    for (const audit::Record &record : std::as_const(m_records)) {
        const audit::Event &event = record.event;
        const QString remark = remarkText(event.detail);
        m_table->row({shortTime(record.time), eventText(event.event),
                         outcomeText(event.outcome).word, clientName(event.client), remark},
            remark);
    }
    m_table->end();
    m_table->setVisible(!m_records.isEmpty());
    m_empty->setVisible(m_records.isEmpty());
}

void HistoryPane::retranslate()
{
    m_table->setAccessibleName(tr("Latest history of this server"));
    m_table->setHeaders({tr("Time"), tr("Event"), tr("Outcome"), tr("Client"), tr("Detail")});
    m_empty->setText(tr("Nothing has happened with this server yet."));
    m_all->setText(tr("Show the &whole history"));
    fill();
}

} // namespace chatelaine::ui
