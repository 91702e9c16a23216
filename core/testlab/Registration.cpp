// SPDX-License-Identifier: GPL-3.0-or-later
// Dynamic client registration (RFC 7591) and its management (RFC 7592).
#include "core/testlab/AuthorizationServer.h"

#include "core/base/Json.h"

#include <QJsonArray>

namespace chatelaine::testlab {

Answer AuthorizationServer::registerClient(const Request &request)
{
    const Faults &faults = m_context.faults;
    if (faults.has(Fault::NoRegistration))
        return Answer::empty(404);
    if (faults.has(Fault::Registration500))
        return Answer::empty(500);
    if (request.mediaType() != "application/json") {
        return oauthError({QStringLiteral("invalid_client_metadata"),
                           QStringLiteral("The body has to be application/json.")});
    }
    const Result<QJsonObject> metadata = json::parseObject(request.body, QStringLiteral("The registration"));
    if (!metadata)
        return oauthError({QStringLiteral("invalid_client_metadata"),
                           QStringLiteral("The registration has to be a JSON object.")});
    ClientOrError read = clientFromMetadata(*metadata, m_context.options.authMethods);
    if (!read)
        return oauthError(read.error());

    Client client = *read;
    client.kind = Client::Kind::Dynamic;
    client.id = QStringLiteral("dyn-") + QString::fromLatin1(m_context.random.text(12));
    if (client.authMethod != u"none")
        client.secret = Secret::fromString(m_context.newSecret());
    client.registrationToken = Secret::fromString(m_context.newSecret());
    // What the client said is answered with what we made of it (RFC 7591 §3.2.1).
    client.metadata = *metadata;
    client.metadata.insert(QStringLiteral("client_id_issued_at"), m_context.now() / 1000);
    client.metadata.insert(QStringLiteral("token_endpoint_auth_method"), client.authMethod);
    client.metadata.insert(QStringLiteral("grant_types"), QJsonArray::fromStringList(client.grantTypes));
    client.metadata.insert(QStringLiteral("response_types"), QJsonArray {QStringLiteral("code")});
    m_clients.insert(client.id, client);
    return Answer::json(registrationResponse(client, true), 201)
        .with("Cache-Control", "no-store")
        .with("Pragma", "no-cache");
}

QJsonObject AuthorizationServer::registrationResponse(const Client &client, bool withSecret) const
{
    const auto text = [](const Secret &secret) { return QString::fromUtf8(secret.expose()); };
    QJsonObject object = client.metadata;
    object.insert(QStringLiteral("client_id"), client.id);
    if (withSecret && !client.secret.isEmpty()) {
        object.insert(QStringLiteral("client_secret"), text(client.secret));
        object.insert(QStringLiteral("client_secret_expires_at"), 0);
    }
    object.insert(QStringLiteral("registration_access_token"), text(client.registrationToken));
    object.insert(QStringLiteral("registration_client_uri"),
                  issuer() + QStringLiteral("/register/") + client.id);
    return object;
}

Answer AuthorizationServer::manageClient(const Request &request, const QString &clientId)
{
    const bool get = request.method == "GET";
    if (!get && request.method != "DELETE")
        return Answer::empty(405).with("Allow", "GET, DELETE");
    count(get ? QStringLiteral("registration_read") : QStringLiteral("registration_delete"));
    // An unknown client and a wrong token look the same from outside (RFC 7592 §2.1).
    const auto found = m_clients.constFind(clientId);
    const QByteArray token = request.bearer();
    if (found == m_clients.constEnd() || found->registrationToken.isEmpty()
        || !equalInConstantTime(found->registrationToken.expose(), token)) {
        return oauthError({QStringLiteral("invalid_token"),
                           QStringLiteral("The registration access token is not that of a client here."), 401})
            .with("WWW-Authenticate", "Bearer error=\"invalid_token\"");
    }
    if (get)
        return Answer::json(registrationResponse(*found, true)).with("Cache-Control", "no-store");
    m_grants.revokeAllOf(clientId);
    m_clients.erase(found);
    return Answer::empty(204).with("Cache-Control", "no-store");
}

} // namespace chatelaine::testlab
