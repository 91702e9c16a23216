// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace chatelaine {

/// Milliseconds since 1970-01-01T00:00:00Z.
using UtcMs = qint64;

/// RFC 3339 in UTC with milliseconds: "2026-07-28T12:00:00.000Z".
QString toRfc3339(UtcMs time);
/// Reads RFC 3339 with any offset; nullopt when it is something else.
std::optional<UtcMs> fromRfc3339(const QString &text);

/// Reads a span such as "90", "90s", "15m", "8h", "7d", "2w"; seconds, or nullopt.
std::optional<qint64> parseSpan(const QString &text);

} // namespace chatelaine
