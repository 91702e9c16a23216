// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/CopyField.h"

#include "ui/common/Icons.h"
#include "ui/common/Labels.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QTimer>
#include <QToolButton>

namespace chatelaine::ui {

namespace {

/// Wider than an address is long it would lead the eye away from its button.
constexpr int widestLine = 560;

} // namespace

CopyField::CopyField(QWidget *parent)
    : QWidget(parent)
    , m_line(new QLineEdit(this))
    , m_button(new QToolButton(this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::xs);
    m_line->setReadOnly(true);
    m_line->setFont(ui::font(Type::Mono));
    m_line->setMaximumWidth(widestLine);
    layout->addWidget(m_line, 1);
    layout->addWidget(m_button);
    layout->addStretch();
    m_button->setIcon(icon(QStringLiteral("copy")));
    connect(m_button, &QToolButton::clicked, this, &CopyField::copy);
    retranslate();
}

void CopyField::setText(const QString &text)
{
    m_line->setText(text);
    m_line->setCursorPosition(0);
}

QString CopyField::text() const
{
    return m_line->text();
}

void CopyField::setName(const QString &name)
{
    m_name = name;
    retranslate();
}

void CopyField::copy()
{
    QGuiApplication::clipboard()->setText(m_line->text());
    m_button->setIcon(icon(QStringLiteral("ok")));
    m_button->setToolTip(tr("Copied"));
    QTimer::singleShot(2000, this, [this] {
        m_button->setIcon(icon(QStringLiteral("copy")));
        retranslate();
    });
}

void CopyField::retranslate()
{
    m_line->setAccessibleName(m_name);
    m_button->setToolTip(tr("Copy"));
    m_button->setAccessibleName(m_name.isEmpty() ? tr("Copy") : tr("Copy: %1").arg(m_name));
}

void CopyField::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace chatelaine::ui
