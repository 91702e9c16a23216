// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/servers/ServerDetail.h"

#include "core/broker/Broker.h"
#include "ui/common/Icons.h"
#include "ui/common/Scrolling.h"
#include "ui/common/Surfaces.h"
#include "ui/common/Words.h"
#include "ui/servers/ClientsCard.h"
#include "ui/servers/ConnectionPane.h"
#include "ui/servers/HistoryPane.h"
#include "ui/servers/OverviewPane.h"
#include "ui/servers/SettingsDrafts.h"
#include "ui/servers/SettingsPane.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QMenu>
#include <QPointer>
#include <QPushButton>
#include <QScrollArea>
#include <QTabBar>
#include <QTabWidget>
#include <QToolButton>

namespace chatelaine::ui {

namespace {

enum Tab { Overview, History, Connection, Settings };
constexpr int copyLines = 3;

} // namespace

ServerDetail::ServerDetail(Services &services, SettingsDrafts &drafts, QWidget *parent)
    : Pane(parent)
    , m_services(services)
    , m_drafts(drafts)
    , m_name(makeLabel(Type::Headline, this))
    , m_pill(new StatePill(this))
    , m_url(new ElidingLabel(Qt::ElideMiddle, this))
    , m_signIn(new QPushButton(this))
    , m_signOut(new QPushButton(this))
    , m_refresh(new QPushButton(this))
    , m_copy(new QToolButton(this))
    , m_remove(new QToolButton(this))
    , m_banner(new Banner(this))
    , m_yes(new QPushButton(m_banner))
    , m_no(new QPushButton(m_banner))
    , m_stepUp(new Banner(this))
    , m_signInForMore(new QPushButton(m_stepUp))
    , m_tabs(new QTabWidget(this))
    , m_overview(new OverviewPane(services))
{
    m_signIn->setObjectName(QStringLiteral("signIn"));
    m_signOut->setObjectName(QStringLiteral("signOut"));
    m_refresh->setObjectName(QStringLiteral("refresh"));
    m_remove->setObjectName(QStringLiteral("removeServer"));
    m_banner->setObjectName(QStringLiteral("detailBanner"));
    m_yes->setObjectName(QStringLiteral("confirm"));
    m_tabs->setObjectName(QStringLiteral("detailTabs"));
    m_name->setWordWrap(false);
    m_name->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_url->setMuted(true);
    m_signOut->setIcon(icon(QStringLiteral("sign-out")));
    m_refresh->setIcon(icon(QStringLiteral("refresh")));
    m_copy->setIcon(icon(QStringLiteral("copy")));
    m_remove->setIcon(icon(QStringLiteral("trash")));
    m_copy->setPopupMode(QToolButton::InstantPopup);
    m_copy->setMenu(new QMenu(m_copy));
    m_copy->setObjectName(QStringLiteral("copyLine"));
    setFocusProxy(m_signIn);
    for (QToolButton *button : {m_copy, m_remove}) {
        button->setFocusPolicy(Qt::StrongFocus);
        button->setIconSize({20, 20});
    }
    setLook(m_yes, "danger");
    m_banner->addWidget(m_no);
    m_banner->addWidget(m_yes);
    m_signInForMore->setObjectName(QStringLiteral("signInForMore"));
    m_stepUp->addWidget(m_signInForMore);

    auto *head = new QHBoxLayout;
    head->setSpacing(space::m);
    head->addWidget(m_name, 1);
    head->addWidget(m_pill, 0, Qt::AlignVCenter);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::s);
    buttons->addWidget(m_signIn);
    buttons->addWidget(m_refresh);
    buttons->addWidget(m_signOut);
    buttons->addStretch();
    buttons->addWidget(m_copy);
    buttons->addWidget(m_remove);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::l, space::l, space::l, 0);
    layout->setSpacing(space::s);
    layout->addLayout(head);
    layout->addWidget(m_url);
    layout->addLayout(buttons);
    layout->addWidget(m_banner);
    layout->addWidget(m_stepUp);
    layout->addWidget(m_tabs, 1);
    m_tabs->setDocumentMode(true);
    m_tabs->tabBar()->setExpanding(false);
    m_tabs->tabBar()->setDrawBase(false);
    m_tabs->addTab(scrolled(m_overview, this), {});
    for (int tab = History; tab <= Settings; ++tab) {
        auto *later = new QWidget(m_tabs);
        auto *whole = new QVBoxLayout(later);
        whole->setContentsMargins(0, 0, 0, 0);
        m_tabs->addTab(later, {});
    }
    connect(m_tabs, &QTabWidget::currentChanged, this, &ServerDetail::makeTab);

    connect(m_signIn, &QPushButton::clicked, this, [this] { Q_EMIT signInWanted(accountId(), {}); });
    connect(m_signInForMore, &QPushButton::clicked, this,
        [this] { Q_EMIT signInWanted(accountId(), m_view->missingScopes); });
    connect(m_refresh, &QPushButton::clicked, this, &ServerDetail::refresh);
    connect(m_signOut, &QPushButton::clicked, this, [this] { ask(Asked::SignOut); });
    connect(m_remove, &QToolButton::clicked, this, [this] { ask(Asked::Remove); });
    connect(m_yes, &QPushButton::clicked, this, &ServerDetail::confirmed);
    connect(m_no, &QPushButton::clicked, this, [this] { ask(Asked::Nothing); });
    connect(m_overview, &OverviewPane::revokeWanted, this, [this] { ask(Asked::Revoke); });
    connect(m_overview->clients(), &ClientsCard::clientWanted, this, &ServerDetail::clientWanted);
    connect(&services.broker.credentials(), &credentials::Credentials::accountChanged, this,
        &ServerDetail::update);
    connect(&drafts, &SettingsDrafts::changed, this, &ServerDetail::markDraft);
    for (int which = 0; which < copyLines; ++which) {
        QAction *action = m_copy->menu()->addAction(QString());
        connect(action, &QAction::triggered, this, [this, which] { copyLine(which); });
    }
    retranslate();
}

