// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/credentials/Identity.h"

#include "core/audit/AuditLog.h"
#include "core/base/Random.h"
#include "core/base/Sentence.h"
#include "core/base/Text.h"
#include "core/vault/Vault.h"

namespace chatelaine::credentials {

namespace {

Task<Result<Identity>> preRegistered(std::shared_ptr<Parts> parts, AccountView view,
    oauth::Discovered found, store::Registration registration)
{
    // The person gave it for the issuer the server had then; it is bound at its first use.
    const bool isBound = !registration.issuer.isEmpty();
    if (isBound && registration.issuer != found.issuer.issuer) {
        co_return failure(ErrorCode::RegistrationNeeded,
            Sentence::tr("The client id of %1 was registered with %2, but the server now uses %3. "
                         "Register a client there and add the server again with its client id.")
                .arg(view.server.name, registration.issuer, found.issuer.issuer));
    }
    const QString method = oauth::chooseAuthMethod(found.issuer, registration.hasSecret);
    if (!isBound || registration.tokenEndpointAuthMethod != method) {
        registration.issuer = found.issuer.issuer;
        registration.tokenEndpointAuthMethod = method;
        const Result<void> bound = co_await parts->catalogue.save(registration);
        if (!bound)
            co_return failure(bound.error());
    }
    Result<oauth::ClientIdentity> client = co_await identityOf(parts, registration);
    if (!client)
        co_return failure(client.error());
    Identity identity;
    identity.registration = registration;
    identity.client = *client;
    co_return identity;
}

Task<Result<Identity>> clientIdMetadata(std::shared_ptr<Parts> parts, QString issuer, QString url)
{
    const Result<void> usable = oauth::checkClientMetadataUrl(url);
    if (!usable)
        co_return failure(usable.error());
    Identity identity;
    if (const auto known = parts->catalogue.clientIdMetadata(issuer, url)) {
        identity.registration = *known;
    } else {
        identity.registration.id = QString::fromLatin1(parts->context.random.text(16));
        identity.registration.issuer = issuer;
        identity.registration.kind = store::RegistrationKind::ClientIdMetadata;
        identity.registration.clientId = url;
        identity.registration.tokenEndpointAuthMethod = QStringLiteral("none");
        identity.registration.createdAt = parts->now();
        const Result<void> saved = co_await parts->catalogue.save(identity.registration);
        if (!saved)
            co_return failure(saved.error());
    }
    identity.client.kind = oauth::IdentityKind::ClientIdMetadata;
    identity.client.clientId = url;
    co_return identity;
}

/// RFC 7591.
Task<Result<Identity>> registerAnew(std::shared_ptr<Parts> parts, AccountView view,
    oauth::Discovered found, net::Reach reach, QString redirectUri, std::stop_token stop)
{
    oauth::RegistrationRequest request;
    request.clientName = QStringLiteral("Chatelaine");
    request.redirectUris = {redirectUri};
    request.reach = reach;
    request.caFile = view.server.settings.caFile;
    Result<oauth::ClientIdentity> client =
        co_await oauth::registerClient(parts->context.http, found.issuer, request, stop);
    if (!client)
        co_return failure(client.error());

    Identity identity;
    identity.client = *client;
    store::Registration &row = identity.registration;
    row.id = QString::fromLatin1(parts->context.random.text(16));
    row.issuer = found.issuer.issuer;
    row.kind = store::RegistrationKind::Dynamic;
    row.clientId = client->clientId;
    row.tokenEndpointAuthMethod = client->tokenEndpointAuthMethod;
    row.redirectUris = request.redirectUris;
    row.hasSecret = !client->clientSecret.isEmpty();
    row.secretExpiresAt = client->secretExpiresAt;
    row.registrationClientUri = client->registrationClientUri;
    row.createdAt = parts->now();
    // Secrets first: a row without its secret would be a client that cannot speak.
    if (row.hasSecret) {
        const Result<void> kept = co_await parts->context.vault.write(
            QStringLiteral("client/") + row.id, client->clientSecret);
        if (!kept)
            co_return failure(kept.error());
    }
    if (!client->registrationAccessToken.isEmpty()) {
        const Result<void> kept = co_await parts->context.vault.write(
            QStringLiteral("registration/") + row.id, client->registrationAccessToken);
        if (!kept)
            co_return failure(kept.error());
    }
    const Result<void> saved = co_await parts->catalogue.save(row);
    if (!saved)
        co_return failure(saved.error());
    audit::Event event = parts->eventFor(view);
    event.event = QStringLiteral("client.registered");
    event.detail = QStringLiteral("%1 at %2").arg(row.clientId, row.issuer);
    parts->context.audit.note(event);
    co_return identity;
}

} // namespace

Task<Result<Identity>> identify(std::shared_ptr<Parts> parts, AccountView view,
    oauth::Discovered found, net::Reach reach, QString redirectUri, std::shared_ptr<Person> person,
    std::stop_token stop)
{
    const auto given = parts->catalogue.preRegistered(view.server.id);
    const QString metadataUrl = view.server.settings.clientMetadataUrl.isEmpty()
        ? parts->context.clientMetadataUrl
        : view.server.settings.clientMetadataUrl;
    switch (oauth::chooseIdentity(found.issuer, given.has_value(), metadataUrl)) {
    case oauth::IdentityChoice::PreRegistered:
        co_return co_await preRegistered(parts, view, found, *given);
    case oauth::IdentityChoice::ClientIdMetadata:
        co_return co_await clientIdMetadata(parts, found.issuer.issuer, metadataUrl);
    case oauth::IdentityChoice::Dynamic:
        break;
    case oauth::IdentityChoice::AskPerson:
        co_return failure(ErrorCode::RegistrationNeeded,
            Sentence::tr("%1 does not let programs register themselves. Register a client there "
                         "with the redirect URI %2, then run: chatelaine add %3 --client-id ID "
                         "--redirect-port %4")
                .arg(found.issuer.issuer, redirectUri,
                    repeatable(view.server.url.toString(QUrl::FullyEncoded)))
                .arg(QUrl(redirectUri).port()),
            {},
            {{QStringLiteral("redirect_uri"), redirectUri},
                {QStringLiteral("server"), view.fullName()},
                {QStringLiteral("reason"), QStringLiteral("registration_needed")}});
    }
    const auto known = parts->catalogue.dynamic(found.issuer.issuer, parts->now());
    if (known && known->redirectUris.contains(redirectUri)
        && !parts->suspectRegistrations.contains(known->id)) {
        Result<oauth::ClientIdentity> client = co_await identityOf(parts, *known);
        if (!client)
            co_return failure(client.error());
        Identity identity;
        identity.registration = *known;
        identity.client = *client;
        identity.reused = true;
        co_return identity;
    }
    person->progress(QStringLiteral("registration"), found.issuer.registrationEndpoint.host());
    co_return co_await registerAnew(parts, view, found, reach, redirectUri, stop);
}

} // namespace chatelaine::credentials
