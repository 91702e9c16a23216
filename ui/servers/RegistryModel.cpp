// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/servers/RegistryModel.h"

namespace chatelaine::ui {

RegistryModel::RegistryModel(registry::RegistrySearch &search, QObject *parent)
    : QAbstractListModel(parent)
    , m_search(search)
{
    using registry::RegistrySearch;
    connect(&search, &RegistrySearch::cleared, this, [this] {
        beginResetModel();
        m_count = 0;
        endResetModel();
    });
    connect(&search, &RegistrySearch::added, this, [this](int first, int last) {
        beginInsertRows({}, first, last);
        m_count = last + 1;
        endInsertRows();
    });
    connect(&search, &RegistrySearch::replaced, this,
        [this](int row) { Q_EMIT dataChanged(index(row), index(row)); });
}

int RegistryModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_count;
}

QString RegistryModel::remark(const registry::Entry &entry)
{
    const registry::Remote &remote = entry.remotes.constFirst();
    if (entry.remotes.size() > 1)
        return tr("%n address(es) to choose from", nullptr, int(entry.remotes.size()));
    if (const auto missing = remote.address().missing)
        return tr("needs: %1").arg(missing->name);
    if (!remote.keyHeaders.isEmpty())
        return tr("wants a key of your own: %1").arg(remote.keyHeaders.join(QStringLiteral(", ")));
    return entry.notice;
}

QVariant RegistryModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_count)
        return {};
    const registry::Entry &entry = m_search.found().at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return entry.label();
    case Qt::ToolTipRole:
        return entry.description.isEmpty() ? entry.name : entry.name + u'\n' + entry.description;
    case Qt::AccessibleTextRole: {
        QStringList words{
            entry.label(), entry.description, entry.remotes.constFirst().url, remark(entry)};
        if (entry.deprecated)
            words.append(tr("no longer kept up"));
        words.removeAll(QString());
        return words.join(QStringLiteral("; "));
    }
    case AddressRole:
        return entry.remotes.constFirst().url;
    case DescriptionRole:
        return entry.description;
    case VersionRole:
        return entry.version;
    case DeprecatedRole:
        return entry.deprecated;
    case RemarkRole:
        return remark(entry);
    default:
        return {};
    }
}

void RegistryModel::retranslate()
{
    if (m_count > 0)
        Q_EMIT dataChanged(index(0), index(m_count - 1));
}

} // namespace chatelaine::ui
