// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/activity/JobStrip.h"

#include "ui/common/Icons.h"

#include <QHBoxLayout>
#include <QProgressBar>
#include <QPushButton>
#include <QToolButton>

namespace chatelaine::ui {

JobStrip::JobStrip(QWidget *parent)
    : QWidget(parent)
    , m_running(new QFrame(this))
    , m_what(makeLabel(Type::Body, m_running))
    , m_bar(new QProgressBar(m_running))
    , m_cancel(new QPushButton(m_running))
    , m_result(new Banner(this))
    , m_action(new QPushButton(m_result))
    , m_close(new QToolButton(m_result))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_running);
    layout->addWidget(m_result);
    setLook(m_running, "card");
    auto *row = new QHBoxLayout(m_running);
    row->setContentsMargins(space::m, space::s, space::s, space::s);
    row->setSpacing(space::m);
    m_what->setWordWrap(false);
    row->addWidget(m_what);
    row->addWidget(m_bar, 1);
    row->addWidget(m_cancel);
    m_bar->setTextVisible(false);
    m_bar->setRange(0, 1000);
    m_cancel->setObjectName(QStringLiteral("cancelJob"));
    m_action->setObjectName(QStringLiteral("jobAction"));
    m_close->setIcon(icon(QStringLiteral("close")));
    m_close->setFocusPolicy(Qt::StrongFocus);
    m_result->addWidget(m_action);
    m_result->addWidget(m_close);
    connect(m_cancel, &QPushButton::clicked, this, &JobStrip::cancelWanted);
    connect(m_action, &QPushButton::clicked, this, &JobStrip::actionWanted);
    connect(m_close, &QToolButton::clicked, this, &JobStrip::clear);
    clear();
}

void JobStrip::begin(const QString &what)
{
    setWhat(what);
    m_bar->setValue(0);
    m_result->hide();
    m_running->show();
    show();
    m_cancel->setFocus();
}

void JobStrip::setWhat(const QString &what)
{
    m_what->setText(what);
    m_bar->setAccessibleName(what);
}

void JobStrip::setProgress(qint64 done, qint64 total)
{
    m_bar->setValue(total > 0 ? int(done * 1000 / total) : 0);
}

void JobStrip::end(Tone tone, const QString &text, const QString &more, const QString &action)
{
    m_running->hide();
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    m_result->show(tone, text, more);
    show();
}

void JobStrip::clear()
{
    m_running->hide();
    m_result->hide();
    hide();
}

QString JobStrip::result() const
{
    return m_result->isVisibleTo(this) ? m_result->text() : QString();
}

void JobStrip::setWords(const QString &cancel, const QString &close)
{
    m_cancel->setText(cancel);
    m_close->setToolTip(close);
    m_close->setAccessibleName(close);
}

} // namespace chatelaine::ui
