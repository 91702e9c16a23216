// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/testlab/Exchange.h"

#include <QListView>
#include <QStyledItemDelegate>

namespace chatelaine::ui {

/// Where the lanes are in a given width.
struct Lanes
{
    explicit Lanes(int width, const QFont &font);

    int of(testlab::Exchange::Place place) const
    {
        return place == testlab::Exchange::Place::Resource ? resource : issuer;
    }

    int timeWidth = 0; ///< 0 where there is no room for the time
    int client = 0;
    int resource = 0;
    int issuer = 0;
};

/// A request as two arrows: there, and back with what it got.
class SequenceDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
        const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

/// The sequence diagram of an ExchangeModel: client, MCP server and authorization server as lanes,
/// a row for each request. It is a list: the keyboard walks it, and a screen reader reads each row
/// as a sentence. Stays with the newest row while it is there.
class SequenceView : public QListView
{
    Q_OBJECT

public:
    explicit SequenceView(QWidget *parent = nullptr);

    void setModel(QAbstractItemModel *model) override;
    bool isAtEnd() const;

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void onRemoved(int first, int last);

    QWidget *m_header;
    bool m_stay = true;
};

} // namespace chatelaine::ui
