// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/credentials/Parts.h"

namespace chatelaine::credentials {

/// One refresh of one account, from what is known to what the issuer answers.
struct RefreshJob
{
    AccountView view;
    TokenItem old;
    net::Reach reach = net::Reach::Public;
    QString issuer; ///< by its own metadata
    oauth::Endpoint endpoint;
};

/// Who to ask and as whom. Sends no token. The job is the caller's and stays where it is.
Task<Result<void>> prepareRefresh(
    std::shared_ptr<Parts> parts, RefreshJob *job, std::stop_token stop);

/// RFC 6749 §6. That it is on the way is in the database before it leaves: a refresh whose answer
/// never came may have spent the refresh token, and who comes after a crash has to know. Answers
/// with the tokens as they are to be kept.
Task<Result<TokenItem>> performRefresh(
    std::shared_ptr<Parts> parts, RefreshJob *job, std::stop_token stop);

} // namespace chatelaine::credentials
