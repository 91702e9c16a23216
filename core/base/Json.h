// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"

#include <QByteArrayView>
#include <QJsonObject>
#include <QStringList>

#include <optional>

/// Reading JSON that somebody else wrote.
namespace chatelaine::json {

/// The nesting we accept from outside. OAuth metadata needs four levels, tool schemas a dozen.
inline constexpr int maxDepth = 64;

/// Parses one JSON object (RFC 8259), UTF-8. Fails with ProtocolViolation and the byte offset when
/// it is not JSON, not an object, or nested deeper than `depth`. `what` names the document in the
/// sentence: "The token response".
Result<QJsonObject> parseObject(const QByteArray &bytes, const QString &what,
                                int depth = maxDepth);

/// A string member; nullopt when absent or of another type. Empty strings are returned as they are.
std::optional<QString> string(const QJsonObject &object, QLatin1StringView key);
/// A list of strings; members of other types are left out, a lone string counts as a list of one.
QStringList strings(const QJsonObject &object, QLatin1StringView key);
/// A whole number; accepts 3600, 3600.0 and "3600" (seen in the field), nothing else.
std::optional<qint64> integer(const QJsonObject &object, QLatin1StringView key);
bool boolean(const QJsonObject &object, QLatin1StringView key, bool otherwise = false);

/// The shortest text of an object, UTF-8, without a line break.
QByteArray compact(const QJsonObject &object);

} // namespace chatelaine::json
