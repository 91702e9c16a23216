// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

class QWidget;

namespace chatelaine::test {

/// What is wrong with the widgets under `root` that can be seen: controls without an accessible
/// name, controls no keyboard reaches, mnemonics that two of them share, text cut off. Empty when
/// all is well.
QStringList complaints(QWidget &root);

} // namespace chatelaine::test
