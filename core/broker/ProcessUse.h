// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>

namespace chatelaine::broker {

/// What this process holds: `resident_kib`, `descriptors`, and `heap_kib`, which is what was asked
/// of the heap and not given back: the heap keeps what it was given at its busiest, so that only
/// this tells what is still in use. Takes the time to walk the heap's free pieces. A process that
/// is not dumpable is the only one that may look (proc(5)), root aside. What can't be found out is
/// absent.
QJsonObject processUse();

} // namespace chatelaine::broker
