// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audit/ClientStory.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSqlError>

namespace chatelaine::audit {

namespace {

Result<void> readLatest(store::Connection &connection, ClientFacts &facts)
{
    const auto query = connection.execute(
        QStringLiteral("SELECT pid, argv0, app, chain FROM audit WHERE exe = ? AND "
                       "substr(event, 1, 5) = 'loan.' ORDER BY seq DESC LIMIT 1"),
        {facts.exe});
    if (!query)
        return failure(query.error());
    if ((*query)->next()) {
        facts.pid = (*query)->value(0).toLongLong();
        facts.argv0 = (*query)->value(1).toString();
        facts.app = (*query)->value(2).toString();
        const QJsonArray chain =
            QJsonDocument::fromJson((*query)->value(3).toString().toUtf8()).array();
        for (const QJsonValue &ancestor : chain)
            facts.chain.append(ancestor.toString());
    }
    if ((*query)->lastError().isValid())
        return failure(store::toError((*query)->lastError(), connection.path()));
    return {};
}

Result<void> readLoans(store::Connection &connection, const QString &exe, UtcMs since,
    qint64 spanMs, QList<qint64> &loans)
{
    const auto query = connection.execute(
        QStringLiteral("SELECT (time - ?) / ?, count(*) FROM audit WHERE exe = ? AND time >= ? "
                       "AND outcome = 'ok' AND substr(event, 1, 5) = 'loan.' GROUP BY 1"),
        {since, spanMs, exe, since});
    if (!query)
        return failure(query.error());
    while ((*query)->next()) {
        const qint64 span = (*query)->value(0).toLongLong();
        if (span >= 0 && span < loans.size())
            loans[span] = (*query)->value(1).toLongLong();
    }
    if ((*query)->lastError().isValid())
        return failure(store::toError((*query)->lastError(), connection.path()));
    return {};
}

} // namespace

Task<Result<ClientStory>> clientStory(std::shared_ptr<store::Database> database, QString exe,
    UtcMs since, qint64 spanMs, int spans)
{
    auto job = [exe, since, spanMs, spans](
                   store::Connection &connection) -> Result<ClientStory> {
        ClientStory story;
        // A null string would be bound as NULL, which equals nothing.
        story.latest.exe = exe.isNull() ? QStringLiteral("") : exe;
        story.loans.resize(spans);
        if (const Result<void> read = readLatest(connection, story.latest); !read)
            return failure(read.error());
        if (const Result<void> read = readLoans(connection, story.latest.exe, since, spanMs, story.loans); !read)
            return failure(read.error());
        return story;
    };
    co_return co_await database->read(std::move(job));
}

} // namespace chatelaine::audit
