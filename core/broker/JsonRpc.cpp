// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/broker/JsonRpc.h"

#include "core/base/Json.h"
#include "core/base/Sentence.h"
#include "core/client/Protocol.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace chatelaine::broker {

namespace {

tl::unexpected<RpcFault> fault(int code, const QString &message, const QJsonValue &id)
{
    return tl::unexpected(RpcFault {code, message, id});
}

// RFC 8259, section 7.
void appendEscaped(QByteArray &line, QByteArrayView utf8)
{
    constexpr char hex[] = "0123456789abcdef";
    qsizetype plain = 0; // where what needs no escape began
    for (qsizetype i = 0; i < utf8.size(); ++i) {
        const auto byte = static_cast<unsigned char>(utf8[i]);
        if (byte >= 0x20 && byte != '"' && byte != '\\')
            continue;
        line.append(utf8.sliced(plain, i - plain));
        plain = i + 1;
        line.append('\\');
        if (byte >= 0x20) {
            line.append(utf8[i]);
        } else {
            line.append("u00");
            line.append(hex[byte >> 4]);
            line.append(hex[byte & 15]);
        }
    }
    line.append(utf8.sliced(plain));
}

void appendId(QByteArray &line, const QJsonValue &id)
{
    if (id.isString()) {
        line.append('"');
        appendEscaped(line, id.toString().toUtf8());
        line.append('"');
    } else if (id.isDouble()) {
        const qint64 number = id.toInteger(-1);
        if (number != -1 || id.toDouble() == -1.0) {
            line.append(QByteArray::number(number));
        } else {
            const QByteArray list = QJsonDocument(QJsonArray {id}).toJson(QJsonDocument::Compact);
            line.append(QByteArrayView(list).sliced(1, list.size() - 2));
        }
    } else {
        line.append("null");
    }
}

QByteArray begin(const QJsonValue &id, qsizetype reserve)
{
    QByteArray line;
    line.reserve(reserve + 64);
    line.append(R"({"jsonrpc":"2.0","id":)");
    appendId(line, id);
    return line;
}

} // namespace

tl::expected<RpcRequest, RpcFault> parseRequest(QByteArrayView line)
{
    QJsonParseError error;
    const QJsonDocument document =
        QJsonDocument::fromJson(QByteArray::fromRawData(line.data(), line.size()), &error);
    if (error.error != QJsonParseError::NoError) {
        return fault(protocol::ParseError,
            Sentence::tr("This line is not JSON: %1 at byte %2. The broker speaks "
                         "JSON-RPC 2.0, one message a line.")
                .arg(error.errorString())
                .arg(error.offset),
            QJsonValue::Null);
    }
    if (!document.isObject()) {
        return fault(protocol::InvalidRequest,
            Sentence::tr("A message is one JSON object a line; batches are not taken."),
            QJsonValue::Null);
    }
    const QJsonObject object = document.object();
    RpcRequest request;
    request.id = object.value(QLatin1StringView("id"));
    const bool goodId = request.id.isString() || request.id.isDouble();
    const QJsonValue known = goodId ? request.id : QJsonValue(QJsonValue::Null);
    if (!goodId && !request.isNotification()) {
        return fault(protocol::InvalidRequest,
            Sentence::tr("\"id\" has to be a string or a number."), known);
    }
    if (object.value(QLatin1StringView("jsonrpc")).toString() != QLatin1StringView("2.0")) {
        return fault(
            protocol::InvalidRequest, Sentence::tr("\"jsonrpc\" has to be \"2.0\"."), known);
    }
    const QJsonValue method = object.value(QLatin1StringView("method"));
    if (!method.isString()) {
        return fault(
            protocol::InvalidRequest, Sentence::tr("\"method\" has to be a string."), known);
    }
    const QJsonValue params = object.value(QLatin1StringView("params"));
    if (!params.isObject() && !params.isUndefined()) {
        return fault(protocol::InvalidRequest,
            Sentence::tr("\"params\" has to be an object with names."), known);
    }
    request.method = method.toString();
    request.params = params.toObject();
    return request;
}

void appendMember(QByteArray &members, QLatin1StringView name, const QString &value)
{
    members.append(members.isEmpty() ? "\"" : ",\"").append(name.data(), name.size());
    members.append("\":\"");
    appendEscaped(members, value.toUtf8());
    members.append('"');
}

QByteArray answerLine(const QJsonValue &id, const Reply &reply)
{
    QByteArray fields = reply.fields.isEmpty() ? QByteArrayLiteral("{}")
                                               : json::compact(reply.fields);
    if (!reply.members.isEmpty()) {
        fields.chop(1);
        if (!reply.fields.isEmpty())
            fields.append(',');
        fields.append(reply.members).append('}');
    }
    // The line must not be moved while it grows: a copy left behind would hold the token.
    QByteArray line = begin(id, fields.size() + 6 * reply.accessToken.size() + 64);
    line.append(R"(,"result":)");
    if (reply.accessToken.isEmpty()) {
        line.append(fields);
    } else {
        fields.chop(1);
        line.append(fields);
        line.append(fields.size() == 1 ? R"("access_token":")" : R"(,"access_token":")");
        appendEscaped(line, reply.accessToken.expose());
        line.append(R"("})");
    }
    line.append("}\n");
    return line;
}

QByteArray errorLine(const QJsonValue &id, const Error &error)
{
    QJsonObject rpc = protocol::toRpcError(error);
    const QJsonValue own = error.data.value(QLatin1StringView("rpc_code"));
    if (own.isDouble())
        rpc.insert(QStringLiteral("code"), own);
    const QByteArray object = json::compact(rpc);
    QByteArray line = begin(id, object.size());
    line.append(R"(,"error":)").append(object).append("}\n");
    return line;
}

QByteArray faultLine(const RpcFault &fault)
{
    const QJsonObject error {{QStringLiteral("code"), fault.code},
                             {QStringLiteral("message"), fault.message}};
    QByteArray line = begin(fault.id, 128);
    line.append(R"(,"error":)").append(json::compact(error)).append("}\n");
    return line;
}

QByteArray notificationLine(const QString &method, const QJsonObject &params)
{
    QByteArray line = json::compact({{QStringLiteral("jsonrpc"), QStringLiteral("2.0")},
                                     {QStringLiteral("method"), method},
                                     {QStringLiteral("params"), params}});
    line.append('\n');
    return line;
}

} // namespace chatelaine::broker
