// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/activity/RecordPane.h"

#include "core/broker/Broker.h"
#include "ui/activity/ActivityWords.h"
#include "ui/common/Icons.h"
#include "ui/common/Scrolling.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QJsonDocument>
#include <QLocale>
#include <QRegularExpression>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

namespace chatelaine::ui {

namespace {

// So that 64 digits break where there is room for fewer.
QString inGroups(const QByteArray &hash)
{
    return QString::fromLatin1(hash.toHex())
        .replace(QRegularExpression(QStringLiteral("(.{16})(?=.)")), QStringLiteral("\\1 "));
}

} // namespace

RecordPane::RecordPane(Services &services, QWidget *parent)
    : Pane(parent)
    , m_services(services)
    , m_title(makeLabel(Type::Title, this))
    , m_outcome(new StatePill(this))
    , m_copy(new QToolButton(this))
    , m_close(new QToolButton(this))
    , m_eventCard(new Card)
    , m_clientCard(new Card)
    , m_chainCard(new Card)
    , m_detail(makeLabel(Type::Body, m_eventCard))
    , m_facts(new KeyValueGrid(m_eventCard))
    , m_client(new KeyValueGrid(m_clientCard))
    , m_chain(new KeyValueGrid(m_chainCard))
{
    m_detail->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_eventCard->body()->addWidget(m_detail);
    m_eventCard->body()->addWidget(m_facts);
    m_clientCard->body()->addWidget(m_client);
    m_chainCard->body()->addWidget(m_chain);
    auto *inner = new QWidget;
    auto *cards = new QVBoxLayout(inner);
    cards->setContentsMargins(0, 0, 0, 0);
    cards->setSpacing(space::m);
    for (Card *card : {m_eventCard, m_clientCard, m_chainCard})
        cards->addWidget(card);
    cards->addStretch();
    QScrollArea *area = scrolled(inner, this);
    area->setFocusPolicy(Qt::StrongFocus); // long texts are read with the arrow keys

    auto *head = new QHBoxLayout;
    head->setSpacing(space::xs);
    head->addWidget(m_title, 1);
    for (QToolButton *button : {m_copy, m_close}) {
        button->setFocusPolicy(Qt::StrongFocus);
        head->addWidget(button, 0, Qt::AlignTop);
    }
    m_copy->setObjectName(QStringLiteral("copyRecord"));
    m_copy->setIcon(icon(QStringLiteral("copy")));
    m_close->setIcon(icon(QStringLiteral("close")));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::s, 0, 0, 0);
    layout->setSpacing(space::s);
    layout->addLayout(head);
    layout->addWidget(m_outcome, 0, Qt::AlignLeft);
    layout->addWidget(area, 1);
    setMinimumWidth(270);
    connect(m_copy, &QToolButton::clicked, this, &RecordPane::copy);
    connect(m_close, &QToolButton::clicked, this, &RecordPane::closeWanted);
    retranslate();
}

void RecordPane::show(const audit::Record &record)
{
    const bool another = seq() != record.seq;
    m_record = record;
    if (another) {
        m_previous.reset();
        m_begin.reset();
        if (record.seq > 1)
            detach(readPrevious(this, m_services.broker.database(), record.seq));
    }
    fill();
}

Task<void> RecordPane::readPrevious(
    QPointer<RecordPane> self, std::shared_ptr<store::Database> database, qint64 seq)
{
    audit::Filter filter;
    filter.beforeSeq = seq;
    filter.limit = 1;
    const Result<audit::Page> page = co_await audit::query(database, filter);
    if (!self || !page || self->seq() != seq)
        co_return;
    if (!page->records.isEmpty()) {
        self->m_previous = page->records.constFirst();
    } else {
        const Result<audit::Begin> begin = co_await database->read(audit::readBegin);
        if (!self || !begin || self->seq() != seq)
            co_return;
        self->m_begin = *begin;
    }
    self->fill();
}

void RecordPane::fill()
{
    if (!m_record)
        return;
    const audit::Event &event = m_record->event;
    const StateText outcome = outcomeText(event.outcome);
    m_title->setText(eventText(event.event));
    m_outcome->set(outcome.tone, outcome.icon, outcome.word);
    m_detail->setText(remarkText(event.detail));
    m_detail->setVisible(!event.detail.isEmpty());
    const auto known = [](KeyValueGrid *grid, const QString &key, const QString &value,
                           bool mono = false) {
        if (!value.isEmpty())
            grid->row(key, value, mono);
    };
    m_facts->begin();
    known(m_facts, tr("Time"), preciseTime(m_record->time));
    known(m_facts, tr("Event"), event.event, true);
    known(m_facts, tr("Server"), event.server);
    known(m_facts, tr("Account"), event.account);
    known(m_facts, tr("Scopes"), event.scope);
    known(m_facts, tr("Grant"), event.grant, true);
    known(m_facts, tr("Token"), event.tokenFingerprint, true);
    m_facts->end();

    const audit::ClientFacts &client = event.client;
    m_client->begin();
    known(m_client, tr("Program"), client.exe);
    known(m_client, tr("Started as"), client.argv0);
    known(m_client, tr("Process"), client.pid > 0 ? QString::number(client.pid) : QString());
    known(m_client, tr("Application"), client.app);
    known(m_client, tr("Started by"), client.chain.join(u'\n'));
    m_client->end();
    m_clientCard->setVisible(!client.toJson().isEmpty());

    m_chain->begin();
    m_chain->row(tr("Number"), QLocale().toString(m_record->seq));
    m_chain->row(tr("Hash"), inGroups(m_record->hash), true);
    if (m_record->seq == 1)
        m_chain->row(tr("Previous record"), tr("None: this is the first one."));
    else if (m_begin && m_begin->seq == m_record->seq - 1)
        m_chain->row(tr("Previous record"), tr("Older records were removed, as the settings say."));
    else if (m_begin || (m_previous && m_previous->seq != m_record->seq - 1))
        m_chain->row(tr("Previous record"), tr("It is missing."));
    else if (m_previous)
        m_chain->row(tr("Previous hash"), inGroups(m_previous->hash), true);
    m_chain->end();
}

void RecordPane::copy()
{
    if (m_record) {
        QGuiApplication::clipboard()->setText(
            QString::fromUtf8(QJsonDocument(m_record->toJson()).toJson()));
    }
}

void RecordPane::retranslate()
{
    m_copy->setToolTip(tr("Copy the record as JSON"));
    m_copy->setAccessibleName(m_copy->toolTip());
    m_close->setToolTip(tr("Close the record"));
    m_close->setAccessibleName(m_close->toolTip());
    m_eventCard->setTitle(tr("What happened"));
    m_clientCard->setTitle(tr("Who asked"));
    m_chainCard->setTitle(tr("Place in the history"));
    fill();
}

} // namespace chatelaine::ui
