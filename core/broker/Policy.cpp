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

// The process a session grant is bound to: the caller or one that started it. Null when neither.
const QString *sessionProgram(const store::Grant &grant, const CallerIdentity &caller)
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

bool matchesCaller(const store::Grant &grant, const CallerIdentity &caller,
                   const QString &programSha256)
{
    if (grant.lifetime == store::GrantLifetime::Session) {
        // Helpers that the process starts count as the process; another program that took over its
        // number by exec does not.
        const QString *const program = sessionProgram(grant, caller);
        return program && (grant.anyClient || grant.exe.isEmpty() || *program == grant.exe);
    }
    if (grant.anyClient)
        return true;
    if (grant.exe.isEmpty() || grant.exe != caller.program())
        return false;
    // A denial needs no proof of who it hits.
    if (grant.deny)
        return true;
    return !caller.foreign && (grant.exeSha256.isEmpty() || grant.exeSha256 == programSha256);
}

Decision decide(const QList<store::Grant> &grants, const CallerIdentity &caller,
                const LoanRequest &request, UtcMs now, Policy policy, const QString &programSha256)
{
    const store::Grant *allow = nullptr;
    for (const store::Grant &grant : grants) {
        if (grant.serverId != request.serverId
            || (!grant.accountId.isEmpty() && grant.accountId != request.accountId)) {
            continue;
        }
        if (grant.lifetime == store::GrantLifetime::Until && now >= grant.expiresAt)
            continue;
        if (!(grant.deny ? touches(grant.scopes, request.scopes)
                         : covers(grant.scopes, request.scopes))) {
            continue;
        }
        if (!matchesCaller(grant, caller, programSha256))
            continue;
        if (grant.deny) {
            return {Decision::Kind::DeniedByUser, grant.id,
                    grant.lifetime == store::GrantLifetime::Once};
        }
        if (!allow || allow->lifetime == store::GrantLifetime::Once)
            allow = &grant;
    }
    if (allow) {
        return {Decision::Kind::Allow, allow->id,
                allow->lifetime == store::GrantLifetime::Once};
    }
    switch (policy) {
    case Policy::Allow: return {Decision::Kind::Allow};
    case Policy::Deny: return {Decision::Kind::DeniedByPolicy};
    case Policy::Ask: break;
    }
    return {Decision::Kind::Ask};
}

} // namespace chatelaine::broker
