// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/NavigationRail.h"

#include "ui/common/Icons.h"
#include "ui/common/Labels.h"

#include <QCoreApplication>
#include <QKeySequence>
#include <QToolButton>
#include <QVBoxLayout>

namespace chatelaine::ui {

NavigationRail::NavigationRail(const QList<PageEntry> &entries, QWidget *parent)
    : Pane(parent)
    , m_entries(entries)
{
    setLook(this, "rail");
    setAttribute(Qt::WA_StyledBackground);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::s, space::m, space::s, space::m);
    layout->setSpacing(space::xs);
    for (int i = 0; i < entries.size(); ++i) {
        auto *button = new QToolButton(this);
        button->setIcon(icon(entries.at(i).icon));
        button->setIconSize({22, 22});
        button->setFont(ui::font(Type::Small));
        button->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
        button->setCheckable(true);
        button->setFocusPolicy(Qt::TabFocus);
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        button->setMinimumWidth(76);
        button->setProperty("look", QStringLiteral("page"));
        // No button group: that would take all but one of them out of the Tab order.
        connect(button, &QToolButton::clicked, this, [this, i] { Q_EMIT chosen(i); });
        m_buttons.append(button);
        layout->addWidget(button);
    }
    layout->addStretch();
    retranslate();
}

void NavigationRail::setCurrent(int index)
{
    for (int i = 0; i < m_buttons.size(); ++i)
        m_buttons.at(i)->setChecked(i == index);
}

void NavigationRail::retranslate()
{
    setAccessibleName(tr("Pages"));
    for (int i = 0; i < m_buttons.size(); ++i) {
        const QString title = QCoreApplication::translate("Pages", m_entries.at(i).title);
        const QString keys =
            QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_1 + i)).toString(QKeySequence::NativeText);
        m_buttons.at(i)->setText(title);
        m_buttons.at(i)->setAccessibleName(title);
        m_buttons.at(i)->setToolTip(tr("%1 (%2)").arg(title, keys));
    }
}

} // namespace chatelaine::ui
