// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/Scrolling.h"

#include <QScrollArea>
#include <QVBoxLayout>

namespace chatelaine::ui {

namespace {

/// As high as its width asks for. Without this a scroll area takes the height that wrapped lines
/// need where they are narrowest, and scrolls over nothing.
class Inside : public QWidget
{
public:
    explicit Inside(QWidget *inner)
    {
        auto *layout = new QVBoxLayout(this);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->addWidget(inner);
    }

    QSize minimumSizeHint() const override
    {
        const QSize least = layout()->totalMinimumSize();
        return layout()->hasHeightForWidth() ? QSize(least.width(), 0) : least;
    }
};

class Area : public QScrollArea
{
public:
    Area(QWidget *inner, QWidget *parent)
        : QScrollArea(parent)
        , m_inner(inner)
        , m_margins(inner->layout()->contentsMargins())
    {
        setWidgetResizable(true);
        setFrameShape(QFrame::NoFrame);
        setFocusPolicy(Qt::NoFocus);
        setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        auto *inside = new Inside(inner);
        // It gets the area's size; without one of its own it would be measured before there is any.
        inside->resize(1, 1);
        setWidget(inside);
        for (QWidget *see : std::initializer_list<QWidget *>{viewport(), inside, inner})
            see->setAutoFillBackground(false);
    }

protected:
    void resizeEvent(QResizeEvent *event) override
    {
        QScrollArea::resizeEvent(event);
        QMargins margins = m_margins;
        margins.setRight(qMax(0, margins.right() - (width() - viewport()->width())));
        m_inner->layout()->setContentsMargins(margins);
    }

private:
    QWidget *m_inner;
    QMargins m_margins;
};

} // namespace

QScrollArea *scrolled(QWidget *inner, QWidget *parent)
{
    return new Area(inner, parent);
}

} // namespace chatelaine::ui
