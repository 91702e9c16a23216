// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Json.h"

#include "core/base/Sentence.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <cmath>

namespace chatelaine::json {

namespace {

// QJsonDocument stops at 1024 levels; we stop earlier, before it has built anything.
bool deeperThan(const QByteArray &bytes, int limit)
{
    int depth = 0;
    bool inString = false;
    bool escaped = false;
    for (const char c : bytes) {
        if (inString) {
            if (escaped)
                escaped = false;
            else if (c == '\\')
                escaped = true;
            else if (c == '"')
                inString = false;
            continue;
        }
        if (c == '"')
            inString = true;
        else if ((c == '{' || c == '[') && ++depth > limit)
            return true;
        else if (c == '}' || c == ']')
            --depth;
    }
    return false;
}

} // namespace

Result<QJsonObject> parseObject(const QByteArray &bytes, const QString &what, int depth)
{
    if (deeperThan(bytes, depth)) {
        return failure(ErrorCode::ProtocolViolation,
            Sentence::tr("%1 is nested too deeply to be trusted.").arg(what));
    }
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &error);
    if (error.error != QJsonParseError::NoError) {
        return failure(ErrorCode::ProtocolViolation, Sentence::tr("%1 is not JSON.").arg(what),
            QStringLiteral("%1 at byte %2").arg(error.errorString()).arg(error.offset));
    }
    if (!document.isObject()) {
        return failure(
            ErrorCode::ProtocolViolation, Sentence::tr("%1 is JSON, but not an object.").arg(what));
    }
    return document.object();
}

std::optional<QString> string(const QJsonObject &object, QLatin1StringView key)
{
    const QJsonValue value = object.value(key);
    if (!value.isString())
        return std::nullopt;
    return value.toString();
}

QStringList strings(const QJsonObject &object, QLatin1StringView key)
{
    const QJsonValue value = object.value(key);
    if (value.isString())
        return {value.toString()};
    QStringList list;
    const QJsonArray array = value.toArray();
    for (const QJsonValue &item : array) {
        if (item.isString())
            list.append(item.toString());
    }
    return list;
}

std::optional<qint64> integer(const QJsonObject &object, QLatin1StringView key)
{
    const QJsonValue value = object.value(key);
    if (value.isString()) {
        bool ok = false;
        const qint64 number = value.toString().toLongLong(&ok);
        return ok ? std::optional(number) : std::nullopt;
    }
    if (!value.isDouble())
        return std::nullopt;
    const double number = value.toDouble();
    // Beyond 2^53 a double no longer tells whole numbers apart.
    if (std::abs(number) > 9007199254740992.0 || number != std::floor(number))
        return std::nullopt;
    return static_cast<qint64>(number);
}

bool boolean(const QJsonObject &object, QLatin1StringView key, bool otherwise)
{
    return object.value(key).toBool(otherwise);
}

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace chatelaine::json
