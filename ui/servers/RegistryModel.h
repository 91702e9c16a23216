// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/registry/RegistrySearch.h"

#include <QAbstractListModel>

namespace chatelaine::ui {

/// What a search in the registry has found, a server a row.
class RegistryModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        AddressRole = Qt::UserRole, ///< of the first remote, as published
        DescriptionRole,
        VersionRole,
        DeprecatedRole,
        RemarkRole, ///< what one has to know before choosing it; may be empty
    };

    explicit RegistryModel(registry::RegistrySearch &search, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    const registry::Entry &entry(int row) const { return m_search.found().at(row); }
    /// The words have changed.
    void retranslate();

private:
    static QString remark(const registry::Entry &entry);

    registry::RegistrySearch &m_search;
    int m_count = 0;
};

} // namespace chatelaine::ui
