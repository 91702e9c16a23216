// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/activity/TimelineView.h"

#include "ui/activity/ActivityWords.h"
#include "ui/common/Icons.h"
#include "ui/common/Metrics.h"
#include "ui/common/Style.h"
#include "ui/common/Times.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

namespace chatelaine::ui {

namespace {

constexpr std::array outcomes {
    audit::Outcome::Ok, audit::Outcome::Denied, audit::Outcome::Failed};
constexpr int markSize = 13;
constexpr qint64 day = 24LL * 3600 * 1000;

qint64 sum(const audit::Timeline::Counts &counts)
{
    return counts[0] + counts[1] + counts[2];
}

QString axisTime(UtcMs time, qint64 width)
{
    if (width >= day)
        return timeText(time, DayStyle::Year, ClockStyle::None);
    return timeText(
        time, DayStyle::Short, width >= 60'000 ? ClockStyle::Minutes : ClockStyle::Seconds);
}

} // namespace

TimelineView::TimelineView(QWidget *parent)
    : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setFont(ui::font(Type::Small));
    setCursor(Qt::CrossCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    describe();
}

void TimelineView::setTimeline(const audit::Timeline &timeline)
{
    m_timeline = timeline;
    m_anchor = m_cursor = -1;
    m_chosen.reset();
    describe();
    update();
}

bool TimelineView::count(UtcMs time, audit::Outcome outcome)
{
    const qsizetype at = m_timeline.indexOf(time);
    if (at < 0)
        return false;
    ++m_timeline.counts[at][static_cast<size_t>(outcome)];
    update();
    return true;
}

std::optional<TimelineView::Range> TimelineView::chosen() const
{
    if (!m_chosen)
        return std::nullopt;
    return Range {m_timeline.from + m_chosen->first * m_timeline.widthMs,
        m_timeline.from + (m_chosen->second + 1) * m_timeline.widthMs};
}

audit::Timeline::Counts TimelineView::counts() const
{
    audit::Timeline::Counts all {};
    const qsizetype first = m_chosen ? m_chosen->first : 0;
    const qsizetype last = m_chosen ? m_chosen->second : m_timeline.counts.size() - 1;
    for (qsizetype i = first; i <= last; ++i) {
        for (size_t outcome = 0; outcome < all.size(); ++outcome)
            all[outcome] += m_timeline.counts.at(i)[outcome];
    }
    return all;
}

void TimelineView::choose(qsizetype first, qsizetype last)
{
    if (m_timeline.counts.isEmpty())
        return;
    const qsizetype end = m_timeline.counts.size() - 1;
    m_chosen = std::pair(qBound<qsizetype>(0, qMin(first, last), end),
        qBound<qsizetype>(0, qMax(first, last), end));
    m_anchor = m_chosen->first;
    m_cursor = m_chosen->second;
    describe();
    update();
    Q_EMIT chosenChanged();
}

void TimelineView::chooseNone()
{
    const bool was = m_chosen.has_value();
    m_chosen.reset();
    m_anchor = m_cursor = -1;
    describe();
    update();
    if (was)
        Q_EMIT chosenChanged();
}

QRectF TimelineView::plot() const
{
    const int line = fontMetrics().height();
    return QRectF(rect()).adjusted(10, line + 12, -10, -(line + 8));
}

qsizetype TimelineView::stretchAt(double x) const
{
    const qsizetype count = m_timeline.counts.size();
    if (count == 0)
        return -1;
    const QRectF area = plot();
    return qBound<qsizetype>(
        0, qsizetype((x - area.left()) * double(count) / area.width()), count - 1);
}

QRectF TimelineView::stretchRect(qsizetype first, qsizetype last) const
{
    const QRectF area = plot();
    const double width = area.width() / double(m_timeline.counts.size());
    return {area.left() + width * double(first), area.top(), width * double(last - first + 1),
        area.height()};
}

void TimelineView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Colors &colors = colorsOf(palette());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(colors.line);
    painter.setBrush(colors.card);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), space::radius,
        space::radius);
    if (hasFocus())
        drawFocusRing(&painter, QRectF(rect()), palette());
    const QRectF area = plot();
    const int line = fontMetrics().height();

    // The legend counts what is chosen.
    const audit::Timeline::Counts all = counts();
    double right = area.right();
    for (auto outcome = outcomes.rbegin(); outcome != outcomes.rend(); ++outcome) {
        const StateText words = outcomeText(*outcome);
        const QString text = m_timeline.counts.isEmpty()
            ? words.word
            : QStringLiteral("%1 %2").arg(
                words.word, QLocale().toString(all[static_cast<size_t>(*outcome)]));
        const QColor ink = colors.tone(words.tone).ink;
        painter.setPen(ink);
        const double width = fontMetrics().horizontalAdvance(text);
        painter.drawText(QRectF(right - width, 6, width, line), Qt::AlignVCenter, text);
        right -= width + markSize + 5;
        painter.drawPixmap(QPointF(right, 6 + (line - markSize) / 2.0),
            iconPixmap(words.icon, ink, markSize, devicePixelRatioF()));
        right -= space::l;
    }
    painter.setPen(colors.muted);
    // The axis is there before what stands on it: nothing jumps.
    const QRect ground(area.toRect().left(), area.toRect().bottom() + 1, area.toRect().width(), 1);
    if (m_timeline.counts.isEmpty()) {
        painter.fillRect(ground, colors.line);
        return;
    }
    QString range;
    if (m_chosen)
        range = wordsOf(m_chosen->first, m_chosen->second).section(u'\n', 0, 0);
    else if (m_cursor >= 0)
        range = wordsOf(qMin(m_anchor, m_cursor), qMax(m_anchor, m_cursor)).section(u'\n', 0, 0);
    else if (sum(all) > 0)
        range = tr("Drag over a stretch of time to see it alone");
    const QRectF left(area.left(), 6, right - area.left(), line);
    painter.drawText(left, int(Qt::AlignVCenter) | int(Qt::TextSingleLine),
        fontMetrics().elidedText(range, Qt::ElideRight, int(left.width())));

    if (m_cursor >= 0) {
        painter.fillRect(stretchRect(qMin(m_anchor, m_cursor), qMax(m_anchor, m_cursor)),
            colors.accentGround);
    }
    qint64 highest = 1;
    for (const audit::Timeline::Counts &one : m_timeline.counts)
        highest = qMax(highest, sum(one));
    painter.setRenderHint(QPainter::Antialiasing, false);
    for (qsizetype i = 0; i < m_timeline.counts.size(); ++i) {
        // Whole pixels: what is between them would be mixed with the ground.
        const QRectF stretch = stretchRect(i, i);
        const int from = qRound(stretch.left());
        const int wide = qMax(1, qRound(stretch.right()) - from - (stretch.width() > 4 ? 1 : 0));
        int bottom = ground.top();
        for (const audit::Outcome outcome : outcomes) {
            const qint64 n = m_timeline.counts.at(i)[static_cast<size_t>(outcome)];
            if (n == 0)
                continue;
            // The few among the many stay visible.
            const int height = qMax(3, qRound(area.height() * double(n) / double(highest)));
            const int top = qMax(qRound(area.top()) - 4, bottom - height);
            const QColor ink = outcome == audit::Outcome::Ok
                ? colors.accent
                : colors.tone(outcomeText(outcome).tone).ink;
            painter.fillRect(from, top, wide, bottom - top, ink);
            // Not by its colour alone.
            for (int y = bottom - 3; outcome == audit::Outcome::Denied && y > top; y -= 3)
                painter.fillRect(from, y, wide, 1, colors.card);
            bottom = top;
        }
    }
    painter.fillRect(ground, colors.line);
    if (m_chosen) {
        const QRectF chosen = stretchRect(m_chosen->first, m_chosen->second);
        painter.setPen(QPen(colors.accent, 2));
        painter.drawLine(chosen.topLeft(), chosen.bottomLeft());
        painter.drawLine(chosen.topRight(), chosen.bottomRight());
    }
    painter.setPen(colors.muted);
    const QRectF axis(area.left(), area.bottom() + 3, area.width(), line);
    painter.drawText(axis, Qt::AlignLeft, axisTime(m_timeline.from, m_timeline.widthMs));
    painter.drawText(axis, Qt::AlignHCenter,
        axisTime(m_timeline.from + m_timeline.widthMs * m_timeline.counts.size() / 2,
            m_timeline.widthMs));
    painter.drawText(axis, Qt::AlignRight, axisTime(m_timeline.until(), m_timeline.widthMs));
}

