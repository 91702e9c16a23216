// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSortFilterProxyModel>

namespace chatelaine::ui {

/// Which clients are shown, and in what order.
class ClientFilter : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    enum class Which { All, Allowed, Denied, Connected };
    enum class Order { LastSeen, Name, Loans };

    explicit ClientFilter(QObject *parent = nullptr);

    void setText(const QString &text);
    void setWhich(Which which);
    void setOrder(Order order);

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    QString m_text;
    Which m_which = Which::All;
    Order m_order = Order::LastSeen;
};

} // namespace chatelaine::ui
