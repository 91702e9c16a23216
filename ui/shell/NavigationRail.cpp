// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/NavigationRail.h"

#include "ui/common/Icons.h"
#include "ui/common/Labels.h"

#include <QButtonGroup>
#include <QCoreApplication>
#include <QKeySequence>
#include <QToolButton>
#include <QVBoxLayout>

namespace chatelaine::ui {

NavigationRail::NavigationRail(const QList<PageEntry> &entries, QWidget *parent)
    : Pane(parent)
    , m_entries(entries)
    , m_group(new QButtonGroup(this))
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
        button->setFocusPolicy(Qt::StrongFocus);
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        button->setMinimumWidth(76);
        button->setProperty("look", QStringLiteral("rail"));
        m_group->addButton(button, i);
        m_buttons.append(button);
        layout->addWidget(button);
    }
    layout->addStretch();
    connect(m_group, &QButtonGroup::idClicked, this, &NavigationRail::chosen);
    retranslate();
}

void NavigationRail::setCurrent(int index)
{
    m_buttons.at(index)->setChecked(true);
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