void TimelineView::mark(qsizetype anchor, qsizetype cursor)
{
    m_anchor = anchor;
    m_cursor = cursor;
    describe();
    update();
}

void TimelineView::mousePressEvent(QMouseEvent *event)
{
    const qsizetype at = stretchAt(event->position().x());
    if (event->button() != Qt::LeftButton || at < 0)
        return;
    m_dragging = true;
    m_chosen.reset();
    mark(at, at);
}

void TimelineView::mouseMoveEvent(QMouseEvent *event)
{
    if (m_dragging)
        mark(m_anchor, stretchAt(event->position().x()));
}

void TimelineView::mouseReleaseEvent(QMouseEvent *event)
{
    if (!m_dragging || event->button() != Qt::LeftButton)
        return;
    m_dragging = false;
    choose(m_anchor, m_cursor);
}

void TimelineView::keyPressEvent(QKeyEvent *event)
{
    const qsizetype count = m_timeline.counts.size();
    const bool widen = event->modifiers() & Qt::ShiftModifier;
    const auto go = [&](qsizetype to) {
        if (count == 0)
            return;
        const qsizetype cursor = qBound<qsizetype>(0, to, count - 1);
        m_chosen.reset();
        mark(widen && m_anchor >= 0 ? m_anchor : cursor, cursor);
    };
    switch (event->key()) {
    case Qt::Key_Left:
        return go(m_cursor < 0 ? count - 1 : m_cursor - 1);
    case Qt::Key_Right:
        return go(m_cursor < 0 ? 0 : m_cursor + 1);
    case Qt::Key_Home:
        return go(0);
    case Qt::Key_End:
        return go(count - 1);
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (m_cursor >= 0)
            choose(m_anchor, m_cursor);
        return;
    case Qt::Key_Escape:
        if (m_cursor < 0)
            break;
        m_chosen.emplace(m_anchor, m_cursor); // what was marked alone goes too
        return chooseNone();
    default:
        break;
    }
    QWidget::keyPressEvent(event);
}

