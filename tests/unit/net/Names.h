// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/NetworkHttpClient.h"

#include <memory>

namespace chatelaine::test {

using Addresses = Result<QList<QHostAddress>>;

/// A resolver with a fixed answer that counts its questions.
inline net::NetworkSurroundings surroundings(
    QHash<QString, QStringList> names, std::shared_ptr<QStringList> asked = nullptr)
{
    net::NetworkSurroundings result;
    result.proxyFor = [](const QUrl &) { return QNetworkProxy(QNetworkProxy::NoProxy); };
    const auto answer = [](QHash<QString, QStringList> known, QString host) -> Task<Addresses> {
        QList<QHostAddress> addresses;
        for (const QString &text : known.value(host))
            addresses.append(QHostAddress(text));
        if (addresses.isEmpty())
            co_return failure(ErrorCode::Unreachable, QStringLiteral("No such name."));
        co_return addresses;
    };
    result.resolve = [names, asked, answer](QString host, std::stop_token) {
        if (asked)
            asked->append(host);
        return answer(names, host);
    };
    return result;
}

inline net::HttpRequest get(const QUrl &url, net::Reach reach = net::Reach::Loopback)
{
    net::HttpRequest request;
    request.url = url;
    request.reach = reach;
    return request;
}

} // namespace chatelaine::test
