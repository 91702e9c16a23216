// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>

class QColor;

namespace chatelaine::ui {

/// One of resources/icons by its file name. It takes the colour of the palette each time it is
/// painted, so that a change of theme needs no new icons, and is sharp at any scale.
QIcon icon(const QString &name);
/// The same for what stands on the accent: primary buttons.
QIcon accentIcon(const QString &name);
/// The same for what is there but not spoken of.
QIcon mutedIcon(const QString &name);
QPixmap iconPixmap(const QString &name, const QColor &color, int size, qreal devicePixelRatio);
/// A picture with colours of its own, by its path in the resources.
QIcon picture(const QString &file);
/// The application's own: a ring of keys.
QIcon applicationIcon();

} // namespace chatelaine::ui
