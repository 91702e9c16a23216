// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clients/ClientDetail.h"

#include "core/broker/Broker.h"
#include "core/broker/ProcessFacts.h"
#include "ui/clients/ClientsModel.h"
#include "ui/clients/LoanChart.h"
#include "ui/common/Icons.h"
#include "ui/common/Surfaces.h"
#include "ui/common/Table.h"
#include "ui/common/Words.h"

#include <QBoxLayout>
#include <QDateTime>
#include <QFileInfo>
#include <QKeyEvent>
#include <QPointer>
#include <QPushButton>

namespace chatelaine::ui {

namespace {

constexpr int twoColumns = 860;
constexpr int leastServer = 110;
constexpr int leastGrant = 140;
constexpr qint64 dayMs = 24 * 3'600'000LL;
constexpr int mostRows = 8;

} // namespace

ClientDetail::ClientDetail(Services &services, ClientsModel &model, QWidget *parent)
    : Pane(parent)
    , m_services(services)
    , m_model(model)
    , m_name(makeLabel(Type::Headline, this))
    , m_pill(new StatePill(this))
    , m_path(new ElidingLabel(Qt::ElideMiddle, this))
    , m_banner(new Banner(this))
    , m_yes(new QPushButton(m_banner))
    , m_no(new QPushButton(m_banner))
    , m_grantsCard(new Card(this))
    , m_table(new ShortTable(4, m_grantsCard))
    , m_noGrants(makeLabel(Type::Body, m_grantsCard, true))
    , m_revoke(new QPushButton(m_grantsCard))
    , m_revokeAll(new QPushButton(m_grantsCard))
    , m_identity(new Card(this))
    , m_facts(new KeyValueGrid(m_identity))
    , m_loansCard(new Card(this))
    , m_chart(new LoanChart(m_loansCard))
    , m_loansText(makeLabel(Type::Body, m_loansCard, true))
    , m_columns(new QBoxLayout(QBoxLayout::TopToBottom))
{
    m_table->setObjectName(QStringLiteral("clientGrants"));
    m_revoke->setObjectName(QStringLiteral("revokeGrant"));
    m_revokeAll->setObjectName(QStringLiteral("revokeAllGrants"));
    m_banner->setObjectName(QStringLiteral("clientBanner"));
    m_yes->setObjectName(QStringLiteral("confirmRevoke"));
    m_no->setObjectName(QStringLiteral("keepGrants"));
    m_name->setTextFormat(Qt::PlainText);
    m_name->setWordWrap(false);
    m_name->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_path->setMuted(true);
    m_revoke->setIcon(icon(QStringLiteral("trash")));
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->setRule(0, leastServer);
    m_table->setRule(1, leastGrant);
    // Where there is no room for them, the scopes are the tool tip alone.
    m_table->setRule(2, 0, 2);
    m_grantsCard->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    setLook(m_yes, "danger");
    m_banner->addWidget(m_no);
    m_banner->addWidget(m_yes);

    auto *head = new QHBoxLayout;
    head->setSpacing(space::m);
    head->addWidget(m_name, 1);
    head->addWidget(m_pill, 0, Qt::AlignVCenter);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::s);
    buttons->addWidget(m_revoke);
    buttons->addWidget(m_revokeAll);
    buttons->addStretch();
    m_grantsCard->body()->addWidget(m_noGrants);
    m_grantsCard->body()->addWidget(m_table);
    m_grantsCard->body()->addLayout(buttons);
    m_identity->body()->addWidget(m_facts);
    m_loansCard->body()->addWidget(m_loansText);
    m_loansCard->body()->addWidget(m_chart);
    // Beside one another they are of one height; what they say stays at the top.
    for (Card *card : {m_identity, m_loansCard})
        card->body()->addStretch();

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::l, space::l, space::l, space::l);
    layout->setSpacing(space::s);
    layout->addLayout(head);
    layout->addWidget(m_path);
    layout->addWidget(m_banner);
    layout->addSpacing(space::xs);
    layout->addWidget(m_grantsCard);
    layout->addSpacing(space::xs);
    m_columns->setSpacing(space::m);
    m_columns->addWidget(m_loansCard, 2);
    m_columns->addWidget(m_identity, 3);
    layout->addLayout(m_columns);
    layout->addStretch(1);

    m_table->installEventFilter(this);
    connect(m_table, &QTableWidget::itemSelectionChanged, this,
        [this] { m_revoke->setEnabled(m_table->currentRow() >= 0); });
    connect(m_revoke, &QPushButton::clicked, this, [this] { ask(Asked::One); });
    connect(m_revokeAll, &QPushButton::clicked, this, [this] { ask(Asked::All); });
    connect(m_no, &QPushButton::clicked, this, [this] { ask(Asked::Nothing); });
    connect(m_yes, &QPushButton::clicked, this, &ClientDetail::confirmed);
    connect(&services.broker.audit(), &audit::AuditLog::appended, this, &ClientDetail::take);
    retranslate();
}

