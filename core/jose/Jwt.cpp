// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jose/Jwt.h"

#include "core/base/Json.h"
#include "core/base/Sentence.h"

namespace chatelaine::jose {

namespace {

tl::unexpected<Error> rejected(const QString &why)
{
    return failure(ErrorCode::ProtocolViolation, Sentence::tr("The token %1.").arg(why));
}

// RFC 7515 §4.1.9: "application/" may be left out; media types know no case.
QString typeName(const QString &typ)
{
    const QString lower = typ.toLower();
    const QLatin1StringView prefix("application/");
    return lower.startsWith(prefix) ? lower.sliced(prefix.size()) : lower;
}

Result<Jws> verifyWithAny(QByteArrayView compact, const QList<Jwk> &keys, Algorithm algorithm)
{
    const auto unchecked = decode(compact);
    if (!unchecked)
        return unchecked;
    const auto keyId = json::string(unchecked->header, QLatin1StringView("kid"));
    for (const Jwk &key : keys) {
        if (keyId && key.keyId() != *keyId)
            continue;
        auto jws = verify(compact, key, algorithm);
        if (jws || keyId)
            return jws;
    }
    return rejected(Sentence::tr("is not signed by a known key"));
}

// NumericDate (RFC 7519 §2) may have a fraction.
std::optional<double> seconds(const QJsonObject &claims, const char *name)
{
    const QJsonValue value = claims.value(QLatin1StringView(name));
    return value.isDouble() ? std::optional(value.toDouble()) : std::nullopt;
}

} // namespace

Result<QJsonObject> verifyJwt(
    QByteArrayView compact, const QList<Jwk> &keys, const Expectations &expectations)
{
    auto jws = verifyWithAny(compact, keys, expectations.algorithm);
    if (!jws)
        return failure(std::move(jws).error());
    const QString typ = jws->header.value(QLatin1StringView("typ")).toString();
    if (typeName(typ) != typeName(expectations.typ))
        return rejected(Sentence::tr("is of another type than %1").arg(expectations.typ));

    auto claims = json::parseObject(jws->payload, Sentence::tr("The token's content"));
    if (!claims)
        return claims;
    if (json::string(*claims, QLatin1StringView("iss")) != expectations.issuer)
        return rejected(Sentence::tr("is from another issuer"));
    if (!json::strings(*claims, QLatin1StringView("aud")).contains(expectations.audience))
        return rejected(Sentence::tr("is for somebody else"));

    const double now = static_cast<double>(expectations.now) / 1000.0;
    const auto leeway = static_cast<double>(expectations.leewayS);
    const auto expiry = seconds(*claims, "exp");
    if (!expiry)
        return rejected(Sentence::tr("does not say when it expires"));
    if (now >= *expiry + leeway)
        return rejected(Sentence::tr("has expired"));
    for (const char *name : {"nbf", "iat"}) {
        if (!claims->contains(QLatin1StringView(name)))
            continue;
        const auto since = seconds(*claims, name);
        if (!since || now < *since - leeway)
            return rejected(Sentence::tr("is not valid yet"));
    }
    return claims;
}

} // namespace chatelaine::jose
