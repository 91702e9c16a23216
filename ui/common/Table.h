// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableWidget>

namespace chatelaine::ui {

/// A short table to be read: whole rows, no grid, the last column takes the room. For long lists use
/// a model.
class ShortTable : public QTableWidget
{
    Q_OBJECT

public:
    explicit ShortTable(int columns, QWidget *parent = nullptr);

    void setHeaders(const QStringList &headers);
    void begin() { m_next = 0; }
    void row(const QStringList &cells, const QString &toolTip = {});
    void end();

private:
    int m_next = 0;
};

} // namespace chatelaine::ui
