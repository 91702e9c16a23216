// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Json.h"

namespace chatelaine::test {

/// JSON for tables: single quotes stand for double ones.
inline QByteArray jsonText(QByteArray text)
{
    return text.replace('\'', '"');
}

inline QJsonObject jsonObject(const QByteArray &text)
{
    return *json::parseObject(jsonText(text), QStringLiteral("The test's JSON"));
}

/// `base` with the members of `changes`; null takes a member out.
inline QByteArray changed(const QByteArray &base, const QByteArray &changes)
{
    QJsonObject object = jsonObject(base);
    const QJsonObject other = jsonObject(changes);
    for (auto it = other.begin(); it != other.end(); ++it) {
        if (it->isNull())
            object.remove(it.key());
        else
            object.insert(it.key(), *it);
    }
    return json::compact(object);
}

} // namespace chatelaine::test
