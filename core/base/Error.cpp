// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Error.h"

namespace chatelaine {

QString errorCodeName(ErrorCode code)
{
    switch (code) {
    case ErrorCode::InvalidInput: return QStringLiteral("invalid_input");
    case ErrorCode::NotFound: return QStringLiteral("not_found");
    case ErrorCode::AlreadyExists: return QStringLiteral("already_exists");
    case ErrorCode::Unreachable: return QStringLiteral("unreachable");
    case ErrorCode::TimedOut: return QStringLiteral("timed_out");
    case ErrorCode::Cancelled: return QStringLiteral("cancelled");
    case ErrorCode::TlsFailed: return QStringLiteral("tls_failed");
    case ErrorCode::AddressRefused: return QStringLiteral("address_refused");
    case ErrorCode::ProtocolViolation: return QStringLiteral("protocol_violation");
    case ErrorCode::ServerRefused: return QStringLiteral("server_refused");
    case ErrorCode::SignInNeeded: return QStringLiteral("sign_in_needed");
    case ErrorCode::RegistrationNeeded: return QStringLiteral("registration_needed");
    case ErrorCode::Refused: return QStringLiteral("refused");
    case ErrorCode::ScopeMissing: return QStringLiteral("scope_missing");
    case ErrorCode::Locked: return QStringLiteral("locked");
    case ErrorCode::VaultUnavailable: return QStringLiteral("vault_unavailable");
    case ErrorCode::DatabaseNewer: return QStringLiteral("database_newer");
    case ErrorCode::DatabaseCorrupt: return QStringLiteral("database_corrupt");
    case ErrorCode::DiskFull: return QStringLiteral("disk_full");
    case ErrorCode::TooManyRequests: return QStringLiteral("too_many_requests");
    case ErrorCode::BrokerUnavailable: return QStringLiteral("broker_unavailable");
    case ErrorCode::Internal: return QStringLiteral("internal");
    }
    return QStringLiteral("internal");
}

tl::unexpected<Error> failure(ErrorCode code, QString message, QString detail, QJsonObject data)
{
    return tl::unexpected<Error>(
        Error {code, std::move(message), std::move(detail), std::move(data)});
}

} // namespace chatelaine
