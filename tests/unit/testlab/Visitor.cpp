// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/testlab/Visitor.h"

#include <QCryptographicHash>
#include <QEventLoop>
#include <QJsonDocument>
#include <QNetworkReply>
#include <QTimer>

namespace chatelaine::test {

namespace {

QString verifier()
{
    return QString(64, u'v');
}

QString challenge()
{
    return QString::fromLatin1(QCryptographicHash::hash(verifier().toLatin1(), QCryptographicHash::Sha256)
                                   .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

QByteArray encoded(const Fields &fields)
{
    QByteArrayList pairs;
    for (const auto &[name, value] : fields)
        pairs.append(QUrl::toPercentEncoding(name) + '=' + QUrl::toPercentEncoding(value));
    return pairs.join('&');
}

template <typename T>
QList<QPair<T, T>> changed(QList<QPair<T, T>> all, const QList<QPair<T, T>> &changes)
{
    for (const auto &change : changes) {
        all.removeIf([&change](const auto &one) { return one.first == change.first; });
        if (!change.second.isEmpty())
            all.append(change);
    }
    return all;
}

} // namespace

QByteArray Reply::header(const QByteArray &name) const
{
    for (const auto &[key, value] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

QJsonObject Reply::json() const
{
    return QJsonDocument::fromJson(body).object();
}

QString Reply::location(const char *key) const
{
    return QUrlQuery(QUrl(QString::fromUtf8(header("Location"))))
        .queryItemValue(QLatin1StringView(key), QUrl::FullyDecoded);
}

Reply Visitor::send(const QByteArray &method, const QString &url, const Headers &headers, const QByteArray &body)
{
    QNetworkRequest request {QUrl(url)};
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setTransferTimeout(20'000);
    for (const auto &[name, value] : headers)
        request.setRawHeader(name, value);
    const std::unique_ptr<QNetworkReply> reply(m_network.sendCustomRequest(request, method, body));
    QEventLoop loop;
    QObject::connect(reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
    loop.exec();
    Reply result;
    result.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    result.headers = reply->rawHeaderPairs();
    result.body = reply->readAll();
    result.complete = reply->error() != QNetworkReply::RemoteHostClosedError
        && reply->error() != QNetworkReply::OperationCanceledError;
    return result;
}

Reply Visitor::postForm(const QString &url, const Fields &fields, const Headers &headers)
{
    return send("POST", url, Headers {{"Content-Type", "application/x-www-form-urlencoded"}} + headers,
                encoded(fields));
}

Reply Visitor::postJson(const QString &url, const QJsonObject &object, const Headers &headers)
{
    return send("POST", url, Headers {{"Content-Type", "application/json"}} + headers,
                QJsonDocument(object).toJson(QJsonDocument::Compact));
}

Reply Visitor::authorize(
    const testlab::TestLab &lab, const Fields &changes, const Headers &headers)
{
    const Fields fields {{QStringLiteral("response_type"), QStringLiteral("code")},
                         {QStringLiteral("client_id"), lab.clientId()},
                         {QStringLiteral("redirect_uri"), redirectUri()},
                         {QStringLiteral("state"), QStringLiteral("a state&=+/ä")},
                         {QStringLiteral("code_challenge"), challenge()},
                         {QStringLiteral("code_challenge_method"), QStringLiteral("S256")},
                         {QStringLiteral("resource"), lab.mcpUrl()}};
    return get(lab.issuer() + QStringLiteral("/authorize?") + QString::fromLatin1(encoded(changed(fields, changes))),
               headers);
}

QString Visitor::code(const testlab::TestLab &lab, const Fields &changes)
{
    return authorize(lab, changes).location("code");
}

Reply Visitor::redeem(const testlab::TestLab &lab, const QString &code, const Fields &changes,
                      const Headers &headers)
{
    const Fields fields {{QStringLiteral("grant_type"), QStringLiteral("authorization_code")},
                         {QStringLiteral("client_id"), lab.clientId()},
                         {QStringLiteral("code"), code},
                         {QStringLiteral("redirect_uri"), redirectUri()},
                         {QStringLiteral("code_verifier"), verifier()},
                         {QStringLiteral("resource"), lab.mcpUrl()}};
    return postForm(lab.issuer() + QStringLiteral("/token"), changed(fields, changes), headers);
}

Reply Visitor::refresh(const testlab::TestLab &lab, const QString &token, const Fields &changes)
{
    const Fields fields {{QStringLiteral("grant_type"), QStringLiteral("refresh_token")},
                         {QStringLiteral("client_id"), lab.clientId()},
                         {QStringLiteral("refresh_token"), token}};
    return postForm(lab.issuer() + QStringLiteral("/token"), changed(fields, changes));
}

QByteArray Visitor::signIn(const testlab::TestLab &lab, const QString &scope)
{
    return redeem(lab, code(lab, {{QStringLiteral("scope"), scope}})).text("access_token").toLatin1();
}

Reply Visitor::call(const testlab::TestLab &lab, const QByteArray &token, const QString &method,
                    const QJsonObject &params, const Headers &changes)
{
    const auto version = QStringLiteral("2026-07-28");
    QJsonObject all = params;
    if (!all.contains(QLatin1StringView("_meta"))) {
        all.insert(QStringLiteral("_meta"),
                   QJsonObject {{QStringLiteral("io.modelcontextprotocol/protocolVersion"), version},
                                {QStringLiteral("io.modelcontextprotocol/clientCapabilities"), QJsonObject {}}});
    }
    Headers headers {{"Content-Type", "application/json"},
                     {"Accept", "application/json, text/event-stream"},
                     {"MCP-Protocol-Version", version.toLatin1()},
                     {"Mcp-Method", method.toLatin1()}};
    if (params.contains(QLatin1StringView("name")))
        headers.append({"Mcp-Name", params.value(QLatin1StringView("name")).toString().toLatin1()});
    if (!token.isEmpty())
        headers.append({"Authorization", "Bearer " + token});
    const QJsonObject message {{QStringLiteral("jsonrpc"), QStringLiteral("2.0")},
                               {QStringLiteral("id"), 7},
                               {QStringLiteral("method"), method},
                               {QStringLiteral("params"), all}};
    return send("POST", lab.mcpUrl(), changed(headers, changes), QJsonDocument(message).toJson());
}

} // namespace chatelaine::test
