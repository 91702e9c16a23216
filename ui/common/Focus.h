// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace chatelaine::ui {

/// Scrolls to whatever in that window gets the keyboard. A scroll area by itself does so only where
/// the keyboard was in it before. Not while a mouse button is down: what is clicked stays where it
/// is.
void keepFocusInSight(QWidget &window);

} // namespace chatelaine::ui
