// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oauth/AuthorizationRequest.h"

#include "core/base/Sentence.h"
#include "core/base/Text.h"
#include "core/oauth/TokenEndpoint.h"

#include <QAbstractOAuthReplyHandler>
#include <QCryptographicHash>
#include <QOAuth2AuthorizationCodeFlow>

#include <algorithm>
#include <set>

namespace chatelaine::oauth {

namespace {

using Parameters = QMultiMap<QString, QVariant>;

// Where Qt's flow asks for the redirect URI. The callback itself goes to LoopbackRedirect.
class FixedRedirect : public QAbstractOAuthReplyHandler
{
public:
    explicit FixedRedirect(QString uri)
        : m_uri(std::move(uri))
    { }
    QString callback() const override { return m_uri; }

protected:
    void networkReplyFinished(QNetworkReply *) override { }

private:
    QString m_uri;
};

// Qt's flow puts the request together; what it leaves to others, or does unsoundly, is done here:
// - `state` and the code challenge come from us (6.4 has no PKCE and a guessable state);
// - an empty `scope` goes, since some servers take it for "no scope at all";
// - the parameters are taken out of its hands before it makes the URL, because createQuery encodes
//   differently from one Qt to the next, drops the endpoint's own query, and the result is logged.
class Flow : public QOAuth2AuthorizationCodeFlow
{
public:
    static Parameters parameters(const AuthorizationInput &input, const Parameters &added)
    {
        Flow flow;
        FixedRedirect redirect(input.redirectUri);
        Parameters taken;
        flow.setReplyHandler(&redirect);
        flow.setAuthorizationUrl(input.metadata.authorizationEndpoint);
        flow.setClientIdentifier(input.clientId);
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
        flow.setPkceMethod(PkceMethod::None);
#endif
        flow.setModifyParametersFunction([&](Stage, Parameters *parameters) {
            parameters->remove(QStringLiteral("scope"));
            for (auto it = added.cbegin(); it != added.cend(); ++it)
                parameters->replace(it.key(), it.value());
            taken.swap(*parameters);
        });
        flow.buildAuthenticateUrl({});
        return taken;
    }
};

// A person's own parameter may not be one of these: RFC 6749 §4.1.1, RFC 7636 §4.3, RFC 8707 §2,
// and those that move the request or the response elsewhere (RFC 9101, OAuth 2.0 response modes).
bool isStandard(const QString &name)
{
    static const std::set<QString> names{QStringLiteral("response_type"),
        QStringLiteral("client_id"), QStringLiteral("redirect_uri"), QStringLiteral("scope"),
        QStringLiteral("state"), QStringLiteral("code_challenge"),
        QStringLiteral("code_challenge_method"), QStringLiteral("resource"),
        QStringLiteral("request"), QStringLiteral("request_uri"), QStringLiteral("response_mode")};
    return names.contains(name);
}

// application/x-www-form-urlencoded; false when a percent sign begins no escape.
bool decodeForm(QByteArrayView text, QByteArray &decoded)
{
    decoded.clear();
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '+') {
            decoded += ' ';
        } else if (c != '%') {
            decoded += c;
        } else {
            const QByteArray hex =
                text.sliced(i + 1, std::min<qsizetype>(2, text.size() - i - 1)).toByteArray();
            const QByteArray byte = QByteArray::fromHex(hex);
            // fromHex skips what is no digit, so that only a true escape goes there and back.
            if (byte.size() != 1 || byte.toHex() != hex.toLower())
                return false;
            decoded += byte;
            i += 2;
        }
    }
    return true;
}

struct Query
{
    QMap<QByteArray, QByteArray> values;
    std::set<QByteArray> doubled;
    bool malformed = false;

    ~Query()
    {
        for (QByteArray &value : values)
            wipe(value);
    }
    bool has(const char *name) const { return values.contains(name); }
    QByteArray value(const char *name) const { return values.value(name); }
};

