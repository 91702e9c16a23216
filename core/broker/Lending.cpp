// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/broker/Lending.h"

#include "core/base/Json.h"
#include "core/base/Random.h"
#include "core/base/Sentence.h"
#include "core/credentials/RefreshErrors.h"

#include <algorithm>

namespace chatelaine::broker {

namespace {

constexpr qint64 longEnoughMs = 10'000; // for the hash of a program

QStringList together(QStringList some, const QStringList &others)
{
    for (const QString &scope : others) {
        if (!some.contains(scope))
            some.append(scope);
    }
    return some;
}

} // namespace

Lending::Lending(Rooms rooms)
    : m(rooms)
    , m_asking(rooms.prompter, rooms.audit, rooms.clock)
{
}

audit::Event Lending::eventFor(const QString &name, const Call &call,
                               const credentials::AccountView &account)
{
    audit::Event event;
    event.event = name;
    event.server = account.server.name;
    event.account = account.account.name;
    event.client = factsOf(*call.caller);
    return event;
}

Result<credentials::AccountView> Lending::accountOf(const QJsonObject &params) const
{
    QString server = json::string(params, QLatin1StringView("server")).value_or(QString());
    if (server.isEmpty())
        server = json::string(params, QLatin1StringView("resource")).value_or(QString());
    if (server.isEmpty()) {
        return failure(ErrorCode::InvalidInput,
            Sentence::tr("Say which server: \"server\" (its name) or \"resource\" (its "
                         "URL)."));
    }
    return m.credentials.find(
        server, json::string(params, QLatin1StringView("account")).value_or(QString()));
}

Decision Lending::decideNow(const CallerIdentity &caller, const LoanRequest &request,
                            const QString &sha256) const
{
    const Moment now = Moment::of(m.clock);
    const Policy policy = m.settings.policy();
    Decision decision = decide(m.grants.all(), caller, request, now, policy, sha256);
    if (decision.hashWanted && sha256.isEmpty()) {
        const QString known = m_hashes.known(caller.file);
        if (!known.isEmpty())
            decision = decide(m.grants.all(), caller, request, now, policy, known);
    }
    return decision;
}

Decision Lending::look(const CallerIdentity &caller, const credentials::AccountView &account) const
{
    return decideNow(
        caller, {account.server.id, account.account.id, account.account.grantedScopes});
}

Task<QString> Lending::hashOf(Call call)
{
    const TimeLimit limit(m.clock, longEnoughMs);
    const EitherStop either(call.stop, limit.token());
    QString hash = co_await m_hashes.ofCaller(call.caller, either.token());
    co_return hash;
}

Task<Result<QString>> Lending::hashFor(Call call, QString path)
{
    const TimeLimit limit(m.clock, longEnoughMs);
    const EitherStop either(call.stop, limit.token());
    QString hash;
    bool given = true;
    if (path.isEmpty()) {
        hash = co_await m_hashes.ofCaller(call.caller, either.token());
        given = !hash.isEmpty() || !call.caller->slowFile;
    } else {
        const Result<QString> read = co_await m_hashes.ofFile(path, either.token());
        if (!read && read.error().code != ErrorCode::Cancelled)
            co_return read;
        hash = read.value_or(QString());
        given = read.has_value();
    }
    if (call.stop.stop_requested())
        co_return cancelled();
    // A grant without would be good for whatever takes the file's place.
    if (!given) {
        co_return failure(ErrorCode::InvalidInput,
            Sentence::tr("%1 could not be read within ten seconds, so no grant was made. Try "
                         "again when its disk answers.")
                .arg(path.isEmpty() ? call.caller->program() : path));
    }
    co_return hash;
}

Task<Decision> Lending::lookClosely(Call call, credentials::AccountView account)
{
    const LoanRequest request {account.server.id, account.account.id,
                               account.account.grantedScopes};
    Decision decision = decideNow(*call.caller, request);
    if (decision.hashWanted) {
        const QString hash = co_await hashOf(call);
        decision = decideNow(*call.caller, request, hash);
    }
    co_return decision;
}

Task<Result<Lending::Permit>> Lending::permit(Call call, credentials::AccountView account,
                                              QStringList scopes, bool interactive, QString event)
{
    if (m.credentials.isLocked())
        co_return failure(credentials::lockedError());
    const LoanRequest request {account.server.id, account.account.id,
                               together(scopes, account.account.grantedScopes)};
    Decision decision = decideNow(*call.caller, request);
    if (decision.hashWanted) {
        const QString hash = co_await hashOf(call);
        if (hash.isEmpty() && call.stop.stop_requested())
            co_return cancelled();
        decision = decideNow(*call.caller, request, hash);
    }
    bool asked = false;
    const bool saidNo = call.caller->throughCommand
        && json::boolean(call.params, QLatin1StringView("denied_on_terminal"));
    if (decision.kind != Decision::Kind::Allow || saidNo) {
        Asking::Refusal refusal {decision,
                                 {account.server.name, account.account.name, request.scopes,
                                  call.purpose, call.caller, decision.changed},
                                 account.fullName(),
                                 event};
        if (saidNo) {
            refusal.decision = {Decision::Kind::DeniedByUser};
            refusal.onTerminal = true;
            refusal.answeredNow = true;
            m_used();
        } else if (decision.kind == Decision::Kind::Ask && interactive) {
            Result<Answer> answer = co_await askPerson(call, &refusal);
            if (!answer)
                co_return failure(std::move(answer).error());
            if (answer->remember) {
                const Result<QString> kept =
                    co_await keep(*answer, call, account.server.id, account.account.id);
                if (!kept)
                    co_return failure(kept.error());
                refusal.decision.grantId = *kept;
            }
            asked = answer->kind == Answer::Kind::Allowed;
        }
        if (!asked) {
            if (decision.consume && !saidNo)
                co_await m.grants.remove(decision.grantId);
            co_return m_asking.refuse(refusal);
        }
        decision = {Decision::Kind::Allow, refusal.decision.grantId};
    }
    Permit permit {decision.grantId, false, request.scopes, asked};
    permit.anyScope = asked && request.scopes.isEmpty();
    if (decision.consume) {
        const std::optional<store::Grant> once = m.grants.take(decision.grantId);
        permit.taken = once.has_value();
        permit.anyScope = once && once->scopes.isEmpty();
    } else if (!decision.grantId.isEmpty()) {
        m.grants.used(decision.grantId);
    }
    co_return permit;
}

// Fills in what a refusal will have to say.
Task<Result<Answer>> Lending::askPerson(Call call, Asking::Refusal *refusal)
{
    Answer nobody;
    if (!m_asking.isAnybodyThere()) {
        if (call.caller->throughCommand
            && json::boolean(call.params, QLatin1StringView("prompt_on_terminal"))) {
            if (const Result<void> may = m_asking.askedElsewhere(refusal->question); !may)
                co_return failure(may.error());
            refusal->putElsewhere = true;
        }
        co_return nobody;
    }
    Result<Asking::Reply> reply = co_await m_asking.ask(refusal->question, call.stop);
    if (!reply)
        co_return failure(std::move(reply).error());
    refusal->late = reply->late;
    refusal->stillNoMs = reply->stillNoMs;
    refusal->answeredNow = !reply->late && reply->stillNoMs == 0;
    if (refusal->answeredNow)
        m_used();
    if (reply->answer.kind == Answer::Kind::Denied && !reply->late)
        refusal->decision.kind = Decision::Kind::DeniedByUser;
    co_return reply->answer;
}

// The id of the grant that the answer became; empty where it can't become one.
Task<Result<QString>> Lending::keep(Answer answer, Call call, QString serverId, QString accountId)
{
    store::Grant grant = *answer.remember;
    grant.id = GrantBook::newId(m.random);
    grant.serverId = std::move(serverId);
    grant.accountId = std::move(accountId);
    grant.deny = answer.kind == Answer::Kind::Denied;
    if (needsStrongCaller(grant) && !call.caller->strong)
        co_return QString();
    if (needsStrongCaller(grant) && grant.lifetime != store::GrantLifetime::Session) {
        grant.exeSha256 = co_await hashOf(call);
        // It would be good for whatever takes the place of a file that does not answer.
        if (call.caller->slowFile && grant.exeSha256.isEmpty())
            co_return QString();
    }
    if (m.credentials.isLocked())
        co_return failure(credentials::lockedError());
    const Result<store::Grant> added = co_await m.grants.add(grant, answer.forMs);
    if (!added)
        co_return failure(added.error());
    noteGrant(QStringLiteral("grant.added"), *added, factsOf(*call.caller));
    co_return added->id;
}

Task<Result<Lending::Permit>> Lending::confirm(Permit permit, Call call,
                                               credentials::AccountView account,
                                               QStringList scopes, bool interactive, QString event)
{
    const bool within =
        std::all_of(scopes.cbegin(), scopes.cend(),
                    [&](const QString &scope) { return permit.scopes.contains(scope); });
    const bool isOwn = permit.asked || permit.taken || permit.paid;
    if (within && isOwn)
        co_return permit;
    if (permit.anyScope && isOwn) {
        const Decision now =
            decideNow(*call.caller, {account.server.id, account.account.id, scopes});
        if (now.kind != Decision::Kind::DeniedByUser) {
            permit.scopes = scopes;
            co_return permit;
        }
    }
    giveBack(permit);
    const std::optional<credentials::AccountView> now =
        m.credentials.account(account.account.id);
    if (!now)
        co_return failure(ErrorCode::NotFound, Sentence::tr("The account was removed."));
    Result<Permit> again = co_await this->permit(call, *now, scopes, interactive, event);
    co_return again;
}

void Lending::noteGrant(const QString &event, const store::Grant &grant, audit::ClientFacts by,
                        const QString &why)
{
    audit::Event note;
    note.event = event;
    note.scope = grant.scopes.join(u' ');
    note.client = std::move(by);
    note.grant = grant.id;
    note.detail = QStringLiteral("for %1, %2%3%4")
                      .arg(grant.anyClient ? QStringLiteral("any client") : grant.exe,
                           store::grantLifetimeName(grant.lifetime),
                           grant.expiresAt > 0 ? u' ' + toRfc3339(grant.expiresAt) : QString(),
                           why.isEmpty() ? QString() : QStringLiteral(": ") + why);
    const QList<credentials::AccountView> accounts = m.credentials.accounts();
    for (const credentials::AccountView &account : accounts) {
        if (account.server.id == grant.serverId)
            note.server = account.server.name;
        if (!grant.accountId.isEmpty() && account.account.id == grant.accountId)
            note.account = account.account.name;
    }
    m.audit.note(note);
}

Task<Result<void>> Lending::revoke(QString id, audit::ClientFacts by)
{
    const std::optional<store::Grant> grant = m.grants.find(id);
    const Result<void> removed = co_await m.grants.remove(id);
    if (!removed)
        co_return removed;
    if (grant)
        noteGrant(QStringLiteral("grant.removed"), *grant, by);
    co_return removed;
}

void Lending::giveBack(const Permit &permit)
{
    if (permit.taken)
        m.grants.putBack(permit.grantId);
}

Task<Result<void>> Lending::record(Permit permit, audit::Event event)
{
    if (!m.audit.isOpen() && !m.credentials.isLocked()) {
        const Result<void> opened = co_await openHistory({});
        if (!opened) {
            giveBack(permit);
            co_return failure(opened.error());
        }
    }
    if (permit.taken) {
        const Result<void> paid = co_await m.grants.spend(permit.grantId);
        if (!paid && paid.error().code == ErrorCode::NotFound) {
            co_return failure(ErrorCode::Refused,
                Sentence::tr("The grant for this one loan was taken back, so "
                             "nothing was lent."),
                {}, {{QStringLiteral("by"), QStringLiteral("user")}});
        }
        if (!paid) {
            giveBack(permit);
            co_return failure(paid.error());
        }
    }
    const Result<qint64> written = co_await m.audit.append(event);
    if (!written) {
        giveBack(permit);
        co_return failure(written.error());
    }
    if (permit.taken)
        m.grants.spent(permit.grantId);
    m_used();
    co_return Result<void> {};
}

Task<void> Lending::openNow(audit::AuditLog &audit, std::shared_ptr<Opening> opening)
{
    Result<void> result = co_await audit.open(opening->stop.get_token());
    opening->done.set(std::move(result));
}

void Lending::callOffOpening()
{
    if (const std::shared_ptr<Opening> opening = m_opening)
        opening->stop.request_stop();
}

Task<Result<void>> Lending::openHistory(std::stop_token stop)
{
    // One that was called off says nothing, and is waited for: two at once would make two keys.
    while (isOpeningHistory() && m_opening->stop.stop_requested()) {
        const Result<void> over = co_await orCancelled(m_opening->done, stop);
        if (stop.stop_requested())
            co_return over;
    }
    if (m.audit.isOpen())
        co_return Result<void> {};
    if (!isOpeningHistory()) {
        m_opening = std::make_shared<Opening>();
        detach(openNow(m.audit, m_opening));
    }
    Result<void> result = co_await orCancelled(m_opening->done, stop);
    co_return result;
}

} // namespace chatelaine::broker
