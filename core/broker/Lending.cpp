// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/broker/Lending.h"

#include "core/base/Json.h"
#include "core/base/Random.h"

#include <algorithm>

namespace chatelaine::broker {

namespace {

QStringList together(QStringList some, const QStringList &others)
{
    for (const QString &scope : others) {
        if (!some.contains(scope))
            some.append(scope);
    }
    return some;
}

QStringList scopesIn(const QJsonObject &params)
{
    return json::string(params, QLatin1StringView("scope"))
        .value_or(QString())
        .split(u' ', Qt::SkipEmptyParts);
}

QString programOrPid(const CallerIdentity &caller)
{
    return caller.program().isEmpty() ? QStringLiteral("process %1").arg(caller.pid)
                                      : caller.program();
}

} // namespace

audit::ClientFacts factsOf(const CallerIdentity &caller)
{
    audit::ClientFacts facts;
    facts.pid = caller.pid;
    facts.exe = caller.program();
    facts.argv0 = caller.argv0;
    facts.app = caller.app;
    facts.chain = caller.lineage;
    return facts;
}

Lending::Lending(Rooms rooms)
    : m(rooms)
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
                       QStringLiteral("Say which server: \"server\" (its name) or \"resource\" (its "
                                      "URL)."));
    }
    return m.credentials.find(
        server, json::string(params, QLatin1StringView("account")).value_or(QString()));
}

Decision Lending::look(const CallerIdentity &caller, const credentials::AccountView &account) const
{
    const LoanRequest request {account.server.id, account.account.id, {}};
    return decide(m.grants.all(), caller, request, m.clock.utcMs(), m.settings.policy());
}

tl::unexpected<Error> Lending::refused(const Decision &decision, const Call &call,
                                       const credentials::AccountView &account,
                                       const QStringList &scopes, const QString &event)
{
    const CallerIdentity &caller = *call.caller;
    const bool byUser = decision.kind == Decision::Kind::DeniedByUser;
    audit::Event denial = eventFor(event, call, account);
    denial.outcome = audit::Outcome::Denied;
    denial.scope = scopes.join(u' ');
    denial.grant = decision.grantId;
    denial.detail = byUser ? QStringLiteral("denied by the user")
        : decision.kind == Decision::Kind::DeniedByPolicy
        ? QStringLiteral("denied by policy")
        : QStringLiteral("no grant, and no window to ask in");
    m.audit.note(denial);

    QJsonObject data {{QStringLiteral("by"),
                       byUser ? QStringLiteral("user") : QStringLiteral("policy")},
                      {QStringLiteral("server"), account.fullName()}};
    if (byUser) {
        const QString how = decision.grantId.isEmpty()
            ? QStringLiteral("Ask again if it was a mistake.")
            : QStringLiteral("To change that, run: chatelaine grants remove %1")
                  .arg(decision.grantId);
        return failure(ErrorCode::Refused,
                       QStringLiteral("You have denied %1 to %2. %3")
                           .arg(account.fullName(), programOrPid(caller), how),
                       {}, data);
    }
    if (decision.kind == Decision::Kind::Ask) {
        data.insert(QStringLiteral("ask"),
                    QJsonObject {{QStringLiteral("server"), account.server.name},
                                 {QStringLiteral("account"), account.account.name},
                                 {QStringLiteral("scope"), scopes.join(u' ')},
                                 {QStringLiteral("client"), factsOf(caller).toJson()}});
    }
    return failure(ErrorCode::Refused,
                   QStringLiteral("%1 may not borrow from %2: there is no grant for it. To allow "
                                  "it, run: chatelaine grants add --server %2 --exe %3")
                       .arg(programOrPid(caller), account.fullName(),
                            caller.program().isEmpty() ? QStringLiteral("PATH")
                                                       : caller.program()),
                   {}, data);
}

