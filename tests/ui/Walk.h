// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

class QWidget;

namespace chatelaine::test {

/// What is wrong with the widgets under `root` that are shown or scrolled out of sight: controls
/// without an accessible name, mnemonics that two of them share, text cut off. Empty when all is
/// well.
QStringList complaints(QWidget &root);

/// Walks from control to control with Tab, as a person does: controls that are never reached, that
/// keep the keyboard, or that look the same with it as without.
QStringList complaintsOfTheKeyboard(QWidget &root);

} // namespace chatelaine::test
