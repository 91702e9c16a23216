// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/credentials/AccountState.h"

namespace chatelaine::credentials {

std::optional<Transition> transition(store::AccountState from, AccountEvent event)
{
    using store::AccountState;
    const bool hasGrant = from == AccountState::SignedIn || from == AccountState::Expired;
    switch (event) {
    case AccountEvent::SignedIn:
        return Transition{AccountState::SignedIn, QStringLiteral("account.signed_in")};
    case AccountEvent::Refreshed:
        // A refresh that was under way while the person signed out must not sign them in again.
        if (!hasGrant)
            return std::nullopt;
        return Transition{AccountState::SignedIn, QStringLiteral("token.refreshed")};
    case AccountEvent::Lapsed:
        if (from != AccountState::SignedIn)
            return std::nullopt;
        return Transition{AccountState::Expired, QStringLiteral("account.expired")};
    case AccountEvent::GrantLost:
        if (!hasGrant && from != AccountState::Error)
            return std::nullopt;
        return Transition{AccountState::NeedsSignIn, QStringLiteral("account.needs_sign_in")};
    case AccountEvent::IssuerChanged:
        if (from == AccountState::SignedOut)
            return std::nullopt;
        return Transition{AccountState::NeedsSignIn, QStringLiteral("account.issuer_changed")};
    case AccountEvent::SignedOut:
        if (from == AccountState::SignedOut)
            return std::nullopt;
        return Transition{AccountState::SignedOut, QStringLiteral("account.signed_out")};
    case AccountEvent::Damaged:
        return Transition{AccountState::Error, QStringLiteral("account.damaged")};
    }
    return std::nullopt;
}

} // namespace chatelaine::credentials
