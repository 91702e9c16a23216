// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProxyStyle>

class QStyleOptionViewItem;

namespace chatelaine::ui {

/// Fusion with our ring around what has the keyboard, and our measures.
class Style : public QProxyStyle
{
    Q_OBJECT

public:
    Style();

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
        const QWidget *widget) const override;
    int pixelMetric(
        PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
        QStyleHintReturn *data) const override;

    QIcon standardIcon(
        StandardPixmap which, const QStyleOption *option, const QWidget *widget) const override;

private:
    static void drawCheckBox(QPainter *painter, const QStyleOption *option);
    static void drawRadioButton(QPainter *painter, const QStyleOption *option);
};

/// A row of a list of cards: chosen with a bar at its left, under the mouse, and the line below it,
/// `margin` short of both ends.
void drawRowGround(QPainter *painter, const QStyleOptionViewItem &option, int margin);

/// The ring, for delegates and widgets that paint themselves.
void drawFocusRing(QPainter *painter, const QRectF &rect, const QPalette &palette);

} // namespace chatelaine::ui
