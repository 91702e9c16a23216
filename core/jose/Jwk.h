// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"

#include <QByteArray>
#include <QJsonObject>
#include <QList>

#include <memory>

// OpenSSL's EVP_PKEY, so that its headers stay out of ours.
struct evp_pkey_st;

/// JSON Object Signing: keys, compact signatures, claims. Elliptic curve P-256 and ES256 only; that
/// is what our test lab issues and what DPoP and private_key_jwt ask for. Pure and reentrant.
namespace chatelaine::jose {

/// One P-256 key as in RFC 7517/7518 §6.2: public, or with its private half. Copies share the key,
/// which OpenSSL wipes with the last of them.
class Jwk
{
public:
    /// A fresh pair. Its key id is its thumbprint.
    static Result<Jwk> generate();
    /// Reads a public key; `d` is ignored. Refuses other types and curves and points that are not
    /// on the curve. A missing `kid` becomes the thumbprint.
    static Result<Jwk> fromJson(const QJsonObject &object);

    /// kty, crv, x, y, kid, alg, use. Never the private half.
    QJsonObject publicJson() const;
    QString keyId() const { return m_keyId; }
    bool hasPrivateKey() const { return m_private; }

    evp_pkey_st *handle() const { return m_key.get(); }

private:
    std::shared_ptr<evp_pkey_st> m_key;
    QString m_keyId;
    bool m_private = false;
};

/// The SHA-256 thumbprint of RFC 7638 as base64url text, for EC, RSA and OKP keys; InvalidInput
/// when a required member is missing or is no string.
Result<QByteArray> thumbprint(const QJsonObject &jwk);

/// The keys of a JWK Set (RFC 7517 §5) that we can use; those of other kinds are left out, as the
/// RFC wants it. ProtocolViolation when `keys` is missing.
Result<QList<Jwk>> keysFromJson(const QJsonObject &set);

/// Unpadded base64url (RFC 7515 §2). Decoding fails on padding, line breaks and foreign characters.
QByteArray toBase64Url(QByteArrayView bytes);
Result<QByteArray> fromBase64Url(QByteArrayView text);

} // namespace chatelaine::jose