void ClientDetail::resizeEvent(QResizeEvent *event)
{
    m_columns->setDirection(
        width() >= twoColumns ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    Pane::resizeEvent(event);
}

bool ClientDetail::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_table && event->type() == QEvent::KeyPress
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Delete && m_revoke->isEnabled()) {
        ask(Asked::One);
        return true;
    }
    return Pane::eventFilter(watched, event);
}

void ClientDetail::show(const QString &key)
{
    if (key == m_key) {
        refresh();
        return;
    }
    m_key = key;
    // Where the folder is far away this takes its time: not with every turn of the clock.
    m_isThere = QFileInfo::exists(key);
    m_asked = Asked::Nothing;
    m_banner->hide();
    m_story = {};
    m_story.latest.exe = key;
    m_story.loans.resize(LoanChart::days);
    m_table->clearSelection();
    m_table->setCurrentItem(nullptr);
    read();
    retranslate();
}

void ClientDetail::read()
{
    m_firstDay = firstDay();
    const auto work = [](QPointer<ClientDetail> self, std::shared_ptr<store::Database> database,
                          QString key, UtcMs since) -> Task<void> {
        const Result<audit::ClientStory> story =
            co_await audit::clientStory(database, key, since, dayMs, LoanChart::days);
        if (!self || !story || self->m_key != key)
            co_return;
        self->m_story = *story;
        self->refresh();
    };
    detach(work(this, m_services.broker.database(), m_key, m_firstDay));
}

UtcMs ClientDetail::firstDay() const
{
    const QDate today = QDateTime::fromMSecsSinceEpoch(m_services.broker.clock().utcMs()).date();
    return today.addDays(1).startOfDay().toMSecsSinceEpoch() - LoanChart::days * dayMs;
}

void ClientDetail::take(const audit::Record &record)
{
    const audit::Event &event = record.event;
    if (event.client.exe != m_key || !event.event.startsWith(QLatin1StringView("loan.")))
        return;
    m_story.latest = event.client;
    const qint64 day = (record.time - m_firstDay) / dayMs;
    if (event.outcome == audit::Outcome::Ok && day >= 0 && day < m_story.loans.size())
        ++m_story.loans[day];
    showLoans();
}

void ClientDetail::refresh()
{
    const QModelIndex row = m_model.index(m_model.rowOf(m_key));
    if (!row.isValid())
        return;
    m_name->setText(row.data(Qt::DisplayRole).toString());
    m_name->setToolTip(m_name->text());
    const QString exe = row.data(ClientsModel::ExeRole).toString();
    m_path->setText(exe);
    m_path->setVisible(!exe.isEmpty());
    const StateText words = ClientsModel::standingText(
        static_cast<ClientsModel::Standing>(row.data(ClientsModel::StandingRole).toInt()));
    m_pill->set(words.tone, words.icon, words.word);
    if (m_firstDay != firstDay())
        read();
    showIdentity();
    showGrants();
    showLoans();
}

void ClientDetail::showIdentity()
{
    const QModelIndex row = m_model.index(m_model.rowOf(m_key));
    const QString exe = row.data(ClientsModel::ExeRole).toString();
    const audit::ClientFacts &latest = m_story.latest;
    m_identity->setVisible(m_key != ClientsModel::anyKey());
    m_facts->begin();
    if (exe.isEmpty())
        m_facts->row(tr("Program"), tr("Its file could not be read."));
    else if (!m_isThere)
        m_facts->row(tr("File"), tr("It is no longer there."));
    else if (broker::isInterpreter(exe))
        m_facts->row(tr("Kind"), tr("An interpreter without a script: whatever it is given."));
    if (!latest.app.isEmpty())
        m_facts->row(tr("Application"), latest.app);
    if (!latest.chain.isEmpty()) {
        QStringList names;
        for (const QString &ancestor : latest.chain.mid(0, 5))
            names.append(ancestor.section(u'/', -1));
        names.removeAll(QString());
        m_facts->row(tr("Started by"), names.join(QStringLiteral(" ← ")));
    }
    const UtcMs now = m_services.broker.clock().utcMs();
    const auto seen = [&row](int role) { return row.data(role).toLongLong(); };
    if (seen(ClientsModel::FirstSeenRole) > 0) {
        m_facts->row(tr("First asked"), absoluteTime(seen(ClientsModel::FirstSeenRole)));
        m_facts->row(tr("Asked last"), relativeTime(seen(ClientsModel::LastSeenRole), now));
    }
    const int connected = row.data(ClientsModel::ConnectedRole).toInt();
    m_facts->row(tr("Now"),
        connected > 0 ? tr("%n connection(s)", nullptr, connected) : tr("not connected"));
    m_facts->end();
}

QString ClientDetail::where(const store::Grant &grant) const
{
    const QList<credentials::AccountView> accounts = m_services.broker.credentials().accounts();
    for (const credentials::AccountView &view : accounts) {
        if (view.server.id != grant.serverId)
            continue;
        if (grant.accountId.isEmpty())
            return view.server.name;
        if (view.account.id == grant.accountId)
            return view.fullName();
    }
    return tr("a server that is gone");
}

