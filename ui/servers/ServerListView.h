// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Clock.h"

#include <QListView>
#include <QTimer>

namespace chatelaine::ui {

/// The list. While it can be seen, one timer goes off when the next visible countdown changes; an
/// invisible list has none.
class ServerListView : public QListView
{
    Q_OBJECT

public:
    explicit ServerListView(const Clock &clock, QWidget *parent = nullptr);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void arm();

    const Clock &m_clock;
    QTimer m_tick;
};

} // namespace chatelaine::ui
