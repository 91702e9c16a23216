// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/Pane.h"
#include "ui/common/Surfaces.h"

namespace chatelaine::ui {

/// Steps one under the other as they happen: a mark, what it is, where, how long it took.
class ProgressSteps : public Pane
{
    Q_OBJECT

public:
    enum class State { Running, Done, Failed, Skipped };

    explicit ProgressSteps(QWidget *parent = nullptr);

    void clear();
    /// A new step by its stable name (stepText()); one that was running becomes done.
    void begin(const QString &step, const QString &where);
    /// One in that state. `status` is that of its HTTP answer, 0 for none; `ms` below 0 is not known.
    void add(State state, const QString &step, const QString &where, int status, qint64 ms);
    /// Ends the running step, if there is one.
    void finish(State state);
    /// Takes the running step away, to be replaced by what became of it.
    void dropRunning();
    qsizetype count() const { return m_rows.size(); }

protected:
    void retranslate() override;

private:
    struct Row
    {
        QString step;
        int status;
        qint64 ms; ///< below 0: not known
        QWidget *widget;
        IconLabel *icon;
        QLabel *text;
        ElidingLabel *where;
        QLabel *aside;
        State state;
    };
    void setState(Row &row, State state);
    void retranslateRow(const Row &row);
    void alignPlaces();

    QVBoxLayout *m_layout;
    QList<Row> m_rows;
};

} // namespace chatelaine::ui