void ClientDetail::showGrants()
{
    const QString chosen = m_grants.value(m_table->currentRow()).id;
    m_grants = m_model.grantsOf(m_key);
    const UtcMs now = m_services.broker.clock().utcMs();
    m_table->begin();
    for (const store::Grant &grant : std::as_const(m_grants)) {
        const QString what = grant.deny ? tr("denied") : tr("allowed");
        const QString server = where(grant);
        const QString how = tr("%1, %2", "allowed, always").arg(what, lifetimeText(grant, now));
        m_table->row(
            {server, how, grant.lastUsed == 0 ? tr("never") : relativeTime(grant.lastUsed, now),
                grant.scopes.isEmpty() ? tr("all") : grant.scopes.join(u' ')},
            (QStringList{server, how} + grant.scopes).join(u'\n'));
    }
    m_table->end();
    int row = -1;
    for (int i = 0; i < m_grants.size(); ++i) {
        if (m_grants.at(i).id == chosen)
            row = i;
    }
    if (row < 0 && m_grants.size() == 1)
        row = 0;
    m_table->setCurrentCell(row, row < 0 ? -1 : 0);
    const bool any = !m_grants.isEmpty();
    m_table->setVisible(any);
    m_noGrants->setVisible(!any);
    m_revoke->setVisible(any);
    m_revokeAll->setVisible(m_grants.size() > 1);
    m_revoke->setEnabled(m_table->currentRow() >= 0);
    m_table->setFixedHeight(m_table->heightForRows(qMin(mostRows, int(m_grants.size()))));
    if (m_asked != Asked::Nothing && !any)
        ask(Asked::Nothing);
}

void ClientDetail::showLoans()
{
    m_loansCard->setVisible(m_key != ClientsModel::anyKey());
    m_chart->setLoans(m_story.loans, m_firstDay);
    const QModelIndex row = m_model.index(m_model.rowOf(m_key));
    const int denials = row.data(ClientsModel::DenialsRole).toInt();
    QString text = m_chart->total() == 0
        ? tr("None in the last %1 days.").arg(LoanChart::days)
        : tr("%n in the last %1 days.", nullptr, int(m_chart->total())).arg(LoanChart::days);
    if (denials > 0)
        text += u' ' + tr("Refused %n time(s) in all.", nullptr, denials);
    m_loansText->setText(text);
    m_chart->setVisible(m_chart->total() > 0);
}

void ClientDetail::ask(Asked asked)
{
    m_asked = asked;
    m_asking = asked == Asked::One ? m_grants.value(m_table->currentRow()).id : QString();
    m_yes->setVisible(asked != Asked::Nothing);
    m_no->setVisible(asked != Asked::Nothing);
    m_banner->hide();
    retranslate();
    if (asked != Asked::Nothing)
        m_no->setFocus();
    else
        m_table->setFocus();
}

void ClientDetail::confirmed()
{
    QStringList ids;
    for (const store::Grant &grant : std::as_const(m_grants)) {
        if (m_asked == Asked::All || grant.id == m_asking)
            ids.append(grant.id);
    }
    ask(Asked::Nothing);
    const auto work = [](QPointer<ClientDetail> self, broker::Lending &lending,
                          QStringList grants) -> Task<void> {
        for (const QString &id : grants) {
            const audit::ClientFacts me = windowFacts();
            const Result<void> revoked = co_await lending.revoke(id, me);
            if (!self)
                co_return;
            if (!revoked && revoked.error().code != ErrorCode::NotFound)
                self->m_banner->show(
                    Tone::Error, errorTitle(revoked.error()), revoked.error().message);
        }
        self->m_model.refresh();
        self->refresh();
    };
    detach(work(this, m_services.broker.lending(), ids));
}

void ClientDetail::retranslate()
{
    m_grantsCard->setTitle(tr("Grants"));
    m_table->setHeaders({tr("Server"), tr("Grant"), tr("Last used"), tr("Scopes")});
    m_table->setAccessibleName(tr("Grants of this client"));
    m_noGrants->setText(
        tr("It has no grants: what it asks for is decided by the policy, each time anew."));
    m_revoke->setText(tr("&Revoke"));
    m_revoke->setToolTip(tr("Take back the chosen grant (Del)"));
    m_revokeAll->setText(tr("Revoke a&ll"));
    m_identity->setTitle(tr("Who it is"));
    m_loansCard->setTitle(tr("Loans"));
    m_no->setText(tr("&Keep"));
    m_yes->setText(tr("Re&voke now"));
    if (m_key.isNull())
        return;
    refresh();
    if (m_asked == Asked::All) {
        m_banner->show(Tone::Warning,
            tr("Revoke all %n grant(s) of %1?", nullptr, int(m_grants.size()))
                .arg(m_name->text()),
            tr("A token it holds already stays good until it expires."));
    } else if (m_asked == Asked::One) {
        for (const store::Grant &grant : std::as_const(m_grants)) {
            if (grant.id == m_asking)
                m_banner->show(Tone::Warning,
                    tr("Revoke the grant of %1 for %2?").arg(m_name->text(), where(grant)),
                    tr("A token it holds already stays good until it expires."));
        }
    }
}

} // namespace chatelaine::ui
