// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/mcp/AuthorizedHttp.h"

#include "core/base/Sentence.h"

namespace chatelaine::mcp {

namespace {

// The Authorizer gives up long before.
constexpr int maxChallenges = 8;

tl::unexpected<Error> nobodyToAsk(const net::HttpResponse &response)
{
    if (response.status == 401) {
        return failure(ErrorCode::SignInNeeded,
            Sentence::tr("%1 wants you to sign in first.").arg(response.url.host()));
    }
    return failure(ErrorCode::ServerRefused,
        Sentence::tr("%1 does not let us in (HTTP 403).").arg(response.url.host()));
}

Task<Result<Secret>> authorizationFrom(Authorizer *authorizer, std::stop_token stop)
{
    if (!authorizer)
        co_return Secret();
    co_return co_await authorizer->authorization(stop);
}

} // namespace

AuthorizedHttp::AuthorizedHttp(net::HttpClient &http, Authorizer *authorizer)
    : m_http(&http)
    , m_authorizer(authorizer)
{ }

Task<Result<net::HttpResponse>> AuthorizedHttp::stream(net::HttpRequest request,
    std::function<bool(QByteArrayView)> onData, std::stop_token stop) const
{
    // Copies: a coroutine must not depend on where `this` lives.
    net::HttpClient *const http = m_http;
    Authorizer *const authorizer = m_authorizer;
    for (int challenges = 0;; ++challenges) {
        Result<Secret> authorization = co_await authorizationFrom(authorizer, stop);
        if (!authorization)
            co_return failure(std::move(authorization).error());
        request.authorization = *authorization;
        Result<net::HttpResponse> response = co_await http->stream(request, onData, stop);
        if (!response)
            co_return failure(std::move(response).error());
        if (response->status != 401 && response->status != 403)
            co_return response;
        if (!authorizer)
            co_return nobodyToAsk(*response);
        if (challenges == maxChallenges) {
            co_return failure(ErrorCode::ServerRefused,
                Sentence::tr("%1 goes on refusing what it was just given. Sign out "
                             "and in again.")
                    .arg(request.url.host()));
        }
        Result<void> dealtWith = co_await authorizer->challenged(*response, stop);
        if (!dealtWith)
            co_return failure(std::move(dealtWith).error());
    }
}

Task<Result<net::HttpResponse>> AuthorizedHttp::once(
    net::HttpRequest request, std::stop_token stop) const
{
    net::HttpClient *const http = m_http;
    Result<Secret> authorization = co_await authorizationFrom(m_authorizer, stop);
    if (!authorization)
        co_return failure(std::move(authorization).error());
    request.authorization = *authorization;
    co_return co_await http->send(request, stop);
}

} // namespace chatelaine::mcp
