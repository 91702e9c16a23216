// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jose/Jwk.h"

#include <QByteArrayView>

namespace chatelaine::jose {

/// Signature algorithms of RFC 7518 §3.1 that we speak. The caller names the one it accepts; what
/// the header of a message claims only has to agree.
enum class Algorithm {
    ES256,
};

/// "ES256".
QString algorithmName(Algorithm algorithm);

struct Jws
{
    QJsonObject header;
    QByteArray payload;
};

/// Signs in the compact serialization (RFC 7515 §7.1). `alg` is set in the header, the other
/// members are the caller's. InvalidInput when the key has no private half.
Result<QByteArray> sign(
    QJsonObject header, QByteArrayView payload, const Jwk &key, Algorithm algorithm);

/// Takes a compact serialization apart without checking the signature: to find the key by `kid`.
Result<Jws> decode(QByteArrayView compact);

/// Checks the signature and gives what was signed. ProtocolViolation when the text is malformed,
/// the header names another algorithm or has `crit` (RFC 7515 §4.1.11), or the signature is wrong.
Result<Jws> verify(QByteArrayView compact, const Jwk &key, Algorithm algorithm);

} // namespace chatelaine::jose
