// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/testlab/RequestsPane.h"

#include "ui/common/Icons.h"
#include "ui/common/Surfaces.h"
#include "ui/testlab/ExchangeModel.h"
#include "ui/testlab/ExchangePane.h"
#include "ui/testlab/LabRun.h"
#include "ui/testlab/SequenceView.h"

#include <QLocale>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace chatelaine::ui {

RequestsPane::RequestsPane(LabRun &run, QWidget *parent)
    : Pane(parent)
    , m_run(run)
    , m_model(new ExchangeModel(this))
    , m_stack(new QStackedWidget(this))
    , m_splitter(new QSplitter(Qt::Horizontal))
    , m_view(new SequenceView)
    , m_detail(new ExchangePane)
    , m_empty(new EmptyState(QStringLiteral("lab")))
    , m_start(m_empty->addAction())
    , m_add(m_empty->addAction())
    , m_count(makeLabel(Type::Small, this, true))
{
    m_view->setObjectName(QStringLiteral("labRequests"));
    m_start->setObjectName(QStringLiteral("startLab"));
    m_add->setObjectName(QStringLiteral("addDemoFirst"));
    m_count->setObjectName(QStringLiteral("labRequestCount"));
    setLook(m_start, "primary");
    setLook(m_add, "primary");
    m_view->setModel(m_model);
    m_splitter->addWidget(m_view);
    m_splitter->addWidget(m_detail);
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 2);
    m_splitter->setSizes({440, 320});
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(6);
    m_detail->hide();
    m_stack->addWidget(m_splitter);
    m_stack->addWidget(m_empty);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, space::s, 0, 0);
    layout->setSpacing(space::xs);
    layout->addWidget(m_stack, 1);
    layout->addWidget(m_count);

    connect(&run, &LabRun::exchanged, m_model, &ExchangeModel::add);
    connect(&run, &LabRun::emptied, m_model, &ExchangeModel::clear);
    connect(&run, &LabRun::stateChanged, this, &RequestsPane::onState);
    connect(m_model, &QAbstractItemModel::modelReset, m_detail, &QWidget::hide);
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(m_model, signal, this, &RequestsPane::onState);
    connect(m_model, &QAbstractItemModel::modelReset, this, &RequestsPane::onState);
    connect(m_model, &QAbstractItemModel::dataChanged, this, [this] {
        if (!m_detail->isHidden())
            onCurrent();
    });
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this,
        &RequestsPane::onCurrent);
    connect(m_view, &QListView::clicked, this, &RequestsPane::onCurrent);
    connect(m_detail, &ExchangePane::closeWanted, this, [this] {
        m_detail->hide();
        m_view->clearSelection();
        m_view->setFocus();
    });
    connect(m_start, &QPushButton::clicked, this, &RequestsPane::startWanted);
    connect(m_add, &QPushButton::clicked, this, &RequestsPane::addWanted);
    retranslate();
}

void RequestsPane::onCurrent()
{
    // What was forgotten is still shown, until another is chosen.
    if (const testlab::Exchange *chosen = m_model->exchange(m_view->currentIndex().row()))
        m_detail->show(*chosen);
}

void RequestsPane::onState()
{
    const bool empty = m_model->rowCount() == 0;
    const bool running = m_run.isRunning();
    m_stack->setCurrentIndex(empty ? 1 : 0);
    m_start->setVisible(!running);
    // A start that would fail as the last one did is not what the page offers first.
    const bool failed = m_run.error().has_value();
    setLook(m_start, failed ? "" : "primary");
    m_start->setIcon(failed ? icon(QStringLiteral("play")) : accentIcon(QStringLiteral("play")));
    m_add->setVisible(running);
    m_count->setVisible(!empty);
    if (running) {
        m_empty->setTexts(tr("No requests yet"),
            tr("Every request to the lab will be drawn here as it comes. Add the demo server and "
               "sign in to it, or give its address to a program of your own."));
    } else {
        m_empty->setTexts(tr("The test lab is stopped"),
            tr("An authorization server and a protected MCP server on this computer, to try "
               "programs against: with every request in view and every fault at hand."));
    }
    const quint64 total = m_model->total();
    const int shown = m_model->rowCount();
    m_count->setText(quint64(shown) < total
            ? tr("The last %1 of %2 requests")
                  .arg(QLocale().toString(shown), QLocale().toString(total))
            : tr("%n request(s)", nullptr, shown));
}

void RequestsPane::retranslate()
{
    m_view->setAccessibleName(tr("Requests to the lab"));
    m_start->setText(tr("&Start the test lab"));
    m_add->setText(tr("Add the de&mo server"));
    m_add->setIcon(accentIcon(QStringLiteral("add")));
    m_model->retranslate();
    onState();
}

} // namespace chatelaine::ui
