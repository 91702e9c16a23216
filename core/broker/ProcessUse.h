// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>

namespace chatelaine::broker {

/// What this process holds: `resident_kib` and `descriptors`. A process that is not dumpable is the
/// only one that may look (proc(5)), root aside. What can't be found out is absent.
QJsonObject processUse();

} // namespace chatelaine::broker
