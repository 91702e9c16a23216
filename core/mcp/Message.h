// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

/// JSON-RPC 2.0 as MCP uses it: one message at a time, no batches. Pure.
namespace chatelaine::mcp {

namespace code {
inline constexpr qint64 methodNotFound = -32601;
inline constexpr qint64 headerMismatch = -32020;
inline constexpr qint64 missingCapability = -32021;
inline constexpr qint64 unsupportedVersion = -32022;
} // namespace code

struct RpcError
{
    qint64 code = 0;
    QString message = {};
    QJsonValue data = {};

    /// One of the codes that only a server of 2026-07-28 or later sends.
    bool isModern() const;
};

struct Message
{
    enum class Kind { Request, Notification, Result, Error };

    Kind kind = Kind::Notification;
    QJsonValue id = {}; ///< null in an error that answers nothing in particular
    QString method = {};
    QJsonObject params = {};
    QJsonObject result = {};
    RpcError error = {};
};

QJsonObject makeRequest(qint64 id, const QString &method, const QJsonObject &params);
QJsonObject makeNotification(const QString &method, const QJsonObject &params = {});
/// The answer to a request of the server's.
QJsonObject makeResult(const QJsonValue &id, const QJsonObject &result);
QJsonObject makeError(const QJsonValue &id, const RpcError &error);

/// Fails with ProtocolViolation when the bytes are no JSON-RPC message.
Result<Message> parseMessage(const QByteArray &bytes);

} // namespace chatelaine::mcp
