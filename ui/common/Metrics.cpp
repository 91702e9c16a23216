// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/Metrics.h"

#include <QFontDatabase>
#include <QGuiApplication>

namespace chatelaine::ui {

QFont font(Type type)
{
    QFont result = QGuiApplication::font();
    const qreal size = result.pointSizeF();
    const auto scale = [&result, size](qreal factor) { result.setPointSizeF(size * factor); };
    switch (type) {
    case Type::Small:
        scale(0.9);
        break;
    case Type::Body:
        break;
    case Type::Strong:
        result.setWeight(QFont::DemiBold);
        break;
    case Type::Title:
        scale(1.15);
        result.setWeight(QFont::DemiBold);
        break;
    case Type::Headline:
        scale(1.55);
        result.setWeight(QFont::DemiBold);
        break;
    case Type::Mono:
        result = QFontDatabase::systemFont(QFontDatabase::FixedFont);
        result.setPointSizeF(size * 0.95);
        break;
    }
    return result;
}

} // namespace chatelaine::ui