void ServerDetail::makeTab(int tab)
{
    QLayout *whole = m_tabs->widget(tab)->layout();
    if (tab == History && !m_history) {
        m_history = new HistoryPane(m_services, m_tabs->widget(tab));
        m_history->setWholeReachable(m_historyReachable);
        connect(m_history, &HistoryPane::wholeHistoryWanted, this, &ServerDetail::historyWanted);
        whole->addWidget(m_history);
    } else if (tab == Connection && !m_connection) {
        m_connection = new ConnectionPane(m_services);
        whole->addWidget(scrolled(m_connection, this));
    } else if (tab == Settings && !m_settings) {
        m_settings = new SettingsPane(m_services, m_drafts);
        whole->addWidget(scrolled(m_settings, this));
    } else {
        return;
    }
    if (m_view)
        showTabs();
}

void ServerDetail::showTabs()
{
    m_overview->show(*m_view);
    if (m_history)
        m_history->show(*m_view);
    if (m_connection)
        m_connection->show(*m_view);
    if (m_settings)
        m_settings->show(*m_view);
}

void ServerDetail::markDraft()
{
    const bool unsaved = m_drafts.has(accountId());
    m_tabs->setTabIcon(Settings, unsaved ? icon(QStringLiteral("edit")) : QIcon());
    m_tabs->setTabToolTip(Settings, unsaved ? tr("Not saved yet") : QString());
}

void ServerDetail::show(const QString &accountId)
{
    if (accountId != this->accountId()) {
        m_banner->hide();
        m_asked = Asked::Nothing;
    }
    m_view = m_services.broker.credentials().account(accountId);
    if (!m_view)
        return;
    showTabs();
    retranslate();
}

void ServerDetail::setReachable(bool history, bool clients)
{
    m_historyReachable = history;
    if (m_history)
        m_history->setWholeReachable(history);
    m_overview->clients()->setReachable(clients);
}

void ServerDetail::askToRemove()
{
    ask(Asked::Remove);
}

