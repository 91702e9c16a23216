// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/servers/ServersPage.h"

#include "core/broker/Broker.h"
#include "ui/common/Icons.h"
#include "ui/common/Scrolling.h"
#include "ui/common/Surfaces.h"
#include "ui/servers/AddServerView.h"
#include "ui/servers/ServerDetail.h"
#include "ui/servers/ServerFilter.h"
#include "ui/servers/ServerListModel.h"
#include "ui/servers/ServerListView.h"
#include "ui/servers/SettingsDrafts.h"
#include "ui/signin/SignInView.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QResizeEvent>
#include <QScrollArea>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>

namespace chatelaine::ui {

namespace {

const QString signInPrefix = QStringLiteral("sign-in:");
const QString testLabPage = QStringLiteral("testlab");
const QString activityPage = QStringLiteral("activity");
const QString clientsPage = QStringLiteral("clients");
const QString addPrefix = QStringLiteral("add:");
constexpr int widestList = 420;
enum Side { NothingChosen, Blank };

} // namespace

ServersPage::ServersPage(Services &services, QWidget *parent)
    : Page(parent)
    , m_services(services)
    , m_drafts(new SettingsDrafts(services, this))
    , m_model(new ServerListModel(services, *m_drafts, this))
    , m_filter(new ServerFilter(this))
    , m_stack(new QStackedWidget(this))
    , m_empty(new EmptyState(QStringLiteral("server"), this))
    , m_emptyAdd(m_empty->addAction())
    , m_emptyLab(m_empty->addAction(QStringLiteral("lab")))
    , m_splitter(new QSplitter(Qt::Horizontal, this))
    , m_side(new QStackedWidget(this))
    , m_nothing(new EmptyState(QStringLiteral("key"), this))
{
    m_filter->setSourceModel(m_model);
    setLook(m_emptyAdd, "primary");
    m_emptyAdd->setObjectName(QStringLiteral("addFirstServer"));
    m_side->addWidget(m_nothing);
    m_side->addWidget(new QWidget(m_side));
    m_splitter->addWidget(makeListSide());
    m_splitter->addWidget(m_side);
    m_splitter->setStretchFactor(0, 2);
    m_splitter->setStretchFactor(1, 3);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(6);
    m_splitter->setSizes({340, 600});
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_splitter);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);

    connect(m_emptyAdd, &QPushButton::clicked, this, &ServersPage::startNew);
    connect(
        m_emptyLab, &QPushButton::clicked, this, [this] { Q_EMIT openRequested(testLabPage, {}); });
    connect(m_model, &QAbstractItemModel::rowsInserted, this, [this] {
        if (m_stack->currentIndex() == 0)
            showMain();
    });
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, [this] {
        if (m_stack->currentIndex() == 1)
            showMain();
    });
    retranslate();
    showMain();
}

ServerDetail *ServersPage::detail()
{
    if (!m_detail) {
        m_detail = new ServerDetail(m_services, *m_drafts, m_side);
        m_detail->setReachable(m_historyReachable, m_clientsReachable);
        m_side->addWidget(m_detail);
        connect(m_detail, &ServerDetail::signInWanted, this, &ServersPage::startSignIn);
        connect(m_detail, &ServerDetail::historyWanted, this, [this](const QString &server) {
            Q_EMIT openRequested(activityPage, QStringLiteral("server:") + server);
        });
        connect(m_detail, &ServerDetail::clientWanted, this,
            [this](const QString &program) { Q_EMIT openRequested(clientsPage, program); });
    }
    return m_detail;
}

SignInView *ServersPage::signInOf(const QString &accountId) const
{
    for (auto view = m_signIns.keyBegin(); view != m_signIns.keyEnd(); ++view) {
        if ((*view)->isOpen() && (*view)->accountId() == accountId)
            return *view;
    }
    return nullptr;
}

SignInView *ServersPage::freeSignIn()
{
    for (auto view = m_signIns.keyBegin(); view != m_signIns.keyEnd(); ++view) {
        if (!(*view)->isOpen())
            return *view;
    }
    auto *made = new SignInView(m_services);
    m_signIns.insert(made, scrolled(made, m_side));
    m_side->addWidget(m_signIns.value(made));
    connect(made, &SignInView::left, this, [this](const QString &accountId) {
        if (accountId == currentId())
            showDetail(accountId);
    });
    return made;
}

