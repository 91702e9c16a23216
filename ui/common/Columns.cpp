// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/Columns.h"

#include <QHeaderView>
#include <QTableView>

namespace chatelaine::ui {

QList<int> columnWidths(const QList<Column> &columns, int room)
{
    QList<int> widths(columns.size(), 0);
    QList<qsizetype> shown;
    for (qsizetype i = 0; i < columns.size(); ++i)
        shown.append(i);
    const auto sum = [&columns, &shown](int Column::*what) {
        int all = 0;
        for (const qsizetype i : std::as_const(shown))
            all += columns.at(i).*what;
        return all;
    };
    while (sum(&Column::least) > room) {
        qsizetype next = -1;
        for (qsizetype place = 0; place < shown.size(); ++place) {
            const int leaves = columns.at(shown.at(place)).leaves;
            if (leaves > 0 && (next < 0 || leaves < columns.at(shown.at(next)).leaves))
                next = place;
        }
        if (next < 0)
            break;
        shown.removeAt(next);
    }
    if (shown.isEmpty())
        return widths;
    // The widest give first: below a common level nobody loses anything.
    const auto widthAt = [&columns](qsizetype i, int level) {
        return qMin(columns.at(i).want, qMax(columns.at(i).least, level));
    };
    const auto sumAt = [&shown, &widthAt](int level) {
        int all = 0;
        for (const qsizetype i : std::as_const(shown))
            all += widthAt(i, level);
        return all;
    };
    int level = 0;
    int over = room + 1;
    while (over - level > 1) {
        const int middle = (level + over) / 2;
        (sumAt(middle) <= room ? level : over) = middle;
    }
    for (const qsizetype i : std::as_const(shown))
        widths[i] = widthAt(i, level);
    int used = 0;
    for (const int width : std::as_const(widths))
        used += width;
    widths[shown.constLast()] += qMax(0, room - used);
    return widths;
}

int headerWidth(QTableView &table, int column)
{
    // A hidden one has no words.
    const bool hidden = table.isColumnHidden(column);
    if (hidden)
        table.setColumnHidden(column, false);
    const int words = table.horizontalHeader()->sectionSizeHint(column);
    if (hidden)
        table.setColumnHidden(column, true);
    return words;
}

QList<Column> contentOf(QTableView &table)
{
    QList<Column> columns;
    const QAbstractItemView &view = table;
    for (int i = 0; i < table.horizontalHeader()->count(); ++i) {
        const int words = headerWidth(table, i);
        columns.append({qMax(words, view.sizeHintForColumn(i)), words, 0});
    }
    return columns;
}

void setColumnWidths(QTableView &table, const QList<int> &widths)
{
    for (int i = 0; i < int(widths.size()); ++i) {
        table.setColumnHidden(i, widths.at(i) == 0);
        if (widths.at(i) > 0)
            table.setColumnWidth(i, widths.at(i));
    }
}

} // namespace chatelaine::ui