Task<Result<Lending::Permit>> Lending::permit(Call call, credentials::AccountView account,
                                              QStringList scopes, bool interactive, QString event)
{
    if (m.credentials.isLocked()) {
        co_return failure(ErrorCode::Locked,
                          QStringLiteral("Chatelaine is locked. Run: chatelaine unlock"));
    }
    const LoanRequest request {account.server.id, account.account.id,
                               together(scopes, account.account.grantedScopes)};
    Decision decision = decide(m.grants.all(), *call.caller, request, m.clock.utcMs(),
                               m.settings.policy());
    bool asked = false;
    if (decision.kind == Decision::Kind::Ask && interactive) {
        Question question {account.server.name, account.account.name, request.scopes,
                           call.purpose, call.caller};
        Result<Answer> answer = co_await m.prompter.ask(question, call.stop);
        if (!answer)
            co_return failure(std::move(answer).error());
        if (answer->kind != Answer::Kind::NobodyToAsk) {
            asked = true;
            decision = Decision {answer->kind == Answer::Kind::Allowed
                                     ? Decision::Kind::Allow
                                     : Decision::Kind::DeniedByUser};
        }
        if (answer->remember && answer->kind != Answer::Kind::NobodyToAsk) {
            store::Grant grant = *answer->remember;
            grant.id = GrantBook::newId(m.random);
            grant.serverId = account.server.id;
            grant.accountId = account.account.id;
            grant.deny = answer->kind == Answer::Kind::Denied;
            const Result<store::Grant> added = co_await m.grants.add(grant);
            if (!added)
                co_return failure(added.error());
            decision.grantId = added->id;
            noteGrant(QStringLiteral("grant.added"), *added, factsOf(*call.caller));
        }
    }
    if (decision.kind != Decision::Kind::Allow) {
        if (decision.consume)
            co_await m.grants.remove(decision.grantId);
        co_return refused(decision, call, account, request.scopes, event);
    }
    Permit permit {decision.grantId, {}, request.scopes, asked};
    if (decision.consume)
        permit.taken = m.grants.take(decision.grantId);
    else if (!decision.grantId.isEmpty())
        m.grants.used(decision.grantId);
    co_return permit;
}

Task<Result<Lending::Permit>> Lending::confirm(Permit permit, Call call,
                                               credentials::AccountView account,
                                               QStringList scopes, bool interactive, QString event)
{
    const bool within =
        std::all_of(scopes.cbegin(), scopes.cend(),
                    [&](const QString &scope) { return permit.scopes.contains(scope); });
    if (within && (permit.asked || permit.taken))
        co_return permit;
    giveBack(permit);
    const std::optional<credentials::AccountView> now =
        m.credentials.account(account.account.id);
    if (!now)
        co_return failure(ErrorCode::NotFound, QStringLiteral("The account was removed."));
    Result<Permit> again = co_await this->permit(call, *now, scopes, interactive, event);
    co_return again;
}

void Lending::noteGrant(const QString &event, const store::Grant &grant, audit::ClientFacts by)
{
    audit::Event note;
    note.event = event;
    note.scope = grant.scopes.join(u' ');
    note.client = std::move(by);
    note.grant = grant.id;
    note.detail = QStringLiteral("for %1, %2%3")
                      .arg(grant.anyClient ? QStringLiteral("any client") : grant.exe,
                           store::grantLifetimeName(grant.lifetime),
                           grant.expiresAt > 0 ? u' ' + toRfc3339(grant.expiresAt) : QString());
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
    store::Grant grant;
    const QList<store::Grant> all = m.grants.all();
    for (const store::Grant &one : all) {
        if (one.id == id)
            grant = one;
    }
    const Result<void> removed = co_await m.grants.remove(id);
    if (!removed)
        co_return removed;
    noteGrant(QStringLiteral("grant.removed"), grant, by);
    co_return removed;
}

void Lending::giveBack(const Permit &permit)
{
    if (permit.taken)
        m.grants.putBack(*permit.taken);
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
        m.grants.putBack(*permit.taken);
        const Result<void> removed = co_await m.grants.remove(permit.taken->id);
        if (!removed)
            co_return failure(removed.error());
    }
    const Result<qint64> written = co_await m.audit.append(event);
    if (!written)
        co_return failure(written.error());
    co_return Result<void> {};
}

