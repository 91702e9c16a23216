// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/servers/ServerListModel.h"

#include "core/broker/Broker.h"
#include "ui/common/Retelling.h"
#include "ui/common/Words.h"
#include "ui/servers/SettingsDrafts.h"

namespace chatelaine::ui {

ServerListModel::ServerListModel(Services &services, SettingsDrafts &drafts, QObject *parent)
    : QAbstractTableModel(parent)
    , m_services(services)
    , m_drafts(drafts)
    , m_borrowers(services)
    , m_rows(services.broker.credentials().accounts())
{
    reindex(0);
    const credentials::Credentials &heart = services.broker.credentials();
    connect(&heart, &credentials::Credentials::accountChanged, this, &ServerListModel::onChanged);
    connect(&heart, &credentials::Credentials::accountRemoved, this, &ServerListModel::onRemoved);
    connect(&m_borrowers, &Borrowers::changed, this, &ServerListModel::onLoan);
    connect(&drafts, &SettingsDrafts::changed, this, &ServerListModel::onDraft);
}

int ServerListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int ServerListModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

UtcMs ServerListModel::now() const
{
    return m_services.broker.clock().utcMs();
}

QString ServerListModel::display(const credentials::AccountView &view, int column) const
{
    const UtcMs time = now();
    switch (column) {
    case NameColumn:
        return view.fullName();
    case StateColumn:
        return stateText(view.account.state).word;
    case ExpiryColumn:
        return view.account.state == store::AccountState::SignedIn
            ? remaining(view.account.expiresAt, time)
            : QString();
    case LoanColumn: {
        const Borrowers::Loan loan = m_borrowers.last(view.fullName());
        return loan.time == 0
            ? QString()
            : tr("%1, %2", "program, when").arg(loan.client, relativeTime(loan.time, time));
    }
    default:
        return {};
    }
}

QVariant ServerListModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_rows.size())
        return {};
    const credentials::AccountView &view = m_rows.at(index.row());
    const store::Account &account = view.account;
    const bool signedIn = account.state == store::AccountState::SignedIn;
    switch (role) {
    case Qt::DisplayRole:
        return display(view, index.column());
    case Qt::AccessibleTextRole: {
        QStringList words {view.fullName(), stateText(account.state).word};
        const QString left = display(view, ExpiryColumn);
        if (!left.isEmpty())
            words.append(tr("expires in %1").arg(left));
        const QString loan = display(view, LoanColumn);
        if (!loan.isEmpty())
            words.append(tr("lent to %1").arg(loan));
        if (m_drafts.has(account.id))
            words.append(tr("settings not saved"));
        return words.join(QStringLiteral("; "));
    }
    case Qt::ToolTipRole:
        return account.lastError.isEmpty() ? view.server.url.toString() : retold(account.lastError);
    case AccountIdRole:
        return account.id;
    case FullNameRole:
        return view.fullName();
    case HostRole:
        return view.server.url.authority();
    case StateRole:
        return int(account.state);
    case ExpiresRole:
        return signedIn ? account.expiresAt : 0;
    case RenewsRole:
        return account.hasRefreshToken;
    case ClientRole:
        return m_borrowers.last(view.fullName()).client;
    case LoanTimeRole:
        return m_borrowers.last(view.fullName()).time;
    case DraftRole:
        return m_drafts.has(account.id);
    default:
        return {};
    }
}

QVariant ServerListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Name");
    case StateColumn:
        return tr("State");
    case ExpiryColumn:
        return tr("Expires in");
    case LoanColumn:
        return tr("Lent last");
    default:
        return {};
    }
}

int ServerListModel::rowOf(const QString &accountId) const
{
    return m_index.value(accountId, -1);
}

void ServerListModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(int(m_rows.size()) - 1, ColumnCount - 1));
}

void ServerListModel::onChanged(const QString &accountId)
{
    const auto view = m_services.broker.credentials().account(accountId);
    if (!view)
        return;
    const int row = rowOf(accountId);
    if (row >= 0) {
        m_rows[row] = *view;
        Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
        return;
    }
    const int end = int(m_rows.size());
    beginInsertRows({}, end, end);
    m_rows.append(*view);
    m_index.insert(accountId, end);
    endInsertRows();
}

void ServerListModel::onDraft(const QString &accountId)
{
    if (const int row = rowOf(accountId); row >= 0)
        Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
}

void ServerListModel::onRemoved(const QString &accountId)
{
    const int row = rowOf(accountId);
    if (row < 0)
        return;
    beginRemoveRows({}, row, row);
    m_rows.removeAt(row);
    m_index.remove(accountId);
    reindex(row);
    endRemoveRows();
}

void ServerListModel::onLoan(const QString &fullName)
{
    for (int row = 0; row < m_rows.size(); ++row) {
        if (m_rows.at(row).fullName() == fullName)
            Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    }
}

void ServerListModel::reindex(int from)
{
    for (int row = from; row < m_rows.size(); ++row)
        m_index.insert(m_rows.at(row).account.id, row);
}

} // namespace chatelaine::ui
