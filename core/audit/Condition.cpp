// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audit/Condition.h"

namespace chatelaine::audit {

namespace {

// What Filter::text is looked for in. A line break keeps one text from running into the next.
const QString searched = QStringLiteral(
    "event || char(10) || server || char(10) || account || char(10) || scope || char(10) || exe "
    "|| char(10) || argv0 || char(10) || app || char(10) || chain || char(10) || grant_id || "
    "char(10) || token_fingerprint || char(10) || detail");

} // namespace

QString lowered(QString text)
{
    for (QChar &c : text) {
        if (c >= u'A' && c <= u'Z')
            c = QChar(c.unicode() + (u'a' - u'A'));
    }
    return text;
}

Condition conditionOf(const Filter &filter)
{
    Condition where;
    if (filter.afterSeq > 0)
        where.add(QStringLiteral("seq > ?"), {filter.afterSeq});
    if (filter.beforeSeq > 0)
        where.add(QStringLiteral("seq < ?"), {filter.beforeSeq});
    if (filter.since)
        where.add(QStringLiteral("time >= ?"), {*filter.since});
    if (filter.until)
        where.add(QStringLiteral("time < ?"), {*filter.until});
    if (!filter.server.isEmpty())
        where.add(QStringLiteral("server = ?"), {filter.server});
    if (filter.event.endsWith(u'.')) {
        where.add(QStringLiteral("substr(event, 1, ?) = ?"),
            {static_cast<int>(filter.event.size()), filter.event});
    } else if (!filter.event.isEmpty()) {
        where.add(QStringLiteral("event = ?"), {filter.event});
        // SQLite takes an index with a condition only where the query repeats it.
        if (filter.event != QLatin1StringView("loan.token"))
            where.add(QStringLiteral("event <> 'loan.token'"), {});
    }
    if (filter.outcome) {
        where.add(QStringLiteral("outcome = ?"), {outcomeName(*filter.outcome)});
        if (*filter.outcome != Outcome::Ok)
            where.add(QStringLiteral("outcome <> 'ok'"), {});
    }
    if (!filter.client.isEmpty()) {
        const QString part = lowered(filter.client);
        where.add(QStringLiteral("(instr(lower(exe), ?) OR instr(lower(argv0), ?) OR "
                                 "instr(lower(app), ?))"),
            {part, part, part});
    }
    if (!filter.text.isEmpty())
        where.add(QStringLiteral("instr(lower(%1), ?)").arg(searched), {lowered(filter.text)});
    return where;
}

} // namespace chatelaine::audit
