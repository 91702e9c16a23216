// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/testlab/FaultModel.h"

#include "ui/common/Metrics.h"
#include "ui/common/Style.h"
#include "ui/testlab/LabRun.h"
#include "ui/testlab/LabWords.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWidget>

#include <array>

namespace chatelaine::ui {

namespace {

using testlab::FaultGroup;

constexpr std::array groups{FaultGroup::Metadata, FaultGroup::Registration,
    FaultGroup::Authorization, FaultGroup::Tokens, FaultGroup::Resource, FaultGroup::Everywhere};
constexpr int padding = 8;
constexpr int box = 18;

} // namespace

FaultModel::FaultModel(LabRun &run, QObject *parent)
    : QAbstractListModel(parent)
    , m_run(run)
{
    fill();
    connect(&run, &LabRun::faultsChanged, this, [this] {
        if (!m_rows.isEmpty())
            Q_EMIT dataChanged(index(0), index(int(m_rows.size()) - 1), {Qt::CheckStateRole});
    });
}

void FaultModel::fill()
{
    beginResetModel();
    m_rows.clear();
    for (const FaultGroup group : groups) {
        const qsizetype heading = m_rows.size();
        for (const testlab::FaultText &fault : testlab::allFaults()) {
            if (testlab::groupOf(fault.fault) != group)
                continue;
            const QString words = QLatin1StringView(fault.name) + u' ' + faultSentence(fault);
            if (words.contains(m_search, Qt::CaseInsensitive))
                m_rows.append({group, &fault});
        }
        if (m_rows.size() > heading)
            m_rows.insert(heading, {group, nullptr});
    }
    endResetModel();
}

void FaultModel::setSearch(const QString &text)
{
    m_search = text.trimmed();
    fill();
}

void FaultModel::retranslate()
{
    fill();
}

int FaultModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant FaultModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Row &row = m_rows.at(index.row());
    if (!row.fault)
        return role == Qt::DisplayRole ? faultGroupText(row.group) : QVariant();
    const QString name = QLatin1StringView(row.fault->name);
    switch (role) {
    case Qt::DisplayRole:
        return faultSentence(*row.fault);
    case Qt::ToolTipRole:
        return faultSentence(*row.fault);
    case Qt::AccessibleDescriptionRole:
        return name;
    case NameRole:
        return name;
    case Qt::CheckStateRole:
        return m_run.faults().contains(name) ? Qt::Checked : Qt::Unchecked;
    default:
        return {};
    }
}

bool FaultModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    const QString name = index.data(NameRole).toString();
    if (role != Qt::CheckStateRole || name.isEmpty())
        return false;
    m_run.setFault(name, value.toInt() == Qt::Checked);
    return true;
}

Qt::ItemFlags FaultModel::flags(const QModelIndex &index) const
{
    if (!index.isValid() || !m_rows.at(index.row()).fault)
        return Qt::ItemIsEnabled;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable;
}

QSize FaultDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    const int body = QFontMetrics(ui::font(Type::Body)).height();
    const int small = QFontMetrics(ui::font(Type::Small)).height();
    const bool group = !index.data(FaultModel::NameRole).isValid();
    return {120, group ? body + 3 * padding : body + small + 2 * padding};
}

void FaultDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Colors &colors = colorsOf(option.palette);
    const QRect row = option.rect;
    const QString name = index.data(FaultModel::NameRole).toString();
    painter->save();
    if (name.isEmpty()) {
        painter->setFont(ui::font(Type::Strong));
        painter->setPen(colors.text);
        painter->drawText(row.adjusted(padding + 4, padding, -padding, 0), Qt::AlignVCenter,
            index.data(Qt::DisplayRole).toString());
        painter->restore();
        return;
    }
    const bool on = index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
    const TonePair tone = colors.tone(Tone::Warning);
    if (on)
        painter->fillRect(row, tone.ground);
    else if (option.state & (QStyle::State_Selected | QStyle::State_MouseOver))
        painter->fillRect(
            row, option.state & QStyle::State_Selected ? colors.accentGround : colors.window);
    if (option.state & QStyle::State_Selected)
        painter->fillRect(QRect(row.left(), row.top(), 3, row.height()), colors.accent);

    QStyleOptionButton check;
    check.initFrom(option.widget);
    check.rect = QRect(row.left() + padding + 4, row.center().y() - box / 2, box, box);
    check.state = QStyle::State_Enabled | (on ? QStyle::State_On : QStyle::State_Off);
    option.widget->style()->drawPrimitive(
        QStyle::PE_IndicatorCheckBox, &check, painter, option.widget);

    const QRect words = row.adjusted(2 * padding + box + 8, padding - 1, -padding, -padding);
    painter->setFont(ui::font(Type::Body));
    painter->setPen(on ? tone.ink : colors.text);
    painter->drawText(words, Qt::AlignTop | Qt::TextSingleLine,
        painter->fontMetrics().elidedText(
            index.data(Qt::DisplayRole).toString(), Qt::ElideRight, words.width()));
    painter->setFont(ui::font(Type::Small));
    painter->setPen(on ? tone.ink : colors.muted);
    painter->drawText(words, Qt::AlignBottom | Qt::TextSingleLine, name);
    if (option.state & QStyle::State_HasFocus)
        drawFocusRing(painter, QRectF(row), option.palette);
    painter->restore();
}

bool FaultDelegate::editorEvent(QEvent *event, QAbstractItemModel *model,
    const QStyleOptionViewItem &option, const QModelIndex &index)
{
    const auto *mouse = event->type() == QEvent::MouseButtonRelease
        ? static_cast<const QMouseEvent *>(event)
        : nullptr;
    const auto *key =
        event->type() == QEvent::KeyPress ? static_cast<const QKeyEvent *>(event) : nullptr;
    const bool clicked = mouse && mouse->button() == Qt::LeftButton
        && option.rect.contains(mouse->position().toPoint());
    const bool pressed = key
        && (key->key() == Qt::Key_Space || key->key() == Qt::Key_Return
            || key->key() == Qt::Key_Enter);
    if (!clicked && !pressed)
        return false;
    const bool on = index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
    return model->setData(index, on ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
}

} // namespace chatelaine::ui
