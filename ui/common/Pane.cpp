// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/Pane.h"

#include <QEvent>

namespace chatelaine::ui {

void Pane::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace chatelaine::ui
