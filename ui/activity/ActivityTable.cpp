// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/activity/ActivityTable.h"

#include "ui/activity/ActivityModel.h"
#include "ui/activity/ActivityWords.h"
#include "ui/common/Columns.h"
#include "ui/common/Icons.h"
#include "ui/common/Metrics.h"

#include <QDateTime>
#include <QEvent>
#include <QHeaderView>
#include <QPainter>
#include <QScrollBar>

namespace chatelaine::ui {

namespace {

constexpr int padding = 8;
constexpr int markSize = 14;
constexpr int widestName = 30; ///< in average letters: of a server, of a client

} // namespace

void ActivityDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Colors &colors = colorsOf(option.palette);
    const QRect cell = option.rect;
    if (option.state & QStyle::State_Selected) {
        painter->fillRect(cell, colors.accentGround);
        if (index.column() == 0)
            painter->fillRect(QRect(cell.left(), cell.top(), 3, cell.height()), colors.accent);
    }
    QRect inside = cell.adjusted(padding, 0, -padding, 0);
    const QVariant outcome = index.data(ActivityModel::OutcomeRole);
    const bool read = outcome.isValid();
    const QString text = index.data(Qt::DisplayRole).toString();
    painter->setFont(option.font);
    painter->setPen(index.column() == ActivityModel::Time || !read ? colors.muted : colors.text);
    if (!read && text.isEmpty() && index.column() != ActivityModel::Detail) {
        // Not read yet: a bar where the words will be.
        painter->fillRect(QRect(inside.left(), inside.center().y() - 3,
                              qMin(inside.width(), 60), 6),
            colors.line);
        return;
    }
    if (read && index.column() == ActivityModel::Outcome) {
        const StateText words = outcomeText(static_cast<audit::Outcome>(outcome.toInt()));
        const QColor ink = colors.tone(words.tone).ink;
        const QRect mark(inside.left(), inside.center().y() - markSize / 2 + 1, markSize, markSize);
        painter->drawPixmap(mark,
            iconPixmap(words.icon, ink, markSize, painter->device()->devicePixelRatioF()));
        painter->setPen(ink);
        inside.setLeft(mark.right() + 6);
    }
    painter->drawText(inside, int(Qt::AlignVCenter) | int(Qt::AlignLeft) | int(Qt::TextSingleLine),
        option.fontMetrics.elidedText(text, Qt::ElideRight, inside.width()));
}

ActivityTable::ActivityTable(QWidget *parent)
    : QTableView(parent)
{
    setFont(ui::font(Type::Small));
    setItemDelegate(new ActivityDelegate(this));
    setShowGrid(false);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setTabKeyNavigation(false);
    setWordWrap(false);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 12);
    horizontalHeader()->setFont(ui::font(Type::Small));
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionsMovable(false);
    horizontalHeader()->setStretchLastSection(true);
    setMinimumWidth(260);
}

void ActivityTable::setModel(QAbstractItemModel *model)
{
    QTableView::setModel(model);
    // After the view's own: it knows of the new rows already.
    connect(model, &QAbstractItemModel::rowsInserted, this, &ActivityTable::onRowsInserted);
    arrangeColumns();
}

void ActivityTable::onRowsInserted(const QModelIndex &, int first, int last)
{
    if (measure())
        arrangeColumns();
    const int before = verticalScrollBar()->value();
    if (first != 0 || before == 0)
        return;
    updateGeometries();
    verticalScrollBar()->setValue(
        before + (last - first + 1) * verticalHeader()->defaultSectionSize());
}

void ActivityTable::reset()
{
    QTableView::reset();
    m_server = m_client = 0;
    measure();
    arrangeColumns();
}

void ActivityTable::dataChanged(
    const QModelIndex &first, const QModelIndex &last, const QList<int> &roles)
{
    QTableView::dataChanged(first, last, roles);
    if (measure())
        arrangeColumns();
}

void ActivityTable::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    measure();
    arrangeColumns();
}

void ActivityTable::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        arrangeColumns();
}

// Of what is in view: the views' own hint reads every row while the table is hidden. Only ever
// wider, so that nothing moves under the eyes.
bool ActivityTable::measure()
{
    const int before = m_server + m_client;
    const int first = qMax(0, rowAt(0));
    const int seen = viewport()->height() / verticalHeader()->defaultSectionSize() + 1;
    const int last = qMin(model() ? model()->rowCount() : 0, first + seen);
    const int most = widestName * fontMetrics().averageCharWidth();
    const auto width = [this, most](int row, int column) {
        const QString text = model()->index(row, column).data().toString();
        return qMin(most, fontMetrics().horizontalAdvance(text)) + 2 * padding + 2;
    };
    for (int row = first; row < last; ++row) {
        m_server = qMax(m_server, width(row, ActivityModel::Server));
        m_client = qMax(m_client, width(row, ActivityModel::Client));
    }
    return m_server + m_client > before;
}

void ActivityTable::arrangeColumns()
{
    if (!model())
        return;
    const QFontMetrics metrics = fontMetrics();
    const int unit = metrics.averageCharWidth();
    const auto width = [&metrics](const QString &sample) {
        return metrics.horizontalAdvance(sample) + 2 * padding + 4;
    };
    const auto header = [this](int column) { return headerWidth(*this, column); };
    const int year = QDate::currentDate().year();
    int time = 0;
    for (int month = 0; month < 24; ++month) {
        const QDateTime late(QDate(year - month / 12, month % 12 + 1, 28), QTime(22, 28, 28));
        time = qMax(time, width(shortTime(late.toMSecsSinceEpoch())));
    }
    int outcome = header(ActivityModel::Outcome);
    for (const auto one : {audit::Outcome::Ok, audit::Outcome::Denied, audit::Outcome::Failed})
        outcome = qMax(outcome, width(outcomeText(one).word) + markSize + 8);
    const int server = qMax(header(ActivityModel::Server), 12 * unit);
    const int client = qMax(header(ActivityModel::Client), 10 * unit);
    QList<Column> columns(ActivityModel::ColumnCount);
    columns[ActivityModel::Time] = {time, time, 0};
    columns[ActivityModel::What] = {28 * unit, 22 * unit, 0};
    columns[ActivityModel::Outcome] = {outcome, outcome, 0};
    columns[ActivityModel::Server] = {qMax(server, m_server), server, 3};
    columns[ActivityModel::Client] = {qMax(client, m_client), client, 2};
    columns[ActivityModel::Detail] = {24 * unit, 14 * unit, 1};
    setColumnWidths(*this, columnWidths(columns, viewport()->width()));
}

} // namespace chatelaine::ui