QString TimelineView::wordsOf(qsizetype first, qsizetype last) const
{
    const qint64 width = m_timeline.widthMs;
    audit::Timeline::Counts all {};
    for (qsizetype i = first; i <= last; ++i) {
        for (size_t outcome = 0; outcome < all.size(); ++outcome)
            all[outcome] += m_timeline.counts.at(i)[outcome];
    }
    QStringList lines {tr("%1 to %2").arg(axisTime(m_timeline.from + first * width, width),
        axisTime(m_timeline.from + (last + 1) * width, width))};
    for (const audit::Outcome outcome : outcomes) {
        lines.append(QStringLiteral("%1: %2").arg(outcomeText(outcome).word,
            QLocale().toString(all[static_cast<size_t>(outcome)])));
    }
    return lines.join(u'\n');
}

void TimelineView::describe()
{
    setAccessibleName(tr("Records over time"));
    QString words = tr("Arrow keys move, Shift widens, Enter chooses, Escape shows all of it.");
    if (m_cursor >= 0) {
        words = wordsOf(qMin(m_anchor, m_cursor), qMax(m_anchor, m_cursor))
                    .replace(u'\n', QStringLiteral(", "));
    }
    if (words == accessibleDescription())
        return;
    setAccessibleDescription(words);
    QAccessibleEvent change(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&change);
}

bool TimelineView::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const qsizetype at = stretchAt(help->pos().x());
        if (at >= 0)
            QToolTip::showText(help->globalPos(), wordsOf(at, at), this);
        return true;
    }
    return QWidget::event(event);
}

void TimelineView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        describe();
        update();
    }
    QWidget::changeEvent(event);
}

} // namespace chatelaine::ui
