// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/testlab/TestLabPage.h"

#include "core/broker/Broker.h"
#include "ui/common/CopyField.h"
#include "ui/common/Icons.h"
#include "ui/common/Surfaces.h"
#include "ui/common/Words.h"
#include "ui/testlab/ClientsPane.h"
#include "ui/testlab/FaultsPane.h"
#include "ui/testlab/LabRun.h"
#include "ui/testlab/OptionsPane.h"
#include "ui/testlab/RequestsPane.h"
#include "ui/testlab/TokensPane.h"

#include <QGridLayout>
#include <QPointer>
#include <QPushButton>
#include <QTabBar>
#include <QTabWidget>

namespace chatelaine::ui {

namespace {

const QString serversPage = QStringLiteral("servers");

enum Tab { Requests, Faults, Tokens, Clients, Options };

} // namespace

TestLabPage::TestLabPage(Services &services, QWidget *parent)
    : Page(parent)
    , m_services(services)
    , m_run(new LabRun(services, this))
    , m_state(new StatePill(this))
    , m_reset(new QPushButton(this))
    , m_stop(new QPushButton(this))
    , m_start(new QPushButton(this))
    , m_addresses(makeAddresses())
    , m_banner(new Banner(this))
    , m_freePort(new QPushButton)
    , m_tabs(new QTabWidget(this))
    , m_faults(new FaultsPane(*m_run))
    , m_options(new OptionsPane(*m_run))
{
    m_reset->setObjectName(QStringLiteral("resetLab"));
    m_stop->setObjectName(QStringLiteral("stopLab"));
    m_start->setObjectName(QStringLiteral("startLabAgain"));
    m_freePort->setObjectName(QStringLiteral("takeFreePort"));
    m_tabs->setObjectName(QStringLiteral("labTabs"));
    setLook(m_start, "primary");
    setLook(m_freePort, "primary");
    m_banner->addWidget(m_freePort);
    auto *requests = new RequestsPane(*m_run);
    for (QWidget *pane : std::initializer_list<QWidget *>{
             requests, m_faults, new TokensPane(*m_run), new ClientsPane(*m_run), m_options})
        m_tabs->addTab(pane, QString());
    m_tabs->setDocumentMode(true);
    m_tabs->tabBar()->setExpanding(false);
    m_tabs->tabBar()->setDrawBase(false);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::l, space::m, space::l, space::s);
    layout->setSpacing(space::s);
    auto *first = new QHBoxLayout;
    first->setSpacing(space::s);
    first->addWidget(m_state);
    first->addStretch();
    for (QPushButton *button : {m_reset, m_stop, m_start})
        first->addWidget(button);
    layout->addLayout(first);
    layout->addWidget(m_addresses);
    layout->addWidget(m_banner);
    layout->addWidget(m_tabs, 1);

    connect(requests, &RequestsPane::startWanted, m_run, &LabRun::start);
    connect(requests, &RequestsPane::addWanted, this, &TestLabPage::addDemo);
    connect(m_start, &QPushButton::clicked, m_run, &LabRun::start);
    connect(m_stop, &QPushButton::clicked, m_run, &LabRun::stop);
    connect(m_reset, &QPushButton::clicked, m_run, &LabRun::startOver);
    connect(m_add, &QPushButton::clicked, this, &TestLabPage::addDemo);
    connect(m_freePort, &QPushButton::clicked, this, [this] {
        m_options->forgetPorts();
        m_run->start();
    });
    connect(m_options, &OptionsPane::restartWanted, this, &TestLabPage::restart);
    connect(m_run, &LabRun::stateChanged, this, &TestLabPage::onState);
    connect(m_run, &LabRun::faultsChanged, this, &TestLabPage::onFaults);
    retranslate();
}

QWidget *TestLabPage::makeAddresses()
{
    auto *addresses = new QWidget(this);
    m_resource = new CopyField(addresses);
    m_issuer = new CopyField(addresses);
    m_add = new QPushButton(addresses);
    m_resource->setObjectName(QStringLiteral("labMcpUrl"));
    m_issuer->setObjectName(QStringLiteral("labIssuer"));
    m_add->setObjectName(QStringLiteral("addDemo"));
    auto *grid = new QGridLayout(addresses);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setVerticalSpacing(6);
    int row = 0;
    for (CopyField *field : {m_resource, m_issuer}) {
        QLabel *label = makeLabel(Type::Body, addresses, true);
        label->setWordWrap(false);
        label->setObjectName(QStringLiteral("addressLabel%1").arg(row));
        grid->addWidget(label, row, 0);
        grid->addWidget(field, row++, 1);
    }
    grid->addWidget(m_add, 0, 2);
    grid->setColumnStretch(1, 1);
    return addresses;
}

