// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/credentials/Types.h"

namespace chatelaine::credentials {

/// `why` with what to do about it; data.server, data.reason.
Error signInNeeded(const AccountView &view, const QString &reason, const QString &why);
/// The error of everything that is asked for while the broker is locked.
Error lockedError();
/// A server that does not answer in time is not there: TimedOut is said of a person alone, who did
/// not finish a sign-in.
Error ofServer(Error error);
/// What the state of an account says to one who wants its token.
Error whyNoToken(const AccountView &view);

/// The issuer has said that the refresh token is worth nothing any more (RFC 6749 §5.2).
bool grantIsLost(const Error &error);
/// The issuer does not know the client (any more): its registration is of no use to anyone.
bool clientIsUnknown(const Error &error);
/// The server has moved to another authorization server.
bool issuerHasChanged(const Error &error);
/// The endpoint has answered and taken nothing: the refresh token is as good as it was.
bool wasRefused(const Error &error);
/// The truth about a lost grant: where an earlier refresh broke off before its answer came, the
/// issuer may have spent the refresh token then. data.error is the reason.
Error whyLost(const AccountView &view, const Error &error);
/// What a token endpoint that the issuer has moved may look like from here: no such page, a web
/// page, or nobody there. An error that the endpoint itself names, 5xx and 429 are none of these.
bool mayHaveMoved(const Error &error);

} // namespace chatelaine::credentials
