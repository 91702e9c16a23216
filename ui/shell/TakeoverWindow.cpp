// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/TakeoverWindow.h"

#include "ui/common/Labels.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace chatelaine::ui {

namespace {

constexpr int windowWidth = 460;

} // namespace

TakeoverWindow::TakeoverWindow(QWidget *parent)
    : StartWindow(parent)
    , m_title(makeLabel(Type::Title, this))
    , m_sentence(makeLabel(Type::Body, this, true))
    , m_quit(new QPushButton(this))
{
    setObjectName(QStringLiteral("takeoverWindow"));
    m_quit->setObjectName(QStringLiteral("quit"));
    auto *head = new QHBoxLayout;
    head->setSpacing(space::l);
    auto *sign = new IconLabel(QStringLiteral("clock"), 40, this);
    sign->setTone(Tone::Info);
    head->addWidget(sign, 0, Qt::AlignTop);
    auto *words = new QVBoxLayout;
    words->setSpacing(space::s);
    words->addWidget(m_title);
    words->addWidget(m_sentence);
    words->addStretch();
    head->addLayout(words, 1);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_quit);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::xl, space::xl, space::xl, space::l);
    layout->setSpacing(space::l);
    layout->addLayout(head);
    layout->addLayout(buttons);
    setFixedWidth(windowWidth);
    connect(m_quit, &QPushButton::clicked, this, &TakeoverWindow::quitRequested);
    retranslate();
}

void TakeoverWindow::retranslate()
{
    setWindowTitle(QStringLiteral("Chatelaine"));
    m_title->setText(tr("Another broker is making room"));
    m_sentence->setText(tr("It runs without a window and ends what it has begun. Chatelaine opens "
                           "when it is done, which takes twenty seconds at most."));
    m_quit->setText(tr("&Quit"));
}

} // namespace chatelaine::ui
