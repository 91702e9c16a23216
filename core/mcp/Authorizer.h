// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/HttpClient.h"

namespace chatelaine::mcp {

/// How an MCP request gets its authorization. Asked before every request and told of every 401 and
/// 403; the MCP room itself knows nothing of OAuth. It must outlive the client that asks it.
class Authorizer
{
public:
    virtual ~Authorizer() = default;

    /// The whole value of the Authorization header; an empty Secret sends none.
    virtual Task<Result<Secret>> authorization(std::stop_token stop) = 0;

    /// A 401 or 403 came back. Success: the same request is sent again with a fresh
    /// authorization(). An error: it is what the person sees. It is for the authorizer to give up
    /// in time; after eight rounds for one request the client does.
    virtual Task<Result<void>> challenged(net::HttpResponse response, std::stop_token stop) = 0;
};

} // namespace chatelaine::mcp
