// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QStringList>

#include <optional>

namespace chatelaine::cli {

/// One line for a person.
QString auditLine(const QJsonObject &record);

/// A point in time: RFC 3339, a date ("2026-07-28", local midnight), or a span back from now ("8h").
/// Gives RFC 3339.
std::optional<QString> auditTime(const QString &text, qint64 nowMs);

} // namespace chatelaine::cli
