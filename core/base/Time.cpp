// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Time.h"

#include <QDateTime>

namespace chatelaine {

QString toRfc3339(UtcMs time)
{
    return QDateTime::fromMSecsSinceEpoch(time, Qt::UTC).toString(Qt::ISODateWithMs);
}

std::optional<UtcMs> fromRfc3339(const QString &text)
{
    const QDateTime time = QDateTime::fromString(text, Qt::ISODateWithMs);
    // Without an offset Qt would read it as local time; RFC 3339 always has one.
    if (!time.isValid() || time.timeSpec() == Qt::LocalTime)
        return std::nullopt;
    return time.toMSecsSinceEpoch();
}

std::optional<qint64> parseSpan(const QString &text)
{
    if (text.isEmpty())
        return std::nullopt;
    qint64 unit = 1;
    QStringView digits = text;
    switch (text.back().unicode()) {
    case u's': break;
    case u'm': unit = 60; break;
    case u'h': unit = 60 * 60; break;
    case u'd': unit = 24 * 60 * 60; break;
    case u'w': unit = 7 * 24 * 60 * 60; break;
    default: unit = 0;
    }
    if (unit == 0)
        unit = 1;
    else
        digits.chop(1);
    bool ok = false;
    const qint64 count = digits.toLongLong(&ok);
    constexpr qint64 century = 100LL * 366 * 24 * 60 * 60;
    if (!ok || count < 0 || count > century / unit)
        return std::nullopt;
    return count * unit;
}

} // namespace chatelaine
