// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/testlab/Inventory.h"

#include <QAbstractTableModel>

namespace chatelaine::ui {

class LabRun;

/// What the lab has handed out, newest first; at most the latest thousand.
class TokenModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Kind, State, Client, Fingerprint, ColumnCount };
    static constexpr qsizetype shownAtMost = 1000;

    explicit TokenModel(LabRun &run, QObject *parent = nullptr);

    /// Reads the lab's list again. Who is looked at stays where they are.
    void refresh();
    /// The countdowns have gone on.
    void tick();
    void retranslate();
    const testlab::IssuedToken *token(int row) const;
    int rowOf(const QString &fingerprint) const;
    UtcMs now() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    LabRun &m_run;
    QList<testlab::IssuedToken> m_tokens;
};

} // namespace chatelaine::ui
