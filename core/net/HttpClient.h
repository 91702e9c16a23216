// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Async.h"
#include "core/base/Secret.h"
#include "core/base/Time.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QUrl>

#include <functional>

namespace chatelaine::net {

struct WayOut;

struct HttpHeader
{
    QByteArray name;
    QByteArray value;
};

/// Where a request may go, by where the conversation began (SSRF, docs/threat-model.md).
enum class Reach {
    Public, ///< https only, and no address that is private, link-local, loopback …, at any hop
    Private, ///< the person named a host of their own network: private addresses too, https only
    Loopback, ///< the person named a loopback server: http or https, loopback; public https too
};

struct HttpRequest
{
    QByteArray method = "GET";
    QUrl url;
    QList<HttpHeader> headers = {};
    QByteArray body = {};
    /// The whole Authorization value ("Bearer …"). Sent to the origin of `url` and dropped at a
    /// redirect to any other.
    Secret authorization = {};
    Reach reach = Reach::Public;
    bool followRedirects =
        true; ///< at most five, GET and HEAD only; 307/308 to the same origin for all
    qint64 maxBodyBytes = 256 * 1024;
    qint64 firstByteMs = 10'000; ///< at each hop, until the response's header section is there
    qint64 wholeMs = 30'000;
    /// A PEM file of certificate authorities to trust beside the system's; none when empty.
    QString caFile = {};
};

struct HttpResponse
{
    int status = 0;
    QList<HttpHeader> headers;
    QByteArray body;
    QUrl url; ///< after redirects
    std::optional<UtcMs> serverDate; ///< the Date header: tells the server's clock skew

    /// The first header of that name, in any case; empty when there is none.
    QByteArray header(QByteArrayView name) const;
    QList<QByteArray> headersNamed(QByteArrayView name) const;
    /// The media type in lower case without parameters: "application/json".
    QByteArray mediaType() const;
    /// The Retry-After header (RFC 9110 §10.2.3) in seconds; one that is a date counts from the
    /// server's own, so that nobody's clock has to be right. nullopt: none, or none that says when.
    std::optional<qint64> retryAfterS() const;
};

/// An IMF-fixdate (RFC 9110 §5.6.7), always GMT.
std::optional<UtcMs> readHttpDate(const QByteArray &text);

/// The one way out of the house. It keeps every rule about where we go and how much we take:
/// scheme, port and resolved address at each hop, size, time, redirects, proxy, TLS. No cookies, no
/// cache, no compression, no credentials of its own. Errors: InvalidInput, AddressRefused,
/// Unreachable, TimedOut, TlsFailed, ProtocolViolation (too big, too many redirects), Cancelled. An
/// HTTP status is no error here. Lives in one thread.
class HttpClient
{
public:
    virtual ~HttpClient() = default;

    virtual Task<Result<HttpResponse>> send(HttpRequest request, std::stop_token stop) = 0;

    /// Like send, but a successful (2xx) body of type text/event-stream is handed over piece by
    /// piece as it arrives, and is left empty in the response; `onData` returns false to end the
    /// exchange early, which is no error. `wholeMs` then counts from the last piece; `maxBodyBytes`
    /// counts all pieces. `onData` must not destroy the client.
    virtual Task<Result<HttpResponse>> stream(
        HttpRequest request, std::function<bool(QByteArrayView)> onData, std::stop_token stop) = 0;

    /// How far a conversation that a person begins with `url` may reach, and so where URLs that the
    /// server there names may lead. A literal address and localhost decide at once; another host is
    /// resolved and counts as Private or Loopback only when all its addresses are.
    virtual Task<Result<Reach>> reachOf(QUrl url, std::stop_token stop) = 0;

    /// Counts for every connection that is made from now on; what is under way goes on as it is.
    virtual void setWayOut(const WayOut &way) = 0;
};

} // namespace chatelaine::net
