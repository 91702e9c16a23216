// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jose/Jwk.h"

#include "core/base/Json.h"
#include "core/base/Sentence.h"

#include <QCryptographicHash>
#include <QJsonArray>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/params.h>

namespace chatelaine::jose {

namespace {

constexpr int coordinateBytes = 32;

QString member(const QJsonObject &object, const char *name)
{
    return object.value(QLatin1StringView(name)).toString();
}

tl::unexpected<Error> unusable(const QString &why)
{
    return failure(ErrorCode::InvalidInput, Sentence::tr("The key can't be used: %1.").arg(why));
}

std::shared_ptr<EVP_PKEY> owned(EVP_PKEY *key)
{
    return std::shared_ptr<EVP_PKEY>(key, EVP_PKEY_free);
}

QByteArray coordinate(const EVP_PKEY *key, const char *parameter)
{
    BIGNUM *number = nullptr;
    if (EVP_PKEY_get_bn_param(key, parameter, &number) != 1)
        return {};
    QByteArray bytes(coordinateBytes, '\0');
    BN_bn2binpad(number, reinterpret_cast<unsigned char *>(bytes.data()), coordinateBytes);
    BN_free(number);
    return bytes;
}

QJsonObject requiredMembers(const EVP_PKEY *key)
{
    const auto text = [key](const char *parameter) {
        return QString::fromLatin1(toBase64Url(coordinate(key, parameter)));
    };
    return {{QStringLiteral("kty"), QStringLiteral("EC")},
        {QStringLiteral("crv"), QStringLiteral("P-256")},
        {QStringLiteral("x"), text(OSSL_PKEY_PARAM_EC_PUB_X)},
        {QStringLiteral("y"), text(OSSL_PKEY_PARAM_EC_PUB_Y)}};
}

std::shared_ptr<EVP_PKEY> publicKey(const QByteArray &x, const QByteArray &y)
{
    // SEC 1 §2.3.3: 4 marks an uncompressed point.
    QByteArray point = QByteArray(1, '\4') + x + y;
    QByteArray group = QByteArrayLiteral("P-256");
    const OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group.data(), 0),
        OSSL_PARAM_construct_octet_string(
            OSSL_PKEY_PARAM_PUB_KEY, point.data(), static_cast<size_t>(point.size())),
        OSSL_PARAM_construct_end()};
    const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(
        EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr), EVP_PKEY_CTX_free);
    EVP_PKEY *key = nullptr;
    if (!context || EVP_PKEY_fromdata_init(context.get()) != 1
        || EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY,
               // OpenSSL takes the array as not const and only reads it.
               const_cast<OSSL_PARAM *>(parameters))
            != 1) {
        return {};
    }
    const auto result = owned(key);
    const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> check(
        EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr), EVP_PKEY_CTX_free);
    if (!check || EVP_PKEY_public_check(check.get()) != 1)
        return {};
    return result;
}

} // namespace

Result<Jwk> Jwk::generate()
{
    Jwk jwk;
    jwk.m_key = owned(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"));
    if (!jwk.m_key)
        return failure(ErrorCode::Internal, Sentence::tr("OpenSSL could not make a key."));
    jwk.m_private = true;
    jwk.m_keyId = QString::fromLatin1(*jose::thumbprint(requiredMembers(jwk.m_key.get())));
    return jwk;
}

Result<Jwk> Jwk::fromJson(const QJsonObject &object)
{
    if (member(object, "kty") != QLatin1StringView("EC")
        || member(object, "crv") != QLatin1StringView("P-256")) {
        return unusable(Sentence::tr("it is not of the curve P-256"));
    }
    const auto x = fromBase64Url(member(object, "x").toLatin1());
    const auto y = fromBase64Url(member(object, "y").toLatin1());
    if (!x || !y || x->size() != coordinateBytes || y->size() != coordinateBytes)
        return unusable(Sentence::tr("its coordinates are not 32 bytes each"));
    Jwk jwk;
    jwk.m_key = publicKey(*x, *y);
    if (!jwk.m_key)
        return unusable(Sentence::tr("its point is not on the curve"));
    jwk.m_keyId = member(object, "kid");
    if (jwk.m_keyId.isEmpty())
        jwk.m_keyId = QString::fromLatin1(*jose::thumbprint(requiredMembers(jwk.m_key.get())));
    return jwk;
}

QJsonObject Jwk::publicJson() const
{
    if (!m_key)
        return {};
    QJsonObject object = requiredMembers(m_key.get());
    object.insert(QStringLiteral("kid"), m_keyId);
    object.insert(QStringLiteral("alg"), QStringLiteral("ES256"));
    object.insert(QStringLiteral("use"), QStringLiteral("sig"));
    return object;
}

Result<QByteArray> thumbprint(const QJsonObject &jwk)
{
    // RFC 7638 §3.2: the required members of the key type, in lexicographic order.
    const QString type = member(jwk, "kty");
    QList<const char *> names;
    if (type == QLatin1StringView("EC"))
        names = {"crv", "kty", "x", "y"};
    else if (type == QLatin1StringView("RSA"))
        names = {"e", "kty", "n"};
    else if (type == QLatin1StringView("OKP"))
        names = {"crv", "kty", "x"};
    else
        return unusable(Sentence::tr("its type is unknown"));
    QJsonObject required;
    for (const char *name : std::as_const(names)) {
        const QString value = member(jwk, name);
        if (value.isEmpty())
            return unusable(Sentence::tr("\"%1\" is missing").arg(QLatin1StringView(name)));
        required.insert(QLatin1StringView(name), value);
    }
    // QJsonObject keeps its members sorted, which is the order the RFC wants for ASCII names.
    return toBase64Url(
        QCryptographicHash::hash(json::compact(required), QCryptographicHash::Sha256));
}

Result<QList<Jwk>> keysFromJson(const QJsonObject &set)
{
    const QJsonValue list = set.value(QLatin1StringView("keys"));
    if (!list.isArray()) {
        return failure(
            ErrorCode::ProtocolViolation, Sentence::tr("The key set has no list of keys."));
    }
    QList<Jwk> keys;
    const QJsonArray array = list.toArray();
    for (const QJsonValue &item : array) {
        if (auto key = Jwk::fromJson(item.toObject()))
            keys.append(*key);
    }
    return keys;
}

QByteArray toBase64Url(QByteArrayView bytes)
{
    return QByteArray::fromRawData(bytes.data(), bytes.size())
        .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

Result<QByteArray> fromBase64Url(QByteArrayView text)
{
    auto decoded = QByteArray::fromBase64Encoding(text.toByteArray(),
        QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
    // Only one text stands for each array: this refuses padding, stray bits and the like.
    if (!decoded || toBase64Url(*decoded) != text)
        return failure(ErrorCode::ProtocolViolation, Sentence::tr("This is not base64url."));
    return std::move(*decoded);
}

} // namespace chatelaine::jose
