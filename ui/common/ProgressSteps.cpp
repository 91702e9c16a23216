// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/ProgressSteps.h"

#include <QHBoxLayout>

namespace chatelaine::ui {

ProgressSteps::ProgressSteps(QWidget *parent)
    : QWidget(parent)
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

void ProgressSteps::begin(const QString &text, const QString &where)
{
    finish(State::Done);
    add(State::Running, text, where, {});
}

void ProgressSteps::add(
    State state, const QString &text, const QString &where, const QString &aside)
{
    Row row;
    row.widget = new QWidget(this);
    row.icon = new IconLabel(QStringLiteral("clock"), space::icon, row.widget);
    row.text = makeLabel(Type::Body, row.widget);
    row.text->setWordWrap(false);
    row.where = new ElidingLabel(Qt::ElideMiddle, row.widget);
    row.aside = makeLabel(Type::Small, row.widget, true);
    row.aside->setWordWrap(false);
    row.text->setText(text);
    row.where->setText(where);
    row.where->setMuted(true);
    row.aside->setText(aside);
    auto *line = new QHBoxLayout(row.widget);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(space::s);
    line->addWidget(row.icon);
    line->addWidget(row.text);
    line->addWidget(row.where, 1);
    line->addWidget(row.aside);
    m_layout->addWidget(row.widget);
    setState(row, state);
    m_rows.append(row);
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
