// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audit/AuditQuery.h"
#include "core/store/Records.h"
#include "ui/common/Services.h"
#include "ui/common/Words.h"

#include <QAbstractListModel>
#include <QHash>
#include <QTimer>

namespace chatelaine::ui {

/// Everyone who ever asked or has a grant, a row each; grants for any program are a row of their
/// own. It follows the history and is never made anew.
class ClientsModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        KeyRole = Qt::UserRole, ///< what rowOf() finds
        ExeRole,
        StandingRole, ///< Standing as int
        LoansRole,
        DenialsRole,
        FirstSeenRole, ///< UtcMs; 0: never
        LastSeenRole,
        ConnectedRole, ///< how many connections it has now
        SecondLineRole,
    };
    enum class Standing { NoGrant, Allowed, Denied };

    explicit ClientsModel(Services &services, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

    int rowOf(const QString &key) const { return m_index.value(key, -1); }
    /// The grants in force that name the client of that key.
    QList<store::Grant> grantsOf(const QString &key) const;
    /// Looks at grants and connections again.
    void refresh();
    void retranslate();

    static QString anyKey() { return QStringLiteral("*"); }
    static StateText standingText(Standing standing);

Q_SIGNALS:
    /// The history has been read.
    void loaded();

private:
    struct Row
    {
        QString key;
        audit::ClientSum sum;
        Standing standing = Standing::NoGrant;
        int connected = 0;
    };

    void read();
    void take(const audit::Record &record);
    Row &rowFor(const QString &key);
    QString nameOf(const Row &row) const;
    QString secondLine(const Row &row) const;

    Services &m_services;
    QList<Row> m_rows;
    QHash<QString, int> m_index;
    QTimer m_soon; ///< many loans, one look
};

} // namespace chatelaine::ui
