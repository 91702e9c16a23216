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

namespace chatelaine::ui {

namespace {

/// Wider than an address is long it would lead the eye away from its button.
constexpr int widestLine = 560;

} // namespace

CopyButton::CopyButton(QWidget *parent)
    : QToolButton(parent)
{
    setIcon(ui::icon(QStringLiteral("copy")));
    connect(this, &QToolButton::clicked, this, &CopyButton::copy);
    retranslate();
}

void CopyButton::set(const QString &text, const QString &name)
{
    m_text = text;
    m_name = name;
    retranslate();
}

void CopyButton::copy()
{
    QGuiApplication::clipboard()->setText(m_text);
    setIcon(ui::icon(QStringLiteral("ok")));
    setToolTip(tr("Copied"));
    QTimer::singleShot(2000, this, [this] {
        setIcon(ui::icon(QStringLiteral("copy")));
        retranslate();
    });
}

void CopyButton::retranslate()
{
    setToolTip(tr("Copy"));
    setAccessibleName(m_name.isEmpty() ? tr("Copy") : tr("Copy: %1").arg(m_name));
}

void CopyButton::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QToolButton::changeEvent(event);
}

CopyField::CopyField(QWidget *parent)
    : QWidget(parent)
    , m_line(new QLineEdit(this))
    , m_button(new CopyButton(this))
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
}

void CopyField::setText(const QString &text)
{
    m_line->setText(text);
    m_line->setCursorPosition(0);
    m_button->set(text, m_name);
}

QString CopyField::text() const
{
    return m_line->text();
}

void CopyField::setName(const QString &name)
{
    m_name = name;
    m_line->setAccessibleName(name);
    m_button->set(m_line->text(), name);
}

} // namespace chatelaine::ui
