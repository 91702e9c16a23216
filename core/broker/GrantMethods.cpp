// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Json.h"
#include "core/base/Sentence.h"
#include "core/broker/Broker.h"
#include "core/broker/Lookout.h"
#include "core/broker/Methods.h"
#include "core/broker/ProcessFacts.h"
#include "core/credentials/RefreshErrors.h"

#include <QFileInfo>
#include <QJsonArray>

namespace chatelaine::broker {

namespace {

QJsonObject describe(const QList<credentials::AccountView> &accounts, const store::Grant &grant)
{
    QJsonObject object {{QStringLiteral("id"), grant.id},
                        {QStringLiteral("any_client"), grant.anyClient},
                        {QStringLiteral("scope"), grant.scopes.join(u' ')},
                        {QStringLiteral("lifetime"), store::grantLifetimeName(grant.lifetime)},
                        {QStringLiteral("created_at"), toRfc3339(grant.createdAt)}};
    for (const credentials::AccountView &account : accounts) {
        if (account.server.id == grant.serverId)
            object.insert(QStringLiteral("server"), account.server.name);
        if (!grant.accountId.isEmpty() && account.account.id == grant.accountId)
            object.insert(QStringLiteral("account"), account.account.name);
    }
    if (!grant.exe.isEmpty())
        object.insert(QStringLiteral("exe"), grant.exe);
    if (!grant.exeSha256.isEmpty())
        object.insert(QStringLiteral("exe_sha256"), grant.exeSha256);
    if (grant.deny)
        object.insert(QStringLiteral("deny"), true);
    if (grant.idleMs > 0)
        object.insert(QStringLiteral("idle_s"), grant.idleMs / 1000);
    if (grant.sessionPid > 0)
        object.insert(QStringLiteral("session_pid"), grant.sessionPid);
    if (grant.expiresAt > 0)
        object.insert(QStringLiteral("expires_at"), toRfc3339(grant.expiresAt));
    if (grant.lastUsed > 0)
        object.insert(QStringLiteral("last_used"), toRfc3339(grant.lastUsed));
    return object;
}

// Fills in whom the grant is for.
Result<void> nameClient(store::Grant &grant, const Call &call)
{
    const QString exe =
        json::string(call.params, QLatin1StringView("exe")).value_or(QString());
    const bool caller = json::boolean(call.params, QLatin1StringView("caller"));
    grant.anyClient = json::boolean(call.params, QLatin1StringView("any_client"));
    if (int(!exe.isEmpty()) + int(caller) + int(grant.anyClient) != 1) {
        return failure(ErrorCode::InvalidInput,
            Sentence::tr("Say for whom the grant is: one of \"exe\" (a path), "
                         "\"any_client\" and \"caller\"."));
    }
    if (caller) {
        const bool once = json::string(call.params, QLatin1StringView("lifetime"))
            == QStringLiteral("once");
        if (call.caller->program().isEmpty() && !once) {
            return failure(ErrorCode::InvalidInput,
                Sentence::tr("The program that runs chatelaine could not be "
                             "identified, so it can't have a grant of its own."));
        }
        grant.exe = call.caller->program();
        return {};
    }
    if (grant.anyClient)
        return {};
    if (exe.startsWith(QLatin1StringView("flatpak:")) && exe.size() > 8) {
        grant.exe = exe;
        return {};
    }
    Lookout lookout;
    const auto look = [exe] {
        const QFileInfo file(exe);
        return file.isAbsolute() && file.isFile() ? file.canonicalFilePath() : QString();
    };
    const std::optional<QString> file = lookout.look(exe, look);
    if (!file) {
        return failure(ErrorCode::InvalidInput,
            Sentence::tr("The file system of %1 does not answer. Try again when it does.")
                .arg(exe));
    }
    if (file->isEmpty()) {
        return failure(ErrorCode::InvalidInput,
            Sentence::tr("%1 is not the absolute path of a file. A grant names the "
                         "program, or the script behind an interpreter.")
                .arg(exe));
    }
    grant.exe = withoutSnapRevision(*file);
    return {};
}

// Both in milliseconds, 0 for none.
struct Spans
{
    qint64 forMs = 0;
    qint64 idleMs = 0;
};

Result<Spans> spansOf(const Call &call, store::GrantLifetime lifetime)
{
    constexpr qint64 year = 366LL * 86400;
    const auto isSpan = [](qint64 seconds) { return seconds >= 1 && seconds <= year; };
    const std::optional<qint64> forS = json::integer(call.params, QLatin1StringView("for_s"));
    const std::optional<qint64> idleS = json::integer(call.params, QLatin1StringView("idle_s"));
    if ((lifetime == store::GrantLifetime::Until) != forS.has_value()
        || (forS && !isSpan(*forS))) {
        return failure(ErrorCode::InvalidInput,
            Sentence::tr("\"for_s\" belongs to the lifetime until: a number of "
                         "seconds from 1 to a year."));
    }
    if (idleS && !isSpan(*idleS)) {
        return failure(ErrorCode::InvalidInput,
            Sentence::tr("\"idle_s\" is a number of seconds from 1 to a year."));
    }
    return Spans {forS.value_or(0) * 1000, idleS.value_or(0) * 1000};
}

Result<void> nameLifetime(store::Grant &grant, const Call &call)
{
    const QString name =
        json::string(call.params, QLatin1StringView("lifetime")).value_or(QString());
    const bool hasSpan = call.params.contains(QLatin1StringView("for_s"));
    const std::optional<store::GrantLifetime> lifetime = !name.isEmpty()
        ? store::grantLifetimeFromName(name)
        : std::optional(hasSpan ? store::GrantLifetime::Until : store::GrantLifetime::Always);
    if (!lifetime) {
        return failure(ErrorCode::InvalidInput,
            Sentence::tr("lifetime is once, session, until, until_lock or always, not "
                         "\"%1\".")
                .arg(name));
    }
    grant.lifetime = *lifetime;
    grant.deny = json::boolean(call.params, QLatin1StringView("deny"));
    const bool caller = json::boolean(call.params, QLatin1StringView("caller"));
    if (*lifetime == store::GrantLifetime::Session && !caller) {
        return failure(ErrorCode::InvalidInput,
            Sentence::tr("A grant for a session is for the \"caller\": it ends with "
                         "the program that runs chatelaine."));
    }
    // The one loan to the caller is to this process: that needs no name that can be trusted.
    if (caller
        && (*lifetime == store::GrantLifetime::Session || *lifetime == store::GrantLifetime::Once)) {
        grant.sessionPid = call.caller->pid;
        grant.sessionStart = call.caller->startTime;
    }
    if (caller && needsStrongCaller(grant) && !call.caller->strong) {
        return failure(ErrorCode::InvalidInput,
            Sentence::tr("The program that runs chatelaine can't be known well enough "
                         "for a grant that lasts: it is in a container, or the kernel "
                         "is older than 6.5. Allow it once, or name it with \"exe\" "
                         "outside."));
    }
    return {};
}

Task<Result<Reply>> list(Broker &broker, Call)
{
    QJsonArray grants;
    const Moment now = Moment::of(broker.clock());
    const QList<credentials::AccountView> accounts = broker.credentials().accounts();
    const QList<store::Grant> all = broker.grants().all();
    for (const store::Grant &grant : all) {
        if (!isOver(grant, now))
            grants.append(describe(accounts, grant));
    }
    co_return Reply {{{QStringLiteral("grants"), grants}}};
}

Task<Result<Reply>> add(Broker &broker, Call call)
{
    const Result<credentials::AccountView> account = broker.lending().accountOf(call.params);
    if (!account)
        co_return failure(account.error());
    store::Grant grant;
    grant.id = GrantBook::newId(broker.random());
    grant.serverId = account->server.id;
    const QString server =
        json::string(call.params, QLatin1StringView("server")).value_or(QString());
    // "github" is every account of it, "github/work" is one.
    if (call.params.contains(QLatin1StringView("account")) || server == account->fullName()) {
        if (!account->account.name.isEmpty()
            || call.params.contains(QLatin1StringView("account")))
            grant.accountId = account->account.id;
    }
    grant.scopes = json::string(call.params, QLatin1StringView("scope"))
                       .value_or(QString())
                       .split(u' ', Qt::SkipEmptyParts);
    if (const Result<void> client = nameClient(grant, call); !client)
        co_return failure(client.error());
    if (const Result<void> lifetime = nameLifetime(grant, call); !lifetime)
        co_return failure(lifetime.error());
    const Result<Spans> spans = spansOf(call, grant.lifetime);
    if (!spans)
        co_return failure(spans.error());
    grant.idleMs = spans->idleMs;
    if (needsStrongCaller(grant) && grant.lifetime != store::GrantLifetime::Session) {
        const bool caller = json::boolean(call.params, QLatin1StringView("caller"));
        if (caller || grant.exe.startsWith(u'/')) {
            const QString path = caller ? QString() : grant.exe;
            const Result<QString> hash = co_await broker.lending().hashFor(call, path);
            if (!hash)
                co_return failure(hash.error());
            grant.exeSha256 = *hash;
        }
    }
    // Finding out the hash may have taken a while.
    if (broker.credentials().isLocked())
        co_return failure(credentials::lockedError());
    const Result<store::Grant> added = co_await broker.grants().add(grant, spans->forMs);
    if (!added)
        co_return failure(added.error());
    QJsonObject object = describe(broker.credentials().accounts(), *added);
    broker.lending().noteGrant(QStringLiteral("grant.added"), *added, factsOf(*call.caller));
    if (!added->deny && isInterpreter(added->exe) && added->lifetime != store::GrantLifetime::Session
        && added->lifetime != store::GrantLifetime::Once) {
        object.insert(QStringLiteral("warning"),
            Sentence::tr("%1 runs other people's scripts: whatever is started with it "
                         "without a script file has this grant. Name the script "
                         "instead.")
                .arg(added->exe));
    }
    co_return Reply {object};
}

Task<Result<Reply>> remove(Broker &broker, Call call)
{
    const QString id = json::string(call.params, QLatin1StringView("id")).value_or(QString());
    const audit::ClientFacts by = factsOf(*call.caller);
    const Result<void> removed = co_await broker.lending().revoke(id, by);
    if (!removed)
        co_return failure(removed.error());
    co_return Reply {{{QStringLiteral("removed"), id}}};
}

} // namespace

std::vector<MethodRow> grantMethods()
{
    return {{"grants/list", list}, {"grants/add", add}, {"grants/remove", remove}};
}

} // namespace chatelaine::broker
