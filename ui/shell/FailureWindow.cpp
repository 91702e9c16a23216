// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/FailureWindow.h"

#include "ui/common/Surfaces.h"
#include "ui/common/Words.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPushButton>

namespace chatelaine::ui {

namespace {

constexpr int windowWidth = 520;

} // namespace

FailureWindow::FailureWindow(Error error, QWidget *parent)
    : StartWindow(parent)
    , m_error(std::move(error))
    , m_title(makeLabel(Type::Title, this))
    , m_what(makeLabel(Type::Body, this))
    , m_detail(makeLabel(Type::Body, this))
    , m_retry(new QPushButton(this))
    , m_quit(new QPushButton(this))
{
    setObjectName(QStringLiteral("failureWindow"));
    m_retry->setObjectName(QStringLiteral("retry"));
    m_quit->setObjectName(QStringLiteral("quit"));
    m_detail->setObjectName(QStringLiteral("failureDetail"));
    QPushButton *advised = triesAgain() ? m_retry : m_quit;
    setLook(advised, "primary");
    advised->setDefault(true);
    advised->setFocus();
    m_detail->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);

    auto *head = new QHBoxLayout;
    head->setSpacing(space::l);
    auto *sign = new IconLabel(QStringLiteral("error"), 40, this);
    sign->setTone(Tone::Error);
    head->addWidget(sign, 0, Qt::AlignTop);
    auto *words = new QVBoxLayout;
    words->setSpacing(space::s);
    words->addWidget(m_title);
    words->addWidget(m_what);
    auto *well = new QFrame(this);
    setLook(well, "well");
    auto *inside = new QVBoxLayout(well);
    inside->setContentsMargins(space::m, space::s, space::m, space::s);
    inside->addWidget(m_detail);
    words->addWidget(well);
    head->addLayout(words, 1);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::s);
    buttons->addStretch();
    buttons->addWidget(m_quit);
    buttons->addWidget(m_retry);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::xl, space::xl, space::xl, space::l);
    layout->setSpacing(space::l);
    layout->addLayout(head);
    layout->addLayout(buttons);
    setFixedWidth(windowWidth);
    connect(m_retry, &QPushButton::clicked, this, &FailureWindow::retryRequested);
    connect(m_quit, &QPushButton::clicked, this, &FailureWindow::quitRequested);
    retranslate();
}

void FailureWindow::retranslate()
{
    setWindowTitle(QStringLiteral("Chatelaine"));
    m_title->setText(tr("Chatelaine can't start"));
    m_what->setText(m_error.code == ErrorCode::AlreadyExists
            ? tr("Another broker, or what starts one for you, did not make room. End it, then try "
                 "again.")
            : errorTitle(m_error));
    m_detail->setText(m_error.message);
    m_retry->setText(tr("&Try again"));
    m_quit->setText(tr("&Quit"));
}

bool FailureWindow::triesAgain() const
{
    return m_error.code != ErrorCode::DatabaseNewer && m_error.code != ErrorCode::DatabaseCorrupt;
}

void FailureWindow::showEvent(QShowEvent *event)
{
    StartWindow::showEvent(event);
    resize(windowWidth, layout()->totalHeightForWidth(windowWidth));
}

void FailureWindow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        (triesAgain() ? m_retry : m_quit)->click();
    else
        StartWindow::keyPressEvent(event);
}

} // namespace chatelaine::ui
