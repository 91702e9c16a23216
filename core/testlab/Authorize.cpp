// SPDX-License-Identifier: GPL-3.0-or-later
// The front channel: authorization endpoint, consent, authorization response (OAuth 2.1 §4.1.1–2).
#include "core/testlab/AuthorizationServer.h"

#include "core/base/Json.h"
#include "core/net/HttpClient.h"
#include "core/testlab/ConsentPage.h"
#include "core/testlab/Scopes.h"

#include <QRegularExpression>

namespace chatelaine::testlab {

namespace {

constexpr qint64 codeLifetimeMs = 60'000;
constexpr qint64 consentLifetimeMs = 600'000;
constexpr qsizetype pendingAtMost = 256;
const auto subjectOfTheLab = QLatin1StringView("lab-user");

tl::unexpected<OAuthError> refused(const char *code, const char *description)
{
    return tl::unexpected(OAuthError {QString::fromLatin1(code), QString::fromLatin1(description)});
}

/// Every reserved character encoded, so that a slash or plus in a value stays what it is.
QByteArray encoded(const QString &text)
{
    return QUrl::toPercentEncoding(text);
}

} // namespace

void AuthorizationServer::authorize(const Request &request, const Respond &respond)
{
    const Form form = Form::parse(request.method == "POST" ? request.body : request.query);
    const Language language = languageOf(request.header("Accept-Language"));
    const QString clientId = form.value(QStringLiteral("client_id"));
    if (const auto known = m_clients.constFind(clientId);
        known != m_clients.constEnd() && known->kind != Client::Kind::MetadataDocument) {
        if (known->kind == Client::Kind::Dynamic && m_context.faults.has(Fault::RegistrationPruned)) {
            m_context.faults.set(Fault::RegistrationPruned, false);
            m_clients.erase(known);
        } else {
            respond(authorizeAs(*known, form, language));
            return;
        }
    }
    if (!m_context.http || m_context.faults.has(Fault::NoClientIdMetadata) || !isMetadataDocumentUrl(clientId)) {
        respond(refuse(QStringLiteral("Unknown client"),
                       QStringLiteral("No client with the id \"%1\" is registered here (invalid_client). "
                                      "Register it, or use the pre-registered one.")
                           .arg(clientId)));
        return;
    }
    const std::weak_ptr<bool> alive = m_alive;
    m_context.count(QStringLiteral("client_metadata"));
    const auto done = [this, alive, form, language, respond](ClientOrError client) {
        if (const auto held = alive.lock(); !held || !*held)
            return;
        if (!client) {
            respond(refuse(QStringLiteral("Client metadata can't be used"), client.error().description));
            return;
        }
        m_clients.insert(client->id, *client);
        respond(authorizeAs(*client, form, language));
    };
    detach(fetchClient(m_context.http, clientId, m_context.options.authMethods, m_stop.get_token(), done));
}

/// draft-ietf-oauth-client-id-metadata-document-00 §3–4.
Task<void> AuthorizationServer::fetchClient(net::HttpClient *http, QString clientId, QStringList authMethods,
                                            std::stop_token stop, std::function<void(ClientOrError)> done)
{
    net::HttpRequest request;
    request.url = QUrl(clientId, QUrl::StrictMode);
    request.headers = {{"Accept", "application/json"}};
    request.reach = isLoopbackRedirect(request.url) ? net::Reach::Loopback : net::Reach::Public;
    request.followRedirects = false;
    request.maxBodyBytes = 5 * 1024; // §6.6 recommends this limit
    const Result<net::HttpResponse> response = co_await http->send(request, stop);
    if (!response) {
        // RFC 6749 §4.1.2.1: ASCII, whatever the language of this process.
        done(tl::unexpected(OAuthError {QStringLiteral("invalid_client"),
                                        QStringLiteral("The client's metadata document could not be fetched.")}));
        co_return;
    }
    const auto no = [&done](const QString &why) {
        done(tl::unexpected(OAuthError {QStringLiteral("invalid_client"),
                                        QStringLiteral("The client's metadata document ") + why}));
    };
    if (response->status != 200) {
        no(QStringLiteral("was answered with HTTP status %1.").arg(response->status));
        co_return;
    }
    const QByteArray type = response->mediaType();
    if (type != "application/json" && !type.endsWith("+json")) {
        no(QStringLiteral("is not JSON by its Content-Type."));
        co_return;
    }
    const Result<QJsonObject> document
        = json::parseObject(response->body, QStringLiteral("The client's metadata document"));
    if (!document) {
        no(QStringLiteral("is not a JSON object."));
        co_return;
    }
    if (json::string(*document, QLatin1StringView("client_id")) != clientId) {
        no(QStringLiteral("names another client_id than its own URL."));
        co_return;
    }
    if (json::string(*document, QLatin1StringView("client_name")).value_or(QString()).isEmpty()) {
        no(QStringLiteral("has no client_name."));
        co_return;
    }
    if (document->contains(QLatin1StringView("client_secret"))) {
        no(QStringLiteral("contains a client secret, which must never be public."));
        co_return;
    }
    QJsonObject metadata = *document;
    const auto method = QLatin1StringView("token_endpoint_auth_method");
    if (!metadata.contains(method))
        metadata.insert(method, QStringLiteral("none"));
    ClientOrError client = clientFromMetadata(metadata, authMethods);
    if (client && client->authMethod != u"none") {
        no(QStringLiteral("asks for authentication with a secret that nobody shares."));
        co_return;
    }
    if (client) {
        client->kind = Client::Kind::MetadataDocument;
        client->id = clientId;
    }
    done(client);
}

Answer AuthorizationServer::authorizeAs(
    const Client &client, const Form &form, Language language)
{
    const QString redirectUri = form.value(QStringLiteral("redirect_uri"));
    if (!form.repeated().isEmpty()) {
        return refuse(QStringLiteral("Ambiguous request"),
                      QStringLiteral("The parameter \"%1\" came twice (invalid_request).").arg(form.repeated()));
    }
    if (!redirectAllowed(client, redirectUri)) {
        return refuse(QStringLiteral("Foreign redirect URI"),
                      QStringLiteral("The redirect URI \"%1\" is not one of this client's (invalid_request).")
                          .arg(redirectUri));
    }
    const QString state = form.value(QStringLiteral("state"));
    const auto pending = readAuthorization(client, form);
    if (!pending) {
        return authorizationResponse(redirectUri, state,
                                     {{QStringLiteral("error"), pending.error().code},
                                      {QStringLiteral("error_description"), pending.error().description}});
    }
    if (m_context.faults.has(Fault::AuthorizationDenied)) {
        return authorizationResponse(redirectUri, state,
                                     {{QStringLiteral("error"), QStringLiteral("access_denied")}});
    }
    if (m_context.options.autoApprove)
        return grantCode(*pending);

    const UtcMs now = m_context.now();
    m_pending.removeIf([now](const auto &entry) { return entry->expires <= now; });
    if (m_pending.size() >= pendingAtMost) {
        return authorizationResponse(
            redirectUri, state, {{QStringLiteral("error"), QStringLiteral("temporarily_unavailable")}});
    }
    const QString id = QString::fromLatin1(m_context.random.text(16));
    m_pending.insert(id, *pending);
    ConsentQuestion question;
    question.clientName = client.name;
    question.clientId = client.id;
    question.clientUri = client.uri;
    question.redirectUri = redirectUri;
    question.resource = pending->resource;
    question.subject = pending->subject;
    question.scopes = pending->scopes;
    question.action = m_path + QStringLiteral("/consent");
    question.request = id;
    question.csrf = pending->csrf;
    question.language = language;
    question.nonce = m_context.random.text(12);
    return consentPage(question);
}

tl::expected<AuthorizationServer::PendingConsent, OAuthError>
AuthorizationServer::readAuthorization(const Client &client, const Form &form) const
{
    PendingConsent pending;
    pending.clientId = client.id;
    pending.redirectUri = form.value(QStringLiteral("redirect_uri"));
    pending.state = form.value(QStringLiteral("state"));
    pending.challenge = form.value(QStringLiteral("code_challenge"));
    pending.csrf = QString::fromLatin1(m_context.random.text(16));
    pending.expires = m_context.now() + consentLifetimeMs;

    const QString type = form.value(QStringLiteral("response_type"));
    if (type.isEmpty())
        return refused("invalid_request", "response_type is missing.");
    if (type != u"code")
        return refused("unsupported_response_type", "The one response type supported is code.");
    if (!client.grantTypes.contains(QStringLiteral("authorization_code")))
        return refused("unauthorized_client", "The client is not registered for authorization codes.");
    if (pending.challenge.isEmpty())
        return refused("invalid_request", "code_challenge is missing (RFC 7636).");
    if (form.value(QStringLiteral("code_challenge_method")) != u"S256")
        return refused("invalid_request", "code_challenge_method has to be S256.");
    static const QRegularExpression s256(QStringLiteral("^[A-Za-z0-9_-]{43}$"));
    if (!s256.match(pending.challenge).hasMatch())
        return refused("invalid_request", "code_challenge is not the base64url text of a SHA-256.");

    const QStringList resources = form.values(QStringLiteral("resource"));
    if (resources.size() > 1)
        return refused("invalid_target", "A token is for one resource.");
    pending.resource = resources.value(0, m_context.resources.value(0));
    if (!m_context.resources.contains(pending.resource))
        return refused("invalid_target", "The resource is not one of this server's.");

    // OpenID Connect Core §3.1.2.1: whoever is named there is who signs in, this being a lab.
    pending.subject = form.value(QStringLiteral("login_hint"));
    if (pending.subject.isEmpty())
        pending.subject = subjectOfTheLab;
    pending.scopes = form.value(QStringLiteral("scope")).split(u' ', Qt::SkipEmptyParts);
    pending.scopes.removeDuplicates();
    if (pending.scopes.isEmpty())
        pending.scopes = m_context.options.defaultScopes;
    const QStringList known = knownScopes();
    for (const QString &scope : std::as_const(pending.scopes)) {
        if (!known.contains(scope))
            return refused("invalid_scope", "A scope is unknown here.");
    }
    return pending;
}

Answer AuthorizationServer::consent(const Request &request)
{
    // A form of another site can't know the CSRF token; one that guesses is stopped by its Origin.
    const QByteArray origin = request.header("Origin");
    if (request.hasHeader("Origin") && origin != m_origin.toUtf8())
        return refuse(QStringLiteral("Not from here"), QStringLiteral("The form was sent by another site."));
    const Form form = Form::parse(request.body);
    const auto found = m_pending.constFind(form.value(QStringLiteral("request")));
    if (found == m_pending.constEnd() || found->expires <= m_context.now()
        || !equalInConstantTime(found->csrf.toUtf8(), form.value(QStringLiteral("csrf")).toUtf8())) {
        return refuse(QStringLiteral("This page is too old"),
                      QStringLiteral("It was answered already or has expired. Start again in the program."));
    }
    const PendingConsent pending = *found;
    m_pending.erase(found);
    Answer answer = form.value(QStringLiteral("decision")) == u"approve"
        ? grantCode(pending)
        : authorizationResponse(pending.redirectUri, pending.state,
                                {{QStringLiteral("error"), QStringLiteral("access_denied")},
                                 {QStringLiteral("error_description"), QStringLiteral("The person said no.")}});
    answer.status = 303;
    return answer;
}

Answer AuthorizationServer::grantCode(const PendingConsent &pending)
{
    Family family;
    family.id = QString::fromLatin1(m_context.random.text(12));
    family.clientId = pending.clientId;
    family.subject = pending.subject;
    family.resource = pending.resource;
    family.scopes = pending.scopes;
    m_grants.families.insert(family.id, family);
    const QString code = m_context.newSecret();
    m_grants.codes.insert(code, {family.id, pending.redirectUri, pending.challenge,
                                 m_context.now() + codeLifetimeMs, false});
    return authorizationResponse(pending.redirectUri, pending.state, {{QStringLiteral("code"), code}});
}

Answer AuthorizationServer::authorizationResponse(const QString &redirectUri, const QString &state,
                                                  QList<QPair<QString, QString>> fields) const
{
    if (!state.isEmpty())
        fields.append({QStringLiteral("state"), state});
    // RFC 9207 §2: in errors too.
    const Faults &faults = m_context.faults;
    QString iss = issuer();
    if (faults.has(Fault::IssWrong))
        iss = QStringLiteral("https://issuer.invalid");
    if (faults.has(Fault::IssTrailingSlash))
        iss += u'/';
    if (!faults.has(Fault::IssMissing))
        fields.append({QStringLiteral("iss"), iss});

    QByteArray url = redirectUri.toUtf8();
    char separator = url.contains('?') ? '&' : '?';
    for (const auto &[name, value] : std::as_const(fields)) {
        url += separator + encoded(name) + '=' + encoded(value);
        separator = '&';
    }
    return Answer::redirect(url).with("Cache-Control", "no-store").with("Referrer-Policy", "no-referrer");
}

Answer AuthorizationServer::refuse(const QString &title, const QString &sentence)
{
    return refusalPage(title, sentence, m_context.random.text(12));
}

} // namespace chatelaine::testlab
