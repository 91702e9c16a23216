// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands/Commands.h"

#include "app/cli/AuditText.h"
#include "app/cli/Output.h"
#include "app/cli/Session.h"
#include "core/base/Csv.h"
#include "core/base/Json.h"

#include <QDateTime>
#include <QFile>
#include <QJsonArray>

#include <algorithm>
#include <functional>
#include <vector>

namespace chatelaine::cli {

namespace {

// A page of this many stays well below the longest line of the protocol.
constexpr qint64 pageSize = 100;

qint64 seqOf(const QJsonObject &record)
{
    return json::integer(record, QLatin1StringView("seq")).value_or(0);
}

// Of the first record that there still is; 0 where none was removed.
qint64 beginOf(const QJsonObject &page)
{
    return seqOf(page.value(QLatin1StringView("begins")).toObject());
}

Result<QJsonObject> filterOf(const Invocation &invocation)
{
    QJsonObject filter;
    for (const char *time : {"since", "until"}) {
        if (!invocation.has(time))
            continue;
        const std::optional<QString> point
            = auditTime(invocation.value(time), QDateTime::currentMSecsSinceEpoch());
        if (!point) {
            return failure(ErrorCode::InvalidInput,
                           QStringLiteral("--%1 wants a time such as 8h (ago), 2026-07-28 or "
                                          "2026-07-28T12:00:00Z.")
                               .arg(QString::fromLatin1(time)));
        }
        filter.insert(QString::fromLatin1(time), *point);
    }
    for (const char *name : {"server", "client", "event", "outcome"}) {
        if (invocation.has(name))
            filter.insert(QString::fromLatin1(name), invocation.value(name));
    }
    return filter;
}

Result<qint64> limitOf(const Invocation &invocation, qint64 otherwise)
{
    if (!invocation.has("limit"))
        return otherwise;
    const qint64 limit = invocation.value("limit").toLongLong();
    if (limit < 1)
        return failure(ErrorCode::InvalidInput, QStringLiteral("--limit wants a number from 1 up."));
    return limit;
}

/// The newest `limit` records that pass the filter, oldest first.
Result<std::vector<QJsonObject>> newest(Session &session, QJsonObject filter, qint64 limit)
{
    std::vector<QJsonObject> records;
    while (std::ssize(records) < limit) {
        filter.insert(QStringLiteral("limit"), std::min(pageSize, limit - std::ssize(records)));
        const Result<QJsonObject> page = session.call(QStringLiteral("audit/query"), filter);
        if (!page)
            return failure(page.error());
        const QJsonArray rows = page->value(QLatin1StringView("records")).toArray();
        for (const QJsonValue &row : rows)
            records.push_back(row.toObject());
        if (rows.isEmpty() || !json::boolean(*page, QLatin1StringView("more")))
            break;
        filter.insert(QStringLiteral("before_seq"), seqOf(records.back()));
    }
    std::reverse(records.begin(), records.end());
    return records;
}

void printRecord(const Invocation &invocation, const QJsonObject &record)
{
    if (invocation.json)
        printJson(record);
    else
        printLine(auditLine(record));
}

Result<void> follow(const Invocation &invocation, Session &session, const QJsonObject &filter)
{
    const Result<qint64> limit = limitOf(invocation, 10);
    if (!limit)
        return failure(limit.error());
    // Follow first and look back second, so that nothing falls in between.
    std::vector<QJsonObject> early;
    qint64 last = 0;
    bool caughtUp = false;
    const Session::Listener listener = [&](const QString &method, const QJsonObject &params) {
        if (method != QLatin1StringView("audit/record"))
            return;
        const QJsonObject record = params.value(QLatin1StringView("record")).toObject();
        if (!caughtUp) {
            early.push_back(record);
        } else if (seqOf(record) > last) {
            last = seqOf(record);
            printRecord(invocation, record);
        }
    };
    if (const Result<QJsonObject> started
        = session.call(QStringLiteral("audit/follow"), filter, listener);
        !started)
        return failure(started.error());
    Result<std::vector<QJsonObject>> past = std::vector<QJsonObject>();
    {
        QJsonObject query = filter;
        query.insert(QStringLiteral("limit"), std::min(*limit, pageSize));
        const Result<QJsonObject> page
            = session.call(QStringLiteral("audit/query"), query, listener);
        if (!page)
            return failure(page.error());
        for (const QJsonValue &row : page->value(QLatin1StringView("records")).toArray())
            past->insert(past->begin(), row.toObject());
    }
    past->insert(past->end(), early.begin(), early.end());
    for (const QJsonObject &record : *past) {
        if (seqOf(record) > last) {
            last = seqOf(record);
            printRecord(invocation, record);
        }
    }
    caughtUp = true;
    return session.listen(listener);
}

} // namespace

Result<void> runAudit(const Invocation &invocation)
{
    const Result<QJsonObject> filter = filterOf(invocation);
    if (!filter)
        return failure(filter.error());
    const Result<qint64> limit = limitOf(invocation, 100);
    if (!limit)
        return failure(limit.error());
    Result<Session> session = Session::open(invocation);
    if (!session)
        return failure(std::move(session).error());
    if (invocation.has("follow"))
        return follow(invocation, *session, *filter);
    const Result<std::vector<QJsonObject>> records = newest(*session, *filter, *limit);
    if (!records)
        return failure(records.error());
    for (const QJsonObject &record : *records)
        printRecord(invocation, record);
    if (records->empty() && !invocation.json)
        printLine(QStringLiteral("Nothing in the history matches that."));
    return {};
}

Result<void> runAuditVerify(const Invocation &invocation)
{
    const Result<QJsonObject> answer = ask(invocation, QStringLiteral("audit/verify"));
    if (!answer)
        return failure(answer.error());
    if (invocation.json)
        printJson(*answer);
    const qint64 rows = json::integer(*answer, QLatin1StringView("rows")).value_or(0);
    if (json::boolean(*answer, QLatin1StringView("ok"))) {
        if (invocation.json)
            return {};
        printLine(QStringLiteral("The history is whole: %1 records, none changed, none missing.")
                      .arg(rows));
        const QJsonObject begins = answer->value(QLatin1StringView("begins")).toObject();
        if (!begins.isEmpty()) {
            printLine(QStringLiteral("It begins at record %1; older ones were removed by retention "
                                     "on %2.")
                          .arg(json::integer(begins, QLatin1StringView("seq")).value_or(0))
                          .arg(safeLine(begins.value(QLatin1StringView("removed_at"))
                                            .toString()
                                            .section(u'T', 0, 0))));
        }
        return {};
    }
    const std::optional<qint64> bad = json::integer(*answer, QLatin1StringView("first_bad_seq"));
    return failure(ErrorCode::DatabaseCorrupt,
                   QStringLiteral("The history was altered%1: %2 Keep a copy of the database and "
                                  "find out who could write to it.")
                       .arg(bad ? QStringLiteral(" at record %1").arg(*bad) : QString(),
                            json::string(*answer, QLatin1StringView("reason"))
                                .value_or(QStringLiteral("its chain of hashes does not hold."))));
}

Result<void> runAuditExport(const Invocation &invocation)
{
    const QString format = invocation.has("format") ? invocation.value("format")
                                                    : QStringLiteral("jsonl");
    const bool asCsv = format == QLatin1StringView("csv");
    if (!asCsv && format != QLatin1StringView("jsonl")) {
        return failure(ErrorCode::InvalidInput,
                       QStringLiteral("--format is jsonl or csv, and \"%1\" is neither.").arg(format));
    }
    Result<QJsonObject> filter = filterOf(invocation);
    if (!filter)
        return filter.map([](const QJsonObject &) {});
    Result<Session> session = Session::open(invocation);
    if (!session)
        return failure(std::move(session).error());

    QFile file(invocation.value("output"));
    const bool toFile = invocation.has("output");
    // Never over something that is already there: a history is not to be lost to a slip.
    if (toFile
        && !file.open(QIODevice::WriteOnly | QIODevice::NewOnly,
                      QFileDevice::ReadOwner | QFileDevice::WriteOwner)) {
        return failure(ErrorCode::InvalidInput,
                       QStringLiteral("%1 can't be made (%2); choose a new file in a directory that "
                                      "you may write to.")
                           .arg(file.fileName(), file.errorString()));
    }
    const auto put = [&](const QByteArray &line) {
        if (!toFile)
            printBytes(line);
        return !toFile || file.write(line) == line.size();
    };
    bool written = !asCsv || put(csv::line(csv::historyColumns()));
    qint64 count = 0;
    // What is written meanwhile is not waited for: it might never end.
    const Result<QJsonObject> last =
        session->call(QStringLiteral("audit/query"), {{QStringLiteral("limit"), 1}});
    if (!last)
        return failure(last.error());
    const QJsonArray newestRows = last->value(QLatin1StringView("records")).toArray();
    if (!newestRows.isEmpty())
        filter->insert(QStringLiteral("before_seq"), seqOf(newestRows.first().toObject()) + 1);
    qint64 next = 1;
    filter->insert(QStringLiteral("ascending"), true);
    filter->insert(QStringLiteral("limit"), pageSize);
    for (bool more = true; more && written;) {
        const Result<QJsonObject> page = session->call(QStringLiteral("audit/query"), *filter);
        if (!page)
            return failure(page.error());
        // What is in the file may be nowhere else any more: it stays.
        if (beginOf(*page) > std::max(beginOf(*last), next)) {
            return failure(ErrorCode::NotFound,
                QStringLiteral("Old records were removed while they were being exported, so "
                               "the export is not complete. Export again%1.")
                    .arg(toFile ? QStringLiteral(", into another file") : QString()));
        }
        const QJsonArray rows = page->value(QLatin1StringView("records")).toArray();
        for (const QJsonValue &row : rows) {
            const QJsonObject record = row.toObject();
            next = seqOf(record) + 1;
            written = written && put(
                    asCsv ? csv::line(csv::values(record, csv::historyColumns())) : safeJson(record) + '\n');
            filter->insert(QStringLiteral("after_seq"), seqOf(record));
            ++count;
        }
        more = !rows.isEmpty() && json::boolean(*page, QLatin1StringView("more"));
    }
    if (toFile) {
        written = written && file.flush();
        file.close();
    }
    if (!written) {
        return failure(ErrorCode::DiskFull,
                       QStringLiteral("%1 could not be written (%2); it is not complete.")
                           .arg(file.fileName(), file.errorString()));
    }
    if (toFile && invocation.json)
        printJson(QJsonObject {{QStringLiteral("file"), file.fileName()},
                               {QStringLiteral("records"), count}});
    else if (toFile)
        printLine(QStringLiteral("Wrote %1 records to %2.").arg(count).arg(safeLine(file.fileName())));
    return {};
}

} // namespace chatelaine::cli
