// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/mcp/Authorizer.h"

namespace chatelaine::mcp {

/// Sends a request with the Authorizer's authorization, and again after each 401 or 403 it dealt
/// with. A part of the room; cheap to copy, refers to what it was given.
class AuthorizedHttp
{
public:
    AuthorizedHttp(net::HttpClient &http, Authorizer *authorizer);

    /// As HttpClient::stream. A 401 or 403 never comes back as a response: the Authorizer's error
    /// does, or SignInNeeded or ServerRefused where there is none.
    Task<Result<net::HttpResponse>> stream(net::HttpRequest request,
        std::function<bool(QByteArrayView)> onData, std::stop_token stop) const;

    /// One request, whatever comes back.
    Task<Result<net::HttpResponse>> once(net::HttpRequest request, std::stop_token stop) const;

private:
    net::HttpClient *m_http;
    Authorizer *m_authorizer;
};

} // namespace chatelaine::mcp
