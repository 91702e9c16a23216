// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/registry/RegistryClient.h"

#include "core/base/Sentence.h"

#include <QUrlQuery>

namespace chatelaine::registry {

namespace {

constexpr qint64 maxBody = 4 * 1024 * 1024;

Error noRegistry(const QUrl &base)
{
    return {ErrorCode::NotFound,
        Sentence::tr("There is no MCP Registry at %1. Check its address in the settings.")
            .arg(base.toDisplayString())};
}

Error answered(const QUrl &base, int status)
{
    const bool busy = status == 429 || status >= 500;
    Error error{busy ? ErrorCode::Unreachable : ErrorCode::ProtocolViolation,
        busy ? Sentence::tr("The registry at %1 can't answer just now (%2). Try again later.")
                   .arg(base.authority())
                   .arg(status)
             : Sentence::tr("The registry at %1 refused the search (%2). Search for something "
                            "else, or check its address in the settings.")
                   .arg(base.authority())
                   .arg(status)};
    error.data.insert(QStringLiteral("status"), status);
    return error;
}

} // namespace

RegistryClient::RegistryClient(net::HttpClient &http, QUrl base)
    : m_http(http)
    , m_base(std::move(base))
{
    QString path = m_base.path();
    while (path.endsWith(u'/'))
        path.chop(1);
    for (const char *version : {"v0.1", "v0"}) {
        const QString ending = u'/' + QLatin1StringView(version);
        if (!path.endsWith(ending))
            continue;
        path.chop(ending.size());
        m_versions = {QLatin1StringView(version)};
        break;
    }
    if (m_versions.isEmpty())
        m_versions = {QStringLiteral("v0.1"), QStringLiteral("v0")};
    m_base.setPath(path);
}

QUrl RegistryClient::address(const QUrl &base, const QString &version, const Query &query)
{
    QUrlQuery params;
    const auto add = [&params](const QString &name, const QString &value) {
        params.addQueryItem(name, QString::fromLatin1(QUrl::toPercentEncoding(value)));
    };
    if (!query.search.isEmpty())
        add(QStringLiteral("search"), query.search);
    add(QStringLiteral("version"), QStringLiteral("latest"));
    add(QStringLiteral("limit"), QString::number(query.limit));
    if (!query.cursor.isEmpty())
        add(QStringLiteral("cursor"), query.cursor);
    QUrl url = base;
    url.setPath(base.path() + u'/' + version + QStringLiteral("/servers"));
    url.setQuery(params);
    return url;
}

Task<Result<Page>> RegistryClient::list(Query query, std::stop_token stop)
{
    const Result<net::Reach> reach = co_await m_http.reachOf(m_base, stop);
    if (!reach)
        co_return failure(reach.error());
    while (true) {
        net::HttpRequest request;
        const QString version = m_versions.constFirst();
        request.url = address(m_base, version, query);
        request.headers = {{"Accept", "application/json"}};
        request.reach = *reach;
        request.maxBodyBytes = maxBody;
        const Result<net::HttpResponse> response = co_await m_http.send(request, stop);
        if (!response)
            co_return failure(response.error());
        if (response->status == 404 || response->status == 410) {
            // Another request may have found out meanwhile.
            if (m_versions.constFirst() == version) {
                if (m_versions.size() < 2)
                    co_return failure(noRegistry(m_base));
                m_versions.removeFirst();
            }
            continue;
        }
        if (response->status != 200)
            co_return failure(answered(m_base, response->status));
        const Result<Page> page = parsePage(response->body, *reach);
        if (page)
            m_versions = {version};
        co_return page;
    }
}

} // namespace chatelaine::registry