void parseQuery(QByteArrayView raw, Query &query)
{
    qsizetype start = 0;
    while (start <= raw.size()) {
        qsizetype end = start;
        while (end < raw.size() && raw[end] != '&')
            ++end;
        const QByteArrayView item = raw.sliced(start, end - start);
        start = end + 1;
        if (item.isEmpty())
            continue;
        const qsizetype equals = item.indexOf('=');
        const QByteArrayView namePart = equals < 0 ? item : item.first(equals);
        const QByteArrayView valuePart = equals < 0 ? QByteArrayView() : item.sliced(equals + 1);
        QByteArray name;
        QByteArray value;
        if (!decodeForm(namePart, name) || !decodeForm(valuePart, value)) {
            query.malformed = true;
            continue;
        }
        if (query.values.contains(name))
            query.doubled.insert(name);
        else
            query.values.insert(name, value);
    }
}

// Nothing that a toolkit does to a URL on its way may change what is asked for.
bool holdsExactly(const QUrl &url, const Query &own, const Parameters &parameters)
{
    Query query;
    parseQuery(url.query(QUrl::FullyEncoded).toLatin1(), query);
    if (!query.doubled.empty() || query.malformed
        || query.values.size() != own.values.size() + parameters.size()) {
        return false;
    }
    for (auto it = parameters.cbegin(); it != parameters.cend(); ++it) {
        if (query.values.value(it.key().toUtf8()) != it.value().toString().toUtf8())
            return false;
    }
    return true;
}

tl::unexpected<Error> rejected(const QString &why)
{
    return failure(ErrorCode::ProtocolViolation,
        Sentence::tr("The authorization server's answer was not accepted: %1. Nothing "
                     "was sent on; try to sign in again.")
            .arg(why));
}

Result<Secret> codeOf(const AuthorizationRequest &request, const Query &query)
{
    if (query.malformed)
        return rejected(Sentence::tr("it is not properly encoded"));
    for (const char *name : {"code", "iss", "error", "error_description"}) {
        if (query.doubled.contains(name)) {
            return rejected(
                Sentence::tr("it has \"%1\" more than once").arg(QLatin1StringView(name)));
        }
    }
    // RFC 9207 §2.4, before anything else in the answer is believed.
    if (query.has("iss")) {
        if (query.value("iss") != request.issuer.toUtf8()) {
            return rejected(Sentence::tr("it is from another issuer than %1, where the sign-in "
                                         "began")
                                .arg(request.issuer));
        }
    } else if (request.issRequired) {
        return rejected(Sentence::tr("it does not name its issuer, though %1 promises that")
                            .arg(request.issuer));
    }
    if (query.has("error")) {
        const ServerError error{sanitized(QString::fromUtf8(query.value("error")), 80),
            sanitized(QString::fromUtf8(query.value("error_description")))};
        if (error.code == QLatin1StringView("access_denied")) {
            Error declined{ErrorCode::Cancelled,
                Sentence::tr("The sign-in was declined at the authorization "
                             "server.")};
            declined.data.insert(QStringLiteral("error"), error.code);
            return failure(std::move(declined));
        }
        return failure(serverRefused(
            error, 0, Sentence::tr("The authorization server did not let us sign in")));
    }
    QByteArray code = query.value("code");
    const bool printable =
        std::all_of(code.cbegin(), code.cend(), [](char c) { return c >= 0x20 && c < 0x7f; });
    if (code.isEmpty() || !printable)
        return rejected(Sentence::tr("there is no usable code in it"));
    code.detach();
    return Secret(std::move(code));
}

} // namespace

