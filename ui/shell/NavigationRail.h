// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/Page.h"

class QToolButton;

namespace chatelaine::ui {

/// The pages one under the other: icon and word.
class NavigationRail : public Pane
{
    Q_OBJECT

public:
    explicit NavigationRail(const QList<PageEntry> &entries, QWidget *parent = nullptr);

    void setCurrent(int index);

Q_SIGNALS:
    void chosen(int index);

protected:
    void retranslate() override;

private:
    QList<PageEntry> m_entries;
    QList<QToolButton *> m_buttons;
};

} // namespace chatelaine::ui
