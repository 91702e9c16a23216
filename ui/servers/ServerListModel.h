// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/credentials/Types.h"
#include "ui/common/Services.h"
#include "ui/servers/Borrowers.h"

#include <QAbstractTableModel>
#include <QHash>

namespace chatelaine::ui {

class SettingsDrafts;

/// The accounts as rows. It follows the heart row by row and is never made anew.
class ServerListModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, StateColumn, ExpiryColumn, LoanColumn, ColumnCount };
    enum Role {
        AccountIdRole = Qt::UserRole,
        FullNameRole,
        HostRole,
        StateRole, ///< store::AccountState as int
        ExpiresRole, ///< UtcMs; 0 while there is nothing to count down
        RenewsRole, ///< has a refresh token
        ClientRole, ///< last borrower
        LoanTimeRole,
        DraftRole, ///< its settings were changed and not saved
    };

    ServerListModel(Services &services, SettingsDrafts &drafts, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    int rowOf(const QString &accountId) const;
    /// The words have changed.
    void retranslate();
    UtcMs now() const;

private:
    void onChanged(const QString &accountId);
    void onDraft(const QString &accountId);
    void onRemoved(const QString &accountId);
    void onLoan(const QString &fullName);
    void reindex(int from);
    QString display(const credentials::AccountView &view, int column) const;

    Services &m_services;
    SettingsDrafts &m_drafts;
    Borrowers m_borrowers;
    QList<credentials::AccountView> m_rows;
    QHash<QString, int> m_index;
};

} // namespace chatelaine::ui
