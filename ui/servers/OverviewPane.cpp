// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/servers/OverviewPane.h"

#include "core/broker/Broker.h"
#include "ui/common/Retelling.h"
#include "ui/common/Surfaces.h"
#include "ui/common/Words.h"
#include "ui/servers/ClientsCard.h"

#include <QPushButton>
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
    , m_revoke(new QPushButton(m_identity))
    , m_facts(new KeyValueGrid(m_identity))
    , m_scopesCard(new Card(this))
    , m_scopes(new ChipFlow(m_scopesCard))
    , m_noScopes(makeLabel(Type::Body, m_scopesCard, true))
    , m_clients(new ClientsCard(services, this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, space::l, 0, space::l);
    layout->setSpacing(space::m);
    m_revoke->setObjectName(QStringLiteral("revokeTokens"));
    setLook(m_revoke, "link");
    m_identity->addToHeader(m_revoke);
    m_identity->body()->addWidget(m_facts);
    m_scopesCard->body()->addWidget(m_scopes);
    m_scopesCard->body()->addWidget(m_noScopes);
    layout->addWidget(m_trouble);
    auto *right = new QVBoxLayout;
    right->setSpacing(space::m);
    right->addWidget(m_scopesCard);
    right->addWidget(m_clients);
    right->addStretch();
    m_columns->setSpacing(space::m);
    m_columns->addWidget(m_identity, 3, Qt::AlignTop);
    m_columns->addLayout(right, 2);
    layout->addLayout(m_columns);
    layout->addStretch();
    connect(m_revoke, &QPushButton::clicked, this, &OverviewPane::revokeWanted);
    m_minute.setInterval(std::chrono::minutes(1));
    connect(&m_minute, &QTimer::timeout, this, [this] {
        retranslate();
        m_clients->refresh();
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

void OverviewPane::showEvent(QShowEvent *event)
{
    Pane::showEvent(event);
    retranslate();
    m_minute.start();
}

void OverviewPane::hideEvent(QHideEvent *event)
{
    m_minute.stop();
    Pane::hideEvent(event);
}

void OverviewPane::show(const credentials::AccountView &view)
{
    m_view = view;
    m_clients->show(view);
    retranslate();
}

void OverviewPane::retranslate()
{
    m_identity->setTitle(tr("Sign-in"));
    m_revoke->setText(tr("Re&voke…"));
    m_revoke->setAccessibleName(tr("Have the tokens revoked"));
    m_revoke->setToolTip(tr("Have the authorization server take the tokens back, and see whether "
                            "it did. If not, you stay signed in."));
    m_scopesCard->setTitle(tr("Scopes"));
    m_noScopes->setText(tr("None yet. Scopes are what the server lets this account do."));
    if (!m_view)
        return;
    const store::Account &account = m_view->account;
    const UtcMs now = m_services.broker.clock().utcMs();
    const bool signedIn = account.state == store::AccountState::SignedIn;
    m_revoke->setVisible(signedIn || account.state == store::AccountState::Expired);

    if (account.lastError.isEmpty() || signedIn) {
        m_trouble->hide();
    } else {
        m_trouble->show(account.state == store::AccountState::Error ? Tone::Error : Tone::Warning,
            tr("The last attempt did not work."), retold(account.lastError));
    }
    const auto when = [now](UtcMs time) {
        return tr("%1 (%2)", "date and time, how long ago or ahead")
            .arg(absoluteTime(time), relativeTime(time, now));
    };
    m_facts->begin();
    m_facts->row(tr("Account"), account.name.isEmpty() ? tr("unnamed") : account.name);
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
            account.hasRefreshToken ? tr("yes: the access token is renewed automatically")
                                    : tr("none: you sign in again when the access token ends"));
    }
    if (m_view->registration) {
        const store::Registration &registration = *m_view->registration;
        m_facts->row(tr("Registration"), registrationKindText(registration.kind));
        m_facts->copyRow(tr("Client id"), registration.clientId);
        if (registration.secretExpiresAt != 0)
            m_facts->row(
                tr("Client secret"), tr("ends %1").arg(when(registration.secretExpiresAt)));
    }
    m_facts->end();
    m_scopes->setChips(account.grantedScopes);
    m_scopes->setVisible(!account.grantedScopes.isEmpty());
    m_noScopes->setVisible(account.grantedScopes.isEmpty());
}

} // namespace chatelaine::ui
