// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/NavigationRail.h"

#include "ui/common/Icons.h"
#include "ui/common/Labels.h"

#include <QCoreApplication>
#include <QGuiApplication>
#include <QKeySequence>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

namespace chatelaine::ui {

namespace {

constexpr int badgeHeight = 16;
constexpr int mostShown = 99;

} // namespace

/// A page's button, with a number at its picture.
class RailButton : public QToolButton
{
public:
    using QToolButton::QToolButton;

    void setCount(int count)
    {
        m_count = count;
        update();
    }

protected:
    void paintEvent(QPaintEvent *event) override
    {
        QToolButton::paintEvent(event);
        if (m_count == 0)
            return;
        // The style sheet has made the button's own palette see-through.
        const TonePair tone = colorsOf(QGuiApplication::palette()).tone(Tone::Warning);
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        QFont small = ui::font(Type::Small);
        small.setBold(true);
        painter.setFont(small);
        const QString text =
            m_count > mostShown ? QStringLiteral("%1+").arg(mostShown) : QString::number(m_count);
        const int wide = qMax(badgeHeight, painter.fontMetrics().horizontalAdvance(text) + 9);
        const QRectF badge(width() / 2.0 + 7, 3.5, wide, badgeHeight);
        painter.setPen(tone.ink);
        painter.setBrush(tone.ground);
        painter.drawRoundedRect(badge, badgeHeight / 2.0, badgeHeight / 2.0);
        painter.drawText(badge, Qt::AlignCenter, text);
    }

private:
    int m_count = 0;
};

NavigationRail::NavigationRail(const QList<PageEntry> &entries, QWidget *parent)
    : Pane(parent)
    , m_entries(entries)
    , m_waiting(entries.size())
{
    setLook(this, "rail");
    setAttribute(Qt::WA_StyledBackground);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::s, space::m, space::s, space::m);
    layout->setSpacing(space::xs);
    for (int i = 0; i < entries.size(); ++i) {
        auto *button = new RailButton(this);
        button->setIcon(icon(entries.at(i).icon));
        button->setIconSize({22, 22});
        button->setFont(ui::font(Type::Small));
        button->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
        button->setCheckable(true);
        button->setFocusPolicy(Qt::TabFocus);
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        button->setMinimumWidth(76);
        button->setProperty("look", QStringLiteral("page"));
        // No button group: that would take all but one of them out of the Tab order.
        connect(button, &QToolButton::clicked, this, [this, i] { Q_EMIT chosen(i); });
        m_buttons.append(button);
        layout->addWidget(button);
    }
    layout->addStretch();
    retranslate();
}

void NavigationRail::setCurrent(int index)
{
    for (int i = 0; i < m_buttons.size(); ++i)
        m_buttons.at(i)->setChecked(i == index);
}

void NavigationRail::setWaiting(int index, const Waiting &waiting)
{
    m_waiting[index] = waiting;
    m_buttons.at(index)->setCount(waiting.count);
    retranslate();
}

void NavigationRail::retranslate()
{
    setAccessibleName(tr("Pages"));
    for (int i = 0; i < m_buttons.size(); ++i) {
        const QString title = QCoreApplication::translate("Pages", m_entries.at(i).title);
        const QString keys =
            QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_1 + i)).toString(QKeySequence::NativeText);
        m_buttons.at(i)->setText(title);
        const QString tip = tr("%1 (%2)").arg(title, keys);
        const Waiting &waiting = m_waiting.at(i);
        const bool waits = waiting.count > 0;
        m_buttons.at(i)->setAccessibleName(
            waits ? tr("%1: %2", "page, what waits there").arg(title, waiting.sentence) : title);
        m_buttons.at(i)->setToolTip(waits ? tip + u'\n' + waiting.sentence : tip);
    }
}

} // namespace chatelaine::ui
