// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/Style.h"

#include "ui/common/Colors.h"
#include "ui/common/Icons.h"
#include "ui/common/Metrics.h"

#include <QAbstractItemModel>
#include <QPainter>
#include <QPushButton>
#include <QStyleOption>
#include <QTabBar>

namespace chatelaine::ui {

namespace {

constexpr int iconGap = 3; ///< more than the four pixels that Qt puts between an icon and its text
constexpr int lineInset = 10;
constexpr int barWidth = 3;

} // namespace

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
    if (which == SP_LineEditClearButton)
        return mutedIcon(QStringLiteral("close"));
    return QProxyStyle::standardIcon(which, option, widget);
}

void Style::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    // Our icons keep to the left of what they get.
    if (auto *button = qobject_cast<QPushButton *>(widget))
        button->setIconSize({space::icon + iconGap, space::icon});
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

void paintRowGround(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index, bool lined)
{
    const Colors &colors = colorsOf(option.palette);
    const QRect row = option.rect;
    const bool chosen = option.state & QStyle::State_Selected;
    const bool focus = option.state & QStyle::State_HasFocus;
    const QRectF ground = QRectF(row).adjusted(0, 1, 0, -2);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    if (chosen || option.state & QStyle::State_MouseOver) {
        painter->setBrush(chosen ? colors.accentGround : colors.window);
        painter->drawRoundedRect(ground, 6, 6);
    }
    if (focus) {
        drawFocusRing(painter, ground, option.palette);
    } else if (chosen) {
        painter->setBrush(colors.accent);
        const QRectF bar(ground.left(), ground.top() + 8, barWidth, ground.height() - 16);
        painter->drawRoundedRect(bar, barWidth / 2.0, barWidth / 2.0);
    }
    const bool last = index.row() + 1 == index.model()->rowCount(index.parent());
    if (lined && !chosen && !last) {
        painter->fillRect(
            row.left() + lineInset, row.bottom(), row.width() - 2 * lineInset, 1, colors.line);
    }
    painter->restore();
}

} // namespace chatelaine::ui
