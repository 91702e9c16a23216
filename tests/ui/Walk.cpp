// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/Walk.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QComboBox>
#include <QKeySequence>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QStyle>
#include <QStyleOption>
#include <QTabBar>

namespace chatelaine::test {

namespace {

bool isControl(const QWidget *widget)
{
    // A part of another control is that one's business.
    for (const QWidget *above = widget->parentWidget(); above; above = above->parentWidget()) {
        if (qobject_cast<const QAbstractSpinBox *>(above) || qobject_cast<const QComboBox *>(above)
            || qobject_cast<const QLineEdit *>(above) || qobject_cast<const QTabBar *>(above)
            || qobject_cast<const QAbstractItemView *>(above))
            return false;
    }
    return qobject_cast<const QAbstractButton *>(widget) || qobject_cast<const QLineEdit *>(widget)
        || qobject_cast<const QComboBox *>(widget) || qobject_cast<const QAbstractSpinBox *>(widget)
        || qobject_cast<const QPlainTextEdit *>(widget) || qobject_cast<const QTabBar *>(widget)
        || qobject_cast<const QAbstractItemView *>(widget);
}

QString nameOf(QWidget *widget)
{
    QAccessibleInterface *face = QAccessible::queryAccessibleInterface(widget);
    return face ? face->text(QAccessible::Name) : QString();
}

QString describe(const QWidget *widget)
{
    QString text;
    if (const auto *button = qobject_cast<const QAbstractButton *>(widget))
        text = button->text();
    if (const auto *label = qobject_cast<const QLabel *>(widget))
        text = label->text();
    return QStringLiteral("%1 \"%2\" %3")
        .arg(QString::fromLatin1(widget->metaObject()->className()), text, widget->objectName());
}

QString cutOff(const QWidget *widget)
{
    QString text;
    int available = widget->contentsRect().width();
    if (const auto *button = qobject_cast<const QAbstractButton *>(widget)) {
        if (button->sizeHint().width() > button->width())
            text = button->text();
        available = button->sizeHint().width() - 1;
    } else if (const auto *label = qobject_cast<const QLabel *>(widget)) {
        if (label->wordWrap()) {
            if (label->heightForWidth(label->width()) > label->height() + 1)
                return QStringLiteral("cut off below");
            return {};
        }
        if (label->sizePolicy().horizontalPolicy() != QSizePolicy::Ignored)
            text = label->text();
    } else if (const auto *box = qobject_cast<const QComboBox *>(widget)) {
        if (box->minimumSizeHint().width() > box->width())
            return QStringLiteral("cut off");
        QStyleOptionComboBox option;
        option.initFrom(box);
        text = box->currentText();
        available =
            box->style()
                ->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, box)
                .width();
    }
    text.remove(u'&');
    if (!text.isEmpty() && widget->fontMetrics().horizontalAdvance(text) > available)
        return QStringLiteral("cut off");
    return {};
}

} // namespace

QStringList complaints(QWidget &root)
{
    QStringList found;
    QHash<QString, QString> mnemonics;
    const QList<QWidget *> widgets = root.findChildren<QWidget *>();
    for (QWidget *widget : widgets) {
        if (!widget->isVisibleTo(&root) || widget->visibleRegion().isEmpty())
            continue;
        if (const QString cut = cutOff(widget); !cut.isEmpty())
            found.append(QStringLiteral("%1 is %2").arg(describe(widget), cut));
        QString shown;
        if (const auto *button = qobject_cast<const QAbstractButton *>(widget))
            shown = button->text();
        else if (const auto *label = qobject_cast<const QLabel *>(widget); label && label->buddy())
            shown = label->text();
        if (const QKeySequence key = QKeySequence::mnemonic(shown); !key.isEmpty()) {
            const QString name = key.toString();
            if (mnemonics.contains(name))
                found.append(QStringLiteral("%1 has the mnemonic %2, as has %3")
                                 .arg(describe(widget), name, mnemonics.value(name)));
            mnemonics.insert(name, describe(widget));
        }
        if (!isControl(widget) || !widget->isEnabled())
            continue;
        if (nameOf(widget).isEmpty())
            found.append(QStringLiteral("%1 has no accessible name").arg(describe(widget)));
        if (!(widget->focusPolicy() & Qt::TabFocus))
            found.append(QStringLiteral("%1 can't be reached by Tab").arg(describe(widget)));
    }
    return found;
}

} // namespace chatelaine::test
