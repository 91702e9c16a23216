// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/Services.h"

#include <functional>

class QObject;

namespace chatelaine::ui {

/// Calls back when nothing may be shown any more: at a lock, and when the keychain closes by itself.
/// As long as the context lives.
void whenLocked(const Services &services, QObject *context, std::function<void()> then);

} // namespace chatelaine::ui
