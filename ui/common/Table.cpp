// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/Table.h"

#include "ui/common/Metrics.h"

#include <QHeaderView>

namespace chatelaine::ui {

ShortTable::ShortTable(int columns, QWidget *parent)
    : QTableWidget(0, columns, parent)
{
    setFont(ui::font(Type::Small));
    setShowGrid(false);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setTabKeyNavigation(false);
    setWordWrap(false);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(QFontMetrics(font()).height() + 12);
    horizontalHeader()->setFont(ui::font(Type::Small));
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    horizontalHeader()->setSectionResizeMode(columns - 1, QHeaderView::Stretch);
}

void ShortTable::setHeaders(const QStringList &headers)
{
    setHorizontalHeaderLabels(headers);
}

void ShortTable::row(const QStringList &cells, const QString &toolTip)
{
    if (m_next == rowCount())
        insertRow(m_next);
    for (int column = 0; column < columnCount(); ++column) {
        QTableWidgetItem *cell = item(m_next, column);
        if (!cell) {
            cell = new QTableWidgetItem;
            setItem(m_next, column, cell);
        }
        cell->setText(cells.value(column));
        cell->setToolTip(toolTip.isEmpty() ? cells.value(column) : toolTip);
    }
    ++m_next;
}

void ShortTable::end()
{
    setRowCount(m_next);
}

} // namespace chatelaine::ui
