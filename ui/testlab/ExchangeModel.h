// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/testlab/Exchange.h"

#include <QAbstractListModel>
#include <QTimer>

namespace chatelaine::ui {

/// The requests to the lab, oldest first. What comes in is shown in batches, so that a storm of
/// requests costs no more than some frames a second; the oldest are forgotten.
class ExchangeModel : public QAbstractListModel
{
    Q_OBJECT

public:
    static constexpr int capacity = 5000;
    static constexpr int forgottenAtOnce = 500;
    static constexpr int batchMs = 40;

    explicit ExchangeModel(QObject *parent = nullptr);

    void add(const testlab::Exchange &exchange);
    void clear();
    /// How many have come, with those forgotten.
    quint64 total() const { return m_exchanges.isEmpty() ? 0 : m_exchanges.constLast().number; }
    const testlab::Exchange *exchange(int row) const;
    void retranslate();

    int rowCount(const QModelIndex &parent = {}) const override;
    /// Qt::DisplayRole is the whole exchange in words.
    QVariant data(const QModelIndex &index, int role) const override;

private:
    void flush();

    QList<testlab::Exchange> m_exchanges; ///< with numbers that follow each other
    QList<testlab::Exchange> m_arrivals;
    QTimer m_batch;
};

} // namespace chatelaine::ui
