// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

#include <tl/expected.hpp>

namespace chatelaine {

/// What went wrong, coarse enough to branch on. The broker maps these to its JSON-RPC error codes
/// and the command line to its exit statuses; both tables are in core/client/Protocol.cpp.
enum class ErrorCode {
    InvalidInput, ///< what the person or program asked for makes no sense; nothing was done
    NotFound, ///< no such server, account, grant
    AlreadyExists,
    Unreachable, ///< no connection, no name, no answer: worth trying again
    TimedOut,
    Cancelled,
    TlsFailed,
    AddressRefused, ///< a URL that our own rules do not let us open
    ProtocolViolation, ///< the other side answered something its specification forbids
    ServerRefused, ///< the other side answered an error that its specification names
    SignInNeeded,
    RegistrationNeeded, ///< the person has to supply a client id
    Refused, ///< by the person or by policy
    ScopeMissing,
    Locked, ///< the vault or the broker is locked; unlocking helps
    VaultUnavailable, ///< no keychain, or it does not answer; nothing is lost
    DatabaseNewer,
    DatabaseCorrupt,
    DiskFull,
    TooManyRequests,
    BrokerUnavailable,
    Internal,
};

/// The name of a code in snake_case, stable: it is written into the history and into --json.
QString errorCodeName(ErrorCode code);

/// One failure. `message` is a sentence or two for a person and says what to do next; it never
/// holds a secret. `detail` is for the log. `data` carries facts for programs (snake_case keys).
struct Error
{
    ErrorCode code = ErrorCode::Internal;
    QString message;
    QString detail = {};
    QJsonObject data = {};
};

template <typename T = void>
using Result = tl::expected<T, Error>;

/// `return failure(ErrorCode::NotFound, Sentence::tr("…"));`
[[nodiscard]] tl::unexpected<Error> failure(ErrorCode code, QString message, QString detail = {},
                                            QJsonObject data = {});
[[nodiscard]] inline tl::unexpected<Error> failure(Error error)
{
    return tl::unexpected<Error>(std::move(error));
}

} // namespace chatelaine
