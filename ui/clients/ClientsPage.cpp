// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clients/ClientsPage.h"

#include "ui/clients/ClientDelegate.h"
#include "ui/clients/ClientDetail.h"
#include "ui/clients/ClientFilter.h"
#include "ui/clients/ClientsModel.h"
#include "ui/common/Scrolling.h"
#include "ui/common/Surfaces.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>

namespace chatelaine::ui {

namespace {

/// How often what time alone changes is shown anew: who is connected, how long a grant still lasts.
constexpr int tickMs = 5000;

} // namespace

ClientsPage::ClientsPage(Services &services, QWidget *parent)
    : Page(parent)
    , m_services(services)
    , m_model(new ClientsModel(services, this))
    , m_filter(new ClientFilter(this))
    , m_stack(new QStackedWidget(this))
    , m_empty(new EmptyState(QStringLiteral("clients"), this))
    , m_servers(m_empty->addAction(QStringLiteral("server")))
    , m_side(new QStackedWidget(this))
    , m_nothing(new EmptyState(QStringLiteral("clients"), this))
    , m_detail(new ClientDetail(services, *m_model))
    , m_tick(new QTimer(this))
{
    m_tick->setObjectName(QStringLiteral("clientsClock"));
    m_tick->setInterval(tickMs);
    connect(m_tick, &QTimer::timeout, m_model, &ClientsModel::refresh);
    m_filter->setSourceModel(m_model);
    m_side->addWidget(m_nothing);
    m_side->addWidget(scrolled(m_detail, m_side));
    m_side->addWidget(new QWidget(m_side));
    auto *splitter = new QSplitter(Qt::Horizontal, this);
    splitter->addWidget(makeListSide());
    splitter->addWidget(m_side);
    splitter->setStretchFactor(0, 2);
    splitter->setStretchFactor(1, 3);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(6);
    splitter->setSizes({340, 600});
    m_stack->addWidget(m_empty);
    m_stack->addWidget(splitter);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);

    m_servers->setObjectName(QStringLiteral("toServers"));
    connect(m_servers, &QPushButton::clicked, this,
        [this] { Q_EMIT openRequested(QStringLiteral("servers"), {}); });
    connect(m_filter, &QAbstractItemModel::rowsInserted, this, &ClientsPage::onRows);
    connect(m_filter, &QAbstractItemModel::rowsRemoved, this, &ClientsPage::onRows);
    connect(m_model, &ClientsModel::loaded, this, &ClientsPage::onRows);
    connect(m_model, &QAbstractItemModel::dataChanged, this,
        [this](const QModelIndex &first, const QModelIndex &last) {
            const int shown = m_model->rowOf(m_detail->key());
            if (shown >= first.row() && shown <= last.row())
                m_detail->refresh();
        });
    retranslate();
    onRows();
}

namespace {

constexpr int widestList = 360;
enum Side { NothingChosen, Detail, Blank };

} // namespace

