// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>
#include <QTableView>

namespace chatelaine::ui {

/// Paints a row of the history: plain text, and the outcome as an icon with its word.
class ActivityDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
        const QModelIndex &index) const override;
};

/// The history as rows. Those that come in above leave what is being read where it is; at the top
/// they push it down. Columns for which there is no room go (Columns.h): the record's pane has them
/// all.
class ActivityTable : public QTableView
{
    Q_OBJECT

public:
    explicit ActivityTable(QWidget *parent = nullptr);

    void setModel(QAbstractItemModel *model) override;
    void reset() override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void dataChanged(
        const QModelIndex &first, const QModelIndex &last, const QList<int> &roles) override;

private:
    bool measure();
    void onRowsInserted(const QModelIndex &parent, int first, int last);
    void arrangeColumns();

    int m_server = 0; ///< the widest there was, in pixels
    int m_client = 0;
};

} // namespace chatelaine::ui
