// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/credentials/Parts.h"

namespace chatelaine::credentials {

/// Tells the issuer that nobody is going to use these tokens: the refresh token, which takes the
/// rest along, else the access token. `endpoint` says as whom and how far; its URL is set here.
Task<Result<oauth::Revocation>> giveBack(std::shared_ptr<Parts> parts,
    oauth::AuthorizationServerMetadata issuer, oauth::Endpoint endpoint, TokenItem item,
    std::stop_token stop);

/// Gives the tokens back (RFC 7009) and forgets them, but not those of a sign-in that came to its
/// end meanwhile. What the issuer answers is told in the Farewell; an issuer that does not answer
/// keeps nobody signed in, but with Unconfirmed::Keep: then only its word that it took them moves
/// anything. Fails only where the vault would not give the item up.
Task<Result<Farewell>> signOut(std::shared_ptr<Parts> parts, QString accountId,
    audit::ClientFacts by, Unconfirmed unconfirmed);

/// Deletes the registration at the issuer too (RFC 7592) where no other account uses it.
Task<Result<QString>> retireRegistration(
    std::shared_ptr<Parts> parts, QString registrationId, AccountView view);

} // namespace chatelaine::credentials
