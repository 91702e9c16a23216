// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/testlab/ExchangeModel.h"

#include "ui/testlab/LabWords.h"

namespace chatelaine::ui {

ExchangeModel::ExchangeModel(QObject *parent)
    : QAbstractListModel(parent)
{
    m_batch.setSingleShot(true);
    m_batch.setInterval(batchMs);
    connect(&m_batch, &QTimer::timeout, this, &ExchangeModel::flush);
}

void ExchangeModel::add(const testlab::Exchange &exchange)
{
    m_arrivals.append(exchange);
    if (!m_batch.isActive())
        m_batch.start();
}

void ExchangeModel::clear()
{
    beginResetModel();
    m_exchanges.clear();
    m_arrivals.clear();
    m_batch.stop();
    endResetModel();
}

void ExchangeModel::flush()
{
    QList<testlab::Exchange> fresh;
    for (testlab::Exchange &arrived : std::exchange(m_arrivals, {})) {
        const quint64 number = arrived.number;
        if (number > total() + quint64(fresh.size())) {
            fresh.append(std::move(arrived));
        } else if (number > total()) {
            fresh[qsizetype(number - total()) - 1] = std::move(arrived);
        } else if (number >= m_exchanges.constFirst().number) {
            // An answer that took its time.
            const int row = int(number - m_exchanges.constFirst().number);
            m_exchanges[row] = std::move(arrived);
            Q_EMIT dataChanged(index(row), index(row));
        }
    }
    if (fresh.size() > capacity)
        fresh.remove(0, fresh.size() - capacity);
    if (!fresh.isEmpty()) {
        const int first = int(m_exchanges.size());
        beginInsertRows({}, first, first + int(fresh.size()) - 1);
        m_exchanges.append(fresh);
        endInsertRows();
    }
    if (m_exchanges.size() > capacity) {
        const int gone = qMax(forgottenAtOnce, int(m_exchanges.size()) - capacity);
        beginRemoveRows({}, 0, gone - 1);
        m_exchanges.remove(0, gone);
        endRemoveRows();
    }
}

const testlab::Exchange *ExchangeModel::exchange(int row) const
{
    return row >= 0 && row < m_exchanges.size() ? &m_exchanges.at(row) : nullptr;
}

int ExchangeModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_exchanges.size());
}

QVariant ExchangeModel::data(const QModelIndex &index, int role) const
{
    const testlab::Exchange *found = index.isValid() ? exchange(index.row()) : nullptr;
    if (!found || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    return sentenceOf(*found);
}

void ExchangeModel::retranslate()
{
    if (!m_exchanges.isEmpty())
        Q_EMIT dataChanged(index(0), index(int(m_exchanges.size()) - 1));
}

} // namespace chatelaine::ui
