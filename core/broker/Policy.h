// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/broker/PeerIdentity.h"
#include "core/store/Records.h"

/// Who may borrow what, as a pure function of what is written down.
namespace chatelaine::broker {

/// What happens where no grant speaks.
enum class Policy { Ask, Allow, Deny };
QString policyName(Policy policy); ///< "ask", "allow", "deny"
std::optional<Policy> policyFromName(const QString &name);

/// What would be released.
struct LoanRequest
{
    QString serverId;
    QString accountId;
    QStringList scopes; ///< everything the token would be good for
};

struct Decision
{
    enum class Kind { Allow, DeniedByUser, DeniedByPolicy, Ask };
    Kind kind = Kind::Ask;
    QString grantId = {}; ///< the grant that decided; empty when the policy did
    bool consume = false; ///< a grant for once: remove it when the loan is made
};

/// A denial wins over any permission; among permissions one that lasts is used before one for once.
/// `programSha256` is that of the caller's program, empty when it is not known: then a grant that
/// names a hash does not match.
Decision decide(const QList<store::Grant> &grants, const CallerIdentity &caller,
                const LoanRequest &request, UtcMs now, Policy policy,
                const QString &programSha256 = {});

/// Whether the grant speaks about this caller at all (not about what is asked).
bool matchesCaller(const store::Grant &grant, const CallerIdentity &caller,
                   const QString &programSha256 = {});

} // namespace chatelaine::broker
