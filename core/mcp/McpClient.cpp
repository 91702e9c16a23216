// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/mcp/McpClient.h"

#include "core/base/Sentence.h"
#include "core/mcp/Conversation.h"
#include "core/mcp/ToolHeaders.h"

#include <QHash>
#include <QLoggingCategory>

namespace chatelaine::mcp {

namespace {

Q_LOGGING_CATEGORY(lcMcp, "chatelaine.mcp")

constexpr int maxPages = 100;

constexpr auto keyName = QLatin1StringView("name");
constexpr auto keyArguments = QLatin1StringView("arguments");

} // namespace

class McpClient::Private
{
public:
    Private(
        net::HttpClient &http, Clock &clock, QUrl endpoint, Options options, Authorizer *authorizer)
        : conversation(http, clock, std::move(endpoint), std::move(options), authorizer)
    { }

    void learnTool(const QJsonObject &tool, QJsonArray &tools);

    Conversation conversation;
    QHash<QString, QList<HeaderRule>> rules;
};

void McpClient::Private::learnTool(const QJsonObject &tool, QJsonArray &tools)
{
    const QString name = tool.value(keyName).toString();
    if (!conversation.isLegacy()) {
        const Result<QList<HeaderRule>> found =
            headerRules(tool.value(QLatin1StringView("inputSchema")).toObject());
        if (!found) {
            qCWarning(lcMcp, "The tool \"%s\" is left out: %s.", qUtf8Printable(name.left(80)),
                qUtf8Printable(found.error().message));
            return;
        }
        rules.insert(name, *found);
    }
    tools.append(tool);
}

McpClient::McpClient(
    net::HttpClient &http, Clock &clock, QUrl endpoint, Options options, Authorizer *authorizer)
    : d(std::make_unique<Private>(http, clock, std::move(endpoint), std::move(options), authorizer))
{ }

McpClient::~McpClient() = default;

Task<Result<QJsonArray>> McpClient::listTools(std::stop_token stop)
{
    QJsonArray tools;
    QJsonObject params;
    d->rules.clear();
    for (int page = 0; page < maxPages; ++page) {
        Result<QJsonObject> result =
            co_await d->conversation.call(QStringLiteral("tools/list"), params, {}, stop);
        if (!result)
            co_return failure(std::move(result).error());
        const QJsonArray found = result->value(QLatin1StringView("tools")).toArray();
        for (const QJsonValue &tool : found)
            d->learnTool(tool.toObject(), tools);
        const QJsonValue cursor = result->value(QLatin1StringView("nextCursor"));
        if (!cursor.isString())
            co_return tools;
        params.insert(QStringLiteral("cursor"), cursor);
    }
    co_return failure(ErrorCode::ProtocolViolation,
        Sentence::tr("%1 lists its tools on more than %2 pages.")
            .arg(d->conversation.host())
            .arg(maxPages));
}

Task<Result<QJsonObject>> McpClient::callTool(
    QString name, QJsonObject arguments, std::stop_token stop)
{
    const QJsonObject params{{keyName, name}, {keyArguments, arguments}};
    for (int lists = 0;; ++lists) {
        const Result<QList<net::HttpHeader>> mirrored = headersFor(d->rules.value(name), arguments);
        if (!mirrored)
            co_return failure(mirrored.error());
        Result<QJsonObject> result =
            co_await d->conversation.call(QStringLiteral("tools/call"), params, *mirrored, stop);
        // The tool's schema may have changed since it was listed.
        const bool mismatch = !result
            && result.error().data.value(QLatin1StringView("code")).toInteger()
                == code::headerMismatch;
        if (!mismatch || lists > 0)
            co_return result;
        Result<QJsonArray> listed = co_await listTools(stop);
        if (!listed)
            co_return failure(std::move(listed).error());
    }
}

Task<Result<net::HttpResponse>> McpClient::probe(std::stop_token stop)
{
    return d->conversation.probe(stop);
}

QString McpClient::protocolVersion() const
{
    return d->conversation.protocolVersion();
}

Task<void> McpClient::close(std::stop_token stop)
{
    return d->conversation.close(std::move(stop));
}

} // namespace chatelaine::mcp
