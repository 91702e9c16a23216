// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/mcp/Versions.h"

#include "core/base/Sentence.h"
#include "core/mcp/ToolHeaders.h"

#include <QDate>

#include <algorithm>

namespace chatelaine::mcp {

namespace {

/// What a server says, made fit for one line of ours.
QString quoted(QString text)
{
    std::replace_if(
        text.begin(), text.end(), [](QChar c) { return !c.isPrint(); }, u' ');
    constexpr qsizetype longest = 300;
    if (text.size() > longest)
        text = text.first(longest) + u'…';
    return text;
}

} // namespace

Era eraOf(const QString &version)
{
    if (!QDate::fromString(version, Qt::ISODate).isValid())
        return Era::Unknown;
    if (version <= httpSseVersion)
        return Era::HttpSse;
    return version < modernVersion ? Era::Legacy : Era::Modern;
}

bool isLegacyVersionWeSpeak(const QString &version)
{
    return version == legacyVersion || version == QLatin1StringView("2025-06-18")
        || version == QLatin1StringView("2025-03-26") || version == httpSseVersion;
}

QJsonObject withMetadata(QJsonObject params, const QString &version, const QString &clientName,
    const QString &clientVersion)
{
    QJsonObject meta = params.value(QLatin1StringView("_meta")).toObject();
    meta.insert(QStringLiteral("io.modelcontextprotocol/protocolVersion"), version);
    meta.insert(QStringLiteral("io.modelcontextprotocol/clientInfo"),
        QJsonObject{
            {QStringLiteral("name"), clientName}, {QStringLiteral("version"), clientVersion}});
    meta.insert(QStringLiteral("io.modelcontextprotocol/clientCapabilities"), QJsonObject());
    params.insert(QStringLiteral("_meta"), meta);
    return params;
}

QList<net::HttpHeader> modernHeaders(
    const QString &version, const QString &method, const QJsonObject &params)
{
    QList<net::HttpHeader> headers{
        {"MCP-Protocol-Version", version.toLatin1()}, {"Mcp-Method", method.toUtf8()}};
    if (const QJsonValue name = params.value(QLatin1StringView("name")); name.isString())
        headers.append({"Mcp-Name", encodeHeaderValue(name.toString())});
    return headers;
}

Error errorOf(const RpcError &error, const QString &host)
{
    QJsonObject data{
        {QStringLiteral("code"), error.code}, {QStringLiteral("message"), error.message}};
    if (!error.data.isNull() && !error.data.isUndefined())
        data.insert(QStringLiteral("data"), error.data);
    return {ErrorCode::ServerRefused,
        Sentence::tr("%1 answered with an error: %2 (%3).")
            .arg(host, quoted(error.message), QString::number(error.code)),
        {}, data};
}

Error notMcp(const net::HttpResponse &response, const QUrl &url)
{
    const int status = response.status;
    const QString where = url.host() + url.path();
    const QByteArray type = response.mediaType();
    const QString what = type.isEmpty()
        ? QStringLiteral("HTTP %1").arg(status)
        : QStringLiteral("HTTP %1, %2").arg(status).arg(quoted(QString::fromLatin1(type)));
    const QJsonObject data{{QStringLiteral("status"), status}};
    if (status == 429) {
        return {ErrorCode::TooManyRequests,
            Sentence::tr("%1 gets too many requests (%2). Wait a little.").arg(where, what), {},
            data};
    }
    if (status >= 500 || status == 408) {
        return {ErrorCode::Unreachable,
            Sentence::tr("The server at %1 has a problem of its own (%2). Try again later.")
                .arg(where, what),
            {}, data};
    }
    if (status >= 300 && status < 400) {
        return {ErrorCode::ProtocolViolation,
            Sentence::tr("%1 sends us elsewhere (%2). Use the address that the server's "
                         "documentation gives today.")
                .arg(where, what),
            {}, data};
    }
    return {ErrorCode::ProtocolViolation,
        Sentence::tr("What answers at %1 is no MCP server (%2). Check the address, its path "
                     "included: many servers are at /mcp.")
            .arg(where, what),
        {}, data};
}

Error inputRequired(const QJsonObject &result, const QString &host)
{
    QStringList asked;
    const QJsonObject requests = result.value(QLatin1StringView("inputRequests")).toObject();
    for (const QJsonValue &request : requests)
        asked.append(quoted(request.toObject().value(QLatin1StringView("method")).toString()));
    asked.removeDuplicates();
    return {ErrorCode::ServerRefused,
        Sentence::tr("%1 asks for more before it answers (%2), and Chatelaine does not offer "
                     "that. Use this tool from a full MCP client.")
            .arg(host, asked.join(QStringLiteral(", ")))};
}

} // namespace chatelaine::mcp
