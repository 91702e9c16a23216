// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/activity/ActivityFilters.h"

#include "core/broker/Broker.h"
#include "ui/activity/ActivityWords.h"
#include "ui/common/Icons.h"
#include "ui/common/Metrics.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QShowEvent>
#include <QSignalBlocker>

namespace chatelaine::ui {

namespace {

constexpr qint64 hour = 3600LL * 1000;
constexpr std::array<qint64, 5> spans {0, hour, 24 * hour, 7 * 24 * hour, 30 * 24 * hour};

} // namespace

ActivityFilters::ActivityFilters(Services &services, QWidget *parent)
    : Pane(parent)
    , m_services(services)
    , m_text(new QLineEdit(this))
    , m_time(new QComboBox(this))
    , m_server(new QComboBox(this))
    , m_event(new QComboBox(this))
    , m_outcome(new QComboBox(this))
    , m_client(new QLineEdit(this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::s);
    m_text->setObjectName(QStringLiteral("searchActivity"));
    m_client->setObjectName(QStringLiteral("activityClient"));
    m_time->setObjectName(QStringLiteral("activityTime"));
    m_server->setObjectName(QStringLiteral("activityServer"));
    m_event->setObjectName(QStringLiteral("activityEvent"));
    m_outcome->setObjectName(QStringLiteral("activityOutcome"));
    for (QLineEdit *line : {m_text, m_client}) {
        line->setClearButtonEnabled(true);
        connect(line, &QLineEdit::textChanged, &m_rest, qOverload<>(&QTimer::start));
        connect(line, &QLineEdit::returnPressed, this, &ActivityFilters::now);
    }
    m_text->setMinimumWidth(100);
    m_client->setMinimumWidth(110);
    layout->addWidget(m_text, 4);
    for (QComboBox *box : {m_time, m_server, m_event, m_outcome}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(5);
        box->setMaxVisibleItems(20);
        layout->addWidget(box, 4);
        connect(box, &QComboBox::currentIndexChanged, this, &ActivityFilters::now);
    }
    layout->addWidget(m_client, 3);
    m_rest.setSingleShot(true);
    m_rest.setInterval(restMs);
    connect(&m_rest, &QTimer::timeout, this, &ActivityFilters::now);
    const credentials::Credentials &heart = services.broker.credentials();
    connect(&heart, &credentials::Credentials::accountChanged, this, &ActivityFilters::fillServers);
    connect(&heart, &credentials::Credentials::accountRemoved, this, &ActivityFilters::fillServers);
    retranslate();
}

void ActivityFilters::countBack()
{
    const qint64 span = spans.at(size_t(qMax(0, m_time->currentIndex())));
    m_since = span == 0 ? 0 : m_services.broker.clock().utcMs() - span;
}

// Who comes back later means the hour before now.
void ActivityFilters::showEvent(QShowEvent *event)
{
    Pane::showEvent(event);
    if (m_since == 0 || event->spontaneous())
        return;
    countBack();
    now();
}

void ActivityFilters::now()
{
    m_rest.stop();
    if (sender() == m_time)
        countBack();
    if (sender() == m_server)
        m_wantedServer = m_server->currentData().toString();
    Q_EMIT changed();
}

audit::Filter ActivityFilters::filter() const
{
    audit::Filter filter;
    if (m_since > 0)
        filter.since = m_since;
    filter.server = m_wantedServer;
    filter.event = m_event->currentData().toString();
    if (m_outcome->currentIndex() > 0)
        filter.outcome = static_cast<audit::Outcome>(m_outcome->currentIndex() - 1);
    filter.client = m_client->text().trimmed();
    filter.text = m_text->text().trimmed();
    return filter;
}

bool ActivityFilters::isEmpty() const
{
    const audit::Filter f = filter();
    return !f.since && f.server.isEmpty() && f.event.isEmpty() && !f.outcome && f.client.isEmpty()
        && f.text.isEmpty();
}

void ActivityFilters::clear()
{
    {
        const QSignalBlocker blockers[] {QSignalBlocker(m_text), QSignalBlocker(m_client),
            QSignalBlocker(m_time), QSignalBlocker(m_server), QSignalBlocker(m_event),
            QSignalBlocker(m_outcome)};
        m_text->clear();
        m_client->clear();
        for (QComboBox *box : {m_time, m_server, m_event, m_outcome})
            box->setCurrentIndex(0);
    }
    m_since = 0;
    m_wantedServer.clear();
    now();
}

void ActivityFilters::setServer(const QString &name)
{
    m_wantedServer = name;
    fillServers();
    now();
}

void ActivityFilters::setText(const QString &text)
{
    m_text->setText(text);
    now();
}

void ActivityFilters::focusSearch()
{
    m_text->setFocus();
    m_text->selectAll();
}

void ActivityFilters::fillServers()
{
    QStringList names;
    for (const credentials::AccountView &view : m_services.broker.credentials().accounts())
        names.append(view.server.name);
    // One that is gone has a history too.
    if (!m_wantedServer.isEmpty())
        names.append(m_wantedServer);
    names.removeDuplicates();
    names.sort(Qt::CaseInsensitive);
    QStringList present;
    for (int i = 1; i < m_server->count(); ++i)
        present.append(m_server->itemText(i));
    const QSignalBlocker blocker(m_server);
    // An account changes often, its server's name hardly ever.
    if (m_server->count() > 0 && names == present) {
        m_server->setItemText(0, tr("All servers"));
        m_server->setCurrentIndex(qMax(0, m_server->findData(m_wantedServer)));
        return;
    }
    m_server->clear();
    m_server->addItem(tr("All servers"), QString());
    for (const QString &name : std::as_const(names))
        m_server->addItem(name, name);
    m_server->setCurrentIndex(qMax(0, m_server->findData(m_wantedServer)));
}

void ActivityFilters::retranslate()
{
    m_text->setPlaceholderText(tr("Search"));
    m_text->setAccessibleName(tr("Search the history"));
    m_client->setPlaceholderText(tr("Program"));
    m_client->setAccessibleName(tr("Part of the program's name"));
    m_time->setAccessibleName(tr("Time"));
    m_server->setAccessibleName(tr("Server"));
    m_event->setAccessibleName(tr("Event"));
    m_outcome->setAccessibleName(tr("Outcome"));
    const QSignalBlocker blockers[] {
        QSignalBlocker(m_time), QSignalBlocker(m_event), QSignalBlocker(m_outcome)};
    const auto refill = [](QComboBox *box, const QList<EventChoice> &choices) {
        const int current = qMax(0, box->currentIndex());
        box->clear();
        for (const EventChoice &choice : choices)
            box->addItem(choice.text, choice.name);
        box->setCurrentIndex(current);
    };
    refill(m_time, {{{}, tr("Any time")}, {{}, tr("Last hour")}, {{}, tr("Last 24 hours")},
                       {{}, tr("Last 7 days")}, {{}, tr("Last 30 days")}});
    refill(m_event, eventChoices());
    QList<EventChoice> outcomes {{{}, tr("Any outcome")}};
    for (const auto outcome : {audit::Outcome::Ok, audit::Outcome::Denied, audit::Outcome::Failed})
        outcomes.append({{}, outcomeText(outcome).word});
    refill(m_outcome, outcomes);
    for (int i = 1; i < m_outcome->count(); ++i) {
        m_outcome->setItemIcon(
            i, icon(outcomeText(static_cast<audit::Outcome>(i - 1)).icon));
    }
    fillServers();
}

} // namespace chatelaine::ui
