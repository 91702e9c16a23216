// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jose/Jws.h"

#include "core/base/Json.h"
#include "core/base/Sentence.h"

#include <openssl/bn.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>

namespace chatelaine::jose {

namespace {

// RFC 7518 §3.4: r and s, 32 bytes each, one after the other; OpenSSL speaks DER.
constexpr int halfBytes = 32;

using Digest = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;
using Signature = std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)>;

const unsigned char *unsignedBytes(QByteArrayView bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.data());
}

tl::unexpected<Error> malformed(const QString &why)
{
    return failure(ErrorCode::ProtocolViolation,
        Sentence::tr("The signed token can't be trusted: %1.").arg(why));
}

tl::unexpected<Error> opensslFailed()
{
    return failure(ErrorCode::Internal, Sentence::tr("OpenSSL could not sign."));
}

QByteArray rawFromDer(const QByteArray &der)
{
    const unsigned char *position = unsignedBytes(der);
    const Signature signature(
        d2i_ECDSA_SIG(nullptr, &position, static_cast<long>(der.size())), ECDSA_SIG_free);
    QByteArray raw(2 * halfBytes, '\0');
    auto *out = reinterpret_cast<unsigned char *>(raw.data());
    if (!signature || BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), out, halfBytes) != halfBytes
        || BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), out + halfBytes, halfBytes)
            != halfBytes) {
        return {};
    }
    return raw;
}

QByteArray derFromRaw(const QByteArray &raw)
{
    const Signature signature(ECDSA_SIG_new(), ECDSA_SIG_free);
    BIGNUM *r = BN_bin2bn(unsignedBytes(raw), halfBytes, nullptr);
    BIGNUM *s = BN_bin2bn(unsignedBytes(raw) + halfBytes, halfBytes, nullptr);
    // On success the signature owns both numbers.
    if (!signature || !r || !s || ECDSA_SIG_set0(signature.get(), r, s) != 1) {
        BN_free(r);
        BN_free(s);
        return {};
    }
    const int size = i2d_ECDSA_SIG(signature.get(), nullptr);
    if (size <= 0)
        return {};
    QByteArray der(size, '\0');
    auto *out = reinterpret_cast<unsigned char *>(der.data());
    i2d_ECDSA_SIG(signature.get(), &out);
    return der;
}

} // namespace

QString algorithmName(Algorithm algorithm)
{
    switch (algorithm) {
    case Algorithm::ES256:
        return QStringLiteral("ES256");
    }
    return {};
}

Result<QByteArray> sign(
    QJsonObject header, QByteArrayView payload, const Jwk &key, Algorithm algorithm)
{
    if (!key.hasPrivateKey()) {
        return failure(ErrorCode::InvalidInput,
            Sentence::tr("A public key can't sign; the private one is needed."));
    }
    header.insert(QStringLiteral("alg"), algorithmName(algorithm));
    QByteArray text = toBase64Url(json::compact(header)) + '.' + toBase64Url(payload);
    const Digest digest(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    size_t size = 0;
    if (!digest
        || EVP_DigestSignInit(digest.get(), nullptr, EVP_sha256(), nullptr, key.handle()) != 1
        || EVP_DigestSign(
               digest.get(), nullptr, &size, unsignedBytes(text), static_cast<size_t>(text.size()))
            != 1) {
        return opensslFailed();
    }
    QByteArray der(static_cast<qsizetype>(size), '\0');
    if (EVP_DigestSign(digest.get(), reinterpret_cast<unsigned char *>(der.data()), &size,
            unsignedBytes(text), static_cast<size_t>(text.size()))
        != 1) {
        return opensslFailed();
    }
    der.truncate(static_cast<qsizetype>(size));
    const QByteArray raw = rawFromDer(der);
    if (raw.isEmpty())
        return opensslFailed();
    return text + '.' + toBase64Url(raw);
}

Result<Jws> decode(QByteArrayView compact)
{
    const QList<QByteArray> parts = compact.toByteArray().split('.');
    if (parts.size() != 3)
        return malformed(Sentence::tr("it does not have three parts"));
    const auto header = fromBase64Url(parts.at(0));
    auto payload = fromBase64Url(parts.at(1));
    if (!header || !payload)
        return malformed(Sentence::tr("it is not base64url"));
    auto object = json::parseObject(*header, Sentence::tr("The token's header"));
    if (!object)
        return failure(std::move(object).error());
    return Jws{std::move(*object), std::move(*payload)};
}

Result<Jws> verify(QByteArrayView compact, const Jwk &key, Algorithm algorithm)
{
    auto jws = decode(compact);
    if (!jws)
        return jws;
    if (json::string(jws->header, QLatin1StringView("alg")) != algorithmName(algorithm))
        return malformed(Sentence::tr("its algorithm is not %1").arg(algorithmName(algorithm)));
    // We understand no extension, so none may be critical.
    if (jws->header.contains(QLatin1StringView("crit")))
        return malformed(Sentence::tr("it demands an extension that is not understood"));
    if (!key.handle())
        return malformed(Sentence::tr("there is no key to check it with"));

    const qsizetype dot = compact.lastIndexOf('.');
    const auto raw = fromBase64Url(compact.sliced(dot + 1));
    if (!raw || raw->size() != 2 * halfBytes)
        return malformed(Sentence::tr("its signature is not 64 bytes"));
    const QByteArray der = derFromRaw(*raw);
    const QByteArrayView text = compact.first(dot);
    const Digest digest(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    if (der.isEmpty() || !digest
        || EVP_DigestVerifyInit(digest.get(), nullptr, EVP_sha256(), nullptr, key.handle()) != 1
        || EVP_DigestVerify(digest.get(), unsignedBytes(der), static_cast<size_t>(der.size()),
               unsignedBytes(text), static_cast<size_t>(text.size()))
            != 1) {
        return malformed(Sentence::tr("its signature is wrong"));
    }
    return jws;
}

} // namespace chatelaine::jose
