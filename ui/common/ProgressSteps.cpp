// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/ProgressSteps.h"

#include "ui/common/Words.h"

#include <QHBoxLayout>

namespace chatelaine::ui {

ProgressSteps::ProgressSteps(QWidget *parent)
    : Pane(parent)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(space::s);
}

void ProgressSteps::clear()
{
    for (const Row &row : std::as_const(m_rows))
        delete row.widget;
    m_rows.clear();
}

void ProgressSteps::begin(const QString &step, const QString &where)
{
    finish(State::Done);
    add(State::Running, step, where, 0, -1);
}

void ProgressSteps::add(
    State state, const QString &step, const QString &where, int status, qint64 ms)
{
    Row row;
    row.step = step;
    row.status = status;
    row.ms = ms;
    row.widget = new QWidget(this);
    row.icon = new IconLabel(QStringLiteral("clock"), space::icon, row.widget);
    row.text = makeLabel(Type::Body, row.widget);
    row.text->setWordWrap(false);
    row.where = new ElidingLabel(Qt::ElideMiddle, row.widget);
    row.aside = makeLabel(Type::Small, row.widget, true);
    row.aside->setWordWrap(false);
    row.where->setText(where);
    row.where->setMuted(true);
    auto *line = new QHBoxLayout(row.widget);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(space::s);
    line->addWidget(row.icon);
    line->addWidget(row.text);
    line->addWidget(row.where, 1);
    line->addWidget(row.aside);
    m_layout->addWidget(row.widget);
    setState(row, state);
    retranslateRow(row);
    m_rows.append(row);
    alignPlaces();
}

/// Places begin one under the other.
void ProgressSteps::alignPlaces()
{
    int widest = 0;
    for (const Row &row : std::as_const(m_rows))
        widest = std::max(widest, row.text->sizeHint().width());
    for (const Row &row : std::as_const(m_rows))
        row.text->setMinimumWidth(widest);
}

void ProgressSteps::retranslateRow(const Row &row)
{
    row.text->setText(stepText(row.step));
    if (row.ms < 0)
        return;
    constexpr int unauthorized = 401;
    const QString took = milliseconds(row.ms);
    row.aside->setText(row.status == 0 ? took
            : row.status == unauthorized
            ? tr("%1: asks for a sign-in, %2", "HTTP status, time it took")
                  .arg(row.status)
                  .arg(took)
            : tr("%1, %2", "HTTP status, time it took").arg(row.status).arg(took));
}

void ProgressSteps::retranslate()
{
    for (const Row &row : std::as_const(m_rows))
        retranslateRow(row);
    alignPlaces();
}

void ProgressSteps::finish(State state)
{
    if (!m_rows.isEmpty() && m_rows.constLast().state == State::Running)
        setState(m_rows.last(), state);
}

void ProgressSteps::dropRunning()
{
    if (!m_rows.isEmpty() && m_rows.constLast().state == State::Running)
        delete m_rows.takeLast().widget;
}

void ProgressSteps::setState(Row &row, State state)
{
    row.state = state;
    switch (state) {
    case State::Running:
        row.icon->setName(QStringLiteral("clock"));
        row.icon->setTone(Tone::Info);
        break;
    case State::Done:
        row.icon->setName(QStringLiteral("ok"));
        row.icon->setTone(Tone::Ok);
        break;
    case State::Failed:
        row.icon->setName(QStringLiteral("error"));
        row.icon->setTone(Tone::Error);
        break;
    case State::Skipped:
        row.icon->setName(QStringLiteral("minus"));
        row.icon->setTone(Tone::Neutral);
        break;
    }
}

} // namespace chatelaine::ui
