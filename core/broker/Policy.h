// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Clock.h"
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

/// Both clocks at once: the wall's may be set back, the other one starts anew with the machine.
struct Moment
{
    UtcMs utcMs = 0;
    qint64 bootMs = 0;
    QString bootId = {};

    static Moment of(const Clock &clock)
    {
        return {clock.utcMs(), clock.bootMs(), clock.bootId()};
    }
};

/// Whether the grant's time is up: its hour, its machine's run, or the days it may lie unused.
/// (Processes that end and the lock are told to the GrantBook.)
bool isOver(const store::Grant &grant, const Moment &now);
/// Whether that is because the time has come that was set for it.
bool isTimeUp(const store::Grant &grant, const Moment &now);

/// For how long it was not used, by the time since boot where that is known.
qint64 idleFor(const store::Grant &grant, const Moment &now);

/// Whether it is for longer than one loan and names a program: then it is no use to a caller who is
/// known weakly.
bool needsStrongCaller(const store::Grant &grant);

struct Decision
{
    enum class Kind { Allow, DeniedByUser, DeniedByPolicy, Ask };
    Kind kind = Kind::Ask;
    QString grantId = {}; ///< the grant that decided; empty when the policy did
    bool consume = false; ///< a grant for once: remove it when the loan is made
    /// A grant for this program says which bytes it is for, and `programSha256` was not given:
    /// find it out and decide again.
    bool hashWanted = false;
    /// A grant for this program would have allowed it, but the program was changed since.
    bool changed = false;
};

/// A denial wins over any permission; among permissions one that lasts is used before one for once.
/// `programSha256` is that of CallerIdentity::file, empty when it is not known: then a grant that
/// names a hash does not match.
Decision decide(const QList<store::Grant> &grants, const CallerIdentity &caller,
                const LoanRequest &request, const Moment &now, Policy policy,
                const QString &programSha256 = {});

/// Whether the grant speaks about this caller at all (not about what is asked).
bool matchesCaller(const store::Grant &grant, const CallerIdentity &caller,
                   const QString &programSha256 = {});

} // namespace chatelaine::broker
