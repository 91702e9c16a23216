// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/Style.h"

#include "ui/common/Colors.h"
#include "ui/common/Icons.h"
#include "ui/common/Metrics.h"

#include <QPainter>
#include <QPushButton>
#include <QStyleOption>
#include <QTabBar>

namespace chatelaine::ui {

Style::Style()
    : QProxyStyle(QStringLiteral("fusion"))
{ }

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
    const QWidget *widget) const
{
    if (element == PE_FrameFocusRect) {
        // The style sheet draws these two their ring.
        if (qobject_cast<const QPushButton *>(widget) || qobject_cast<const QTabBar *>(widget))
            return;
        drawFocusRing(painter, QRectF(option->rect), option->palette);
        return;
    }
    if (element == PE_IndicatorCheckBox) {
        drawCheckBox(painter, option);
        return;
    }
    if (element == PE_IndicatorRadioButton) {
        drawRadioButton(painter, option);
        return;
    }
    QProxyStyle::drawPrimitive(element, option, painter, widget);
}

// Fusion's boxes and rings have too pale an edge to be seen by everybody.
void Style::drawCheckBox(QPainter *painter, const QStyleOption *option)
{
    const Colors &colors = colorsOf(option->palette);
    const bool enabled = option->state & State_Enabled;
    const bool on = option->state & State_On;
    const int side = qMin(option->rect.width(), option->rect.height());
    QRectF box(0, 0, side - 1, side - 1);
    box.moveCenter(QRectF(option->rect).center());
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(!enabled ? colors.line : on ? colors.accent : colors.control, 1.2));
    painter->setBrush(!on ? colors.card : enabled ? colors.accent : colors.line);
    painter->drawRoundedRect(box, 3, 3);
    if (on) {
        painter->setPen(QPen(enabled ? colors.onAccent : colors.muted, side / 8.0, Qt::SolidLine,
            Qt::RoundCap, Qt::RoundJoin));
        const auto at = [&box](double x, double y) {
            return QPointF(box.left() + x * box.width(), box.top() + y * box.height());
        };
        painter->drawPolyline(QPolygonF {at(0.25, 0.52), at(0.43, 0.7), at(0.76, 0.32)});
    }
    painter->restore();
}

void Style::drawRadioButton(QPainter *painter, const QStyleOption *option)
{
    const Colors &colors = colorsOf(option->palette);
    const bool enabled = option->state & State_Enabled;
    const bool on = option->state & State_On;
    const int side = qMin(option->rect.width(), option->rect.height());
    QRectF ring(0, 0, side - 1, side - 1);
    ring.moveCenter(QRectF(option->rect).center());
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(!enabled ? colors.line : on ? colors.accent : colors.control, 1.2));
    painter->setBrush(colors.card);
    painter->drawEllipse(ring);
    if (on) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(enabled ? colors.accent : colors.muted);
        painter->drawEllipse(ring.center(), ring.width() / 4, ring.height() / 4);
    }
    painter->restore();
}

int Style::pixelMetric(
    PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
        return space::icon;
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return space::s;
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing:
        return space::s;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
    QStyleHintReturn *data) const
{
    switch (hint) {
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
        return 0;
    case SH_UnderlineShortcut:
        return 1;
    case SH_ComboBox_Popup:
        return 0;
    default:
        return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

QIcon Style::standardIcon(
    StandardPixmap which, const QStyleOption *option, const QWidget *widget) const
{
    // Fusion would look through the desktop's icon theme, and through pictures of its own.
    if (which == SP_LineEditClearButton)
        return icon(QStringLiteral("close"));
    return QProxyStyle::standardIcon(which, option, widget);
}

void drawRowGround(QPainter *painter, const QStyleOptionViewItem &option, int margin)
{
    const Colors &colors = colorsOf(option.palette);
    const QRect row = option.rect;
    if (option.state & QStyle::State_Selected) {
        painter->fillRect(row, colors.accentGround);
        painter->fillRect(QRect(row.left(), row.top(), 3, row.height()), colors.accent);
    } else if (option.state & QStyle::State_MouseOver) {
        painter->fillRect(row, colors.window);
    }
    painter->setPen(colors.line);
    painter->drawLine(row.left() + margin, row.bottom(), row.right() - margin, row.bottom());
}

void drawFocusRing(QPainter *painter, const QRectF &rect, const QPalette &palette)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(colorsOf(palette).accent, 2));
    painter->setBrush(Qt::NoBrush);
    painter->drawRoundedRect(rect.adjusted(1, 1, -1, -1), 6, 6);
    painter->restore();
}

} // namespace chatelaine::ui