void ServerDetail::update(const QString &accountId)
{
    if (m_view && accountId == this->accountId())
        show(accountId);
}

void ServerDetail::refresh()
{
    if (!m_refresh->isVisible() || !m_refresh->isEnabled())
        return;
    m_refresh->setEnabled(false);
    const auto work = [](QPointer<ServerDetail> self, credentials::Credentials &heart,
                          QString id) -> Task<void> {
        const std::stop_token never;
        const Result<credentials::AccountView> fresh = co_await heart.refresh(id, never);
        if (!self)
            co_return;
        self->m_refresh->setEnabled(true);
        if (self->accountId() != id)
            co_return;
        self->ask(Asked::Nothing);
        if (fresh)
            self->m_banner->show(Tone::Ok, tr("There is a new access token."));
        else
            self->m_banner->show(Tone::Error, errorTitle(fresh.error()), fresh.error().message);
    };
    detach(work(this, m_services.broker.credentials(), accountId()));
}

void ServerDetail::ask(Asked asked)
{
    m_asked = asked;
    m_yes->setVisible(asked != Asked::Nothing);
    m_no->setVisible(asked != Asked::Nothing);
    m_banner->hide();
    retranslate();
    if (asked != Asked::Nothing)
        m_no->setFocus();
}

void ServerDetail::confirmed()
{
    const Asked asked = m_asked;
    ask(Asked::Nothing);
    if (asked == Asked::SignOut)
        signOut(credentials::Unconfirmed::Forget);
    else if (asked == Asked::Revoke)
        signOut(credentials::Unconfirmed::Keep);
    else if (asked == Asked::Remove)
        remove();
}

void ServerDetail::signOut(credentials::Unconfirmed unconfirmed)
{
    const auto work = [](QPointer<ServerDetail> self, credentials::Credentials &heart, QString id,
                          credentials::Unconfirmed otherwise) -> Task<void> {
        const audit::ClientFacts me = windowFacts();
        const Result<credentials::Farewell> farewell = co_await heart.signOut(id, me, otherwise);
        if (self && self->accountId() == id)
            self->told(farewell, otherwise);
    };
    detach(work(this, m_services.broker.credentials(), accountId(), unconfirmed));
}

void ServerDetail::remove()
{
    const auto work = [](QPointer<ServerDetail> self, credentials::Credentials &heart,
                          QString id) -> Task<void> {
        const audit::ClientFacts me = windowFacts();
        const Result<credentials::Farewell> farewell = co_await heart.remove(id, me);
        if (self && self->accountId() == id && !farewell)
            self->told(farewell, credentials::Unconfirmed::Forget);
    };
    detach(work(this, m_services.broker.credentials(), accountId()));
}

void ServerDetail::told(
    const Result<credentials::Farewell> &farewell, credentials::Unconfirmed unconfirmed)
{
    ask(Asked::Nothing);
    if (!farewell)
        return m_banner->show(Tone::Error, errorTitle(farewell.error()), farewell.error().message);
    if (!farewell->revoked && unconfirmed == credentials::Unconfirmed::Keep) {
        m_banner->show(Tone::Warning, tr("You are still signed in: the tokens were not revoked."),
            farewell->revocation);
        return;
    }
    m_banner->show(farewell->revoked ? Tone::Ok : Tone::Info,
        farewell->revoked ? tr("Signed out. The server has taken the tokens back.")
                          : tr("Signed out here. The tokens are forgotten."),
        farewell->revocation);
}

QString ServerDetail::lineFor(int which) const
{
    const QString name = m_view->fullName();
    switch (which) {
    case 0:
        return QStringLiteral("chatelaine headers ") + name;
    case 1:
        return QStringLiteral("chatelaine token ") + name;
    default:
        // Names are letters, digits, dots, dashes and slashes; an address may hold anything but
        // this.
        return QStringLiteral("curl -H \"Authorization: Bearer $(chatelaine token %1)\" '%2'")
            .arg(name,
                m_view->server.url.toString(QUrl::FullyEncoded)
                    .replace(u'\'', QStringLiteral("%27")));
    }
}