AddServerView *ServersPage::adding()
{
    if (!m_adding) {
        m_adding = new AddServerView(m_services);
        QScrollArea *area = scrolled(m_adding, m_stack);
        m_stack->addWidget(area);
        area->viewport()->installEventFilter(this);
        connect(m_adding, &AddServerView::wanted, area, [area](QWidget *where) {
            // Once the layouts know where that is.
            QTimer::singleShot(
                0, where, [area, where] { area->ensureWidgetVisible(where, 0, space::xl); });
        });
        connect(m_adding, &AddServerView::cancelled, this, &ServersPage::showMain);
        connect(m_adding, &AddServerView::added, this,
            [this](const QString &accountId, bool thenSignIn) {
                showMain();
                select(accountId);
                if (thenSignIn)
                    startSignIn(accountId);
            });
    }
    return m_adding;
}

bool ServersPage::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize)
        m_adding->setRoom(static_cast<QResizeEvent *>(event)->size().height());
    return Page::eventFilter(watched, event);
}

void ServersPage::showDetail(const QString &accountId)
{
    detail()->show(accountId);
    m_side->setCurrentWidget(m_detail);
}

QWidget *ServersPage::makeListSide()
{
    auto *side = new QWidget(this);
    m_search = new QLineEdit(side);
    m_add = new QPushButton(side);
    m_which = new QComboBox(side);
    m_order = new QComboBox(side);
    m_list = new ServerListView(m_services.broker.clock(), side);
    m_noMatch = new EmptyState(QStringLiteral("search"), side);
    m_clear = m_noMatch->addAction();
    m_listStack = new QStackedWidget(side);
    m_search->setObjectName(QStringLiteral("searchServers"));
    m_list->setObjectName(QStringLiteral("serverList"));
    m_which->setObjectName(QStringLiteral("whichServers"));
    m_add->setObjectName(QStringLiteral("addServer"));
    m_search->setClearButtonEnabled(true);
    m_which->addItems({{}, {}, {}, {}});
    m_order->addItems({{}, {}, {}, {}});
    m_list->setModel(m_filter);
    m_listStack->addWidget(m_list);
    m_listStack->addWidget(m_noMatch);
    m_clear->setObjectName(QStringLiteral("clearServerSearch"));
    side->setMinimumWidth(280);
    side->setMaximumWidth(widestList);

    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins(space::l, space::l, 2, space::l);
    layout->setSpacing(space::s);
    auto *first = new QHBoxLayout;
    first->addWidget(m_search, 1);
    first->addWidget(m_add);
    layout->addLayout(first);
    auto *second = new QHBoxLayout;
    second->addWidget(m_which, 1);
    second->addWidget(m_order, 1);
    layout->addLayout(second);
    layout->addWidget(m_listStack, 1);

    connect(m_add, &QPushButton::clicked, this, &ServersPage::startNew);
    connect(m_search, &QLineEdit::textChanged, m_filter, &ServerFilter::setText);
    connect(m_which, &QComboBox::activated, this,
        [this](int which) { m_filter->setWhich(static_cast<ServerFilter::Which>(which)); });
    connect(m_filter, &QAbstractItemModel::rowsInserted, this, &ServersPage::onFiltered);
    connect(m_filter, &QAbstractItemModel::rowsRemoved, this, &ServersPage::onFiltered);
    connect(m_order, &QComboBox::activated, this,
        [this](int order) { m_filter->setOrder(static_cast<ServerFilter::Order>(order)); });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
        &ServersPage::onCurrent);
    connect(m_clear, &QPushButton::clicked, this, [this] {
        clearSearch();
        m_search->setFocus();
    });
    connect(m_list, &QListView::activated, this, [this] { detail()->setFocus(); });
    auto *remove = new QShortcut(QKeySequence::Delete, m_list);
    remove->setContext(Qt::WidgetShortcut);
    connect(remove, &QShortcut::activated, this, [this] {
        if (m_detail && m_side->currentWidget() == m_detail)
            m_detail->askToRemove();
    });
    return side;
}

QString ServersPage::currentId() const
{
    return m_list->currentIndex().data(ServerListModel::AccountIdRole).toString();
}

void ServersPage::onCurrent(const QModelIndex &index)
{
    if (!index.isValid()) {
        m_side->setCurrentIndex(m_filter->rowCount() > 0 ? NothingChosen : Blank);
        return;
    }
    const QString id = index.data(ServerListModel::AccountIdRole).toString();
    if (SignInView *view = signInOf(id))
        m_side->setCurrentWidget(m_signIns.value(view));
    else
        showDetail(id);
}

void ServersPage::onFiltered()
{
    const bool none = m_filter->rowCount() == 0;
    m_listStack->setCurrentIndex(none ? 1 : 0);
    if (none)
        m_side->setCurrentIndex(Blank);
    else if (m_side->currentIndex() == Blank)
        m_list->setCurrentIndex(m_filter->index(0, 0));
}

