// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clients/LoanChart.h"

#include "ui/common/Colors.h"
#include "ui/common/Metrics.h"
#include "ui/common/Times.h"

#include <QHelpEvent>
#include <QLocale>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <numeric>

namespace chatelaine::ui {

namespace {

constexpr qint64 dayMs = 24 * 3'600'000LL;
constexpr qreal gap = 4;
constexpr qreal least = 3; ///< even one loan is seen

} // namespace

LoanChart::LoanChart(QWidget *parent)
    : QWidget(parent)
{
    setFont(ui::font(Type::Small));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void LoanChart::setLoans(const QList<qint64> &loans, UtcMs firstDay)
{
    m_loans = loans;
    m_first = firstDay;
    setAccessibleName(tr("%n loan(s) in the last %1 days", nullptr, int(total())).arg(days));
    update();
}

qint64 LoanChart::total() const
{
    return std::accumulate(m_loans.cbegin(), m_loans.cend(), qint64(0));
}

QString LoanChart::dayText(int day) const
{
    return timeText(m_first + day * dayMs + dayMs / 2, DayStyle::Short, ClockStyle::None);
}

QRectF LoanChart::slot(int day) const
{
    const qreal labels = fontMetrics().height() + space::xs;
    const qreal wide = qreal(width()) / qMax<qsizetype>(1, m_loans.size());
    return {day * wide, labels, wide, height() - 2 * labels};
}

void LoanChart::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Colors &colors = colorsOf(palette());
    const qint64 most =
        m_loans.isEmpty() ? 0 : *std::max_element(m_loans.cbegin(), m_loans.cend());
    for (int day = 0; day < m_loans.size(); ++day) {
        const QRectF room = slot(day);
        QRectF bar = room.adjusted(gap / 2, 0, -gap / 2, 0);
        const qint64 loans = m_loans.at(day);
        painter.setPen(Qt::NoPen);
        painter.setBrush(loans > 0 ? colors.accent : colors.line);
        const qreal tall = loans > 0 ? qMax(least, room.height() * qreal(loans) / qreal(most)) : 1;
        bar.setTop(room.bottom() - tall);
        painter.drawRoundedRect(bar, qMin(3.0, tall / 2), qMin(3.0, tall / 2));
        if (loans > 0 && loans == most) {
            painter.setPen(colors.text);
            const QString text = QLocale().toString(loans);
            const qreal wide = fontMetrics().horizontalAdvance(text) + 2.0;
            QRectF above(bar.center().x() - wide / 2, 0, wide, bar.top() - 2);
            above.moveLeft(qBound(0.0, above.left(), width() - wide));
            painter.drawText(above, int(Qt::AlignHCenter) | int(Qt::AlignBottom), text);
        }
    }
    painter.setPen(colors.muted);
    const QRect below(0, height() - fontMetrics().height(), width(), fontMetrics().height());
    painter.drawText(below, int(Qt::AlignLeft) | int(Qt::AlignVCenter), dayText(0));
    painter.drawText(below, int(Qt::AlignRight) | int(Qt::AlignVCenter), tr("today"));
}

bool LoanChart::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    for (int day = 0; day < m_loans.size(); ++day) {
        const QRectF room = slot(day);
        if (help->pos().x() >= room.left() && help->pos().x() < room.right()) {
            QToolTip::showText(help->globalPos(),
                tr("%1: %n loan(s)", nullptr, int(m_loans.at(day))).arg(dayText(day)), this);
        }
    }
    return true;
}

} // namespace chatelaine::ui
