// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audit/AuditVerifier.h"
#include "core/audit/Begin.h"
#include "core/base/Json.h"
#include "core/base/Sentence.h"
#include "core/broker/Broker.h"
#include "core/broker/Methods.h"

#include <QJsonArray>

#include <map>

namespace chatelaine::broker {

namespace {

Result<std::optional<UtcMs>> timeOf(const QJsonObject &params, QLatin1StringView key)
{
    const std::optional<QString> text = json::string(params, key);
    if (!text || text->isEmpty())
        return std::optional<UtcMs>();
    const std::optional<UtcMs> time = fromRfc3339(*text);
    if (!time) {
        return failure(ErrorCode::InvalidInput,
            Sentence::tr("\"%1\" is a time such as 2026-07-28T12:00:00Z.").arg(QString(key)));
    }
    return time;
}

Result<audit::Filter> filterOf(const QJsonObject &params)
{
    const auto text = [&](QLatin1StringView key) {
        return json::string(params, key).value_or(QString());
    };
    audit::Filter filter;
    const Result<std::optional<UtcMs>> since = timeOf(params, QLatin1StringView("since"));
    const Result<std::optional<UtcMs>> until = timeOf(params, QLatin1StringView("until"));
    if (!since || !until)
        return failure(since ? until.error() : since.error());
    filter.since = *since;
    filter.until = *until;
    filter.server = text(QLatin1StringView("server"));
    filter.client = text(QLatin1StringView("client"));
    filter.event = text(QLatin1StringView("event"));
    filter.text = text(QLatin1StringView("text"));
    const QString outcome = text(QLatin1StringView("outcome"));
    for (const audit::Outcome one :
         {audit::Outcome::Ok, audit::Outcome::Denied, audit::Outcome::Failed}) {
        if (audit::outcomeName(one) == outcome)
            filter.outcome = one;
    }
    if (!outcome.isEmpty() && !filter.outcome) {
        return failure(ErrorCode::InvalidInput,
            Sentence::tr("outcome is ok, denied or failed, not \"%1\".").arg(outcome));
    }
    filter.afterSeq = json::integer(params, QLatin1StringView("after_seq")).value_or(0);
    filter.beforeSeq = json::integer(params, QLatin1StringView("before_seq")).value_or(0);
    filter.ascending = json::boolean(params, QLatin1StringView("ascending"));
    const qint64 limit = json::integer(params, QLatin1StringView("limit")).value_or(100);
    filter.limit = static_cast<int>(qBound(qint64(-1), limit, qint64(1'000'000)));
    return filter;
}

QJsonObject beginsAt(qint64 seq, UtcMs removedAt)
{
    return {{QStringLiteral("seq"), seq}, {QStringLiteral("removed_at"), toRfc3339(removedAt)}};
}

Task<Result<Reply>> query(Broker &broker, Call call)
{
    const Result<audit::Filter> filter = filterOf(call.params);
    if (!filter)
        co_return failure(filter.error());
    const Result<audit::Page> page = co_await audit::query(broker.database(), *filter);
    if (!page)
        co_return failure(page.error());
    // Second, so that what was removed while the page was read is known.
    const Result<audit::Begin> begin = co_await broker.database()->read(audit::readBegin);
    if (!begin)
        co_return failure(begin.error());
    QJsonArray records;
    for (const audit::Record &record : page->records)
        records.append(record.toJson());
    QJsonObject object{{QStringLiteral("records"), records}, {QStringLiteral("more"), page->more}};
    if (begin->seq > 0)
        object.insert(QStringLiteral("begins"), beginsAt(begin->seq + 1, begin->removedAt));
    co_return Reply{object};
}

Task<Result<Reply>> follow(Broker &broker, Call call)
{
    const Result<audit::Filter> filter = filterOf(call.params);
    if (!filter)
        co_return failure(filter.error());
    broker.subscriptions().follow(call.connection, *filter);
    co_return Reply {{{QStringLiteral("following"), true}}};
}

Task<Result<Reply>> verify(Broker &broker, Call call)
{
    audit::AuditVerifier verifier(broker.database(), broker.vault(), broker.audit().head());
    const auto progress = [&call](qint64 done, qint64 total) {
        call.connection->notify(QStringLiteral("progress"),
                                {{QStringLiteral("id"), call.id},
                                 {QStringLiteral("step"), QStringLiteral("verify")},
                                 {QStringLiteral("detail"),
                                  QStringLiteral("%1 of %2").arg(done).arg(total)}});
    };
    const Result<audit::Verification> found = co_await verifier.verify(progress, call.stop);
    if (!found)
        co_return failure(found.error());
    QJsonObject object {{QStringLiteral("ok"), found->ok},
                        {QStringLiteral("rows"), found->rows},
                        {QStringLiteral("head"),
                         QJsonObject {{QStringLiteral("seq"), found->headSeq},
                                      {QStringLiteral("hash"),
                                       QString::fromLatin1(found->headHash.toHex())}}}};
    if (found->removedAt > 0)
        object.insert(QStringLiteral("begins"), beginsAt(found->firstSeq, found->removedAt));
    if (found->firstBadSeq)
        object.insert(QStringLiteral("first_bad_seq"), *found->firstBadSeq);
    if (!found->reason.isEmpty())
        object.insert(QStringLiteral("reason"), found->reason);
    co_return Reply {object};
}

Task<Result<Reply>> listClients(Broker &broker, Call)
{
    const Result<QList<audit::ClientSum>> sums = co_await audit::clientSums(broker.database());
    if (!sums)
        co_return failure(sums.error());
    std::map<QString, audit::ClientSum> clients;
    for (const audit::ClientSum &sum : *sums)
        clients.emplace(sum.exe, sum);
    QHash<QString, int> connected;
    for (const std::shared_ptr<Connection> &connection : broker.reception().connections()) {
        const Result<std::shared_ptr<const CallerIdentity>> caller = connection->caller();
        if (caller && connection->right() == Right::Borrow) {
            ++connected[(*caller)->program()];
            clients.try_emplace((*caller)->program());
        }
    }
    QJsonArray list;
    for (const auto &[client, sum] : clients) {
        QJsonObject object {{QStringLiteral("client"), client},
                            {QStringLiteral("loans"), sum.loans},
                            {QStringLiteral("denials"), sum.denials},
                            {QStringLiteral("connected"), connected.value(client)}};
        if (sum.firstSeen > 0) {
            object.insert(QStringLiteral("first_seen"), toRfc3339(sum.firstSeen));
            object.insert(QStringLiteral("last_seen"), toRfc3339(sum.lastSeen));
        }
        list.append(object);
    }
    co_return Reply {{{QStringLiteral("clients"), list}}};
}

} // namespace

std::vector<MethodRow> auditMethods()
{
    return {{"audit/query", query},
            {"audit/follow", follow},
            {"audit/verify", verify},
            {"clients/list", listClients}};
}

} // namespace chatelaine::broker
