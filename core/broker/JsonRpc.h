// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"
#include "core/base/Secret.h"

#include <QByteArrayView>
#include <QJsonObject>
#include <QJsonValue>

/// JSON-RPC 2.0 messages (jsonrpc.org/specification), one a line. Pure.
namespace chatelaine::broker {

struct RpcRequest
{
    QJsonValue id; ///< a string or a number; undefined for a notification
    QString method;
    QJsonObject params;

    bool isNotification() const { return id.isUndefined(); }
};

/// Why a line is no request. `id` is that of the line when it could be read, else null.
struct RpcFault
{
    int code = 0; ///< protocol::ParseError or protocol::InvalidRequest
    QString message;
    QJsonValue id = QJsonValue::Null;
};

/// Reads one line. Batches and positional parameters are refused: nobody sends them.
tl::expected<RpcRequest, RpcFault> parseRequest(QByteArrayView line);

/// What a method gives back. A token stays a Secret until it is written into the line.
struct Reply
{
    QJsonObject fields;
    Secret accessToken = {}; ///< added as "access_token" when there is one
    QByteArray members = {}; ///< further members, as appendMember() writes them
};

/// Appends a member with a text, and the comma before it. For the answer that is given most: a
/// QJsonObject and its text take ten times as long.
void appendMember(QByteArray &members, QLatin1StringView name, const QString &value);

/// The lines, with their line break. Wipe one that held a token when it is sent.
QByteArray answerLine(const QJsonValue &id, const Reply &reply);
/// A number data.rpc_code stands instead of the code that the table in Protocol.h gives.
QByteArray errorLine(const QJsonValue &id, const Error &error);
QByteArray faultLine(const RpcFault &fault);
QByteArray notificationLine(const QString &method, const QJsonObject &params);

} // namespace chatelaine::broker
