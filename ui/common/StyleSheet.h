// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace chatelaine::ui {

struct Colors;

/// Everything that is styled beyond the palette. Widgets choose by the dynamic property "look":
/// "primary", "danger", "quiet" (buttons), "card", "rail", "well" (surfaces), "muted" (labels).
QString styleSheet(const Colors &colors);

} // namespace chatelaine::ui
