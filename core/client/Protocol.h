// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"

#include <QJsonObject>

/// The broker's protocol in numbers: docs/broker-protocol.md is the text.
namespace chatelaine::protocol {

inline constexpr int version = 1;
/// A longer line ends the connection.
inline constexpr qsizetype maxLineBytes = 256 * 1024;

enum RpcError {
    ParseError = -32700,
    InvalidRequest = -32600,
    MethodNotFound = -32601,
    InvalidParams = -32602,
    InternalError = -32603,
    Locked = -32001,
    SignInNeeded = -32002,
    Refused = -32003,
    NoSuchServer = -32004,
    ScopeNotGranted = -32005,
    ServerUnreachable = -32006,
    TooManyRequests = -32007,
    SignInCancelled = -32008,
};

/// Exit statuses of the command line.
enum Exit {
    Done = 0,
    Failed = 1,
    Usage = 2,
    ExitSignInNeeded = 3,
    ExitRefused = 4,
    ExitLocked = 5,
    ExitUnreachable = 6,
};

int rpcCode(ErrorCode code);
Exit exitStatus(ErrorCode code);

/// The "error" member of a JSON-RPC answer. `data` gets `message` (for people) and `code`, the
/// stable name of the ErrorCode, beside what the Error already carries.
QJsonObject toRpcError(const Error &error);
/// The way back; tolerant of a broker that is newer than we are.
Error fromRpcError(const QJsonObject &error);

} // namespace chatelaine::protocol
