// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/Surfaces.h"

namespace chatelaine::ui {

/// Steps one under the other as they happen: a mark, what it is, how long it took.

class ProgressSteps : public QWidget
{
    Q_OBJECT

public:
    enum class State { Running, Done, Failed, Skipped };

    explicit ProgressSteps(QWidget *parent = nullptr);

    void clear();
    /// A new step; one that was running becomes done.
    void begin(const QString &text, const QString &where);
    void add(State state, const QString &text, const QString &where, const QString &aside);
    /// Ends the running step, if there is one.
    void finish(State state);
    /// Takes the running step away, to be replaced by what became of it.
    void dropRunning();
    qsizetype count() const { return m_rows.size(); }

private:
    struct Row
    {
        QWidget *widget;
        IconLabel *icon;
        QLabel *text;
        ElidingLabel *where;
        QLabel *aside;
        State state;
    };
    void setState(Row &row, State state);

    QVBoxLayout *m_layout;
    QList<Row> m_rows;
};

} // namespace chatelaine::ui
