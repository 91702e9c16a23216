// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/HttpClient.h"

namespace chatelaine::test {

/// Keeps what it is asked, and answers that there is nothing.
class NotingHttp final : public net::HttpClient
{
public:
    Task<Result<net::HttpResponse>> send(net::HttpRequest request, std::stop_token) override
    {
        asked.append(request);
        net::HttpResponse none;
        none.status = 404;
        co_return none;
    }
    Task<Result<net::HttpResponse>> stream(net::HttpRequest request,
        std::function<bool(QByteArrayView)>, std::stop_token stop) override
    {
        return send(std::move(request), stop);
    }
    Task<Result<net::Reach>> reachOf(QUrl, std::stop_token) override
    {
        co_return net::Reach::Loopback;
    }
    void setWayOut(const net::WayOut &) override { }

    QList<net::HttpRequest> asked;
};

} // namespace chatelaine::test
