// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/servers/ServerListView.h"

#include "ui/common/Words.h"
#include "ui/servers/ServerDelegate.h"
#include "ui/servers/ServerListModel.h"

namespace chatelaine::ui {

namespace {

constexpr qint64 aMinuteMs = 60'000;

} // namespace

ServerListView::ServerListView(const Clock &clock, QWidget *parent)
    : QListView(parent)
    , m_clock(clock)
{
    setUniformItemSizes(true);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMouseTracking(true);
    setItemDelegate(new ServerDelegate(this));
    m_tick.setSingleShot(true);
    connect(&m_tick, &QTimer::timeout, this, [this] { viewport()->update(); });
}

void ServerListView::showEvent(QShowEvent *event)
{
    QListView::showEvent(event);
    viewport()->update();
}

void ServerListView::hideEvent(QHideEvent *event)
{
    m_tick.stop();
    QListView::hideEvent(event);
}

void ServerListView::paintEvent(QPaintEvent *event)
{
    QListView::paintEvent(event);
    arm();
}

// The rows that were just painted say when the next of them has to be painted again.
void ServerListView::arm()
{
    const QModelIndex first = indexAt({1, 1});
    if (!isVisible() || !first.isValid())
        return;
    const UtcMs now = m_clock.utcMs();
    qint64 next = -1;
    for (int row = first.row(); row < model()->rowCount(); ++row) {
        const QModelIndex index = model()->index(row, 0);
        if (visualRect(index).top() > viewport()->height())
            break;
        const qint64 change =
            nextChangeMs(index.data(ServerListModel::ExpiresRole).toLongLong(), now);
        if (change > 0 && (next < 0 || change < next))
            next = change;
        // "5 minutes ago" ages too.
        if (index.data(ServerListModel::LoanTimeRole).toLongLong() != 0)
            next = next < 0 ? aMinuteMs : qMin(next, aMinuteMs);
    }
    if (next > 0)
        m_tick.start(int(qMin<qint64>(next, 3'600'000)));
}

} // namespace chatelaine::ui
