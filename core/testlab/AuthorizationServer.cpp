// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/testlab/AuthorizationServer.h"

#include "core/base/Json.h"
#include "core/testlab/Scopes.h"

#include <QJsonArray>

namespace chatelaine::testlab {

namespace {

Answer notAllowed(const QByteArray &allow)
{
    return Answer::empty(405).with("Allow", allow);
}

} // namespace

AuthorizationServer::AuthorizationServer(Context &context, jose::Jwk key, QString countPrefix)
    : m_context(context)
    , m_key(std::move(key))
    , m_countPrefix(std::move(countPrefix))
    , m_path(context.options.issuerPath)
{
    // The second issuer has never heard of the client registered by hand at the first.
    if (!m_countPrefix.isEmpty())
        return;
    Client client;
    client.kind = Client::Kind::PreRegistered;
    client.id = context.options.clientId;
    client.name = QStringLiteral("Pre-registered client");
    client.secret = context.options.clientSecret;
    client.authMethod = client.secret.isEmpty() ? QStringLiteral("none") : QString();
    client.redirectUris = context.options.redirectUris;
    client.anyLoopbackRedirect = client.redirectUris.isEmpty();
    client.grantTypes = {QStringLiteral("authorization_code"), QStringLiteral("refresh_token")};
    m_clients.insert(client.id, client);
}

AuthorizationServer::~AuthorizationServer()
{
    *m_alive = false;
    m_stop.request_stop();
}

void AuthorizationServer::setOrigin(const QString &origin)
{
    m_origin = origin;
}

void AuthorizationServer::forgetRegisteredClients()
{
    m_clients.removeIf([](const auto &entry) { return entry->kind == Client::Kind::Dynamic; });
}

bool AuthorizationServer::isMetadataPath(const QString &path) const
{
    // RFC 8414 §3.1 inserts the issuer's path; OpenID Connect Discovery §4 appends to it, and some
    // insert there too.
    return path == QStringLiteral("/.well-known/oauth-authorization-server") + m_path
        || path == QStringLiteral("/.well-known/openid-configuration") + m_path
        || path == m_path + QStringLiteral("/.well-known/openid-configuration");
}

bool AuthorizationServer::handle(const Request &request, const Respond &respond)
{
    if (isMetadataPath(request.path)) {
        count(QStringLiteral("issuer_metadata"));
        respond(request.method == "GET" ? issuerMetadata(request) : notAllowed("GET"));
        return true;
    }
    if (!request.path.startsWith(m_path + u'/'))
        return false;
    const QString route = request.path.mid(m_path.size());
    const bool get = request.method == "GET";
    const bool post = request.method == "POST";
    if (route == u"/authorize") {
        count(QStringLiteral("authorization"));
        if (get || post)
            authorize(request, respond);
        else
            respond(notAllowed("GET, POST"));
    } else if (route == u"/consent") {
        count(QStringLiteral("consent"));
        respond(post ? consent(request) : notAllowed("POST"));
    } else if (route == u"/token") {
        respond(post ? token(request) : notAllowed("POST"));
    } else if (route == u"/revoke") {
        count(QStringLiteral("revocation"));
        respond(post ? revoke(request) : notAllowed("POST"));
    } else if (route == u"/introspect") {
        count(QStringLiteral("introspection"));
        respond(post ? introspect(request) : notAllowed("POST"));
    } else if (route == u"/jwks") {
        count(QStringLiteral("jwks"));
        respond(get ? jwks() : notAllowed("GET"));
    } else if (route == u"/register") {
        count(QStringLiteral("registration"));
        respond(post ? registerClient(request) : notAllowed("POST"));
    } else if (route.startsWith(u"/register/")) {
        respond(manageClient(request, route.mid(10)));
    } else {
        return false;
    }
    return true;
}

QJsonObject AuthorizationServer::metadata() const
{
    const Faults &faults = m_context.faults;
    const QString base = issuer();
    const QJsonArray methods = QJsonArray::fromStringList(m_context.options.authMethods);
    QJsonObject object {
        {QStringLiteral("issuer"),
         faults.has(Fault::IssuerMismatch) ? QStringLiteral("https://issuer.invalid") : base},
        {QStringLiteral("authorization_endpoint"),
         faults.has(Fault::AuthorizationEndpointFileScheme) ? QStringLiteral("file:///usr/bin/true")
                                                            : base + QStringLiteral("/authorize")},
        {QStringLiteral("token_endpoint"), base + QStringLiteral("/token")},
        {QStringLiteral("revocation_endpoint"), base + QStringLiteral("/revoke")},
        {QStringLiteral("introspection_endpoint"), base + QStringLiteral("/introspect")},
        {QStringLiteral("jwks_uri"), base + QStringLiteral("/jwks")},
        {QStringLiteral("scopes_supported"), QJsonArray::fromStringList(knownScopes())},
        {QStringLiteral("response_types_supported"), QJsonArray {QStringLiteral("code")}},
        {QStringLiteral("response_modes_supported"), QJsonArray {QStringLiteral("query")}},
        {QStringLiteral("grant_types_supported"),
         QJsonArray {QStringLiteral("authorization_code"), QStringLiteral("refresh_token")}},
        {QStringLiteral("token_endpoint_auth_methods_supported"), methods},
        {QStringLiteral("revocation_endpoint_auth_methods_supported"), methods},
        {QStringLiteral("authorization_response_iss_parameter_supported"), true},
        // Required of an OpenID Provider's document, which this one also answers as.
        {QStringLiteral("subject_types_supported"), QJsonArray {QStringLiteral("public")}},
        {QStringLiteral("id_token_signing_alg_values_supported"), QJsonArray {QStringLiteral("ES256")}},
    };
    if (!faults.has(Fault::NoPkceMetadata)) {
        object.insert(QStringLiteral("code_challenge_methods_supported"),
                      QJsonArray {faults.has(Fault::NoS256) ? QStringLiteral("plain") : QStringLiteral("S256")});
    }
    if (!faults.has(Fault::NoRegistration))
        object.insert(QStringLiteral("registration_endpoint"), base + QStringLiteral("/register"));
    if (m_context.http && !faults.has(Fault::NoClientIdMetadata))
        object.insert(QStringLiteral("client_id_metadata_document_supported"), true);
    return object;
}

Answer AuthorizationServer::issuerMetadata(const Request &request)
{
    const Faults &faults = m_context.faults;
    if (faults.has(Fault::NoIssuerMetadata))
        return Answer::empty(404);
    if (faults.has(Fault::Metadata500))
        return Answer::empty(500);
    if (faults.has(Fault::MetadataHtml))
        return Answer::html("<!DOCTYPE html><title>Welcome</title><p>Nothing to see here.");
    if (faults.has(Fault::MetadataRedirectLoop)) {
        const int hop = Form::parse(request.query).value(QStringLiteral("hop")).toInt();
        return Answer::redirect((m_origin + request.path).toUtf8() + "?hop=" + QByteArray::number(hop + 1));
    }
    if (faults.has(Fault::MetadataSlow))
        return {.contentType = "application/json", .delivery = Delivery::Drip};

    Answer answer = Answer::json(metadata());
    if (faults.has(Fault::MetadataHuge))
        answer.body.insert(1, QByteArray(8 * 1024 * 1024, ' '));
    if (faults.has(Fault::MetadataDeep)) {
        const qsizetype depth = 10'000;
        answer.body.insert(1, "\"deep\":" + QByteArray(depth, '[') + QByteArray(depth, ']') + ',');
    }
    return answer;
}

Answer AuthorizationServer::jwks() const
{
    return Answer::json({{QStringLiteral("keys"), QJsonArray {m_key.publicJson()}}});
}

} // namespace chatelaine::testlab
