// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/testlab/SequenceView.h"

#include "ui/common/Icons.h"
#include "ui/common/Metrics.h"
#include "ui/common/Style.h"
#include "ui/testlab/ExchangeModel.h"
#include "ui/testlab/LabWords.h"

#include <QEvent>
#include <QPainter>
#include <QScrollBar>

namespace chatelaine::ui {

namespace {

constexpr int margin = 8;
constexpr int gap = 4;
constexpr int mark = 13;
constexpr int head = 5;

int headerHeight(const QFont &font)
{
    return QFontMetrics(font).height() + 16;
}

/// The lanes' names, above the rows.
class LaneHeader : public QWidget
{
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const Colors &colors = colorsOf(palette());
        const Lanes lanes(width(), font());
        painter.setRenderHint(QPainter::Antialiasing);
        const auto box = [&](int x, const QString &name) {
            const int wide = fontMetrics().horizontalAdvance(name) + 2 * margin;
            const QRectF area(qBound(gap, x - wide / 2, qMax(gap, width() - wide - gap)) + 0.5, 3.5,
                wide, fontMetrics().height() + 6);
            painter.setPen(colors.control);
            painter.setBrush(colors.window);
            painter.drawRoundedRect(area, 4, 4);
            painter.setPen(colors.text);
            painter.drawText(area, Qt::AlignCenter, name);
            painter.setPen(colors.line);
            painter.drawLine(QPointF(x + 0.5, area.bottom()), QPointF(x + 0.5, height()));
        };
        box(lanes.client, SequenceView::tr("Client"));
        box(lanes.resource, placeText(testlab::Exchange::Place::Resource));
        box(lanes.issuer, placeText(testlab::Exchange::Place::Issuer));
    }
};

void drawArrow(QPainter *painter, int from, int to, int y, const QPen &pen)
{
    painter->setPen(pen);
    painter->drawLine(QPointF(from, y + 0.5), QPointF(to, y + 0.5));
    const int back = to > from ? -head : head;
    painter->setPen(Qt::NoPen);
    painter->setBrush(pen.color());
    painter->drawPolygon(QPolygonF{{double(to), y + 0.5}, {double(to + back), y - head / 2.0 - 0.5},
        {double(to + back), y + head / 2.0 + 1.5}});
}

} // namespace

Lanes::Lanes(int width, const QFont &font)
{
    const QFontMetrics metrics(font);
    const int time = metrics.horizontalAdvance(QStringLiteral("00:00:00")) + 2 * margin;
    timeWidth = width > 7 * time ? time : 0;
    const auto half = [&metrics](const QString &name) {
        return metrics.horizontalAdvance(name) / 2 + margin + 2;
    };
    client = timeWidth + half(SequenceView::tr("Client"));
    issuer = width - half(placeText(testlab::Exchange::Place::Issuer));
    resource = (client + issuer) / 2;
}

QSize SequenceDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {120, 2 * (option.fontMetrics.height() + gap) + 10};
}

void SequenceDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto *model = qobject_cast<const ExchangeModel *>(index.model());
    const testlab::Exchange *exchange = model ? model->exchange(index.row()) : nullptr;
    if (!exchange)
        return;
    const Colors &colors = colorsOf(option.palette);
    const QRect row = option.rect;
    const QFontMetrics &metrics = option.fontMetrics;
    const int line = metrics.height();
    const Lanes lanes(row.width(), option.font);
    const bool selected = option.state & QStyle::State_Selected;
    painter->save();
    painter->setFont(option.font);
    paintRowGround(painter, option, index, false);
    painter->translate(row.topLeft());
    painter->setPen(selected ? colors.control : colors.line);
    for (const int lane : {lanes.client, lanes.resource, lanes.issuer})
        painter->drawLine(lane, 0, lane, row.height());

    const int there = 4 + line + gap / 2;
    const int back = there + line + gap;
    if (lanes.timeWidth > 0) {
        painter->setPen(colors.muted);
        painter->drawText(
            QRect(margin, 4, lanes.timeWidth, line), Qt::AlignVCenter, clockTime(exchange->time));
    }
    painter->setRenderHint(QPainter::Antialiasing);
    const int end = lanes.of(exchange->place);
    const QColor ground = selected ? colors.accentGround : colors.card;
    const QRect words(lanes.client + margin, 4, end - lanes.client - 2 * margin, line);
    const auto label = [&](const QRect &area, const QString &text, const QColor &ink) {
        // The lane that runs through it would be read as a letter.
        painter->fillRect(area, ground);
        painter->setPen(ink);
        painter->drawText(area, Qt::AlignVCenter | Qt::TextSingleLine, text);
    };
    QString what = exchange->rpc.isEmpty() ? exchangeText(exchange->what) : exchange->rpc;
    if (exchange->place == testlab::Exchange::Place::SecondIssuer)
        what = placeText(exchange->place) + QStringLiteral(": ") + what;
    const QString first = metrics.elidedText(
        exchange->method + u' ' + exchange->path, Qt::ElideMiddle, words.width());
    const int used = metrics.horizontalAdvance(first);
    label({words.left(), 4, used, line}, first, colors.text);
    if (const int left = words.width() - used - margin; left > metrics.averageCharWidth() * 6) {
        const QString second = metrics.elidedText(what, Qt::ElideRight, left);
        label({words.left() + used + margin, 4, metrics.horizontalAdvance(second), line}, second,
            colors.muted);
    }
    drawArrow(painter, lanes.client, end - 1, there, QPen(colors.text, 1));

    const StateText status = statusText(*exchange);
    const QColor ink = colors.tone(status.tone).ink;
    QString got = status.word;
    if (const QString took = durationText(*exchange); !took.isEmpty())
        got += QStringLiteral(" · ") + took;
    const int wide = metrics.horizontalAdvance(got) + mark + 4;
    const QRect answer(end - margin - wide, there + gap / 2 + 1, wide, line);
    painter->fillRect(answer, ground);
    painter->drawPixmap(QPointF(answer.left(), answer.center().y() - mark / 2),
        iconPixmap(status.icon, ink, mark, painter->device()->devicePixelRatioF()));
    painter->setPen(ink);
    painter->drawText(answer.adjusted(mark + 4, 0, 0, 0), Qt::AlignVCenter, got);
    if (exchange->status != 0)
        drawArrow(painter, end, lanes.client + 1, back, QPen(ink, 1, Qt::DashLine));
    painter->restore();
}

SequenceView::SequenceView(QWidget *parent)
    : QListView(parent)
    , m_header(new LaneHeader(this))
{
    setFont(ui::font(Type::Small));
    m_header->setFont(font());
    m_header->setAttribute(Qt::WA_TransparentForMouseEvents);
    setItemDelegate(new SequenceDelegate(this));
    setUniformItemSizes(true);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMouseTracking(true);
    setMinimumWidth(340);
    setViewportMargins(0, headerHeight(font()), 0, 0);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this,
        [this](int value) { m_stay = value == verticalScrollBar()->maximum(); });
    connect(verticalScrollBar(), &QScrollBar::rangeChanged, this, [this] {
        if (m_stay)
            verticalScrollBar()->setValue(verticalScrollBar()->maximum());
    });
}

bool SequenceView::isAtEnd() const
{
    return m_stay;
}

void SequenceView::setModel(QAbstractItemModel *model)
{
    QListView::setModel(model);
    connect(model, &QAbstractItemModel::rowsRemoved, this,
        [this](const QModelIndex &, int first, int last) { onRemoved(first, last); });
    connect(model, &QAbstractItemModel::modelReset, this, [this] { m_stay = true; });
}

// Who looks at a row keeps it before their eyes when the oldest are forgotten.
void SequenceView::onRemoved(int first, int last)
{
    if (m_stay)
        return;
    const int height = sizeHintForRow(0);
    const int before = verticalScrollBar()->value();
    verticalScrollBar()->setValue(qMax(0, before - (last - first + 1) * height));
    m_stay = false;
}

void SequenceView::resizeEvent(QResizeEvent *event)
{
    QListView::resizeEvent(event);
    const QRect area = viewport()->geometry();
    m_header->setGeometry(
        area.left(), area.top() - headerHeight(font()), area.width(), headerHeight(font()));
}

void SequenceView::changeEvent(QEvent *event)
{
    QListView::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        m_header->update();
        viewport()->update();
    }
}

} // namespace chatelaine::ui
