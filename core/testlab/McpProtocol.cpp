// SPDX-License-Identifier: GPL-3.0-or-later
// The demo server's MCP: both eras of Streamable HTTP (2026-07-28 basic/transports, 2025-11-25).
#include "core/testlab/DemoMcpServer.h"

#include "core/base/Json.h"

#include <QJsonArray>

namespace chatelaine::testlab {

namespace {

constexpr int invalidRequest = -32600;
constexpr int methodNotFound = -32601;
constexpr int invalidParams = -32602;
constexpr int headerMismatch = -32020;
constexpr int missingCapability = -32021;
constexpr int unsupportedVersion = -32022;
constexpr int sessionsAtMost = 1024;

const auto keyVersion = QLatin1StringView("io.modelcontextprotocol/protocolVersion");
const auto keyCapabilities = QLatin1StringView("io.modelcontextprotocol/clientCapabilities");

QString modernVersion()
{
    return QStringLiteral("2026-07-28");
}

QStringList legacyVersions()
{
    return {QStringLiteral("2025-11-25"), QStringLiteral("2025-06-18"), QStringLiteral("2025-03-26")};
}

QJsonObject serverInfo()
{
    return {{QStringLiteral("name"), QStringLiteral("chatelaine-testlab")},
            {QStringLiteral("title"), QStringLiteral("Sentiment of financial news")},
            {QStringLiteral("version"), QStringLiteral(CHATELAINE_VERSION)}};
}

/// What a header of the mirrored kind says (2026-07-28, Value Encoding).
QString headerValue(const QByteArray &value)
{
    if (value.startsWith("=?base64?") && value.endsWith("?="))
        return QString::fromUtf8(QByteArray::fromBase64(value.mid(9, value.size() - 11)));
    return QString::fromLatin1(value);
}

/// The weight an Accept header gives to a media type; 0 where it is not acceptable (RFC 9110 §12.5.1).
double preference(const QByteArray &accept, const QByteArray &type)
{
    double best = accept.isEmpty() ? 1 : 0;
    const QList<QByteArray> ranges = accept.split(',');
    for (const QByteArray &range : ranges) {
        const QList<QByteArray> parts = range.split(';');
        const QByteArray name = parts.constFirst().trimmed().toLower();
        if (name != type && name != "*/*" && name != type.left(type.indexOf('/')) + "/*")
            continue;
        double quality = 1;
        for (const QByteArray &part : parts) {
            if (part.trimmed().startsWith("q="))
                quality = part.trimmed().mid(2).toDouble();
        }
        best = std::max(best, quality);
    }
    return best;
}

QByteArray event(const QJsonObject &message)
{
    return "event: message\ndata: " + json::compact(message) + "\n\n";
}

QJsonObject withId(const QJsonValue &id)
{
    return {{QStringLiteral("jsonrpc"), QStringLiteral("2.0")},
            {QStringLiteral("id"), id.isUndefined() ? QJsonValue(QJsonValue::Null) : id}};
}

} // namespace

Answer DemoMcpServer::error(int status, const Message &message, int code, const QString &text,
                            const QJsonObject &data) const
{
    QJsonObject problem {{QStringLiteral("code"), code}, {QStringLiteral("message"), text}};
    if (!data.isEmpty())
        problem.insert(QStringLiteral("data"), data);
    QJsonObject object = withId(message.id);
    object.insert(QStringLiteral("error"), problem);
    return Answer::json(object, status);
}

Answer DemoMcpServer::result(const Request &request, const Message &message, const QJsonObject &value) const
{
    QJsonObject object = withId(message.id);
    object.insert(QStringLiteral("result"), value);
    const QByteArray accept = request.header("Accept");
    const double asStream = preference(accept, "text/event-stream");
    const bool stream = asStream > 0
        && (m_context.options.alwaysStream || asStream > preference(accept, "application/json"));
    if (!stream)
        return Answer::json(object);

    // A comment first, and the progress that was asked for: both have to be borne by a client.
    QByteArray body = ": chatelaine test lab\n\n";
    const QJsonValue token = message.params.value(QLatin1StringView("_meta"))
                                 .toObject()
                                 .value(QLatin1StringView("progressToken"));
    if (token.isString() || token.isDouble()) {
        body += event({{QStringLiteral("jsonrpc"), QStringLiteral("2.0")},
                       {QStringLiteral("method"), QStringLiteral("notifications/progress")},
                       {QStringLiteral("params"), QJsonObject {{QStringLiteral("progressToken"), token},
                                                               {QStringLiteral("progress"), 1},
                                                               {QStringLiteral("total"), 1}}}});
    }
    body += event(object);
    return Answer {.contentType = "text/event-stream", .body = body}
        .with("Cache-Control", "no-cache")
        .with("X-Accel-Buffering", "no");
}

Answer DemoMcpServer::dispatch(const Request &request, const Message &message)
{
    if (request.mediaType() != "application/json")
        return error(415, message, invalidRequest, QStringLiteral("The body has to be application/json."));
    const QByteArray accept = request.header("Accept");
    if (preference(accept, "application/json") <= 0 && preference(accept, "text/event-stream") <= 0)
        return error(406, message, invalidRequest, QStringLiteral("Accept allows neither JSON nor an event stream."));
    if (json::string(message.object, QLatin1StringView("jsonrpc")) != QStringLiteral("2.0")
        || message.method.isEmpty())
        return error(400, message, invalidRequest, QStringLiteral("This is not one JSON-RPC 2.0 message."));

    // A modern request says so in its header or its _meta; what is left is of the legacy.
    const QString header = QString::fromLatin1(request.header("MCP-Protocol-Version"));
    const bool metaSaysSo
        = message.params.value(QLatin1StringView("_meta")).toObject().contains(keyVersion);
    if (metaSaysSo || (!header.isEmpty() && !legacyVersions().contains(header)))
        return modern(request, message);
    return legacy(request, message);
}

std::optional<Answer> DemoMcpServer::checkModern(const Request &request, const Message &message) const
{
    const QJsonObject meta = message.params.value(QLatin1StringView("_meta")).toObject();
    const auto version = json::string(meta, keyVersion);
    if (!version || !meta.value(keyCapabilities).isObject()) {
        return error(400, message, invalidParams,
                     QStringLiteral("params._meta needs %1 and %2.").arg(keyVersion, keyCapabilities));
    }
    const auto mismatch = [&](const char *name, const QString &expected) -> std::optional<Answer> {
        if (request.hasHeader(name) && headerValue(request.header(name)) == expected)
            return std::nullopt;
        return error(400, message, headerMismatch,
                     QStringLiteral("Header mismatch: %1 is missing or differs from the body.")
                         .arg(QLatin1StringView(name)));
    };
    if (auto wrong = mismatch("MCP-Protocol-Version", *version))
        return wrong;
    if (*version != modernVersion()) {
        QStringList supported = legacyVersions();
        supported.prepend(modernVersion());
        return error(400, message, unsupportedVersion, QStringLiteral("Unsupported protocol version"),
                     {{QStringLiteral("supported"), QJsonArray::fromStringList(supported)},
                      {QStringLiteral("requested"), *version}});
    }
    if (auto wrong = mismatch("Mcp-Method", message.method))
        return wrong;
    if (message.method == u"tools/call") {
        if (auto wrong = mismatch("Mcp-Name", message.tool))
            return wrong;
    }
    return std::nullopt;
}

Answer DemoMcpServer::modern(const Request &request, const Message &message)
{
    if (message.notification)
        return Answer::empty(202);
    if (const std::optional<Answer> wrong = checkModern(request, message))
        return *wrong;
    QJsonObject value {{QStringLiteral("resultType"), QStringLiteral("complete")},
                       {QStringLiteral("ttlMs"), 300'000},
                       {QStringLiteral("cacheScope"), QStringLiteral("public")}};
    if (message.method == u"server/discover") {
        QStringList versions = legacyVersions();
        versions.prepend(modernVersion());
        value.insert(QStringLiteral("supportedVersions"), QJsonArray::fromStringList(versions));
        value.insert(QStringLiteral("capabilities"), QJsonObject {{QStringLiteral("tools"), QJsonObject {}}});
        value.insert(QStringLiteral("_meta"),
                     QJsonObject {{QStringLiteral("io.modelcontextprotocol/serverInfo"), serverInfo()}});
        value.insert(QStringLiteral("instructions"),
                     QStringLiteral("Judges the sentiment of English financial news by a word list and rules."));
        return result(request, message, value);
    }
    if (message.method == u"tools/list") {
        value.insert(QStringLiteral("tools"), Tools::definitions());
        return result(request, message, value);
    }
    if (message.method == u"tools/call")
        return callTool(request, message, true);
    return error(404, message, methodNotFound, QStringLiteral("Method not found: %1").arg(message.method));
}

Answer DemoMcpServer::callTool(const Request &request, const Message &message, bool isModern)
{
    if (isModern && m_context.faults.has(Fault::CapabilityRequired)) {
        const QJsonObject capabilities = message.params.value(QLatin1StringView("_meta"))
                                             .toObject()
                                             .value(keyCapabilities)
                                             .toObject();
        if (!capabilities.contains(QLatin1StringView("elicitation"))) {
            const QJsonObject required {{QStringLiteral("elicitation"), QJsonObject {}}};
            return error(400, message, missingCapability, QStringLiteral("The client has to support elicitation."),
                         {{QStringLiteral("requiredCapabilities"), required}});
        }
    }
    std::optional<QJsonObject> value
        = m_tools.call(message.tool, message.params.value(QLatin1StringView("arguments")).toObject());
    if (!value)
        return error(isModern ? 400 : 200, message, invalidParams, QStringLiteral("Unknown tool: %1").arg(message.tool));
    if (isModern)
        value->insert(QStringLiteral("resultType"), QStringLiteral("complete"));
    return result(request, message, *value);
}

Answer DemoMcpServer::legacy(const Request &request, const Message &message)
{
    if (message.method == u"initialize") {
        const auto asked = json::string(message.params, QLatin1StringView("protocolVersion"));
        if (!asked)
            return error(400, message, invalidParams, QStringLiteral("protocolVersion is missing."));
        if (m_sessions.size() >= sessionsAtMost)
            m_sessions.clear();
        const QByteArray session = m_context.random.text(18);
        m_sessions.insert(session);
        const QString version
            = legacyVersions().contains(*asked) ? *asked : legacyVersions().constFirst();
        return result(request, message,
                      {{QStringLiteral("protocolVersion"), version},
                       {QStringLiteral("capabilities"), QJsonObject {{QStringLiteral("tools"), QJsonObject {}}}},
                       {QStringLiteral("serverInfo"), serverInfo()}})
            .with("Mcp-Session-Id", session);
    }
    if (!request.hasHeader("Mcp-Session-Id"))
        return error(400, message, invalidRequest, QStringLiteral("Mcp-Session-Id is missing: initialize first."));
    if (!m_sessions.contains(request.header("Mcp-Session-Id")))
        return error(404, message, invalidRequest, QStringLiteral("The session is unknown: initialize again."));
    if (message.notification)
        return Answer::empty(202);
    if (message.method == u"ping")
        return result(request, message, {});
    if (message.method == u"tools/list")
        return result(request, message, {{QStringLiteral("tools"), Tools::definitions()}});
    if (message.method == u"tools/call")
        return callTool(request, message, false);
    return error(200, message, methodNotFound, QStringLiteral("Method not found: %1").arg(message.method));
}

Answer DemoMcpServer::endSession(const Request &request)
{
    if (!request.hasHeader("Mcp-Session-Id"))
        return Answer::empty(400);
    return Answer::empty(m_sessions.remove(request.header("Mcp-Session-Id")) ? 204 : 404);
}

} // namespace chatelaine::testlab
