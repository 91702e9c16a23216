// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Time.h"
#include "core/jose/Jws.h"

namespace chatelaine::jose {

/// What a JSON Web Token (RFC 7519) has to be, for whom, and when.
struct Expectations
{
    Algorithm algorithm = Algorithm::ES256;
    QString typ; ///< "at+jwt" (RFC 9068 §4); compared without "application/", in any case
    QString issuer; ///< exact
    QString audience; ///< has to be one of `aud`, exact
    UtcMs now = 0;
    qint64 leewayS = 0; ///< how far the clocks may differ, for exp, nbf and iat
};

/// Gives the claims of a token whose signature is by one of the keys (the one of its `kid`, or any
/// when it names none) and whose typ, iss, aud, exp, nbf and iat hold. `exp` has to be there.
/// Otherwise ProtocolViolation with a sentence that says which of them did not hold.
Result<QJsonObject> verifyJwt(
    QByteArrayView compact, const QList<Jwk> &keys, const Expectations &expectations);

} // namespace chatelaine::jose
