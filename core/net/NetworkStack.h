// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/HttpClient.h"

#include <QHostAddress>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkRequest>
#include <QSslConfiguration>

#include <map>

namespace chatelaine::net {

/// The system's resolver.
Task<Result<QList<QHostAddress>>> systemResolve(QString host, std::stop_token stop);
/// The system's proxy settings.
QNetworkProxy systemProxy(const QUrl &url);

/// One pool of kept connections: one set of trusted authorities, one proxy. A connection that one
/// authority vouched for must not serve a request that does not trust it. A part of
/// NetworkHttpClient.
class NetworkStack
{
public:
    NetworkStack(const QSslConfiguration &tls, const QNetworkProxy &proxy);

    QNetworkAccessManager &manager() { return m_manager; }

    /// The request as it goes out. `pinned`: connect there instead of asking for the name again.
    QNetworkRequest prepare(const HttpRequest &request, const QHostAddress &pinned) const;

    /// Around each transfer. A request with a body is put on the wire once, so it does not go to a
    /// connection that idled long enough for the server to be closing it.
    void begin(qint64 now, bool withBody);
    void end(qint64 now);

private:
    QNetworkAccessManager m_manager;
    QSslConfiguration m_tls;
    int m_running = 0;
    std::optional<qint64> m_lastUsed;
};

class NetworkStacks
{
public:
    /// InvalidInput when one of the files has no certificate in it.
    Result<std::shared_ptr<NetworkStack>> at(const QStringList &caFiles, const QNetworkProxy &proxy);

private:
    std::map<QString, std::shared_ptr<NetworkStack>> m_stacks;
};

} // namespace chatelaine::net
