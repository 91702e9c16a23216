// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/client/Protocol.h"

#include "core/base/Json.h"

#include <array>

namespace chatelaine::protocol {

namespace {

struct Row
{
    ErrorCode code;
    int rpc;
    Exit exit;
};

constexpr std::array rows {
    Row {ErrorCode::InvalidInput, InvalidParams, Usage},
    Row {ErrorCode::NotFound, NoSuchServer, Failed},
    Row {ErrorCode::AlreadyExists, InvalidParams, Failed},
    Row {ErrorCode::Unreachable, ServerUnreachable, ExitUnreachable},
    Row {ErrorCode::TimedOut, SignInCancelled, Failed},
    Row {ErrorCode::Cancelled, SignInCancelled, Failed},
    Row {ErrorCode::TlsFailed, ServerUnreachable, ExitUnreachable},
    Row {ErrorCode::AddressRefused, InvalidParams, Failed},
    Row {ErrorCode::ProtocolViolation, InternalError, Failed},
    Row {ErrorCode::ServerRefused, InternalError, Failed},
    Row {ErrorCode::SignInNeeded, SignInNeeded, ExitSignInNeeded},
    Row {ErrorCode::RegistrationNeeded, SignInNeeded, ExitSignInNeeded},
    Row {ErrorCode::Refused, Refused, ExitRefused},
    Row {ErrorCode::ScopeMissing, ScopeNotGranted, ExitRefused},
    Row {ErrorCode::Locked, Locked, ExitLocked},
    Row {ErrorCode::VaultUnavailable, Locked, ExitLocked},
    Row {ErrorCode::DatabaseNewer, InternalError, Failed},
    Row {ErrorCode::DatabaseCorrupt, InternalError, Failed},
    Row {ErrorCode::DiskFull, InternalError, Failed},
    Row {ErrorCode::TooManyRequests, TooManyRequests, Failed},
    Row {ErrorCode::BrokerUnavailable, InternalError, ExitUnreachable},
    Row {ErrorCode::Internal, InternalError, Failed},
};

const Row &rowOf(ErrorCode code)
{
    for (const Row &row : rows) {
        if (row.code == code)
            return row;
    }
    return rows.back();
}

} // namespace

int rpcCode(ErrorCode code)
{
    return rowOf(code).rpc;
}

Exit exitStatus(ErrorCode code)
{
    return rowOf(code).exit;
}

QJsonObject toRpcError(const Error &error)
{
    QJsonObject data = error.data;
    data.insert(QStringLiteral("message"), error.message);
    data.insert(QStringLiteral("code"), errorCodeName(error.code));
    return {{QStringLiteral("code"), rpcCode(error.code)},
            {QStringLiteral("message"), error.message},
            {QStringLiteral("data"), data}};
}

Error fromRpcError(const QJsonObject &error)
{
    Error result;
    result.data = error.value(QLatin1StringView("data")).toObject();
    result.message = json::string(result.data, QLatin1StringView("message"))
                         .value_or(error.value(QLatin1StringView("message")).toString());
    const QString name = json::string(result.data, QLatin1StringView("code")).value_or(QString());
    const int rpc = error.value(QLatin1StringView("code")).toInt();
    for (const Row &row : rows) {
        if (errorCodeName(row.code) == name) {
            result.code = row.code;
            return result;
        }
    }
    for (const Row &row : rows) {
        if (row.rpc == rpc) {
            result.code = row.code;
            return result;
        }
    }
    return result;
}

} // namespace chatelaine::protocol
