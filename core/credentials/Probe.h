// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/credentials/Parts.h"
#include "core/net/WwwAuthenticate.h"

namespace chatelaine::credentials {

/// What a server answers to one cheap MCP request.
struct ProbeAnswer
{
    bool open = false; ///< it answered; no (other) token is needed
    int status = 0;
    std::optional<net::Challenge> challenge; ///< a 401 may come without one
};

/// Asks the server once, with `token` unless it is empty. Errors: those of HttpClient, and
/// ProtocolViolation or Unreachable where no MCP server can be behind the answer (404, 5xx, a web
/// page).
Task<Result<ProbeAnswer>> probe(std::shared_ptr<Parts> parts, AccountView view, net::Reach reach,
    Secret token, std::stop_token stop);

/// "Bearer " and the token.
Secret bearer(const Secret &token);

} // namespace chatelaine::credentials
