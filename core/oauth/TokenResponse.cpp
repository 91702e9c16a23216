// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oauth/TokenResponse.h"

#include "core/base/Json.h"
#include "core/base/Sentence.h"
#include "core/base/Text.h"

#include <algorithm>

namespace chatelaine::oauth {

namespace {

constexpr qint64 aYear = 365 * 86'400;

tl::unexpected<Error> violation(const QString &why, int status)
{
    return failure(ErrorCode::ProtocolViolation,
        Sentence::tr("The authorization server's token response can't be used: %1. "
                     "Tell its operator; nothing was changed.")
            .arg(why),
        {}, {{QStringLiteral("status"), status}});
}

std::optional<qint64> expiresIn(const QJsonObject &object)
{
    const QLatin1StringView key("expires_in");
    // Too large for json::integer, and still a number that means "for ever".
    if (object.value(key).toDouble() > static_cast<double>(aYear))
        return aYear;
    const auto seconds = json::integer(object, key);
    if (!seconds)
        return std::nullopt;
    return std::clamp<qint64>(*seconds, 0, aYear);
}

std::optional<QStringList> scopesOf(const QJsonObject &object)
{
    // RFC 6749 §3.3 has one string; lists are seen in the field.
    QStringList scopes;
    const QStringList parts = json::strings(object, QLatin1StringView("scope"));
    for (const QString &part : parts)
        scopes += part.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    scopes.removeDuplicates();
    return scopes.isEmpty() ? std::nullopt : std::optional(scopes);
}

// VSCHAR of RFC 6749 appendix A; a space may stand in a refresh token, not in a header.
bool isTokenText(const QString &text, bool spaceAllowed)
{
    return std::all_of(text.cbegin(), text.cend(), [spaceAllowed](QChar c) {
        return (c.unicode() > 0x20 && c.unicode() < 0x7f) || (spaceAllowed && c.unicode() == 0x20);
    });
}

Secret takeSecret(QString &text)
{
    Secret secret = Secret::fromString(text);
    wipe(text);
    return secret;
}

QString remedyFor(const ServerError &error)
{
    struct Remedy
    {
        const char *sign;
        QString sentence;
    };
    // Marks of known servers come first: they say more than the OAuth code does.
    const Remedy remedies[] = {
        {"AADSTS9010010",
            Sentence::tr("Microsoft Entra does not take the resource parameter: set the server's "
                         "resource_mode to omit.")},
        {"AADSTS90009",
            Sentence::tr("Microsoft Entra wants the scopes named: set the server's scope to those "
                         "of its API, and its resource_mode to omit.")},
        {"invalid_grant", Sentence::tr("The sign-in is no longer valid there: sign in again.")},
        {"invalid_client",
            Sentence::tr("It does not know this client, or not with these credentials: sign in "
                         "again to register anew, or correct the client id and secret.")},
        {"invalid_target",
            Sentence::tr("It does not take this resource parameter: set the server's resource_mode "
                         "to omit or custom.")},
        {"invalid_scope",
            Sentence::tr("It does not give one of the scopes asked for: set the server's scope.")},
        {"unauthorized_client",
            Sentence::tr("This client may not use that grant type: allow it where the client was "
                         "registered.")},
    };
    for (const Remedy &remedy : remedies) {
        const QLatin1StringView sign(remedy.sign);
        if (error.code == sign || error.description.contains(sign))
            return remedy.sentence;
    }
    return {};
}

} // namespace

ServerError parseServerError(const QByteArray &body)
{
    const auto object = json::parseObject(body, QStringLiteral("The error"));
    if (!object)
        return {};
    const auto member = [&object](QLatin1StringView key) {
        return sanitized(json::string(*object, key).value_or(QString()));
    };
    return {member(QLatin1StringView("error")), member(QLatin1StringView("error_description"))};
}

Error serverRefused(const ServerError &error, int status, const QString &what)
{
    Error result{ErrorCode::ServerRefused, what};
    result.message += error.description.isEmpty()
        ? QStringLiteral(" (%1).").arg(error.code)
        : Sentence::tr(" (%1: \"%2\").").arg(error.code, error.description);
    if (const QString remedy = remedyFor(error); !remedy.isEmpty())
        result.message += QLatin1Char(' ') + remedy;
    result.data.insert(QStringLiteral("error"), error.code);
    if (status != 0)
        result.data.insert(QStringLiteral("status"), status);
    return result;
}

Error serverUnavailable(const QString &who, int status, std::optional<qint64> retryAfterS)
{
    Error error{ErrorCode::Unreachable,
        Sentence::tr("%1 can't answer now (%2). Try again later.").arg(who).arg(status)};
    error.data.insert(QStringLiteral("status"), status);
    if (retryAfterS)
        error.data.insert(QStringLiteral("retry_after_s"), std::min(*retryAfterS, aYear));
    return error;
}

Result<TokenSet> parseTokenResponse(int status, const QByteArray &mediaType, const QByteArray &body,
    std::optional<qint64> retryAfterS)
{
    if (status >= 500 || status == 429)
        return failure(
            serverUnavailable(Sentence::tr("The authorization server"), status, retryAfterS));
    const bool success = status >= 200 && status < 300;
    const ServerError error = parseServerError(body);
    if (error.code == QLatin1StringView("temporarily_unavailable")
        || error.code == QLatin1StringView("server_error")) {
        return failure(
            serverUnavailable(Sentence::tr("The authorization server"), status, retryAfterS));
    }
    if (!error.code.isEmpty()) {
        return failure(serverRefused(
            error, status, Sentence::tr("The authorization server refused the token request")));
    }
    if (!success)
        return violation(Sentence::tr("it answered %1 and no error").arg(status), status);
    if (mediaType == "text/html")
        return violation(Sentence::tr("it is a web page"), status);

    const auto object = json::parseObject(body, Sentence::tr("The token response"));
    if (!object)
        return violation(object.error().message.chopped(1), status);
    const auto text = [&object](const char *key) {
        return json::string(*object, QLatin1StringView(key)).value_or(QString());
    };
    QString access = text("access_token");
    QString refresh = text("refresh_token");
    QString identity = text("id_token");
    const bool clean =
        isTokenText(access, false) && isTokenText(refresh, true) && isTokenText(identity, false);
    const bool present = !access.isEmpty();

    TokenSet tokens;
    tokens.accessToken = takeSecret(access);
    tokens.refreshToken = takeSecret(refresh);
    tokens.idToken = takeSecret(identity);
    if (!present)
        return violation(Sentence::tr("there is no access token in it"), status);
    if (!clean)
        return violation(Sentence::tr("a token in it has characters no token may have"), status);
    const QString type = sanitized(text("token_type"), 40);
    if (type.compare(QLatin1StringView("Bearer"), Qt::CaseInsensitive) != 0) {
        return violation(type.isEmpty()
                ? Sentence::tr("it does not say that the token is a Bearer token")
                : Sentence::tr("the token is of type %1 and not Bearer").arg(type),
            status);
    }
    tokens.tokenType = QStringLiteral("Bearer");
    tokens.expiresInS = expiresIn(*object);
    tokens.scopes = scopesOf(*object);
    return tokens;
}

} // namespace chatelaine::oauth
