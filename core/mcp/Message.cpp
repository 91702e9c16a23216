// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/mcp/Message.h"

#include "core/base/Json.h"
#include "core/base/Sentence.h"

namespace chatelaine::mcp {

namespace {

constexpr auto keyVersion = QLatin1StringView("jsonrpc");
constexpr auto keyId = QLatin1StringView("id");
constexpr auto keyMethod = QLatin1StringView("method");
constexpr auto keyParams = QLatin1StringView("params");
constexpr auto keyResult = QLatin1StringView("result");
constexpr auto keyError = QLatin1StringView("error");
constexpr auto keyCode = QLatin1StringView("code");
constexpr auto keyMessage = QLatin1StringView("message");
constexpr auto keyData = QLatin1StringView("data");

QJsonObject envelope()
{
    return {{keyVersion, QStringLiteral("2.0")}};
}

tl::unexpected<Error> notJsonRpc(const QString &why)
{
    return failure(ErrorCode::ProtocolViolation,
        Sentence::tr("The server's answer is JSON, but not JSON-RPC: %1.").arg(why));
}

} // namespace

bool RpcError::isModern() const
{
    return code == code::headerMismatch || code == code::missingCapability
        || code == code::unsupportedVersion;
}

QJsonObject makeRequest(qint64 id, const QString &method, const QJsonObject &params)
{
    QJsonObject message = envelope();
    message.insert(keyId, id);
    message.insert(keyMethod, method);
    message.insert(keyParams, params);
    return message;
}

QJsonObject makeNotification(const QString &method, const QJsonObject &params)
{
    QJsonObject message = envelope();
    message.insert(keyMethod, method);
    if (!params.isEmpty())
        message.insert(keyParams, params);
    return message;
}

QJsonObject makeResult(const QJsonValue &id, const QJsonObject &result)
{
    QJsonObject message = envelope();
    message.insert(keyId, id);
    message.insert(keyResult, result);
    return message;
}

QJsonObject makeError(const QJsonValue &id, const RpcError &error)
{
    QJsonObject body{{keyCode, error.code}, {keyMessage, error.message}};
    if (!error.data.isUndefined() && !error.data.isNull())
        body.insert(keyData, error.data);
    QJsonObject message = envelope();
    message.insert(keyId, id);
    message.insert(keyError, body);
    return message;
}

Result<Message> parseMessage(const QByteArray &bytes)
{
    const Result<QJsonObject> parsed =
        json::parseObject(bytes, Sentence::tr("The server's answer"));
    if (!parsed)
        return failure(parsed.error());
    const QJsonObject &object = *parsed;
    if (object.value(keyVersion).toString() != QLatin1StringView("2.0"))
        return notJsonRpc(Sentence::tr("\"jsonrpc\" is not \"2.0\""));

    Message message;
    message.id = object.value(keyId);
    const bool hasId = message.id.isString() || message.id.isDouble();

    if (const QJsonValue method = object.value(keyMethod); method.isString()) {
        message.kind = hasId ? Message::Kind::Request : Message::Kind::Notification;
        message.method = method.toString();
        message.params = object.value(keyParams).toObject();
        return message;
    }
    if (const QJsonValue error = object.value(keyError); error.isObject()) {
        const QJsonObject body = error.toObject();
        const std::optional<qint64> number = json::integer(body, keyCode);
        if (!number)
            return notJsonRpc(Sentence::tr("its error has no code"));
        message.kind = Message::Kind::Error;
        message.error = {*number, body.value(keyMessage).toString(), body.value(keyData)};
        return message;
    }
    if (const QJsonValue result = object.value(keyResult); result.isObject()) {
        if (!hasId)
            return notJsonRpc(Sentence::tr("its result has no id"));
        message.kind = Message::Kind::Result;
        message.result = result.toObject();
        return message;
    }
    return notJsonRpc(Sentence::tr("it is neither a request nor a result nor an error"));
}

} // namespace chatelaine::mcp
