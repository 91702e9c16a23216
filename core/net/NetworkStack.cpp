// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/NetworkStack.h"

#include "core/base/Sentence.h"
#include "core/net/WayOut.h"

#include <QDateTime>
#include <QFileInfo>
#include <QHostInfo>

#include <utility>

namespace chatelaine::net {

namespace {

/// Servers close idle connections after five seconds and more.
constexpr qint64 maxIdleMs = 2'000;

void setPolicies(QNetworkRequest &request)
{
    using Attribute = QNetworkRequest::Attribute;
    const std::initializer_list<std::pair<Attribute, QVariant>> policies{
        {Attribute::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy},
        {Attribute::Http2AllowedAttribute, false},
        {Attribute::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork},
        {Attribute::CacheSaveControlAttribute, false},
        {Attribute::CookieLoadControlAttribute, QNetworkRequest::Manual},
        {Attribute::CookieSaveControlAttribute, QNetworkRequest::Manual},
        {Attribute::AuthenticationReuseAttribute, QNetworkRequest::Manual},
    };
    for (const auto &[attribute, value] : policies)
        request.setAttribute(attribute, value);
}

} // namespace

Task<Result<QList<QHostAddress>>> systemResolve(QString host, std::stop_token stop)
{
    Completion<Result<QList<QHostAddress>>> done;
    QObject context;
    const int id = QHostInfo::lookupHost(host, &context, [done](const QHostInfo &info) mutable {
        if (info.error() == QHostInfo::NoError) {
            done.set(info.addresses());
            return;
        }
        done.set(failure(ErrorCode::Unreachable,
            Sentence::tr("The name %1 was not found. Check the address and the "
                         "network connection.")
                .arg(info.hostName()),
            info.errorString()));
    });
    const std::stop_callback onStop(stop, [done, id]() mutable {
        QHostInfo::abortHostLookup(id);
        done.set(cancelled());
    });
    co_return co_await done;
}

QNetworkProxy systemProxy(const QUrl &url)
{
    const QList<QNetworkProxy> proxies =
        QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(url));
    return proxies.isEmpty() ? QNetworkProxy(QNetworkProxy::NoProxy) : proxies.first();
}

NetworkStack::NetworkStack(const QSslConfiguration &tls, const QNetworkProxy &proxy)
    : m_tls(tls)
{
    m_manager.setProxy(proxy);
}

QNetworkRequest NetworkStack::prepare(const HttpRequest &request, const QHostAddress &pinned) const
{
    QUrl target = request.url;
    QNetworkRequest prepared;
    if (!pinned.isNull()) {
        target.setHost(pinned.toString());
        // The name still decides which certificate is asked for and accepted.
        prepared.setPeerVerifyName(request.url.host(QUrl::FullyEncoded));
        prepared.setRawHeader("Host", request.url.authority(QUrl::FullyEncoded).toLatin1());
    }
    prepared.setUrl(target);
    prepared.setSslConfiguration(m_tls);
    setPolicies(prepared);
    prepared.setRawHeader("User-Agent", "Chatelaine/" CHATELAINE_VERSION);
    // Saying so switches Qt's own unpacking off, and with it every compression bomb.
    prepared.setRawHeader("Accept-Encoding", "identity");
    for (const HttpHeader &header : request.headers)
        prepared.setRawHeader(header.name, header.value);
    if (!request.authorization.isEmpty())
        prepared.setRawHeader("Authorization", request.authorization.expose().toByteArray());
    return prepared;
}

void NetworkStack::begin(qint64 now, bool withBody)
{
    if (withBody && m_running == 0 && m_lastUsed && now - *m_lastUsed > maxIdleMs)
        m_manager.clearConnectionCache();
    ++m_running;
}

void NetworkStack::end(qint64 now)
{
    --m_running;
    m_lastUsed = now;
}

Result<std::shared_ptr<NetworkStack>> NetworkStacks::at(
    const QStringList &caFiles, const QNetworkProxy &proxy)
{
    QString key =
        QStringLiteral("%1 %2:%3").arg(proxy.type()).arg(proxy.hostName()).arg(proxy.port());
    for (const QString &file : caFiles)
        key += u'\n' + QFileInfo(file).lastModified().toString(Qt::ISODateWithMs) + u' ' + file;
    if (const auto found = m_stacks.find(key); found != m_stacks.end())
        return found->second;

    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setProtocol(QSsl::TlsV1_2OrLater);
    if (!caFiles.isEmpty())
        tls.setCaCertificates(QSslConfiguration::systemCaCertificates());
    for (const QString &file : caFiles) {
        const Result<QList<QSslCertificate>> extra = certificatesIn(file);
        if (!extra)
            return failure(extra.error());
        tls.addCaCertificates(*extra);
    }
    const auto stack = std::make_shared<NetworkStack>(tls, proxy);
    m_stacks.emplace(key, stack);
    return stack;
}

} // namespace chatelaine::net
