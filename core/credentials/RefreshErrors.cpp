// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/credentials/RefreshErrors.h"

#include "core/base/Sentence.h"

namespace chatelaine::credentials {

Error signInNeeded(const AccountView &view, const QString &reason, const QString &why)
{
    return Error{ErrorCode::SignInNeeded,
        Sentence::tr("%1 Sign in with: chatelaine login %2").arg(why, view.fullName()), {},
        {{QStringLiteral("server"), view.fullName()}, {QStringLiteral("reason"), reason}}};
}

Error lockedError()
{
    return Error{ErrorCode::Locked, Sentence::tr("Chatelaine is locked. Run: chatelaine unlock")};
}

Error ofServer(Error error)
{
    if (error.code == ErrorCode::TimedOut)
        error.code = ErrorCode::Unreachable;
    return error;
}

Error whyNoToken(const AccountView &view)
{
    if (view.account.state == store::AccountState::SignedOut)
        return signInNeeded(view, QStringLiteral("signed_out"),
            Sentence::tr("Nobody is signed in to %1.").arg(view.fullName()));
    const QString why = view.account.lastError.isEmpty()
        ? Sentence::tr("The sign-in to %1 has ended.").arg(view.fullName())
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

bool clientIsUnknown(const Error &error)
{
    return error.code == ErrorCode::ServerRefused
        && error.data.value(QLatin1StringView("error")).toString()
        == QLatin1StringView("invalid_client");
}

bool issuerHasChanged(const Error &error)
{
    return error.code == ErrorCode::SignInNeeded
        && error.data.value(QLatin1StringView("reason")).toString()
        == QLatin1StringView("issuer_changed");
}

bool wasRefused(const Error &error)
{
    constexpr int tooManyRequests = 429; // RFC 6585 §4
    return error.code == ErrorCode::ServerRefused
        || error.data.value(QLatin1StringView("status")).toInt() == tooManyRequests;
}

Error whyLost(const AccountView &view, const Error &error)
{
    const bool isSpent = error.data.value(QLatin1StringView("error")).toString()
        == QLatin1StringView("invalid_grant");
    if (view.account.refreshSentAt == 0 || !isSpent)
        return error;
    Error why = error;
    why.message =
        Sentence::tr("An earlier renewal of %1 did not come to its end (Chatelaine, the network "
                     "or the server stopped in the middle of it), and %2 does not take the old "
                     "refresh token any more.")
            .arg(view.fullName(), view.account.issuer);
    why.data.insert(QStringLiteral("error"), QStringLiteral("refresh_interrupted"));
    return why;
}

bool mayHaveMoved(const Error &error)
{
    const bool answered = error.data.contains(QLatin1StringView("status"));
    return error.code == ErrorCode::ProtocolViolation || error.code == ErrorCode::TlsFailed
        || (error.code == ErrorCode::Unreachable && !answered);
}

} // namespace chatelaine::credentials
