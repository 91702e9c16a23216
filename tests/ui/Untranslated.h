// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

class QWidget;

namespace chatelaine::test {

/// What under `root`, seen or not, is still in English although the catalogue of `language` has
/// other words for it: labels, buttons, lists, hints, names for those who can't see.
QStringList foreignWords(const QWidget &root, const QString &language);

} // namespace chatelaine::test
