// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/credentials/RefreshErrors.h"

namespace chatelaine::credentials {

Error signInNeeded(const AccountView &view, const QString &reason, const QString &why)
{
    return Error{ErrorCode::SignInNeeded,
        QStringLiteral("%1 Sign in with: chatelaine login %2").arg(why, view.fullName()), {},
        {{QStringLiteral("server"), view.fullName()}, {QStringLiteral("reason"), reason}}};
}

Error lockedError()
{
    return Error{ErrorCode::Locked,
        QStringLiteral("Chatelaine is locked. Unlock it with: chatelaine unlock")};
}

Error whyNoToken(const AccountView &view)
{
    if (view.account.state == store::AccountState::SignedOut)
        return signInNeeded(view, QStringLiteral("signed_out"),
            QStringLiteral("Nobody is signed in to %1.").arg(view.fullName()));
    const QString why = view.account.lastError.isEmpty()
        ? QStringLiteral("The sign-in to %1 has ended.").arg(view.fullName())
        : view.account.lastError;
    return signInNeeded(view, store::accountStateName(view.account.state), why);
}

bool grantIsLost(const Error &error)
{
    const QString code = error.data.value(QLatin1StringView("error")).toString();
    return error.code == ErrorCode::ServerRefused
        && (code == QLatin1StringView("invalid_grant")
            || code == QLatin1StringView("invalid_client")
            || code == QLatin1StringView("unauthorized_client"));
}

bool mayHaveMoved(const Error &error)
{
    const bool answered = error.data.contains(QLatin1StringView("status"));
    return error.code == ErrorCode::ProtocolViolation || error.code == ErrorCode::TlsFailed
        || (error.code == ErrorCode::Unreachable && !answered);
}

} // namespace chatelaine::credentials
