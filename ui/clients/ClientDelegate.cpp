// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clients/ClientDelegate.h"

#include "ui/clients/ClientsModel.h"
#include "ui/common/Labels.h"
#include "ui/common/Style.h"

#include <QPainter>

namespace chatelaine::ui {

namespace {

constexpr int padding = 10;
constexpr int lineGap = 6;

int firstHeight()
{
    return qMax(
        QFontMetrics(ui::font(Type::Strong)).height(), StatePill::sizeFor({}).height());
}

} // namespace

QSize ClientDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    const int second = QFontMetrics(ui::font(Type::Small)).height();
    return {200, 2 * padding + firstHeight() + lineGap + second};
}

void ClientDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Colors &colors = colorsOf(option.palette);
    painter->save();
    const QRect row = option.rect;
    paintRowGround(painter, option, index);

    const QRect inside = row.adjusted(padding, padding, -padding, -padding);
    const StateText words = ClientsModel::standingText(
        static_cast<ClientsModel::Standing>(index.data(ClientsModel::StandingRole).toInt()));
    const QRect pill = StatePill::paint(painter, option.palette, inside.right() + 1,
        inside.top() + firstHeight() / 2, words.tone, words.icon, words.word,
        option.state & QStyle::State_Selected);
    const QRect name(
        inside.left(), inside.top(), pill.left() - inside.left() - space::s, firstHeight());
    painter->setFont(ui::font(Type::Strong));
    painter->setPen(colors.text);
    painter->drawText(name, int(Qt::AlignVCenter) | int(Qt::AlignLeft),
        painter->fontMetrics().elidedText(
            index.data(Qt::DisplayRole).toString(), Qt::ElideRight, name.width()));

    painter->setFont(ui::font(Type::Small));
    painter->setPen(colors.muted);
    const QFontMetrics metrics = painter->fontMetrics();
    QRect second(
        inside.left(), inside.top() + firstHeight() + lineGap, inside.width(), metrics.height());
    if (index.data(ClientsModel::ConnectedRole).toInt() > 0) {
        const QString connected = ClientsModel::tr("connected");
        painter->setPen(colors.tone(Tone::Ok).ink);
        painter->drawText(second, int(Qt::AlignVCenter) | int(Qt::AlignRight), connected);
        painter->setPen(colors.muted);
        second.setRight(second.right() - metrics.horizontalAdvance(connected) - space::s);
    }
    painter->drawText(second, int(Qt::AlignVCenter) | int(Qt::AlignLeft),
        metrics.elidedText(
            index.data(ClientsModel::SecondLineRole).toString(), Qt::ElideRight, second.width()));
    painter->restore();
}

} // namespace chatelaine::ui
