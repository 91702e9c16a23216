// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/credentials/Parts.h"

namespace chatelaine::credentials {

/// Credentials::change().
Task<Result<AccountView>> changeAccount(
    std::shared_ptr<Parts> parts, QString accountId, AccountChange change, audit::ClientFacts by);

/// What a pre-registered client id becomes: a row that is bound to its issuer at the first sign-in,
/// in place of the one the server had.
Task<Result<void>> savePreRegistered(
    std::shared_ptr<Parts> parts, QString serverId, QString clientId, Secret clientSecret);

} // namespace chatelaine::credentials
