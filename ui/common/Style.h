// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProxyStyle>

class QModelIndex;
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
    using QProxyStyle::polish;
    void polish(QWidget *widget) override;

private:
    static void drawCheckBox(QPainter *painter, const QStyleOption *option);
    static void drawRadioButton(QPainter *painter, const QStyleOption *option);
};

/// The ring, for delegates and widgets that paint themselves.
void drawFocusRing(QPainter *painter, const QRectF &rect, const QPalette &palette);

/// What is under a row of a list, for delegates: that it is chosen, under the mouse, where the
/// keyboard is; and, where wanted, a line to the row below.
void paintRowGround(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index,
    bool lined = true);

} // namespace chatelaine::ui
