// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/Page.h"

namespace chatelaine::ui {

class RailButton;

/// The pages one under the other: icon and word.
class NavigationRail : public Pane
{
    Q_OBJECT

public:
    explicit NavigationRail(const QList<PageEntry> &entries, QWidget *parent = nullptr);

    void setCurrent(int index);
    /// A number beside that page's picture, with its sentence for who hovers or listens.
    void setWaiting(int index, const Waiting &waiting);

Q_SIGNALS:
    void chosen(int index);

protected:
    void retranslate() override;

private:
    QList<PageEntry> m_entries;
    QList<RailButton *> m_buttons;
    QList<Waiting> m_waiting;
};

} // namespace chatelaine::ui
