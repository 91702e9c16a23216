// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Clock.h"
#include "core/net/HttpClient.h"
#include "core/net/WayOut.h"

#include <QHostAddress>
#include <QNetworkProxy>

namespace chatelaine::net {

/// One hop that was made, for the history of the last exchanges. No headers, no body, no query.
struct ExchangeRecord
{
    UtcMs time = 0; ///< when it began
    QByteArray method;
    QString url; ///< without query, fragment and user information
    int status = 0; ///< 0: no answer
    qint64 ms = 0;
    std::optional<ErrorCode> error = {};
};

/// What the client asks the machine; replaced in tests.
struct NetworkSurroundings
{
    /// The addresses of a name, best first. Default: the system's resolver.
    std::function<Task<Result<QList<QHostAddress>>>(QString host, std::stop_token stop)> resolve =
        {};
    /// The proxy for a URL, or one of type NoProxy. Default: the system's settings.
    std::function<QNetworkProxy(const QUrl &url)> proxyFor = {};
};

/// HttpClient over QNetworkAccessManager. Every hop's name is resolved here, every address is
/// checked, and the connection goes to the address that was checked, so that a name that changes
/// its address in between (DNS rebinding) leads nowhere. Behind a proxy the proxy resolves: then
/// only literal addresses can be checked. A request with a body is put on the wire once; it is
/// never repeated when the connection breaks. HTTP/1.1, TLS 1.2 or later.
///
/// Lives in one thread with an event loop. When it is destroyed, what still runs ends with
/// Cancelled.
class NetworkHttpClient : public HttpClient
{
public:
    explicit NetworkHttpClient(Clock &clock, NetworkSurroundings surroundings = {});
    ~NetworkHttpClient() override;
    Q_DISABLE_COPY_MOVE(NetworkHttpClient)

    Task<Result<HttpResponse>> send(HttpRequest request, std::stop_token stop) override;
    Task<Result<HttpResponse>> stream(HttpRequest request,
        std::function<bool(QByteArrayView)> onData, std::stop_token stop) override;
    Task<Result<Reach>> reachOf(QUrl url, std::stop_token stop) override;
    void setWayOut(const WayOut &way) override;

    /// Called after each hop.
    void setObserver(std::function<void(const ExchangeRecord &)> observer);

private:
    struct Inner;
    std::shared_ptr<Inner> m_inner;
};

} // namespace chatelaine::net
