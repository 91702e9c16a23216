// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/credentials/Parts.h"

namespace chatelaine::credentials {

/// Credentials::add(). A known address with a new account name is a second account of the same
/// server; settings that differ from those it has are refused, not left out in silence.
Task<Result<AccountView>> addServer(
    std::shared_ptr<Parts> parts, NewServer given, audit::ClientFacts by);

/// Credentials::remove(), but for the signal.
Task<Result<Farewell>> removeAccount(
    std::shared_ptr<Parts> parts, QString accountId, audit::ClientFacts by);

} // namespace chatelaine::credentials
