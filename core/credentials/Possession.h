// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/credentials/Parts.h"

namespace chatelaine::credentials {

/// What the vault has for an account, judged against its record:
///  - no item, or one that can't be read, ends the sign-in (SignInNeeded; the account's state says
///    so from then on);
///  - tokens of another address than the server's are not used: whoever has edited the database
///    gets nothing;
///  - an item that is newer than the record, as a crash between the two leaves it, is taken over.
/// Errors else: those of the vault, and Cancelled.
Task<Result<TokenItem>> possession(
    std::shared_ptr<Parts> parts, QString accountId, std::stop_token stop);

/// The record as these tokens make it.
void adopt(store::Account &account, const TokenItem &item);

/// How a server's address is written into its tokens.
QString addressOf(const store::Server &server);

} // namespace chatelaine::credentials