void ServersPage::clearSearch()
{
    m_search->clear();
    m_which->setCurrentIndex(0);
    m_filter->setWhich(ServerFilter::Which::All);
    onFiltered();
}

void ServersPage::showMain()
{
    const bool any = m_model->rowCount() > 0;
    m_stack->setCurrentIndex(any ? 1 : 0);
    onFiltered();
    if (any && !m_list->currentIndex().isValid() && m_filter->rowCount() > 0)
        m_list->setCurrentIndex(m_filter->index(0, 0));
}

void ServersPage::select(const QString &accountId)
{
    const int row = m_model->rowOf(accountId);
    if (row < 0)
        return;
    QModelIndex index = m_filter->mapFromSource(m_model->index(row, 0));
    if (!index.isValid()) {
        // Whoever leads here wants to see it, whatever was searched for before.
        clearSearch();
        index = m_filter->mapFromSource(m_model->index(row, 0));
    }
    m_list->setCurrentIndex(index);
    m_list->scrollTo(index);
}

void ServersPage::startSignIn(const QString &accountId, const QStringList &extraScopes)
{
    SignInView *view = signInOf(accountId);
    if (!view)
        view = freeSignIn();
    // One that runs goes on; that of another account has a view of its own.
    if (!view->isRunning() || !extraScopes.isEmpty())
        view->start(accountId, extraScopes);
    m_side->setCurrentWidget(m_signIns.value(view));
}

bool ServersPage::isAdding() const
{
    return m_adding && m_stack->currentIndex() == 2;
}

void ServersPage::focusSearch()
{
    if (isAdding()) {
        m_adding->focusSearch();
        return;
    }
    m_search->setFocus();
    m_search->selectAll();
}

void ServersPage::focusAddress()
{
    if (isAdding())
        m_adding->focusAddress();
    else
        focusSearch();
}

void ServersPage::refresh()
{
    if (isAdding())
        m_adding->check();
    else if (m_detail && m_side->currentWidget() == m_detail)
        m_detail->refresh();
}

bool ServersPage::startNew()
{
    adding();
    m_stack->setCurrentIndex(2);
    m_adding->begin();
    return true;
}

void ServersPage::open(const QString &target)
{
    if (target.startsWith(addPrefix)) {
        startNew();
        m_adding->setUrl(target.mid(addPrefix.size()));
        return;
    }
    showMain();
    if (target.startsWith(signInPrefix)) {
        select(target.mid(signInPrefix.size()));
        startSignIn(target.mid(signInPrefix.size()));
        return;
    }
    select(target);
}

void ServersPage::setReachable(const QStringList &pageIds)
{
    m_emptyLab->setVisible(pageIds.contains(testLabPage));
    m_historyReachable = pageIds.contains(activityPage);
    m_clientsReachable = pageIds.contains(clientsPage);
    if (m_detail)
        m_detail->setReachable(m_historyReachable, m_clientsReachable);
}

int ServersPage::unsaved() const
{
    return m_drafts->count();
}

void ServersPage::retranslate()
{
    m_empty->setTexts(tr("No servers yet"),
        tr("Add an MCP server once; sign in once. Every program on this computer that you allow "
           "can then borrow access to it, and never sees more than that."));
    m_emptyAdd->setText(tr("&Add a server"));
    m_emptyAdd->setIcon(accentIcon(QStringLiteral("add")));
    m_emptyLab->setText(tr("&Try it on the test lab"));
    m_nothing->setTexts(
        tr("Nothing chosen"), tr("Choose a server on the left to see who is signed in to it."));
    m_noMatch->setTexts(
        tr("Nothing found"), tr("No server is called that, or none is in this state."));
    m_clear->setText(tr("Clear the sea&rch"));
    m_search->setPlaceholderText(tr("Search servers"));
    m_search->setAccessibleName(m_search->placeholderText());
    m_search->setToolTip(tr("Search by name, address or program (Ctrl+F)"));
    m_add->setText(tr("&Add"));
    m_add->setIcon(icon(QStringLiteral("add")));
    m_add->setToolTip(tr("Add a server (Ctrl+N)"));
    m_add->setAccessibleName(tr("Add a server"));
    const QStringList which{tr("All"), tr("Signed in"), tr("Need attention"), tr("Signed out")};
    const QStringList order{tr("By name"), tr("By state"), tr("By expiry"), tr("Lent last")};
    for (int i = 0; i < which.size(); ++i) {
        m_which->setItemText(i, which.at(i));
        m_order->setItemText(i, order.at(i));
    }
    m_which->setAccessibleName(tr("Which servers are shown"));
    m_order->setAccessibleName(tr("Order of the servers"));
    m_list->setAccessibleName(tr("Servers"));
    m_model->retranslate();
}

} // namespace chatelaine::ui
