// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/Walk.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QButtonGroup>
#include <QComboBox>
#include <QCoreApplication>
#include <QHeaderView>
#include <QKeySequence>
#include <QLabel>
#include <QLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QStyle>
#include <QStyleOption>
#include <QTabBar>
#include <QTableView>
#include <QTest>

#include <algorithm>

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

/// Whether it looks different with the keyboard: what is drawn in it and close around it.
bool showsItsFocus(QWidget *widget)
{
    QWidget *const window = widget->window();
    const QRect around = QRect(widget->mapTo(window, QPoint()), widget->size())
                             .marginsAdded({4, 4, 4, 4})
                             .intersected(window->rect());
    const QImage with = window->grab(around).toImage();
    widget->clearFocus();
    const QImage without = window->grab(around).toImage();
    widget->setFocus(Qt::TabFocusReason);
    return with != without;
}

/// Of buttons that exclude each other Tab goes to the chosen one, the arrows to the others.
bool isOneOfSeveral(const QWidget *widget)
{
    const auto *button = qobject_cast<const QAbstractButton *>(widget);
    if (!button || button->isChecked())
        return false;
    return button->autoExclusive() || (button->group() && button->group()->exclusive());
}

QStringList wronglyWide(const QTableView &table)
{
    const QHeaderView &header = *table.horizontalHeader();
    QStringList found;
    if (header.length() > table.viewport()->width())
        found.append(QStringLiteral("%1 has columns beyond its edge").arg(describe(&table)));
    for (int i = 0; i < header.count(); ++i) {
        if (header.sectionSize(i) > 0 && header.sectionSizeHint(i) > header.sectionSize(i))
            found.append(QStringLiteral("%1 has its header \"%2\" cut off")
                             .arg(describe(&table),
                                 table.model()->headerData(i, Qt::Horizontal).toString()));
    }
    return found;
}

QString scrollsOverNothing(const QScrollArea &area)
{
    const QWidget *inside = area.widget();
    if (!inside || !inside->layout() || !inside->layout()->hasHeightForWidth()
        || area.verticalScrollBar()->maximum() == 0)
        return {};
    return inside->height() > inside->layout()->totalHeightForWidth(inside->width())
        ? QStringLiteral("%1 scrolls over nothing").arg(describe(inside))
        : QString();
}

} // namespace

QStringList complaints(QWidget &root)
{
    QStringList found;
    QHash<QString, QString> mnemonics;
    const QList<QWidget *> widgets = root.findChildren<QWidget *>();
    for (QWidget *widget : widgets) {
        if (!widget->isVisibleTo(&root))
            continue;
        // What is scrolled out of sight has its size only once it was seen.
        const bool inSight = !widget->visibleRegion().isEmpty();
        if (const QString cut = inSight ? cutOff(widget) : QString(); !cut.isEmpty())
            found.append(QStringLiteral("%1 is %2").arg(describe(widget), cut));
        if (const auto *table = qobject_cast<const QTableView *>(widget))
            found.append(wronglyWide(*table));
        if (const auto *area = qobject_cast<const QScrollArea *>(widget)) {
            if (const QString nothing = scrollsOverNothing(*area); !nothing.isEmpty())
                found.append(nothing);
        }
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
        if (isControl(widget) && nameOf(widget).isEmpty())
            found.append(QStringLiteral("%1 has no accessible name").arg(describe(widget)));
    }
    return found;
}

QStringList complaintsOfTheKeyboard(QWidget &root)
{
    QWidget *const window = root.window();
    window->activateWindow();
    if (!QTest::qWaitForWindowActive(window))
        return {QStringLiteral("the window does not become active")};
    if (QWidget *before = window->focusWidget())
        before->clearFocus();
    QStringList found;
    QList<QWidget *> way;
    for (;;) {
        QWidget *const from = window->focusWidget();
        QTest::keyClick(from ? from : window, Qt::Key_Tab);
        QCoreApplication::processEvents(); // what it opens gets its place
        QWidget *const here = window->focusWidget();
        if (!here || way.contains(here))
            break;
        way.append(here);
        if (here == from)
            found.append(QStringLiteral("Tab does not leave %1").arg(describe(here)));
        else if (root.isAncestorOf(here) && !showsItsFocus(here))
            found.append(QStringLiteral("%1 does not show that it has the keyboard")
                             .arg(describe(here)));
    }
    for (QWidget *control : root.findChildren<QWidget *>()) {
        if (!isControl(control) || !control->isVisibleTo(&root) || !control->isEnabled()
            || isOneOfSeveral(control))
            continue;
        const bool reached = std::any_of(way.cbegin(), way.cend(), [control](QWidget *stop) {
            return stop == control || control->isAncestorOf(stop);
        });
        if (!reached)
            found.append(QStringLiteral("%1 can't be reached by Tab").arg(describe(control)));
    }
    return found;
}

} // namespace chatelaine::test
