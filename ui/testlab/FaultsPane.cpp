// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/testlab/FaultsPane.h"

#include "ui/common/Surfaces.h"
#include "ui/testlab/FaultModel.h"
#include "ui/testlab/LabRun.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace chatelaine::ui {

FaultsPane::FaultsPane(LabRun &run, QWidget *parent)
    : Pane(parent)
    , m_run(run)
    , m_model(new FaultModel(run, this))
    , m_search(new QLineEdit(this))
    , m_count(makeLabel(Type::Body, this, true))
    , m_allOff(new QPushButton(this))
    , m_stack(new QStackedWidget(this))
    , m_list(new QListView)
    , m_nothing(new EmptyState(QStringLiteral("search")))
{
    m_search->setObjectName(QStringLiteral("searchFaults"));
    m_list->setObjectName(QStringLiteral("faults"));
    m_allOff->setObjectName(QStringLiteral("faultsOff"));
    m_count->setObjectName(QStringLiteral("faultCount"));
    m_search->setClearButtonEnabled(true);
    m_count->setWordWrap(false);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new FaultDelegate(m_list));
    m_list->setEditTriggers(QAbstractItemView::SelectedClicked);
    m_list->setMouseTracking(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_stack->addWidget(m_list);
    m_stack->addWidget(m_nothing);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, space::s, 0, 0);
    layout->setSpacing(space::s);
    auto *first = new QHBoxLayout;
    first->setSpacing(space::m);
    first->addWidget(m_search, 1);
    first->addWidget(m_count);
    first->addWidget(m_allOff);
    layout->addLayout(first);
    layout->addWidget(m_stack, 1);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_model->setSearch(text);
        m_stack->setCurrentIndex(m_model->rowCount() == 0 ? 1 : 0);
    });
    connect(m_allOff, &QPushButton::clicked, &run, &LabRun::clearFaults);
    connect(&run, &LabRun::faultsChanged, this, &FaultsPane::onFaults);
    retranslate();
}

void FaultsPane::focusSearch()
{
    m_search->setFocus();
    m_search->selectAll();
}

void FaultsPane::onFaults()
{
    const int on = int(m_run.faults().size());
    m_count->setText(on == 0 ? tr("All is done right") : tr("%n fault(s) on", nullptr, on));
    m_allOff->setEnabled(on > 0);
}

void FaultsPane::retranslate()
{
    m_search->setPlaceholderText(tr("Search faults"));
    m_search->setAccessibleName(m_search->placeholderText());
    m_list->setAccessibleName(tr("Faults"));
    m_allOff->setText(tr("All o&ff"));
    m_nothing->setTexts(tr("Nothing found"), tr("No fault is called that or does that."));
    m_model->retranslate();
    onFaults();
}

} // namespace chatelaine::ui
