// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/WayOut.h"

#include "core/base/Sentence.h"
#include "core/base/Text.h"

#include <QUrl>

namespace chatelaine::net {

Result<std::optional<QNetworkProxy>> proxyFromText(const QString &text)
{
    if (text == QLatin1StringView("system"))
        return std::nullopt;
    if (text == QLatin1StringView("none"))
        return QNetworkProxy(QNetworkProxy::NoProxy);
    const QUrl url(text, QUrl::StrictMode);
    const bool http = url.scheme() == QLatin1StringView("http");
    if (!url.isValid() || (!http && url.scheme() != QLatin1StringView("socks5"))
        || url.host().isEmpty()) {
        return failure(ErrorCode::InvalidInput,
            Sentence::tr("A proxy's address looks like http://host:8080 or socks5://host:1080, "
                         "not like \"%1\".")
                .arg(repeatable(text)));
    }
    if (!url.userInfo().isEmpty()) {
        return failure(ErrorCode::InvalidInput,
            Sentence::tr("A proxy with a name and a password can't be used: the settings are no "
                         "place for a password. Leave them out."));
    }
    if (url.port() <= 0) {
        return failure(ErrorCode::InvalidInput,
            Sentence::tr("Say at which port the proxy listens: %1://%2:%3.")
                .arg(url.scheme(), url.host())
                .arg(http ? 8080 : 1080));
    }
    if ((!url.path().isEmpty() && url.path() != QLatin1StringView("/")) || url.hasQuery()
        || url.hasFragment()) {
        return failure(ErrorCode::InvalidInput,
            Sentence::tr("A proxy has no path: %1://%2:%3 is enough.")
                .arg(url.scheme(), url.host())
                .arg(url.port()));
    }
    return QNetworkProxy(http ? QNetworkProxy::HttpProxy : QNetworkProxy::Socks5Proxy,
        url.host(QUrl::FullyEncoded), quint16(url.port()));
}

Result<QList<QSslCertificate>> certificatesIn(const QString &file)
{
    QList<QSslCertificate> found = QSslCertificate::fromPath(file, QSsl::Pem);
    if (found.isEmpty()) {
        return failure(ErrorCode::InvalidInput,
            Sentence::tr("There is no certificate in %1. It has to be a PEM file "
                         "that can be read.")
                .arg(file));
    }
    return found;
}

} // namespace chatelaine::net
