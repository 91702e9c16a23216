// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/servers/ClientsCard.h"

#include "core/audit/AuditQuery.h"
#include "core/broker/Broker.h"
#include "ui/common/Surfaces.h"
#include "ui/common/Words.h"
#include "ui/servers/Borrowers.h"

#include <QGridLayout>
#include <QPointer>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace chatelaine::ui {

namespace {

constexpr qsizetype mostRows = 6;
const QString anyProgram = QStringLiteral("*");

} // namespace

ClientsCard::ClientsCard(Services &services, QWidget *parent)
    : Pane(parent)
    , m_services(services)
    , m_card(new Card(this))
    , m_grid(new QGridLayout)
    , m_none(makeLabel(Type::Body, m_card, true))
    , m_all(new QPushButton(m_card))
{
    setLook(m_all, "link");
    m_all->setObjectName(QStringLiteral("allClients"));
    m_grid->setHorizontalSpacing(space::m);
    m_grid->setVerticalSpacing(space::xs);
    m_grid->setColumnStretch(1, 1);
    m_card->addToHeader(m_all);
    m_card->body()->addLayout(m_grid);
    m_card->body()->addWidget(m_none);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_card);
    connect(m_all, &QPushButton::clicked, this, [this] { Q_EMIT clientWanted({}); });
    connect(&services.broker.audit(), &audit::AuditLog::appended, this,
        [this](const audit::Record &record) {
            if (count(record) && !m_soon.isActive())
                m_soon.start();
        });
    m_soon.setSingleShot(true);
    m_soon.setInterval(soonMs);
    connect(&m_soon, &QTimer::timeout, this, &ClientsCard::fill);
    retranslate();
}

void ClientsCard::show(const credentials::AccountView &view)
{
    const bool another = !m_view || m_view->account.id != view.account.id;
    m_view = view;
    if (another) {
        m_loans.clear();
        readLoans();
    }
    fill();
}

void ClientsCard::setReachable(bool reachable)
{
    m_reachable = reachable;
    fill();
}

void ClientsCard::showEvent(QShowEvent *event)
{
    fill();
    Pane::showEvent(event);
}

void ClientsCard::readLoans()
{
    const auto work = [](QPointer<ClientsCard> self, std::shared_ptr<store::Database> database,
                          QString server, QString accountId) -> Task<void> {
        audit::Filter filter;
        filter.server = server;
        filter.event = QStringLiteral("loan.");
        filter.limit = 1000;
        const Result<audit::Page> page = co_await audit::query(database, filter);
        if (!self || !page || self->m_view->account.id != accountId)
            co_return;
        self->m_loans.clear();
        for (const audit::Record &record : page->records)
            self->count(record);
        self->fill();
    };
    detach(work(this, m_services.broker.database(), m_view->server.name, m_view->account.id));
}

bool ClientsCard::count(const audit::Record &record)
{
    const audit::Event &event = record.event;
    if (!m_view || event.server != m_view->server.name || event.account != m_view->account.name
        || event.outcome != audit::Outcome::Ok
        || !event.event.startsWith(QLatin1StringView("loan.")))
        return false;
    Use &use = m_loans[event.client.exe.isEmpty() ? event.client.argv0 : event.client.exe];
    ++use.loans;
    use.last = qMax(use.last, record.time);
    return true;
}

void ClientsCard::fill()
{
    if (!m_view)
        return;
    const UtcMs now = m_services.broker.clock().utcMs();
    const broker::Moment moment = broker::Moment::of(m_services.broker.clock());
    QMap<QString, Use> uses = m_loans;
    const QList<store::Grant> grants = m_services.broker.grants().all();
    for (const store::Grant &grant : grants) {
        const bool here = grant.serverId == m_view->server.id
            && (grant.accountId.isEmpty() || grant.accountId == m_view->account.id);
        if (here && !broker::isOver(grant, moment)) {
            uses[grant.anyClient ? anyProgram : grant.exe].standing.append(
                (grant.deny ? tr("denied: %1", "for how long")
                            : tr("may borrow: %1", "for how long"))
                    .arg(lifetimeText(grant, now)));
        }
    }
    // Who may comes before who did, and who came last before the others.
    QStringList programs = uses.keys();
    std::stable_sort(programs.begin(), programs.end(), [&uses](const QString &a, const QString &b) {
        const Use &left = uses[a];
        const Use &right = uses[b];
        return std::pair(left.standing.isEmpty(), -left.last)
            < std::pair(right.standing.isEmpty(), -right.last);
    });
    const qsizetype shown = qMin(mostRows, programs.size());
    for (qsizetype i = 0; i < shown; ++i) {
        const Use &use = uses[programs.at(i)];
        QStringList words = use.standing;
        if (use.loans > 0) {
            words.append(tr("%n loan(s), the last one %1", nullptr, use.loans)
                             .arg(relativeTime(use.last, now)));
        }
        setRow(i, programs.at(i), words.join(u'\n'));
    }
    for (qsizetype i = shown; i < m_rows.size(); ++i) {
        m_rows.at(i).name->hide();
        m_rows.at(i).what->hide();
    }
    m_none->setVisible(programs.isEmpty());
    m_all->setVisible(m_reachable && !programs.isEmpty());
    const int hidden = int(programs.size() - shown);
    m_all->setText(hidden > 0 ? tr("%n more", nullptr, hidden) : tr("Show all"));
}

void ClientsCard::setRow(qsizetype at, const QString &program, const QString &what)
{
    if (at == m_rows.size()) {
        const Row made{new QPushButton(m_card), makeLabel(Type::Body, m_card)};
        setLook(made.name, "link");
        made.what->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Minimum);
        made.name->setObjectName(QStringLiteral("client%1").arg(at));
        connect(made.name, &QPushButton::clicked, this, [this, name = made.name] {
            Q_EMIT clientWanted(name->property("program").toString());
        });
        m_grid->addWidget(made.name, int(at), 0, Qt::AlignTop | Qt::AlignLeading);
        m_grid->addWidget(made.what, int(at), 1, Qt::AlignVCenter);
        m_rows.append(made);
    }
    const Row &row = m_rows.at(at);
    QString name = program == anyProgram ? tr("Any program") : program.section(u'/', -1);
    row.name->setProperty("program", program);
    row.name->setAccessibleName(QStringLiteral("%1: %2").arg(name, what));
    row.name->setToolTip(program == anyProgram ? QString() : program);
    row.name->setText(
        QFontMetrics(row.name->font())
            .elidedText(name.replace(u'&', QStringLiteral("&&")), Qt::ElideMiddle, 160));
    row.name->setEnabled(m_reachable);
    row.what->setText(what);
    row.name->show();
    row.what->show();
}

void ClientsCard::retranslate()
{
    m_card->setTitle(tr("Clients"));
    m_none->setText(tr("No program has borrowed from this account yet, and none has a grant."));
    m_all->setAccessibleName(tr("Show all clients"));
    fill();
}

} // namespace chatelaine::ui
