// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/Table.h"

#include "ui/common/Columns.h"
#include "ui/common/Metrics.h"

#include <QHeaderView>

namespace chatelaine::ui {

namespace {

constexpr int leastLast = 120;

} // namespace

ShortTable::ShortTable(int columns, QWidget *parent)
    : QTableWidget(0, columns, parent)
    , m_rules(columns)
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
    horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    setRule(columns - 1, leastLast, 1);
}

void ShortTable::setHeaders(const QStringList &headers)
{
    setHorizontalHeaderLabels(headers);
    arrange();
}

void ShortTable::setRule(int column, int least, int leaves)
{
    m_rules[column] = {least, leaves};
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
    arrange();
}

int ShortTable::heightForRows(int rows) const
{
    return horizontalHeader()->sizeHint().height() + rows * verticalHeader()->defaultSectionSize()
        + 2 * frameWidth();
}

void ShortTable::resizeEvent(QResizeEvent *event)
{
    QTableWidget::resizeEvent(event);
    arrange();
}

void ShortTable::arrange()
{
    QList<Column> columns = contentOf(*this);
    for (int i = 0; i < columnCount(); ++i) {
        Column &column = columns[i];
        const Rule rule = m_rules.at(i);
        const int least = rule.least > 0 ? qMax(column.least, rule.least) : column.want;
        column.least = qMin(column.want, least);
        column.leaves = rule.leaves;
    }
    setColumnWidths(*this, columnWidths(columns, viewport()->width()));
}

} // namespace chatelaine::ui
