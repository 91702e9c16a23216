// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Time.h"

#include <QDateTime>

#include <array>
#include <chrono>

namespace chatelaine {

QString toRfc3339(UtcMs time)
{
    // Each loan has a time in it, and QDateTime takes longer for it than SQLite for the record.
    using namespace std::chrono;
    const sys_time<milliseconds> instant {milliseconds(time)};
    const sys_days day = floor<days>(instant);
    const year_month_day date(day);
    const hh_mm_ss clock(instant - day);
    if (const int year = int(date.year()); year < 0 || year > 9999)
        return {};
    std::array<char16_t, 24> text {};
    auto end = text.begin();
    const auto put = [&end](qint64 number, int digits, char16_t after) {
        for (int i = digits; i-- > 0; number /= 10)
            end[i] = static_cast<char16_t>(u'0' + number % 10);
        end += digits;
        *end++ = after;
    };
    put(int(date.year()), 4, u'-');
    put(unsigned(date.month()), 2, u'-');
    put(unsigned(date.day()), 2, u'T');
    put(clock.hours().count(), 2, u':');
    put(clock.minutes().count(), 2, u':');
    put(clock.seconds().count(), 2, u'.');
    put(clock.subseconds().count(), 3, u'Z');
    return QString::fromUtf16(text.data(), text.size());
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
