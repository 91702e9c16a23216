// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/Times.h"

#include <QDateTime>
#include <QLocale>

namespace chatelaine::ui {

namespace {

QString dayFormat(DayStyle style, bool monthFirst)
{
    const QString month = style == DayStyle::Long ? QStringLiteral("MMMM") : QStringLiteral("MMM");
    const QString day = monthFirst ? month + QStringLiteral(" d") : QStringLiteral("d ") + month;
    if (style == DayStyle::Short)
        return day;
    return day + (monthFirst ? QStringLiteral(", yyyy") : QStringLiteral(" yyyy"));
}

// The locale's own, with as much behind its minutes as is wanted.
QString clockFormat(const QLocale &locale, ClockStyle style)
{
    QString format = locale.timeFormat(QLocale::ShortFormat);
    qsizetype minutes = format.indexOf(u'm');
    const qsizetype hours = format.lastIndexOf(u'h', minutes, Qt::CaseInsensitive);
    if (minutes < 0 || hours < 0)
        return QStringLiteral("HH:mm:ss");
    const QString between = format.mid(hours + 1, minutes - hours - 1);
    while (minutes < format.size() && format.at(minutes) == u'm')
        ++minutes;
    // The C locale has seconds in its short format.
    format.remove(between + QStringLiteral("ss"));
    if (style == ClockStyle::Minutes)
        return format;
    return format.insert(minutes,
        between
            + (style == ClockStyle::Seconds ? QStringLiteral("ss") : QStringLiteral("ss.zzz")));
}

} // namespace

QString timeText(UtcMs time, DayStyle day, ClockStyle clock)
{
    const QLocale locale;
    // Where the year comes first, what is short is no guide to what is written with words.
    const QString shortest = locale.dateFormat(QLocale::ShortFormat);
    const bool monthFirst = !shortest.startsWith(u'y') && shortest.indexOf(u'M') < shortest.indexOf(u'd');
    QString format = dayFormat(day, monthFirst);
    if (clock != ClockStyle::None) {
        format += monthFirst || day == DayStyle::Long ? QStringLiteral(", ") : QStringLiteral(" ");
        format += clockFormat(locale, clock);
    }
    return locale.toString(QDateTime::fromMSecsSinceEpoch(time), format);
}

} // namespace chatelaine::ui
