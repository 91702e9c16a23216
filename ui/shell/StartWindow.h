// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/Pane.h"

namespace chatelaine::ui {

/// A window that is there instead of the application's own. Closing it, by Escape too, is to quit.
class StartWindow : public Pane
{
    Q_OBJECT

public:
    using Pane::Pane;

Q_SIGNALS:
    void quitRequested();

protected:
    void closeEvent(QCloseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
};

} // namespace chatelaine::ui
