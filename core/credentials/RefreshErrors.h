// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/credentials/Types.h"

namespace chatelaine::credentials {

/// `why` with what to do about it; data.server, data.reason.
Error signInNeeded(const AccountView &view, const QString &reason, const QString &why);
Error lockedError();
/// What the state of an account says to one who wants its token.
Error whyNoToken(const AccountView &view);

/// The issuer has said that the refresh token is worth nothing any more (RFC 6749 §5.2).
bool grantIsLost(const Error &error);
/// What a token endpoint that the issuer has moved may look like from here: no such page, a web
/// page, or nobody there. An error that the endpoint itself names, 5xx and 429 are none of these.
bool mayHaveMoved(const Error &error);

} // namespace chatelaine::credentials
