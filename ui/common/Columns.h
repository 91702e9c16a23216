// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

class QTableView;

namespace chatelaine::ui {

/// How much of its table's width a column gets, in pixels.
struct Column
{
    int want = 0; ///< what it holds
    int least = 0; ///< as narrow as it may get
    int leaves = 0; ///< where there is no room: 1 goes first, 2 after it; 0 stays
};

/// The widths of columns that share `room`. Each gets what it wants; where that is too much, the
/// widest of those that may be narrower are; where even that is too much, those that may leave do.
/// What is left over goes to the last one. 0: no room for it.
QList<int> columnWidths(const QList<Column> &columns, int room);

/// A column's words in the header, with what is around them; of a hidden one too.
int headerWidth(QTableView &table, int column);

/// Of each column, hidden ones too: its header's words and what the rows in view hold, with what is
/// around them. `least` is the header's, and nothing leaves.
QList<Column> contentOf(QTableView &table);

void setColumnWidths(QTableView &table, const QList<int> &widths);

} // namespace chatelaine::ui
