// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/servers/ServerFilter.h"

#include "core/store/Records.h"
#include "ui/servers/ServerListModel.h"

namespace chatelaine::ui {

namespace {

store::AccountState stateOf(const QModelIndex &index)
{
    return static_cast<store::AccountState>(index.data(ServerListModel::StateRole).toInt());
}

bool needsAttention(store::AccountState state)
{
    return state == store::AccountState::Expired || state == store::AccountState::NeedsSignIn
        || state == store::AccountState::Error;
}

/// What wants to be looked at comes first.
int urgency(store::AccountState state)
{
    switch (state) {
    case store::AccountState::Error:
        return 0;
    case store::AccountState::NeedsSignIn:
        return 1;
    case store::AccountState::Expired:
        return 2;
    case store::AccountState::SignedIn:
        return 3;
    case store::AccountState::SignedOut:
        return 4;
    }
    return 5;
}

} // namespace

ServerFilter::ServerFilter(QObject *parent)
    : QSortFilterProxyModel(parent)
{
    setDynamicSortFilter(true);
    sort(0);
}

void ServerFilter::setText(const QString &text)
{
    m_text = text.trimmed();
    invalidateFilter();
}

void ServerFilter::setWhich(Which which)
{
    m_which = which;
    invalidateFilter();
}

void ServerFilter::setOrder(Order order)
{
    m_order = order;
    invalidate();
}

bool ServerFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    const store::AccountState state = stateOf(index);
    switch (m_which) {
    case Which::All:
        break;
    case Which::SignedIn:
        if (state != store::AccountState::SignedIn)
            return false;
        break;
    case Which::NeedAttention:
        if (!needsAttention(state))
            return false;
        break;
    case Which::SignedOut:
        if (state != store::AccountState::SignedOut)
            return false;
        break;
    }
    if (m_text.isEmpty())
        return true;
    for (const int role : {int(ServerListModel::FullNameRole), int(ServerListModel::HostRole),
             int(ServerListModel::ClientRole)}) {
        if (index.data(role).toString().contains(m_text, Qt::CaseInsensitive))
            return true;
    }
    return false;
}

bool ServerFilter::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const auto number = [](const QModelIndex &index, int role) {
        return index.data(role).toLongLong();
    };
    switch (m_order) {
    case Order::Name:
        break;
    case Order::State: {
        const int a = urgency(stateOf(left));
        const int b = urgency(stateOf(right));
        if (a != b)
            return a < b;
        break;
    }
    case Order::Expiry: {
        const qint64 a = number(left, ServerListModel::ExpiresRole);
        const qint64 b = number(right, ServerListModel::ExpiresRole);
        if (a != b)
            return b == 0 || (a != 0 && a < b);
        break;
    }
    case Order::Loan: {
        const qint64 a = number(left, ServerListModel::LoanTimeRole);
        const qint64 b = number(right, ServerListModel::LoanTimeRole);
        if (a != b)
            return a > b;
        break;
    }
    }
    return QString::localeAwareCompare(left.data(ServerListModel::FullNameRole).toString(),
               right.data(ServerListModel::FullNameRole).toString())
        < 0;
}

} // namespace chatelaine::ui