void ServerDetail::copyLine(int which)
{
    const QString line = lineFor(which);
    QGuiApplication::clipboard()->setText(line);
    ask(Asked::Nothing);
    m_banner->show(Tone::Ok, tr("Copied: %1").arg(line));
}

QString ServerDetail::question() const
{
    const QString name = m_view->fullName();
    switch (m_asked) {
    case Asked::SignOut:
        return tr("Sign out of %1? Programs that borrow from it stop working until you sign in "
                  "again.")
            .arg(name);
    case Asked::Revoke:
        return tr("Have the tokens of %1 revoked? Programs that borrow from it stop working until "
                  "you sign in again. Where the authorization server does not take the tokens "
                  "back, you stay signed in.")
            .arg(name);
    case Asked::Remove:
        return tr("Remove %1? It is signed out first; its grants go with it.").arg(name);
    case Asked::Nothing:
        break;
    }
    return {};
}

void ServerDetail::retranslate()
{
    m_tabs->setTabText(0, tr("Overview"));
    m_tabs->setTabText(1, tr("History"));
    m_tabs->setTabText(2, tr("Connection"));
    m_tabs->setTabText(3, tr("Settings"));
    m_tabs->tabBar()->setAccessibleName(tr("Views of the account"));
    m_refresh->setText(tr("Re&fresh"));
    m_refresh->setToolTip(tr("Ask for a new access token now (F5)"));
    m_signOut->setText(tr("Sign &out"));
    m_signOut->setToolTip(
        tr("Have the authorization server revoke the tokens, and forget them whatever it answers. "
           "The server stays in the list, registered as it is, for the next sign-in."));
    m_copy->setToolTip(tr("Copy a line for a host"));
    m_copy->setAccessibleName(m_copy->toolTip());
    m_remove->setToolTip(
        tr("Sign out, give the registration back where the server takes it, and forget it all"));
    m_remove->setAccessibleName(tr("Remove this server"));
    const QStringList lines{tr("For a host that runs a program for its headers"),
        tr("For a script: the token alone"), tr("For a terminal: curl with the token")};
    const QList<QAction *> actions = m_copy->menu()->actions();
    for (int i = 0; i < actions.size(); ++i)
        actions.at(i)->setText(lines.at(i));
    m_no->setText(tr("&Keep"));
    m_yes->setText(m_asked == Asked::Remove ? tr("&Remove")
            : m_asked == Asked::Revoke      ? tr("Revoke &now")
                                            : tr("Sign o&ut now"));
    markDraft();
    if (!m_view)
        return;
    if (m_asked != Asked::Nothing)
        m_banner->show(Tone::Warning, question());

    const store::AccountState state = m_view->account.state;
    const bool has =
        state == store::AccountState::SignedIn || state == store::AccountState::Expired;
    const StateText words = stateText(state);
    m_name->setText(m_view->fullName());
    m_name->setToolTip(m_view->fullName());
    m_pill->set(words.tone, words.icon, words.word);
    m_url->setText(m_view->server.url.toString(QUrl::FullyEncoded));
    const bool first = state == store::AccountState::SignedOut;
    m_signIn->setText(first ? tr("S&ign in") : tr("S&ign in again"));
    setLook(m_signIn, state == store::AccountState::SignedIn ? "" : "primary");
    m_signIn->setIcon(state == store::AccountState::SignedIn
            ? icon(QStringLiteral("sign-in"))
            : accentIcon(QStringLiteral("sign-in")));
    m_signOut->setVisible(!first);
    m_refresh->setVisible(has && m_view->account.hasRefreshToken);
    m_signInForMore->setText(tr("Si&gn in for it"));
    if (has && !m_view->missingScopes.isEmpty())
        m_stepUp->show(Tone::Info, tr("A program needs more than this sign-in covers."),
            m_view->missingScopes.join(u' '));
    else
        m_stepUp->hide();
}

} // namespace chatelaine::ui