QWidget *ClientsPage::makeListSide()
{
    auto *side = new QWidget(this);
    m_search = new QLineEdit(side);
    m_which = new QComboBox(side);
    m_order = new QComboBox(side);
    m_list = new QListView(side);
    m_noMatch = new EmptyState(QStringLiteral("search"), side);
    m_clear = m_noMatch->addAction();
    m_listStack = new QStackedWidget(side);
    m_search->setObjectName(QStringLiteral("searchClients"));
    m_search->setClearButtonEnabled(true);
    m_list->setObjectName(QStringLiteral("clientList"));
    m_which->setObjectName(QStringLiteral("whichClients"));
    m_which->addItems({{}, {}, {}, {}});
    m_order->addItems({{}, {}, {}});
    m_list->setUniformItemSizes(true);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setMouseTracking(true);
    m_list->setItemDelegate(new ClientDelegate(m_list));
    m_list->setModel(m_filter);
    m_listStack->addWidget(m_list);
    m_listStack->addWidget(m_noMatch);
    m_clear->setObjectName(QStringLiteral("clearClientSearch"));
    side->setMinimumWidth(280);
    side->setMaximumWidth(widestList);

    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins(space::l, space::l, 2, space::l);
    layout->setSpacing(space::s);
    layout->addWidget(m_search);
    auto *second = new QHBoxLayout;
    second->addWidget(m_which, 1);
    second->addWidget(m_order, 1);
    layout->addLayout(second);
    layout->addWidget(m_listStack, 1);

    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filter->setText(text);
        onRows();
    });
    connect(m_which, &QComboBox::activated, this, [this](int which) {
        m_filter->setWhich(static_cast<ClientFilter::Which>(which));
        onRows();
    });
    connect(m_order, &QComboBox::activated, this,
        [this](int order) { m_filter->setOrder(static_cast<ClientFilter::Order>(order)); });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
        [this](const QModelIndex &index) {
            if (index.isValid())
                m_detail->show(index.data(ClientsModel::KeyRole).toString());
            m_side->setCurrentIndex(index.isValid() ? Detail
                    : m_filter->rowCount() > 0      ? NothingChosen
                                                    : Blank);
        });
    connect(m_clear, &QPushButton::clicked, this, [this] {
        clearSearch();
        m_search->setFocus();
    });
    connect(m_list, &QListView::activated, this, [this] { m_detail->setFocus(); });
    return side;
}

void ClientsPage::onRows()
{
    const bool searching = !m_search->text().isEmpty() || m_which->currentIndex() > 0;
    const int rows = m_filter->rowCount();
    m_stack->setCurrentIndex(rows > 0 || searching ? 1 : 0);
    m_listStack->setCurrentIndex(rows > 0 ? 0 : 1);
    if (!m_wanted.isNull()) {
        const QModelIndex wanted =
            m_filter->mapFromSource(m_model->index(m_model->rowOf(m_wanted)));
        if (wanted.isValid()) {
            m_list->setCurrentIndex(wanted);
            m_list->scrollTo(wanted);
            m_wanted.clear();
        }
    }
    if (rows > 0 && !m_list->currentIndex().isValid())
        m_list->setCurrentIndex(m_filter->index(0, 0));
    if (rows == 0)
        m_side->setCurrentIndex(Blank);
}

void ClientsPage::clearSearch()
{
    m_search->clear();
    m_which->setCurrentIndex(0);
    m_filter->setWhich(ClientFilter::Which::All);
    onRows();
}

void ClientsPage::showEvent(QShowEvent *event)
{
    m_model->refresh();
    m_tick->start();
    Page::showEvent(event);
}

void ClientsPage::hideEvent(QHideEvent *event)
{
    m_tick->stop();
    Page::hideEvent(event);
}

void ClientsPage::focusSearch()
{
    m_search->setFocus();
    m_search->selectAll();
}

void ClientsPage::open(const QString &target)
{
    m_wanted = target;
    clearSearch();
}

void ClientsPage::retranslate()
{
    m_empty->setTexts(tr("No clients yet"),
        tr("Programs that ask for a token appear here, with what you allowed them. To have one "
           "ask, open a server, copy its connection command and paste it into your program."));
    m_servers->setText(tr("Open the &servers"));
    m_nothing->setTexts(tr("Nothing chosen"),
        tr("Choose a program on the left to see what it may and what it borrowed."));
    m_noMatch->setTexts(
        tr("Nothing found"), tr("No program is called that, or none is in this state."));
    m_clear->setText(tr("Clear the sea&rch"));
    m_search->setPlaceholderText(tr("Search clients"));
    m_search->setAccessibleName(m_search->placeholderText());
    const QStringList which {tr("All"), tr("Allowed"), tr("Denied"), tr("Connected")};
    const QStringList order {tr("Asked last"), tr("By name"), tr("By loans")};
    for (int i = 0; i < which.size(); ++i)
        m_which->setItemText(i, which.at(i));
    for (int i = 0; i < order.size(); ++i)
        m_order->setItemText(i, order.at(i));
    m_which->setAccessibleName(tr("Which clients are shown"));
    m_order->setAccessibleName(tr("Order of the clients"));
    m_list->setAccessibleName(tr("Clients"));
    m_model->retranslate();
}

} // namespace chatelaine::ui
