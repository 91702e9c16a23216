// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audit/AuditQuery.h"

#include "core/audit/Condition.h"
#include "core/base/Sentence.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSqlError>

namespace chatelaine::audit {

namespace {

constexpr int maxLimit = 1000;

const QString columns = QStringLiteral(
    "seq, time, event, outcome, server, account, scope, pid, exe, argv0, app, chain, grant_id, "
    "token_fingerprint, detail, hash");

bool holds(const QString &text, const QString &part)
{
    return lowered(text).contains(lowered(part));
}

QString ancestorsText(const QStringList &chain)
{
    return QString::fromUtf8(
        QJsonDocument(QJsonArray::fromStringList(chain)).toJson(QJsonDocument::Compact));
}

Record recordOf(const QSqlQuery &query)
{
    int column = 0;
    const auto text = [&] { return query.value(column++).toString(); };
    const auto number = [&] { return query.value(column++).toLongLong(); };
    Record record;
    record.seq = number();
    record.time = number();
    Event &event = record.event;
    event.event = text();
    // A name of a foreign hand: verify() is who complains.
    event.outcome = outcomeFromName(text()).value_or(Outcome::Failed);
    event.server = text();
    event.account = text();
    event.scope = text();
    event.client.pid = number();
    event.client.exe = text();
    event.client.argv0 = text();
    event.client.app = text();
    const QJsonArray chain = QJsonDocument::fromJson(text().toUtf8()).array();
    for (const QJsonValue &ancestor : chain)
        event.client.chain.append(ancestor.toString());
    event.grant = text();
    event.tokenFingerprint = text();
    event.detail = text();
    record.hash = query.value(column).toByteArray();
    return record;
}

Result<Page> readPage(store::Connection &connection, const Filter &filter)
{
    Condition where = conditionOf(filter);
    QString sql = QStringLiteral("SELECT %1 FROM audit").arg(columns);
    sql += where.sql();
    sql += filter.ascending ? QStringLiteral(" ORDER BY seq LIMIT ?")
                            : QStringLiteral(" ORDER BY seq DESC LIMIT ?");
    // One more than asked tells whether there are more.
    where.values.append(filter.limit + 1);

    const auto query = connection.execute(sql, where.values);
    if (!query)
        return failure(query.error());
    Page page;
    while ((*query)->next()) {
        if (page.records.size() == filter.limit) {
            page.more = true;
            break;
        }
        page.records.append(recordOf(**query));
    }
    if ((*query)->lastError().isValid())
        return failure(store::toError((*query)->lastError(), connection.path()));
    return page;
}

Result<QList<ClientSum>> readClientSums(store::Connection &connection)
{
    const auto query = connection.execute(
        QStringLiteral("SELECT exe, min(time), max(time), sum(outcome = 'ok'), "
                       "sum(outcome = 'denied') FROM audit WHERE substr(event, 1, 5) = 'loan.' "
                       "GROUP BY exe ORDER BY exe"));
    if (!query)
        return failure(query.error());
    QList<ClientSum> sums;
    while ((*query)->next()) {
        sums.append({(*query)->value(0).toString(), (*query)->value(1).toLongLong(),
            (*query)->value(2).toLongLong(), (*query)->value(3).toLongLong(),
            (*query)->value(4).toLongLong()});
    }
    if ((*query)->lastError().isValid())
        return failure(store::toError((*query)->lastError(), connection.path()));
    return sums;
}

} // namespace

Task<Result<Page>> query(std::shared_ptr<store::Database> database, Filter filter)
{
    if (filter.limit < 1 || filter.limit > maxLimit) {
        co_return failure(ErrorCode::InvalidInput,
            Sentence::tr("The limit is a number from 1 to %1.").arg(maxLimit));
    }
    auto job = [filter](store::Connection &connection) { return readPage(connection, filter); };
    co_return co_await database->read(std::move(job));
}

Task<Result<QList<ClientSum>>> clientSums(std::shared_ptr<store::Database> database)
{
    const auto job = [](store::Connection &connection) { return readClientSums(connection); };
    co_return co_await database->read(job);
}

bool matches(const Filter &filter, const Record &record)
{
    const Event &event = record.event;
    const ClientFacts &client = event.client;
    if (filter.afterSeq > 0 && record.seq <= filter.afterSeq)
        return false;
    if (filter.beforeSeq > 0 && record.seq >= filter.beforeSeq)
        return false;
    if (filter.since && record.time < *filter.since)
        return false;
    if (filter.until && record.time >= *filter.until)
        return false;
    if (!filter.server.isEmpty() && event.server != filter.server)
        return false;
    if (filter.event.endsWith(u'.') ? !event.event.startsWith(filter.event)
                                    : !filter.event.isEmpty() && event.event != filter.event)
        return false;
    if (filter.outcome && event.outcome != *filter.outcome)
        return false;
    if (!filter.client.isEmpty() && !holds(client.exe, filter.client)
        && !holds(client.argv0, filter.client) && !holds(client.app, filter.client))
        return false;
    if (filter.text.isEmpty())
        return true;
    const QStringList texts{event.event, event.server, event.account, event.scope, client.exe,
        client.argv0, client.app, ancestorsText(client.chain), event.grant, event.tokenFingerprint,
        event.detail};
    return holds(texts.join(u'\n'), filter.text);
}

} // namespace chatelaine::audit