Result<AuthorizationRequest> buildAuthorizationRequest(
    const AuthorizationInput &input, Random &random)
{
    const QUrl endpoint = input.metadata.authorizationEndpoint;
    if (!endpoint.isValid()) {
        return failure(ErrorCode::ProtocolViolation,
            Sentence::tr("The authorization server offers no sign-in in a browser."));
    }
    for (auto it = input.extraParams.cbegin(); it != input.extraParams.cend(); ++it) {
        if (isStandard(it.key()) || it.key().isEmpty()) {
            return failure(ErrorCode::InvalidInput,
                Sentence::tr("The extra authorization parameter \"%1\" would replace "
                             "a standard one. Remove it from the server's settings.")
                    .arg(it.key()));
        }
    }
    const QByteArray ownQuery = endpoint.query(QUrl::FullyEncoded).toLatin1();
    Query own;
    parseQuery(ownQuery, own);
    // RFC 6749 §3.1: no parameter more than once.
    if (own.malformed || !own.doubled.empty()) {
        return failure(ErrorCode::ProtocolViolation,
            Sentence::tr("The authorization endpoint has a query that can't be added to. Tell "
                         "the operator of the authorization server."));
    }
    for (auto it = own.values.cbegin(); it != own.values.cend(); ++it) {
        const QString name = QString::fromUtf8(it.key());
        if (isStandard(name) || input.extraParams.contains(name)) {
            return failure(ErrorCode::ProtocolViolation,
                Sentence::tr("The authorization endpoint's own \"%1\" would replace "
                             "ours. Tell the operator of the authorization server.")
                    .arg(sanitized(name, 40)));
        }
    }

    AuthorizationRequest request;
    request.issuer = input.metadata.issuer;
    request.issRequired = input.metadata.issParameterSupported;
    request.redirectUri = input.redirectUri;
    request.resource = input.resource;
    request.scopes = input.scopes;
    request.state = Secret(random.text(32));
    // RFC 7636 §4.1: 43 characters.
    request.codeVerifier = Secret(random.text(32));
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(request.codeVerifier.expose());
    const QByteArray challenge =
        hash.result().toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);

    Parameters added{
        {QStringLiteral("state"), QString::fromLatin1(request.state.expose())},
        {QStringLiteral("code_challenge"), QString::fromLatin1(challenge)},
        {QStringLiteral("code_challenge_method"), QStringLiteral("S256")},
    };
    if (!input.scopes.isEmpty())
        added.insert(QStringLiteral("scope"), input.scopes.join(QLatin1Char(' ')));
    if (!input.resource.isEmpty())
        added.insert(QStringLiteral("resource"), input.resource);
    for (auto it = input.extraParams.cbegin(); it != input.extraParams.cend(); ++it)
        added.insert(it.key(), it.value());

    QByteArray query = ownQuery;
    const Parameters parameters = Flow::parameters(input, added);
    for (auto it = parameters.cbegin(); it != parameters.cend(); ++it) {
        if (!query.isEmpty())
            query += '&';
        query += formEncoded(it.key().toUtf8()) + '=' + formEncoded(it.value().toString().toUtf8());
    }
    request.url = endpoint;
    request.url.setQuery(QString::fromLatin1(query), QUrl::StrictMode);
    if (!holdsExactly(request.url, own, parameters)) {
        return failure(
            ErrorCode::Internal, Sentence::tr("The address for the sign-in could not be made."));
    }
    return request;
}

AuthorizationResponse judgeAuthorizationResponse(
    const AuthorizationRequest &request, QByteArrayView rawQuery)
{
    Query query;
    parseQuery(rawQuery, query);
    const QByteArray state = query.value("state");
    if (request.state.isEmpty() || query.doubled.contains("state")
        || !equalInConstantTime(state, request.state.expose())) {
        return {false, rejected(Sentence::tr("it does not belong to this sign-in"))};
    }
    return {true, codeOf(request, query)};
}

Result<QByteArray> queryOfPastedCallback(const AuthorizationRequest &request, const QString &text)
{
    QString url = text.trimmed();
    if (const qsizetype fragment = url.indexOf(QLatin1Char('#')); fragment >= 0)
        url.truncate(fragment);
    const qsizetype mark = url.indexOf(QLatin1Char('?'));
    if (mark < 0 || url.left(mark) != request.redirectUri) {
        return failure(ErrorCode::InvalidInput,
            Sentence::tr("This is not the callback's address. Copy the whole address "
                         "from the browser: it begins with %1?")
                .arg(request.redirectUri));
    }
    return url.mid(mark + 1).toUtf8();
}

} // namespace chatelaine::oauth
