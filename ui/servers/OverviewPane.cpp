// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/servers/OverviewPane.h"

#include "core/broker/Broker.h"
#include "ui/common/Surfaces.h"
#include "ui/common/Words.h"
#include "ui/servers/Borrowers.h"

#include <QPointer>
#include <QVBoxLayout>

namespace chatelaine::ui {

namespace {

constexpr int twoColumns = 860;

} // namespace

OverviewPane::OverviewPane(Services &services, QWidget *parent)
    : Pane(parent)
    , m_services(services)
    , m_columns(new QBoxLayout(QBoxLayout::TopToBottom))
    , m_trouble(new Banner(this))
    , m_identity(new Card(this))
    , m_facts(new KeyValueGrid(m_identity))
    , m_scopesCard(new Card(this))
    , m_scopes(new ChipFlow(m_scopesCard))
    , m_noScopes(makeLabel(Type::Body, m_scopesCard, true))
    , m_clientsCard(new Card(this))
    , m_clients(new KeyValueGrid(m_clientsCard))
    , m_noClients(makeLabel(Type::Body, m_clientsCard, true))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, space::l, 0, space::l);
    layout->setSpacing(space::m);
    m_identity->body()->addWidget(m_facts);
    m_scopesCard->body()->addWidget(m_scopes);
    m_scopesCard->body()->addWidget(m_noScopes);
    m_clientsCard->body()->addWidget(m_clients);
    m_clientsCard->body()->addWidget(m_noClients);
    layout->addWidget(m_trouble);
    auto *right = new QVBoxLayout;
    right->setSpacing(space::m);
    right->addWidget(m_scopesCard);
    right->addWidget(m_clientsCard);
    right->addStretch();
    m_columns->setSpacing(space::m);
    m_columns->addWidget(m_identity, 3, Qt::AlignTop);
    m_columns->addLayout(right, 2);
    layout->addLayout(m_columns);
    layout->addStretch();
    connect(&services.broker.audit(), &audit::AuditLog::appended, this,
        [this](const audit::Record &record) {
            countLoan(record);
            showClients();
        });
    retranslate();
}

// Two columns where there is room for two.
void OverviewPane::resizeEvent(QResizeEvent *event)
{
    m_columns->setDirection(
        width() >= twoColumns ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    Pane::resizeEvent(event);
}

void OverviewPane::show(const credentials::AccountView &view)
{
    const bool another = !m_view || m_view->account.id != view.account.id;
    m_view = view;
    if (another) {
        m_uses.clear();
        readClients();
    }
    retranslate();
}

void OverviewPane::readClients()
{
    const auto work = [](QPointer<OverviewPane> self, std::shared_ptr<store::Database> database,
                          QString server, QString accountId) -> Task<void> {
        audit::Filter filter;
        filter.server = server;
        filter.event = QStringLiteral("loan.");
        filter.limit = 1000;
        const Result<audit::Page> page = co_await audit::query(database, filter);
        if (!self || !page || self->m_view->account.id != accountId)
            co_return;
        self->m_uses.clear();
        for (const audit::Record &record : page->records)
            self->countLoan(record);
        self->showClients();
    };
    detach(work(
        this, m_services.broker.database(), m_view->server.name, m_view->account.id));
}

void OverviewPane::countLoan(const audit::Record &record)
{
    const audit::Event &event = record.event;
    if (!m_view || event.server != m_view->server.name || event.account != m_view->account.name
        || event.outcome != audit::Outcome::Ok
        || !event.event.startsWith(QLatin1StringView("loan.")))
        return;
    Use &use = m_uses[clientName(event.client)];
    ++use.loans;
    use.last = qMax(use.last, record.time);
}

void OverviewPane::showClients()
{
    const UtcMs now = m_services.broker.clock().utcMs();
    m_clients->begin();
    for (auto use = m_uses.cbegin(); use != m_uses.cend(); ++use) {
        m_clients->row(use.key(),
            tr("%n loan(s), the last one %1", nullptr, use->loans)
                .arg(relativeTime(use->last, now)));
    }
    m_clients->end();
    m_clients->setVisible(!m_uses.isEmpty());
    m_noClients->setVisible(m_uses.isEmpty());
}

void OverviewPane::retranslate()
{
    m_identity->setTitle(tr("Sign-in"));
    m_scopesCard->setTitle(tr("Scopes"));
    m_clientsCard->setTitle(tr("Clients"));
    m_noScopes->setText(tr("None yet. Scopes are what the server lets this account do."));
    m_noClients->setText(tr("No program has borrowed from this account yet."));
    if (!m_view)
        return;
    const store::Account &account = m_view->account;
    const UtcMs now = m_services.broker.clock().utcMs();
    const bool signedIn = account.state == store::AccountState::SignedIn;

    if (account.lastError.isEmpty() || signedIn) {
        m_trouble->hide();
    } else {
        m_trouble->show(account.state == store::AccountState::Error ? Tone::Error : Tone::Warning,
            tr("The last attempt did not work."), account.lastError);
    }
    const auto when = [now](UtcMs time) {
        return tr("%1 (%2)", "date and time, how long ago or ahead")
            .arg(absoluteTime(time), relativeTime(time, now));
    };
    m_facts->begin();
    m_facts->row(tr("Account"), account.name.isEmpty() ? tr("the only one") : account.name);
    m_facts->row(tr("Signed in"), account.signedInAt == 0 ? tr("never") : when(account.signedInAt));
    if (!account.issuer.isEmpty())
        m_facts->row(tr("Signed in at"), account.issuer);
    if (!m_view->server.resource.isEmpty())
        m_facts->row(tr("Resource"), m_view->server.resource);
    if (signedIn) {
        m_facts->row(tr("Access token"),
            account.expiresAt == 0 ? tr("the server does not say when it ends")
                                   : tr("ends %1").arg(when(account.expiresAt)));
        m_facts->row(tr("Refresh token"),
            account.hasRefreshToken ? tr("there: the access token is renewed by itself")
                                    : tr("none: you sign in again when the access token ends"));
    }
    if (m_view->registration) {
        const store::Registration &registration = *m_view->registration;
        m_facts->row(tr("Registration"), registrationKindText(registration.kind));
        m_facts->row(tr("Client id"), registration.clientId, true);
        if (registration.secretExpiresAt != 0)
            m_facts->row(tr("Client secret"),
                tr("ends %1").arg(when(registration.secretExpiresAt)));
    }
    m_facts->end();
    m_scopes->setChips(account.grantedScopes);
    m_scopes->setVisible(!account.grantedScopes.isEmpty());
    m_noScopes->setVisible(account.grantedScopes.isEmpty());
    showClients();
}

} // namespace chatelaine::ui
