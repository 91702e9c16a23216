// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Time.h"

#include <QList>
#include <QWidget>

namespace chatelaine::ui {

/// Loans a day as bars, oldest first. Each bar tells its day and number as a tool tip; the whole is
/// told in words to those who can't see it.
class LoanChart : public QWidget
{
    Q_OBJECT

public:
    static constexpr int days = 14;

    explicit LoanChart(QWidget *parent = nullptr);

    /// `firstDay` is when the first of the bars begins.
    void setLoans(const QList<qint64> &loans, UtcMs firstDay);
    qint64 total() const;
    QSize sizeHint() const override { return {280, 120}; }
    QSize minimumSizeHint() const override { return {160, 110}; }

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QRectF slot(int day) const;
    QString dayText(int day) const;

    QList<qint64> m_loans;
    UtcMs m_first = 0;
};

} // namespace chatelaine::ui
