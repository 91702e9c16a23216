// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/servers/ServerDelegate.h"

#include "ui/common/Icons.h"
#include "ui/common/Labels.h"
#include "ui/common/Style.h"
#include "ui/common/Words.h"
#include "ui/servers/ServerListModel.h"

#include <QPainter>

namespace chatelaine::ui {

namespace {

constexpr int padding = 10;
constexpr int lineGap = 6;
constexpr int clockSize = 13;
constexpr int draftSize = 14;

} // namespace

QSize ServerDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    const int first =
        qMax(QFontMetrics(ui::font(Type::Strong)).height(), StatePill::sizeFor({}).height());
    const int second = QFontMetrics(ui::font(Type::Small)).height();
    return {200, 2 * padding + first + lineGap + second};
}

void ServerDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Colors &colors = colorsOf(option.palette);
    painter->save();
    const QRect row = option.rect;
    paintRowGround(painter, option, index);

    const QRect inside = row.adjusted(padding, padding, -padding, -padding);
    const auto state =
        static_cast<store::AccountState>(index.data(ServerListModel::StateRole).toInt());
    const StateText words = stateText(state);
    const int firstHeight =
        qMax(QFontMetrics(ui::font(Type::Strong)).height(), StatePill::sizeFor({}).height());
    const QRect pill = StatePill::paint(painter, option.palette, inside.right() + 1,
        inside.top() + firstHeight / 2, words.tone, words.icon, words.word,
        option.state & QStyle::State_Selected);

    QRect name(inside.left(), inside.top(), pill.left() - inside.left() - space::s, firstHeight);
    painter->setFont(ui::font(Type::Strong));
    painter->setPen(colors.text);
    if (index.data(ServerListModel::DraftRole).toBool()) {
        const int room = name.width() - draftSize - space::xs;
        const int width = painter->fontMetrics().horizontalAdvance(
            index.data(ServerListModel::FullNameRole).toString());
        name.setWidth(qMin(room, width));
        const QRect mark(
            name.right() + 1 + space::xs, name.center().y() - draftSize / 2, draftSize, draftSize);
        painter->drawPixmap(mark,
            iconPixmap(QStringLiteral("edit"), colors.muted, draftSize,
                painter->device()->devicePixelRatioF()));
    }
    painter->drawText(name, int(Qt::AlignVCenter) | int(Qt::AlignLeft),
        painter->fontMetrics().elidedText(
            index.data(ServerListModel::FullNameRole).toString(), Qt::ElideRight, name.width()));

    painter->setFont(ui::font(Type::Small));
    painter->setPen(colors.muted);
    const QFontMetrics metrics = painter->fontMetrics();
    QRect second(inside.left(), inside.top() + firstHeight + lineGap, inside.width(),
        metrics.height());
    const QString left =
        index.siblingAtColumn(ServerListModel::ExpiryColumn).data(Qt::DisplayRole).toString();
    if (!left.isEmpty()) {
        const QString iconName = index.data(ServerListModel::RenewsRole).toBool()
            ? QStringLiteral("refresh")
            : QStringLiteral("clock");
        const int width = metrics.horizontalAdvance(left);
        painter->drawText(second, int(Qt::AlignVCenter) | int(Qt::AlignRight), left);
        const QRect clock(second.right() - width - clockSize - 4,
            second.center().y() - clockSize / 2, clockSize, clockSize);
        painter->drawPixmap(clock,
            iconPixmap(iconName, colors.muted, clockSize, painter->device()->devicePixelRatioF()));
        second.setRight(clock.left() - space::s);
    }
    const QString loan =
        index.siblingAtColumn(ServerListModel::LoanColumn).data(Qt::DisplayRole).toString();
    const QString about = loan.isEmpty() ? index.data(ServerListModel::HostRole).toString() : loan;
    painter->drawText(second, int(Qt::AlignVCenter) | int(Qt::AlignLeft),
        metrics.elidedText(about, Qt::ElideRight, second.width()));
    painter->restore();
}

} // namespace chatelaine::ui
