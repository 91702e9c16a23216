// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/servers/ConnectionPane.h"

#include "ui/common/ExchangeJournal.h"
#include "ui/common/Surfaces.h"
#include "ui/common/Table.h"
#include "ui/common/Words.h"

#include <QDateTime>
#include <QLocale>
#include <QVBoxLayout>

namespace chatelaine::ui {

namespace {

constexpr qsizetype shown = 40;
constexpr int leastAnswer = 90;

QString outcomeOf(const net::ExchangeRecord &record)
{
    if (record.status != 0)
        return QString::number(record.status);
    return record.error ? errorCodeName(*record.error) : QString();
}

} // namespace

ConnectionPane::ConnectionPane(Services &services, QWidget *parent)
    : Pane(parent)
    , m_services(services)
    , m_card(new Card(this))
    , m_facts(new KeyValueGrid(m_card))
    , m_exchangesTitle(makeLabel(Type::Strong, this))
    , m_empty(makeLabel(Type::Body, this, true))
    , m_table(new ShortTable(5, this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, space::l, 0, space::l);
    layout->setSpacing(space::m);
    m_card->body()->addWidget(m_facts);
    layout->addWidget(m_card);
    layout->addWidget(m_exchangesTitle);
    layout->addWidget(m_empty);
    layout->addWidget(m_table, 1);
    m_table->setRule(2, leastAnswer);
    layout->addStretch();
    connect(&services.exchanges, &ExchangeJournal::added, this, [this] {
        if (isVisible())
            fill();
    });
    retranslate();
}

void ConnectionPane::show(const credentials::AccountView &view)
{
    m_view = view;
    retranslate();
}

void ConnectionPane::showEvent(QShowEvent *event)
{
    fill();
    Pane::showEvent(event);
}

void ConnectionPane::fill()
{
    QList<net::ExchangeRecord> records;
    if (m_view) {
        records = m_services.exchanges.with(
            {m_view->server.url.authority(), QUrl(m_view->account.issuer).authority()}, shown);
    }
    m_table->begin();
    for (const net::ExchangeRecord &record : std::as_const(records)) {
        m_table->row({QLocale().toString(
                          QDateTime::fromMSecsSinceEpoch(record.time).time(),
                          QStringLiteral("HH:mm:ss")),
            QString::fromLatin1(record.method), outcomeOf(record), milliseconds(record.ms),
            record.url});
    }
    m_table->end();
    m_table->setVisible(!records.isEmpty());
    m_empty->setVisible(records.isEmpty());
}

void ConnectionPane::retranslate()
{
    m_card->setTitle(tr("Connection"));
    m_exchangesTitle->setText(tr("Last HTTP exchanges"));
    m_empty->setText(tr("None since Chatelaine was started. Headers, bodies and query strings are "
                        "never kept."));
    m_table->setAccessibleName(m_exchangesTitle->text());
    m_table->setHeaders({tr("Time"), tr("Method"), tr("Answer"), tr("Took"), tr("Address")});
    if (!m_view)
        return;
    const store::Server &server = m_view->server;
    const store::ServerSettings &settings = server.settings;
    m_facts->begin();
    m_facts->row(tr("Address"), server.url.toString(QUrl::FullyEncoded));
    const QString version =
        settings.protocolVersion.isEmpty() ? server.protocolVersion : settings.protocolVersion;
    m_facts->row(tr("MCP revision"), version.isEmpty() ? tr("found out at the next call") : version);
    m_facts->row(tr("Callback"),
        settings.redirectPort == 0
            ? tr("%1, any free port").arg(settings.redirectHost)
            : tr("%1, port %2").arg(settings.redirectHost).arg(settings.redirectPort));
    QString resource;
    switch (settings.resourceMode) {
    case store::ResourceMode::Auto:
        resource = tr("as the server says");
        break;
    case store::ResourceMode::Custom:
        resource = settings.resourceValue;
        break;
    case store::ResourceMode::Omit:
        resource = tr("left out");
        break;
    }
    m_facts->row(tr("Resource parameter"), resource);
    m_facts->row(tr("Certificates"),
        settings.caFile.isEmpty() ? tr("the system's") : tr("the system's and %1").arg(settings.caFile));
    m_facts->end();
    fill();
}

} // namespace chatelaine::ui
