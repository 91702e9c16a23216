// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clients/ClientFilter.h"

#include "ui/clients/ClientsModel.h"

namespace chatelaine::ui {

ClientFilter::ClientFilter(QObject *parent)
    : QSortFilterProxyModel(parent)
{
    setDynamicSortFilter(true);
    sort(0);
}

void ClientFilter::setText(const QString &text)
{
    m_text = text.trimmed();
    invalidateFilter();
}

void ClientFilter::setWhich(Which which)
{
    m_which = which;
    invalidateFilter();
}

void ClientFilter::setOrder(Order order)
{
    m_order = order;
    invalidate();
}

bool ClientFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    const auto standing =
        static_cast<ClientsModel::Standing>(index.data(ClientsModel::StandingRole).toInt());
    const bool connected = index.data(ClientsModel::ConnectedRole).toInt() > 0;
    // "Any program" is there for its grants alone.
    if (standing == ClientsModel::Standing::NoGrant
        && index.data(ClientsModel::KeyRole).toString() == ClientsModel::anyKey())
        return false;
    // So is a program that never asked and has none any more.
    if (standing == ClientsModel::Standing::NoGrant && !connected
        && index.data(ClientsModel::LastSeenRole).toLongLong() == 0)
        return false;
    if ((m_which == Which::Allowed && standing != ClientsModel::Standing::Allowed)
        || (m_which == Which::Denied && standing != ClientsModel::Standing::Denied)
        || (m_which == Which::Connected && !connected))
        return false;
    return m_text.isEmpty()
        || index.data(Qt::DisplayRole).toString().contains(m_text, Qt::CaseInsensitive)
        || index.data(ClientsModel::ExeRole).toString().contains(m_text, Qt::CaseInsensitive);
}

bool ClientFilter::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    if (m_order != Order::Name) {
        const int role =
            m_order == Order::Loans ? ClientsModel::LoansRole : ClientsModel::LastSeenRole;
        const qint64 a = left.data(role).toLongLong();
        const qint64 b = right.data(role).toLongLong();
        if (a != b)
            return a > b;
    }
    return QString::localeAwareCompare(
               left.data(Qt::DisplayRole).toString(), right.data(Qt::DisplayRole).toString())
        < 0;
}

} // namespace chatelaine::ui
