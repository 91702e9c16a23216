// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>

namespace chatelaine::ui {

/// Distances, in device-independent pixels: one scale for the whole house.
namespace space {
inline constexpr int xs = 4;
inline constexpr int s = 8;
inline constexpr int m = 12;
inline constexpr int l = 16;
inline constexpr int xl = 24;
inline constexpr int radius = 8;
inline constexpr int icon = 18;
} // namespace space

enum class Type { Small, Body, Strong, Title, Headline, Mono };

/// The application's font in that size and weight. The steps are ratios of the person's own size.
QFont font(Type type);

/// How long a stream of events gathers before it is drawn.
inline constexpr int soonMs = 200;

} // namespace chatelaine::ui
