// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/broker/Policy.h"

#include <algorithm>

namespace chatelaine::broker {

namespace {

bool covers(const QStringList &granted, const QStringList &asked)
{
    return granted.isEmpty()
        || std::all_of(asked.begin(), asked.end(),
                       [&](const QString &scope) { return granted.contains(scope); });
}

bool touches(const QStringList &denied, const QStringList &asked)
{
    return denied.isEmpty()
        || std::any_of(asked.begin(), asked.end(),
                       [&](const QString &scope) { return denied.contains(scope); });
}

// The program of the process a grant is bound to: the caller or one that started it. Null when it is
// neither.
const QString *boundProgram(const store::Grant &grant, const CallerIdentity &caller)
{
    if (grant.sessionPid <= 0)
        return nullptr;
    if (caller.pid == grant.sessionPid && caller.startTime == grant.sessionStart)
        return &caller.program();
    for (const Ancestor &ancestor : caller.chain) {
        if (ancestor.pid == grant.sessionPid && ancestor.startTime == grant.sessionStart)
            return &ancestor.program();
    }
    return nullptr;
}

enum class Match { No, Yes, HashWanted, Changed };

Match match(const store::Grant &grant, const CallerIdentity &caller, const QString &sha256)
{
    if (needsStrongCaller(grant) && !caller.strong)
        return Match::No;
    if (grant.lifetime == store::GrantLifetime::Session || grant.sessionPid > 0) {
        // Helpers that the process starts count as the process; another program that took over its
        // number by exec does not.
        const QString *const program = boundProgram(grant, caller);
        const bool same =
            program && (grant.anyClient || grant.exe.isEmpty() || *program == grant.exe);
        return same ? Match::Yes : Match::No;
    }
    if (grant.anyClient)
        return Match::Yes;
    if (grant.exe.isEmpty() || grant.exe != caller.program())
        return Match::No;
    // A denial needs no proof of who it hits.
    if (grant.deny)
        return Match::Yes;
    // The bytes that run prove what a path cannot; of a script they are those of its interpreter.
    if (caller.foreign && (grant.exeSha256.isEmpty() || !caller.script.isEmpty()))
        return Match::No;
    if (grant.exeSha256.isEmpty() || grant.exeSha256 == sha256)
        return Match::Yes;
    return sha256.isEmpty() ? Match::HashWanted : Match::Changed;
}

} // namespace

QString policyName(Policy policy)
{
    switch (policy) {
    case Policy::Ask: return QStringLiteral("ask");
    case Policy::Allow: return QStringLiteral("allow");
    case Policy::Deny: return QStringLiteral("deny");
    }
    return {};
}

std::optional<Policy> policyFromName(const QString &name)
{
    for (const Policy policy : {Policy::Ask, Policy::Allow, Policy::Deny}) {
        if (policyName(policy) == name)
            return policy;
    }
    return std::nullopt;
}

bool isTimeUp(const store::Grant &grant, const Moment &now)
{
    return grant.lifetime == store::GrantLifetime::Until
        && (now.utcMs >= grant.expiresAt
            || (grant.expiresBootMs > 0 && grant.bootId == now.bootId
                && now.bootMs >= grant.expiresBootMs));
}

bool isOver(const store::Grant &grant, const Moment &now)
{
    if (isTimeUp(grant, now))
        return true;
    if (grant.lifetime == store::GrantLifetime::UntilLock && grant.bootId != now.bootId)
        return true;
    return grant.idleMs > 0 && idleFor(grant, now) >= grant.idleMs;
}

qint64 idleFor(const store::Grant &grant, const Moment &now)
{
    return grant.idleSinceBootMs ? now.bootMs - *grant.idleSinceBootMs
                                 : now.utcMs - std::max(grant.createdAt, grant.lastUsed);
}

bool needsStrongCaller(const store::Grant &grant)
{
    return !grant.deny && !grant.anyClient && grant.lifetime != store::GrantLifetime::Once;
}

bool matchesCaller(const store::Grant &grant, const CallerIdentity &caller,
                   const QString &programSha256)
{
    return match(grant, caller, programSha256) == Match::Yes;
}

Decision decide(const QList<store::Grant> &grants, const CallerIdentity &caller,
                const LoanRequest &request, const Moment &now, Policy policy,
                const QString &programSha256)
{
    const store::Grant *allow = nullptr;
    bool hashWanted = false;
    bool changed = false;
    for (const store::Grant &grant : grants) {
        if (grant.serverId != request.serverId
            || (!grant.accountId.isEmpty() && grant.accountId != request.accountId)) {
            continue;
        }
        if (isOver(grant, now))
            continue;
        if (!(grant.deny ? touches(grant.scopes, request.scopes)
                         : covers(grant.scopes, request.scopes))) {
            continue;
        }
        const Match matched = match(grant, caller, programSha256);
        hashWanted = hashWanted || matched == Match::HashWanted;
        changed = changed || matched == Match::Changed;
        if (matched != Match::Yes)
            continue;
        if (grant.deny) {
            return {Decision::Kind::DeniedByUser, grant.id,
                    grant.lifetime == store::GrantLifetime::Once};
        }
        if (!allow || allow->lifetime == store::GrantLifetime::Once)
            allow = &grant;
    }
    if (allow) {
        const bool once = allow->lifetime == store::GrantLifetime::Once;
        return {Decision::Kind::Allow, allow->id, once, once && hashWanted};
    }
    Decision decision {Decision::Kind::Ask, {}, false, hashWanted, changed};
    if (policy == Policy::Allow)
        decision.kind = Decision::Kind::Allow;
    else if (policy == Policy::Deny)
        decision.kind = Decision::Kind::DeniedByPolicy;
    return decision;
}

} // namespace chatelaine::broker
