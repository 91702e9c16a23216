// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Time.h"

#include <QString>

/// Points in time as the person's locale writes them: its order of day and month, its clock of 12
/// or 24 hours. Months are words, so that no order is misread.
namespace chatelaine::ui {

enum class DayStyle {
    Short, ///< "23 Nov", "Nov 23"
    Year, ///< "23 Nov 2026", "Nov 23, 2026"
    Long, ///< "23 November 2026", "November 23, 2026"
};
enum class ClockStyle {
    None,
    Minutes, ///< "16:05", "4:05 PM"
    Seconds, ///< "16:05:09", "4:05:09 PM"
    Milliseconds, ///< "16:05:09.042", "4:05:09.042 PM"
};

/// In the time zone of this machine.
QString timeText(UtcMs time, DayStyle day, ClockStyle clock);

} // namespace chatelaine::ui
