// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QScrollArea;
class QWidget;

namespace chatelaine::ui {

/// A place in which `inner` scrolls up and down when it is longer. The bar stands in inner's right
/// margin, so that nothing moves when it comes.
QScrollArea *scrolled(QWidget *inner, QWidget *parent);

} // namespace chatelaine::ui
