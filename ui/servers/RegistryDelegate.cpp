// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/servers/RegistryDelegate.h"

#include "ui/common/Labels.h"
#include "ui/common/Style.h"
#include "ui/servers/RegistryModel.h"

#include <QPainter>

namespace chatelaine::ui {

namespace {

constexpr int padding = 10;
constexpr int lineGap = 3;

int firstHeight()
{
    return qMax(QFontMetrics(ui::font(Type::Strong)).height(), StatePill::sizeFor({}).height());
}

/// Text at the left of a line, elided to what is left of it.
void drawLeft(QPainter *painter, const QRect &line, const QString &text,
    Qt::TextElideMode mode = Qt::ElideRight)
{
    painter->drawText(line, int(Qt::AlignVCenter) | int(Qt::AlignLeft),
        painter->fontMetrics().elidedText(text, mode, line.width()));
}

/// Text at its right; what is left of the line.
QRect drawRight(QPainter *painter, QRect line, const QString &text)
{
    if (text.isEmpty())
        return line;
    const QString fits = painter->fontMetrics().elidedText(text, Qt::ElideRight, line.width() / 2);
    painter->drawText(line, int(Qt::AlignVCenter) | int(Qt::AlignRight), fits);
    line.setRight(line.right() - painter->fontMetrics().horizontalAdvance(fits) - space::m);
    return line;
}

} // namespace

int RegistryDelegate::rowHeight()
{
    const int small = QFontMetrics(ui::font(Type::Small)).height();
    return 2 * padding + firstHeight() + 2 * (lineGap + small);
}

QSize RegistryDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {200, rowHeight()};
}

void RegistryDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Colors &colors = colorsOf(option.palette);
    painter->save();
    const QRect row = option.rect;
    paintRowGround(painter, option, index);

    const QRect inside = row.adjusted(padding, padding, -padding, -padding);
    QRect line(inside.left(), inside.top(), inside.width(), firstHeight());
    if (index.data(RegistryModel::DeprecatedRole).toBool()) {
        const QRect pill = StatePill::paint(painter, option.palette, line.right() + 1,
            line.center().y(), Tone::Warning, QStringLiteral("warning"),
            RegistryModel::tr("no longer kept up"), option.state & QStyle::State_Selected);
        line.setRight(pill.left() - space::s);
    }
    painter->setFont(ui::font(Type::Small));
    painter->setPen(colors.muted);
    line = drawRight(painter, line, index.data(RegistryModel::VersionRole).toString());
    painter->setFont(ui::font(Type::Strong));
    painter->setPen(colors.text);
    drawLeft(painter, line, index.data(Qt::DisplayRole).toString());

    painter->setFont(ui::font(Type::Small));
    const int height = painter->fontMetrics().height();
    line = QRect(inside.left(), line.bottom() + 1 + lineGap, inside.width(), height);
    drawLeft(painter, line, index.data(RegistryModel::DescriptionRole).toString());

    painter->setPen(colors.muted);
    line.moveTop(line.bottom() + 1 + lineGap);
    line = drawRight(painter, line, index.data(RegistryModel::RemarkRole).toString());
    drawLeft(painter, line, index.data(RegistryModel::AddressRole).toString(), Qt::ElideMiddle);
    painter->restore();
}

} // namespace chatelaine::ui
