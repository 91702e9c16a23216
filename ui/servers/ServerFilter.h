// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSortFilterProxyModel>

namespace chatelaine::ui {

/// Which servers are shown, and in which order.
class ServerFilter : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    enum class Which { All, SignedIn, NeedAttention, SignedOut };
    enum class Order { Name, State, Expiry, Loan };

    explicit ServerFilter(QObject *parent = nullptr);

    void setText(const QString &text);
    void setWhich(Which which);
    void setOrder(Order order);
    Order order() const { return m_order; }

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    QString m_text;
    Which m_which = Which::All;
    Order m_order = Order::Name;
};

} // namespace chatelaine::ui
