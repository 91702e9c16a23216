// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableWidget>

namespace chatelaine::ui {

/// A short table to be read: whole rows, no grid. Its columns are as wide as what they hold, and
/// never wider together than the table: see setRule(). For long lists use a model.
class ShortTable : public QTableWidget
{
    Q_OBJECT

public:
    explicit ShortTable(int columns, QWidget *parent = nullptr);

    void setHeaders(const QStringList &headers);
    /// A column that may be elided down to `least` pixels, and goes where there is not even that
    /// (Column::leaves). Without a rule a column is whole and stays; the last one may be elided to
    /// 120 and is the first to go.
    void setRule(int column, int least, int leaves = 0);
    void begin() { m_next = 0; }
    void row(const QStringList &cells, const QString &toolTip = {});
    void end();
    /// Everything, without a scroll bar, in pixels.
    int heightForRows(int rows) const;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Rule
    {
        int least = 0;
        int leaves = 0;
    };
    void arrange();

    int m_next = 0;
    QList<Rule> m_rules;
};

} // namespace chatelaine::ui
