// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/Records.h"

/// The states of an account and what moves it from one to another. This file is the whole machine;
/// every transition is written into the history under the name given here.
///
///   signed_out ── SignedIn ──▶ signed_in ── Lapsed ──▶ expired
///                                 │  ▲                    │
///                       GrantLost │  │ SignedIn           │ SignedIn
///                                 ▼  │                    ▼
///                           needs_sign_in             signed_in
///
/// IssuerChanged leads where GrantLost does; Damaged leads to error, from where a sign-in leads
/// out.
///
/// Invariants: a sign-in that fails moves nothing (a grant that worked is not destroyed by an
/// attempt to renew it); a refresh that fails in transit moves nothing; only the issuer's own word
/// (invalid_grant, invalid_client), a changed issuer, or a vault that is open and has no such item
/// ends a grant.
namespace chatelaine::credentials {

enum class AccountEvent {
    SignedIn, ///< an authorization ended with tokens in the vault
    Refreshed, ///< new tokens are in the vault
    Lapsed, ///< the token ended and there is no refresh token
    GrantLost, ///< the issuer took the grant back, or the vault lost the item
    IssuerChanged, ///< the server names another authorization server
    SignedOut, ///< a person asked for it
    Damaged, ///< what is stored can't be read any more
};

struct Transition
{
    store::AccountState to;
    QString event; ///< its name in the history
};

/// What `event` does to an account in state `from`; nullopt where it changes nothing.
std::optional<Transition> transition(store::AccountState from, AccountEvent event);

} // namespace chatelaine::credentials
