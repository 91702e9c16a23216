// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

/// Sentences that were stored (a `last_error`, the detail of a record) are of the language in which
/// they were said: a broker by itself says them in English, a window in that of its person.
namespace chatelaine::ui {

/// `stored` in the language of the windows, where all of it is known: sentences of the core with
/// whatever was put into them, one or several. All else comes back as it is. The main thread's.
QString retold(const QString &stored);

} // namespace chatelaine::ui
