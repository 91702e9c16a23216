// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/credentials/Parts.h"
#include "core/net/WwwAuthenticate.h"

namespace chatelaine::credentials {

/// What a sign-in begins with.
struct SignInRequest
{
    QString accountId;
    QStringList extraScopes = {};
    /// The server's 401 or 403, where there was one already; else the server is asked for it.
    std::optional<net::Challenge> challenge = {};
    /// What a discovery that was just done has found, so that it is not done twice.
    std::optional<oauth::Discovered> discovered = {};
    std::shared_ptr<Person> person;
    qint64 timeoutMs = 300'000;
    /// Scopes that earlier sign-ins have asked for don't count: a person begins anew.
    bool startsOver = false;
    /// Ask the server with the new token whether it takes it.
    bool verify = false;
};

/// The authorization code flow from the first request to tokens in the vault (docs/sign-in.md has
/// the steps with their RFCs). Until the new tokens are in the vault nothing of the old grant is
/// touched. Errors: SignInNeeded without a person, RegistrationNeeded (data.redirect_uri),
/// AlreadyExists while another sign-in of this account waits, Cancelled, TimedOut, and those of the
/// rooms below.
Task<Result<void>> signIn(
    std::shared_ptr<Parts> parts, SignInRequest request, std::stop_token stop);

} // namespace chatelaine::credentials
