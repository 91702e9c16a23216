// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/ValueLabel.h"

#include "ui/common/Labels.h"

#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>

namespace chatelaine::ui {

namespace {

constexpr QChar mayBreak(0x200b); // zero width space
constexpr int longestRun = 16;

// Behind what separates the parts of addresses and ids, and in what has no such parts.
QString breakable(const QString &value)
{
    if (value.size() <= 30 || value.contains(u' '))
        return value;
    QString text;
    int run = 0;
    for (const QChar letter : value) {
        if (run == longestRun && !letter.isLowSurrogate()) {
            text.append(mayBreak);
            run = 0;
        }
        text.append(letter);
        ++run;
        if (QStringLiteral("/?&-.").contains(letter)) {
            text.append(mayBreak);
            run = 0;
        }
    }
    return text;
}

} // namespace

ValueLabel::ValueLabel(QWidget *parent)
    : QLabel(parent)
{
    setFont(ui::font(Type::Body));
    setWordWrap(true);
    setTextFormat(Qt::PlainText);
    setTextInteractionFlags(Qt::TextSelectableByMouse);
    setAlignment(Qt::AlignTop | Qt::AlignLeading);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Minimum);
}

void ValueLabel::setValue(const QString &value)
{
    m_value = value;
    setText(breakable(value));
}

QString ValueLabel::chosen() const
{
    return selectedText()
        .remove(mayBreak)
        .replace(QChar::ParagraphSeparator, u'\n')
        .replace(QChar::LineSeparator, u'\n');
}

void ValueLabel::keyPressEvent(QKeyEvent *event)
{
    if (!event->matches(QKeySequence::Copy) || !hasSelectedText()) {
        QLabel::keyPressEvent(event);
        return;
    }
    QGuiApplication::clipboard()->setText(chosen());
    event->accept();
}

void ValueLabel::mousePressEvent(QMouseEvent *event)
{
    // A press inside the selection would begin to drag it as it is shown.
    if (event->button() == Qt::LeftButton && event->modifiers() == Qt::NoModifier
        && hasSelectedText())
        setSelection(0, 0);
    QLabel::mousePressEvent(event);
}

void ValueLabel::mouseReleaseEvent(QMouseEvent *event)
{
    QLabel::mouseReleaseEvent(event);
    QClipboard *clipboard = QGuiApplication::clipboard();
    if (event->button() == Qt::LeftButton && clipboard->supportsSelection() && hasSelectedText())
        clipboard->setText(chosen(), QClipboard::Selection);
}

void ValueLabel::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QString text = hasSelectedText() ? chosen() : m_value;
    connect(menu->addAction(tr("&Copy")), &QAction::triggered, this,
        [text] { QGuiApplication::clipboard()->setText(text); });
    menu->popup(event->globalPos());
}

} // namespace chatelaine::ui
