// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/testlab/AccessToken.h"

#include "core/base/Json.h"
#include "core/jose/Jws.h"

namespace chatelaine::testlab {

namespace {

const auto claimScope = QLatin1StringView("scope");

QString text(const QJsonObject &object, const char *key)
{
    return json::string(object, QLatin1StringView(key)).value_or(QString());
}

} // namespace

QStringList TokenCheck::scopes() const
{
    return json::string(claims, claimScope).value_or(QString()).split(u' ', Qt::SkipEmptyParts);
}

Result<QByteArray> signAccessToken(const QJsonObject &claims, const jose::Jwk &key)
{
    const QJsonObject header {{QStringLiteral("typ"), QStringLiteral("at+jwt")},
                              {QStringLiteral("kid"), key.keyId()}};
    return jose::sign(header, json::compact(claims), key, jose::Algorithm::ES256);
}

TokenCheck checkAccessToken(const QByteArray &token, const QList<TrustedIssuer> &issuers,
                            const QString &audience, UtcMs now)
{
    const auto no = [](const char *reason, const QJsonObject &claims = {}) {
        return TokenCheck {false, QString::fromLatin1(reason), claims};
    };
    const Result<jose::Jws> unverified = jose::decode(token);
    if (!unverified)
        return no("malformed");
    if (text(unverified->header, "alg") != u"ES256")
        return no("wrong_algorithm");
    QString type = text(unverified->header, "typ").toLower();
    if (type.startsWith(u"application/"))
        type.remove(0, 12);
    if (type != u"at+jwt")
        return no("wrong_type");

    // Whose key it has to be is told by the issuer it names; the signature then proves that name.
    const Result<QJsonObject> named = json::parseObject(unverified->payload, QStringLiteral("The token"));
    if (!named)
        return no("malformed");
    const QString issuer = text(*named, "iss");
    const auto trusted = std::find_if(issuers.cbegin(), issuers.cend(), [&issuer](const TrustedIssuer &one) {
        return one.issuer == issuer;
    });
    if (trusted == issuers.cend())
        return no("wrong_issuer");
    if (!jose::verify(token, trusted->key, jose::Algorithm::ES256))
        return no("bad_signature");

    const QJsonObject &claims = *named;
    if (!json::strings(claims, QLatin1StringView("aud")).contains(audience))
        return no("wrong_audience", claims);
    const auto expires = json::integer(claims, QLatin1StringView("exp"));
    const auto issued = json::integer(claims, QLatin1StringView("iat"));
    if (!expires || !issued || text(claims, "sub").isEmpty() || text(claims, "client_id").isEmpty()
        || text(claims, "jti").isEmpty())
        return no("incomplete", claims);
    if (*expires * 1000 <= now)
        return no("expired", claims);
    if (*issued * 1000 > now)
        return no("not_yet_valid", claims);
    return {true, QStringLiteral("ok"), claims};
}

} // namespace chatelaine::testlab
