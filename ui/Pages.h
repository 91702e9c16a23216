// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/Page.h"

namespace chatelaine::ui {

/// Every page, in the order of the rail.
QList<PageEntry> allPages();

} // namespace chatelaine::ui
