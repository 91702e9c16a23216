// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/credentials/Identity.h"
#include "core/credentials/SignIn.h"
#include "core/oauth/LoopbackRedirect.h"

namespace chatelaine::credentials {

/// What a sign-in knows before it asks anybody for anything.
struct Prepared
{
    AccountView view;
    net::Reach reach = net::Reach::Public;
    std::optional<net::Challenge> challenge;
    oauth::Discovered found;
};

/// Takes the callback's port: the one the person set; else the one a dynamic registration of ours
/// names, since many issuers compare it although RFC 8252 §7.3 lets it vary; else any.
Result<void> listenForCallback(
    oauth::LoopbackRedirect &redirect, const Parts &parts, const Prepared &ready);

/// What an authorization gave.
struct Obtained
{
    TokenItem tokens;
    QStringList requestedScopes;
};

/// MCP authorization, steps 8 and 9: authorization request, response, token request.
Task<Result<Obtained>> obtainTokens(std::shared_ptr<Parts> parts, SignInRequest request,
    Prepared ready, std::shared_ptr<oauth::LoopbackRedirect> redirect, Identity identity,
    std::stop_token stop);

} // namespace chatelaine::credentials