Task<Result<Reply>> Lending::token(Call call)
{
    const QString eventName = QStringLiteral("loan.token");
    if (m.credentials.isLocked()) {
        co_return failure(ErrorCode::Locked,
                          QStringLiteral("Chatelaine is locked. Run: chatelaine unlock"));
    }
    const Result<credentials::AccountView> account = accountOf(call.params);
    if (!account)
        co_return failure(account.error());
    const qint64 minValidS =
        json::integer(call.params, QLatin1StringView("min_valid_s")).value_or(60);
    if (minValidS < 0 || minValidS > 7 * 24 * 3600) {
        co_return failure(ErrorCode::InvalidInput,
                          QStringLiteral("\"min_valid_s\" is a number of seconds from 0 to a "
                                         "week."));
    }
    const QStringList wanted = scopesIn(call.params);
    const bool interactive = json::boolean(call.params, QLatin1StringView("interactive"), true);
    Result<Permit> permit =
        co_await this->permit(call, *account, wanted, interactive, eventName);
    if (!permit)
        co_return failure(std::move(permit).error());

    audit::Event event = eventFor(eventName, call, *account);
    std::optional<credentials::Loan> loan =
        m.credentials.warmToken(account->account.id, minValidS * 1000);
    if (!loan) {
        Result<credentials::Loan> fetched = co_await m.credentials.accessToken(
            account->account.id, minValidS * 1000, call.stop);
        if (!fetched) {
            giveBack(*permit);
            event.grant = permit->grantId;
            event.outcome = audit::Outcome::Failed;
            event.scope = wanted.join(u' ');
            event.detail = errorCodeName(fetched.error().code);
            m.audit.note(event);
            co_return failure(std::move(fetched).error());
        }
        loan = std::move(*fetched);
        permit = co_await confirm(*permit, call, *account, loan->scopes, interactive, eventName);
    } else if (permit->asked) {
        permit = co_await confirm(*permit, call, *account, loan->scopes, interactive, eventName);
    }
    if (!permit)
        co_return failure(std::move(permit).error());
    event.grant = permit->grantId;
    QStringList missing;
    for (const QString &scope : wanted) {
        if (!loan->scopes.contains(scope))
            missing.append(scope);
    }
    if (!missing.isEmpty()) {
        giveBack(*permit);
        event.outcome = audit::Outcome::Denied;
        event.scope = wanted.join(u' ');
        event.detail = QStringLiteral("scope not granted by the server: ") + missing.join(u' ');
        m.audit.note(event);
        co_return failure(ErrorCode::ScopeMissing,
                          QStringLiteral("The sign-in to %1 does not cover %2. Run: chatelaine "
                                         "login %1 --scope \"%2\"")
                              .arg(account->fullName(), missing.join(u' ')),
                          {}, {{QStringLiteral("missing"), missing.join(u' ')}});
    }
    event.scope = loan->scopes.join(u' ');
    event.tokenFingerprint = loan->fingerprint;
    const Result<void> recorded = co_await record(std::move(*permit), std::move(event));
    if (!recorded)
        co_return failure(recorded.error());
    if (m.credentials.isLocked()) {
        co_return failure(ErrorCode::Locked,
                          QStringLiteral("Chatelaine is locked. Run: chatelaine unlock"));
    }

    Reply reply;
    const auto add = [&reply](const char *name, const QString &value) {
        appendMember(reply.members, QLatin1StringView(name), value);
    };
    reply.members.reserve(512);
    add("token_type", loan->tokenType);
    add("resource", loan->resource);
    add("server", account->server.name);
    add("account", account->account.name);
    if (loan->expiresAt > 0)
        add("expires_at", toRfc3339(loan->expiresAt));
    if (!loan->scopes.isEmpty())
        add("scope", loan->scopes.join(u' '));
    reply.accessToken = loan->accessToken;
    co_return reply;
}

Task<void> Lending::openNow(Completion<Result<void>> opened)
{
    Result<void> result = co_await m.audit.open({});
    m_opening.reset();
    opened.set(std::move(result));
}

Task<Result<void>> Lending::openHistory(std::stop_token stop)
{
    if (m.audit.isOpen())
        co_return Result<void> {};
    Completion<Result<void>> opened;
    if (m_opening) {
        opened = *m_opening;
    } else {
        m_opening = opened;
        detach(openNow(opened));
    }
    Result<void> result = co_await orCancelled(opened, stop);
    co_return result;
}

} // namespace chatelaine::broker
