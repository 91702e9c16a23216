// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Json.h"
#include "core/base/Sentence.h"
#include "core/broker/Broker.h"
#include "core/broker/Methods.h"
#include "core/credentials/RefreshErrors.h"

#include <QJsonArray>
#include <QUrl>

namespace chatelaine::broker {

namespace {

Task<Result<Reply>> hello(Broker &broker, Call call)
{
    call.connection->setPurpose(
        json::string(call.params, QLatin1StringView("purpose")).value_or(QString()));
    co_return Reply {{{QStringLiteral("broker_version"), QStringLiteral(CHATELAINE_VERSION)},
                      {QStringLiteral("protocol"), protocol::version},
                      {QStringLiteral("locked"), broker.isLocked()}}};
}

Task<Result<Reply>> listServers(Broker &broker, Call call)
{
    QJsonArray servers;
    if (!broker.isClosed()) {
        QStringList order;
        QHash<QString, QJsonObject> byId;
        const QList<credentials::AccountView> accounts = broker.credentials().accounts();
        for (const credentials::AccountView &account : accounts) {
            const Decision seen = co_await broker.lending().lookClosely(call, account);
            if (seen.kind != Decision::Kind::Allow)
                continue;
            const QString id = account.server.id;
            if (!byId.contains(id)) {
                order.append(id);
                const QString resource = account.server.resource.isEmpty()
                    ? account.server.url.toString()
                    : account.server.resource;
                byId.insert(id,
                            {{QStringLiteral("name"), account.server.name},
                             {QStringLiteral("resource"), resource},
                             {QStringLiteral("state"),
                              store::accountStateName(account.account.state)}});
            }
            QJsonObject &server = byId[id];
            QJsonArray names = server.value(QLatin1StringView("accounts")).toArray();
            names.append(account.account.name);
            server.insert(QStringLiteral("accounts"), names);
        }
        // Finding out a hash may have taken a while.
        if (broker.isClosed())
            order.clear();
        for (const QString &id : std::as_const(order))
            servers.append(byId.value(id));
    }
    co_return Reply {{{QStringLiteral("servers"), servers}}};
}

Task<Result<Reply>> getToken(Broker &broker, Call call)
{
    return broker.lending().token(std::move(call));
}

Task<Result<Reply>> tokenRejected(Broker &broker, Call call)
{
    const Result<credentials::AccountView> account = broker.lending().accountOf(call.params);
    if (!account)
        co_return failure(account.error());
    const QString fingerprint =
        json::string(call.params, QLatin1StringView("token_fingerprint")).value_or(QString());
    const qint64 status = json::integer(call.params, QLatin1StringView("status")).value_or(0);
    if (fingerprint.isEmpty() || (status != 401 && status != 403)) {
        co_return failure(ErrorCode::InvalidInput,
            Sentence::tr("\"token_fingerprint\" is the first 12 hex digits of the "
                         "token's SHA-256, and \"status\" is 401 or 403."));
    }
    // Who may not borrow may not set a refresh off either; it is no loan, so nobody is asked.
    const Decision decision = co_await broker.lending().lookClosely(call, *account);
    if (decision.kind != Decision::Kind::Allow) {
        const bool byUser = decision.kind == Decision::Kind::DeniedByUser;
        co_return failure(ErrorCode::Refused,
            Sentence::tr("This program has no grant for %1, so it can't report its "
                         "tokens.")
                .arg(account->fullName()),
            {},
            {{QStringLiteral("by"), byUser ? QStringLiteral("user") : QStringLiteral("policy")}});
    }
    QList<QByteArray> challenges;
    for (const QString &challenge :
         json::strings(call.params, QLatin1StringView("www_authenticate"))) {
        challenges.append(challenge.toUtf8());
    }
    const Result<credentials::Advice> advice = co_await broker.credentials().tokenRejected(
        account->account.id, fingerprint, static_cast<int>(status), challenges, call.stop);
    audit::Event event = Lending::eventFor(QStringLiteral("token.rejected"), call, *account);
    event.outcome = audit::Outcome::Failed;
    event.grant = decision.grantId;
    if (account->account.tokenFingerprint == fingerprint)
        event.tokenFingerprint = fingerprint;
    event.detail = QStringLiteral("%1: %2").arg(QString::number(status),
        advice ? credentials::adviceName(*advice) : errorCodeName(advice.error().code));
    broker.lending().noteFailure(event);
    if (!advice)
        co_return failure(advice.error());
    co_return Reply {{{QStringLiteral("action"), credentials::adviceName(*advice)},
                      {QStringLiteral("retry_limit"),
                       *advice == credentials::Advice::RetryWithNewToken ? 1 : 0}}};
}

Task<Result<Reply>> subscribe(Broker &broker, Call call)
{
    QString serverId;
    const QString server =
        json::string(call.params, QLatin1StringView("server")).value_or(QString());
    // Whether there is such a server is nobody's business before that.
    if (!server.isEmpty() && broker.isClosed())
        co_return failure(credentials::lockedError());
    if (!server.isEmpty()) {
        const Result<credentials::AccountView> account = broker.credentials().find(server);
        if (!account)
            co_return failure(account.error());
        serverId = account->server.id;
    }
    broker.subscriptions().subscribe(call.connection, serverId);
    co_return Reply {{{QStringLiteral("subscribed"), true}}};
}

} // namespace

std::vector<MethodRow> borrowMethods()
{
    return {{"hello", hello, true, false, false}, {"servers/list", listServers, true, false, false},
        {"token/get", getToken, false, true}, {"token/rejected", tokenRejected, false, true},
        {"subscribe", subscribe, true, false, false}};
}

} // namespace chatelaine::broker
