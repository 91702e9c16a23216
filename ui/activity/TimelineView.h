// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audit/AuditTimeline.h"

#include <QWidget>

#include <optional>

namespace chatelaine::ui {

/// Records over time as bars, their outcomes stacked: done at the bottom, denied hatched, failed on
/// top. Dragging over it chooses a stretch of time; so do the arrow keys, with Shift to widen, Enter
/// to choose and Escape to choose none.
class TimelineView : public QWidget
{
    Q_OBJECT

public:
    static constexpr int maxStretches = 96;

    explicit TimelineView(QWidget *parent = nullptr);

    void setTimeline(const audit::Timeline &timeline);
    const audit::Timeline &timeline() const { return m_timeline; }
    /// One more; false when its time is outside.
    bool count(UtcMs time, audit::Outcome outcome);

    struct Range
    {
        UtcMs since;
        UtcMs until;
    };
    std::optional<Range> chosen() const;
    /// Somebody drags over it or looks at a part of it: another chart would take that away.
    bool isHeld() const { return m_dragging || m_chosen; }
    /// The records in what is chosen, or in all of it.
    audit::Timeline::Counts counts() const;
    void choose(qsizetype first, qsizetype last);
    void chooseNone();

    QSize sizeHint() const override { return {400, 104}; }
    QSize minimumSizeHint() const override { return {200, 104}; }

Q_SIGNALS:
    void chosenChanged();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QRectF plot() const;
    qsizetype stretchAt(double x) const;
    QRectF stretchRect(qsizetype first, qsizetype last) const;
    void mark(qsizetype anchor, qsizetype cursor);
    QString wordsOf(qsizetype first, qsizetype last) const;
    void describe();

    audit::Timeline m_timeline;
    qsizetype m_anchor = -1; ///< what is marked goes from here to the cursor
    qsizetype m_cursor = -1;
    bool m_dragging = false;
    std::optional<std::pair<qsizetype, qsizetype>> m_chosen;
};

} // namespace chatelaine::ui
