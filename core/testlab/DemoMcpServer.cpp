// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/testlab/DemoMcpServer.h"

#include "core/base/Json.h"
#include "core/testlab/Scopes.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QUrl>

namespace chatelaine::testlab {

namespace {

const auto metadataRoot = QLatin1StringView("/.well-known/oauth-protected-resource");

bool isLoopbackName(const QString &host)
{
    return host == u"127.0.0.1" || host == u"localhost" || host == u"::1";
}

} // namespace

DemoMcpServer::DemoMcpServer(Context &context, std::function<Trust()> trust,
    std::function<void(Decision)> decided, std::function<void()> authorized)
    : m_context(context)
    , m_trust(std::move(trust))
    , m_decided(std::move(decided))
    , m_authorized(std::move(authorized))
{ }

QString DemoMcpServer::metadataUrlOf(const QString &path) const
{
    return m_origin + metadataRoot + path;
}

/// "/mcp" and, with LabOptions::moreResources, "/mcp/1" and so on.
bool DemoMcpServer::isResource(const QString &path) const
{
    if (path == mcpPath)
        return true;
    bool isNumber = false;
    const int number = path.mid(mcpPath.size() + 1).toInt(&isNumber);
    return isNumber && number >= 1 && number <= m_context.options.moreResources
        && path == QStringLiteral("%1/%2").arg(mcpPath).arg(number);
}

void DemoMcpServer::forget()
{
    m_sessions.clear();
    m_tools = Tools();
}

bool DemoMcpServer::answersTo(const Request &request) const
{
    const bool isMetadata = request.path.startsWith(metadataRoot);
    return isResource(isMetadata ? request.path.mid(metadataRoot.size()) : request.path);
}

bool DemoMcpServer::handle(const Request &request, const Respond &respond)
{
    if (request.path.startsWith(metadataRoot)
        && isResource(request.path.mid(metadataRoot.size()))) {
        m_context.count(QStringLiteral("resource_metadata"));
        if (request.method != "GET")
            respond(Answer::empty(405).with("Allow", "GET"));
        else
            respond(resourceMetadata(request.path.mid(metadataRoot.size())));
        return true;
    }
    if (!isResource(request.path))
        return false;
    const bool withToken = request.hasHeader("Authorization");
    m_context.count(withToken ? QStringLiteral("mcp") : QStringLiteral("probe"));
    respond(endpoint(request));
    return true;
}

/// RFC 9728 §2.
Answer DemoMcpServer::resourceMetadata(const QString &path) const
{
    if (m_context.faults.has(Fault::NoResourceMetadata))
        return Answer::empty(404);
    const QString resource = m_context.faults.has(Fault::ResourceMismatch)
        ? QStringLiteral("https://resource.invalid/mcp")
        : m_origin + path;
    return Answer::json({{QStringLiteral("resource"), resource},
        {QStringLiteral("authorization_servers"), QJsonArray{m_trust().named}},
        {QStringLiteral("scopes_supported"), QJsonArray::fromStringList(resourceScopes())},
        {QStringLiteral("bearer_methods_supported"), QJsonArray{QStringLiteral("header")}},
        {QStringLiteral("resource_name"), QStringLiteral("Sentiment of financial news")}});
}

/// A page of another site whose name was pointed at us sends its own Host, and its own Origin.
bool DemoMcpServer::isLocal(const Request &request) const
{
    const QUrl self(m_origin);
    const QUrl host(
        QStringLiteral("http://") + QString::fromLatin1(request.header("Host")), QUrl::StrictMode);
    if (!host.isValid() || !isLoopbackName(host.host()) || host.port(80) != self.port(80))
        return false;
    if (!request.hasHeader("Origin"))
        return true;
    const QUrl origin(QString::fromLatin1(request.header("Origin")), QUrl::StrictMode);
    return origin.isValid() && isLoopbackName(origin.host());
}

Answer DemoMcpServer::endpoint(const Request &request)
{
    const Faults &faults = m_context.faults;
    if (!isLocal(request))
        return Answer::json(
            {{QStringLiteral("error"), QStringLiteral("Foreign Host or Origin.")}}, 403);
    if (faults.has(Fault::Mcp404))
        return Answer::empty(404);
    if (faults.has(Fault::Mcp500))
        return Answer::empty(500);
    if (faults.has(Fault::McpHtml))
        return Answer::html("<!DOCTYPE html><title>It works</title><p>It works.");

    const Message message = request.method == "POST" ? read(request.body) : Message{};
    if (m_context.options.requireAuthorization) {
        Decision decision;
        decision.time = m_context.now();
        // What an unauthorized request asks for is not read out of it, so that nothing depends on
        // it.
        const std::optional<Answer> denial = authorize(request, message, decision);
        m_decided(decision);
        if (denial)
            return *denial;
    }
    Answer answer = request.method == "POST" ? dispatch(request, message)
        : request.method == "DELETE"         ? endSession(request)
                                             : Answer::empty(405).with("Allow", "POST, DELETE");
    if (m_context.options.requireAuthorization)
        m_authorized();
    return answer;
}

DemoMcpServer::Message DemoMcpServer::read(const QByteArray &body)
{
    Message message;
    const Result<QJsonObject> parsed = json::parseObject(body, QStringLiteral("The message"));
    if (!parsed)
        return message;
    message.object = *parsed;
    message.id = parsed->value(QLatin1StringView("id"));
    message.method = json::string(*parsed, QLatin1StringView("method")).value_or(QString());
    message.params = parsed->value(QLatin1StringView("params")).toObject();
    message.notification = !parsed->contains(QLatin1StringView("id"));
    if (message.method == u"tools/call")
        message.tool = json::string(message.params, QLatin1StringView("name")).value_or(QString());
    return message;
}

/// The Bearer challenge of RFC 6750 §3 with the parameters of RFC 9728 §5.1.
Answer DemoMcpServer::challenge(const QString &path, const char *error, const QString &reason) const
{
    Answer answer =
        Answer::json({{QStringLiteral("error"),
                          *error ? QString::fromLatin1(error) : QStringLiteral("unauthorized")},
                         {QStringLiteral("error_description"), reason}},
            401);
    const Faults &faults = m_context.faults;
    if (faults.has(Fault::NoChallengeHeader))
        return answer;
    QByteArrayList parameters;
    if (!faults.has(Fault::ChallengeWithoutMetadata)) {
        if (!faults.has(Fault::NoResourceMetadata))
            parameters.append("resource_metadata=\"" + metadataUrlOf(path).toUtf8() + '"');
        parameters.append("scope=\"" + m_context.options.defaultScopes.join(u' ').toUtf8() + '"');
    }
    // Without a token the challenge carries no error (RFC 6750 §3.1).
    if (*error) {
        parameters.append("error=\"" + QByteArray(error) + '"');
        parameters.append("error_description=\"" + reason.toUtf8() + '"');
    }
    if (parameters.isEmpty())
        parameters.append("realm=\"mcp\"");
    return std::move(answer).with("WWW-Authenticate", "Bearer " + parameters.join(", "));
}

std::optional<Answer> DemoMcpServer::authorize(
    const Request &request, const Message &message, Decision &decision)
{
    const QByteArray token = request.bearer();
    if (token.isEmpty()) {
        decision.reason = QStringLiteral("no_token");
        return challenge(request.path, "", QStringLiteral("A token is needed."));
    }
    const TokenCheck check =
        checkAccessToken(token, m_trust().issuers, m_origin + request.path, m_context.now());
    decision.clientId =
        json::string(check.claims, QLatin1StringView("client_id")).value_or(QString());
    decision.subject = json::string(check.claims, QLatin1StringView("sub")).value_or(QString());
    decision.scopes = check.scopes();
    decision.reason = check.reason;
    if (!check.valid)
        return challenge(request.path, "invalid_token",
            QStringLiteral("The token is not accepted: %1").arg(check.reason));

    decision.method =
        message.method.isEmpty() ? QString::fromLatin1(request.method) : message.method;
    decision.tool = message.tool;
    const QString needed = Tools::scopeOf(message.tool);
    const bool always = m_context.faults.has(Fault::Always403) && !message.tool.isEmpty();
    if (always || (!needed.isEmpty() && !decision.scopes.contains(needed))) {
        decision.reason = QStringLiteral("insufficient_scope");
        const QByteArray scope =
            (needed.isEmpty() ? m_context.options.defaultScopes.value(0) : needed).toUtf8();
        return Answer::json({{QStringLiteral("error"), decision.reason},
                                {QStringLiteral("error_description"),
                                    QStringLiteral("%1 needs the scope %2")
                                        .arg(message.tool, QString::fromUtf8(scope))}},
            403)
            .with("WWW-Authenticate",
                "Bearer error=\"insufficient_scope\", scope=\"" + scope + "\", resource_metadata=\""
                    + metadataUrlOf(request.path).toUtf8() + '"');
    }
    decision.allowed = true;
    return std::nullopt;
}

QJsonObject Decision::toJson() const
{
    return {{QStringLiteral("time"), toRfc3339(time)}, {QStringLiteral("method"), method},
        {QStringLiteral("tool"), tool}, {QStringLiteral("client_id"), clientId},
        {QStringLiteral("subject"), subject},
        {QStringLiteral("scopes"), QJsonArray::fromStringList(scopes)},
        {QStringLiteral("verdict"), allowed ? QStringLiteral("allowed") : QStringLiteral("denied")},
        {QStringLiteral("reason"), reason}};
}

} // namespace chatelaine::testlab