void TestLabPage::focusSearch()
{
    m_tabs->setCurrentIndex(Faults);
    m_faults->focusSearch();
}

void TestLabPage::setReachable(const QStringList &pageIds)
{
    m_canLead = pageIds.contains(serversPage);
    onState();
}

void TestLabPage::restart()
{
    m_run->stop();
    m_run->start();
}

void TestLabPage::onState()
{
    const bool running = m_run->isRunning();
    const bool ran = m_run->lab() != nullptr;
    if (running)
        m_state->set(Tone::Ok, QStringLiteral("play"), tr("Running"));
    else
        m_state->set(Tone::Neutral, QStringLiteral("stop"), tr("Stopped"));
    m_addresses->setVisible(running);
    m_stop->setVisible(running);
    m_reset->setVisible(running);
    // The first time the empty page offers it.
    m_start->setVisible(!running && ran);
    m_add->setVisible(m_canLead);
    if (running) {
        m_resource->setText(m_run->lab()->mcpUrl());
        m_issuer->setText(m_run->lab()->issuer());
    }
    const std::optional<Error> &error = m_run->error();
    if (!error) {
        m_banner->hide();
        return;
    }
    const bool taken = error->code == ErrorCode::Unreachable;
    m_freePort->setVisible(taken);
    m_banner->show(Tone::Error,
        taken ? tr("Another program listens on port %1. Choose another one under Options, or let "
                   "the lab take any that is free.")
                    .arg(error->data.value(QLatin1StringView("port")).toInt())
              : errorTitle(*error),
        taken ? QString() : error->message);
}

void TestLabPage::onFaults()
{
    const qsizetype on = m_run->faults().size();
    m_tabs->setTabText(Faults, on == 0 ? tr("Faults") : tr("Faults (%1)").arg(on));
    m_tabs->setTabIcon(Faults, on == 0 ? QIcon() : icon(QStringLiteral("warning")));
}

void TestLabPage::addDemo()
{
    if (!m_run->lab())
        return;
    credentials::Credentials &heart = m_services.broker.credentials();
    credentials::NewServer server;
    server.url = m_run->lab()->mcpUrl();
    if (const auto known = heart.find(server.url)) {
        Q_EMIT openRequested(serversPage, known->account.id);
        return;
    }
    const auto work = [](QPointer<TestLabPage> self, credentials::Credentials &to,
                          credentials::NewServer what) -> Task<void> {
        const audit::ClientFacts me = windowFacts();
        const Result<credentials::AccountView> view = co_await to.add(what, me);
        if (!self)
            co_return;
        if (view)
            Q_EMIT self->openRequested(serversPage, view->account.id);
        else
            self->m_banner->show(Tone::Error, errorTitle(view.error()), view.error().message);
    };
    detach(work(this, heart, server));
}

void TestLabPage::retranslate()
{
    const QStringList labels{tr("MCP server"), tr("Authorization server")};
    for (int i = 0; i < labels.size(); ++i) {
        const auto name = QStringLiteral("addressLabel%1").arg(i);
        m_addresses->findChild<QLabel *>(name)->setText(labels.at(i));
    }
    m_resource->setName(tr("Address of the MCP server"));
    m_issuer->setName(tr("Address of the authorization server"));
    m_reset->setText(tr("&Reset"));
    m_reset->setIcon(icon(QStringLiteral("refresh")));
    m_reset->setToolTip(tr("Forgets clients, tokens, counts and the diagram. Tokens that were "
                           "issued are refused from now on."));
    m_stop->setText(tr("St&op"));
    m_stop->setIcon(icon(QStringLiteral("stop")));
    m_start->setText(tr("Start a&gain"));
    m_start->setIcon(accentIcon(QStringLiteral("play")));
    m_add->setText(tr("A&dd to servers"));
    m_add->setIcon(icon(QStringLiteral("add")));
    m_add->setToolTip(tr("Adds the demo MCP server to yours and leads there"));
    m_freePort->setText(tr("Ta&ke a free port"));
    m_tabs->setIconSize({16, 16});
    m_tabs->tabBar()->setAccessibleName(tr("Parts of the test lab"));
    m_tabs->setTabText(Requests, tr("Requests"));
    m_tabs->setTabText(Tokens, tr("Tokens"));
    m_tabs->setTabText(Clients, tr("Clients"));
    m_tabs->setTabText(Options, tr("Options"));
    onFaults();
    onState();
}

} // namespace chatelaine::ui
