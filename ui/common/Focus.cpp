// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/Focus.h"

#include <QApplication>
#include <QScrollArea>

namespace chatelaine::ui {

void keepFocusInSight(QWidget &window)
{
    const auto follow = [&window](QWidget *, QWidget *now) {
        if (!now || !window.isAncestorOf(now) || QGuiApplication::mouseButtons() != Qt::NoButton)
            return;
        for (QWidget *above = now->parentWidget(); above; above = above->parentWidget()) {
            auto *area = qobject_cast<QScrollArea *>(above);
            if (area && area->widget() && area->widget()->isAncestorOf(now))
                area->ensureWidgetVisible(now);
        }
    };
    QObject::connect(qApp, &QApplication::focusChanged, &window, follow);
}

} // namespace chatelaine::ui
