// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/Labels.h"

#include "ui/common/Icons.h"

#include <QPainter>
#include <QStyle>

namespace chatelaine::ui {

QLabel *makeLabel(Type type, QWidget *parent, bool muted)
{
    auto *label = new QLabel(parent);
    label->setFont(font(type));
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    if (muted)
        setLook(label, "muted");
    return label;
}

void setLook(QWidget *widget, const char *look)
{
    const QString value = QString::fromLatin1(look);
    if (widget->property("look").toString() == value)
        return;
    widget->setProperty("look", value);
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
    widget->update();
}

ElidingLabel::ElidingLabel(Qt::TextElideMode mode, QWidget *parent)
    : QWidget(parent)
    , m_mode(mode)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ElidingLabel::setText(const QString &text)
{
    if (text == m_text)
        return;
    m_text = text;
    setToolTip(text);
    setAccessibleName(text);
    updateGeometry();
    update();
}

void ElidingLabel::setMuted(bool muted)
{
    m_muted = muted;
    update();
}

QSize ElidingLabel::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(m_text) + 2, fontMetrics().height() + 2};
}

QSize ElidingLabel::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 6, fontMetrics().height() + 2};
}

void ElidingLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Colors &colors = colorsOf(palette());
    painter.setPen(m_muted ? colors.muted : colors.text);
    painter.drawText(rect(), int(Qt::AlignVCenter) | int(Qt::AlignLeading),
        fontMetrics().elidedText(m_text, m_mode, width()));
}

namespace {

constexpr int pillIcon = 14;
constexpr int pillPadding = 8;
constexpr int pillGap = 5;

} // namespace

StatePill::StatePill(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setFont(ui::font(Type::Small));
}

void StatePill::set(Tone tone, const QString &iconName, const QString &word)
{
    m_tone = tone;
    m_icon = iconName;
    m_word = word;
    setAccessibleName(word);
    updateGeometry();
    update();
}

QSize StatePill::sizeFor(const QString &word)
{
    const QFontMetrics metrics(ui::font(Type::Small));
    return {2 * pillPadding + pillIcon + pillGap + metrics.horizontalAdvance(word) + 1,
        qMax(metrics.height(), pillIcon) + 8};
}

QSize StatePill::sizeHint() const
{
    return sizeFor(m_word);
}

QRect StatePill::paint(QPainter *painter, const QPalette &palette, int right, int middle, Tone tone,
    const QString &iconName, const QString &word, bool edged)
{
    const TonePair pair = colorsOf(palette).tone(tone);
    const QSize size = sizeFor(word);
    const QRect area(QPoint(right - size.width(), middle - size.height() / 2), size);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(edged ? QPen(pair.ink, 1) : QPen(Qt::NoPen));
    painter->setBrush(pair.ground);
    const QRectF shape = edged ? QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5) : QRectF(area);
    painter->drawRoundedRect(shape, shape.height() / 2, shape.height() / 2);
    const QRect iconArea(
        area.left() + pillPadding, area.center().y() - pillIcon / 2 + 1, pillIcon, pillIcon);
    painter->drawPixmap(iconArea,
        iconPixmap(iconName, pair.ink, pillIcon, painter->device()->devicePixelRatioF()));
    painter->setFont(ui::font(Type::Small));
    painter->setPen(pair.ink);
    painter->drawText(area.adjusted(pillPadding + pillIcon + pillGap, 0, 0, 0),
        int(Qt::AlignVCenter) | int(Qt::AlignLeft), word);
    painter->restore();
    return area;
}

void StatePill::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paint(&painter, palette(), width(), height() / 2, m_tone, m_icon, m_word);
}

IconLabel::IconLabel(const QString &name, int size, QWidget *parent)
    : QWidget(parent)
    , m_name(name)
    , m_size(size)
{
    setFixedSize(size, size);
}

void IconLabel::setName(const QString &name)
{
    m_name = name;
    update();
}

void IconLabel::setTone(Tone tone)
{
    m_toned = true;
    m_tone = tone;
    update();
}

void IconLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Colors &colors = colorsOf(palette());
    const QColor color = m_toned ? colors.tone(m_tone).ink : colors.muted;
    painter.drawPixmap(rect(), iconPixmap(m_name, color, m_size, devicePixelRatioF()));
}

} // namespace chatelaine::ui
