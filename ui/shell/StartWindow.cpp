// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/StartWindow.h"

#include <QKeyEvent>

namespace chatelaine::ui {

void StartWindow::closeEvent(QCloseEvent *event)
{
    Pane::closeEvent(event);
    Q_EMIT quitRequested();
}

void StartWindow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        Q_EMIT quitRequested();
    else
        Pane::keyPressEvent(event);
}

} // namespace chatelaine::ui
