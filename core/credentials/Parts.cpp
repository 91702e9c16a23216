// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/credentials/Parts.h"

#include "core/audit/AuditLog.h"
#include "core/base/Clock.h"
#include "core/base/Sentence.h"
#include "core/vault/Vault.h"

#include <QLoggingCategory>

namespace chatelaine::credentials {

Q_LOGGING_CATEGORY(logHeart, "chatelaine.credentials")

Parts::Parts(Context given)
    : context(std::move(given))
    , catalogue(context.store)
    , tokens(context.vault)
    , discovery(context.http, context.clock)
    , tokenEndpoint(context.http, context.clock)
    , refresher(*this)
    , lapses(*this)
{ }

UtcMs Parts::now() const
{
    return context.clock.utcMs();
}

Instant Parts::instant() const
{
    return {context.clock.utcMs(), context.clock.bootMs()};
}

audit::Event Parts::eventFor(const AccountView &view) const
{
    audit::Event event;
    event.server = view.server.name;
    event.account = view.account.name;
    event.scope = view.account.grantedScopes.join(u' ');
    return event;
}

Task<Result<void>> Parts::move(
    QString accountId, AccountEvent event, audit::Event about, AccountEdit edit)
{
    const std::shared_ptr<Parts> self = shared_from_this();
    std::optional<AccountView> view = catalogue.view(accountId);
    if (!view)
        co_return failure(ErrorCode::NotFound, Sentence::tr("The account was removed meanwhile."));
    // The store and the history may be gone with the heart.
    if (stopping.stop_requested())
        co_return cancelled();
    const std::optional<Transition> step = transition(view->account.state, event);
    if (!step)
        co_return {};
    if (edit)
        edit(view->account);
    view->account.state = step->to;
    const Result<void> saved = co_await catalogue.save(view->account);
    if (!saved)
        qCWarning(logHeart) << "The database did not take" << step->event << saved.error().detail;
    if (stopping.stop_requested())
        co_return saved;

    audit::Event record = eventFor(*view);
    record.event = step->event;
    record.client = about.client;
    record.detail = about.detail;
    record.outcome = about.outcome;
    record.tokenFingerprint = view->account.tokenFingerprint;
    context.audit.note(record);
    if (accountChanged)
        accountChanged(accountId);
    co_return saved;
}

void Parts::noteMissing(const QString &accountId, const QStringList &scopes)
{
    if (catalogue.noteMissing(accountId, scopes) && accountChanged)
        accountChanged(accountId);
}

Task<Result<void>> Parts::remark(QString accountId, QString lastError)
{
    const std::shared_ptr<Parts> self = shared_from_this();
    std::optional<AccountView> view = catalogue.view(accountId);
    if (!view || view->account.lastError == lastError || stopping.stop_requested())
        co_return {};
    view->account.lastError = lastError;
    const Result<void> saved = co_await catalogue.save(view->account);
    if (accountChanged)
        accountChanged(accountId);
    co_return saved;
}

Task<Result<void>> Parts::markRefresh(QString accountId, UtcMs sentAt)
{
    const std::shared_ptr<Parts> self = shared_from_this();
    std::optional<AccountView> view = catalogue.view(accountId);
    if (!view || stopping.stop_requested())
        co_return {};
    view->account.refreshSentAt = sentAt;
    const Result<void> saved = co_await catalogue.save(view->account);
    co_return saved;
}

Task<Result<oauth::ClientIdentity>> identityOf(
    std::shared_ptr<Parts> parts, store::Registration registration)
{
    oauth::ClientIdentity identity;
    identity.clientId = registration.clientId;
    identity.tokenEndpointAuthMethod = registration.tokenEndpointAuthMethod;
    identity.redirectUris = registration.redirectUris;
    identity.registrationClientUri = registration.registrationClientUri;
    switch (registration.kind) {
    case store::RegistrationKind::PreRegistered:
        identity.kind = oauth::IdentityKind::PreRegistered;
        break;
    case store::RegistrationKind::ClientIdMetadata:
        identity.kind = oauth::IdentityKind::ClientIdMetadata;
        break;
    case store::RegistrationKind::Dynamic:
        identity.kind = oauth::IdentityKind::Dynamic;
        break;
    }
    if (registration.hasSecret) {
        Result<Secret> secret =
            co_await parts->context.vault.read(QStringLiteral("client/") + registration.id, {});
        if (!secret)
            co_return failure(secret.error());
        identity.clientSecret = *secret;
    }
    co_return identity;
}

Task<Result<void>> forgetRegistration(std::shared_ptr<Parts> parts, QString registrationId)
{
    const auto registration = parts->catalogue.registration(registrationId);
    if (!registration)
        co_return {};
    const Result<void> removed = co_await parts->catalogue.removeRegistration(registrationId);
    if (!removed)
        co_return removed;
    // An item that stays behind in a locked vault opens nothing any more.
    co_await parts->context.vault.remove(QStringLiteral("client/") + registrationId);
    co_await parts->context.vault.remove(QStringLiteral("registration/") + registrationId);
    co_return {};
}

Task<void> rememberIssuer(std::shared_ptr<Parts> parts, oauth::Discovered found)
{
    store::IssuerRecord issuer;
    issuer.issuer = found.issuer.issuer;
    issuer.metadata = found.issuer.raw;
    issuer.fetchedAt = parts->now();
    issuer.clockSkewMs = found.clockSkewMs.value_or(0);
    co_await parts->catalogue.save(issuer);
}

std::optional<oauth::AuthorizationServerMetadata> writtenMetadata(
    const Parts &parts, const QString &issuer, net::Reach reach)
{
    const auto written = parts.catalogue.issuer(issuer);
    if (!written)
        return std::nullopt;
    const auto metadata =
        oauth::authorizationServerMetadataFromJson(written->metadata, written->issuer, reach);
    return metadata ? std::optional(*metadata) : std::nullopt;
}

Task<Result<oauth::AuthorizationServerMetadata>> metadataOf(std::shared_ptr<Parts> parts,
    AccountView view, net::Reach reach, MetadataFrom from, std::stop_token stop)
{
    constexpr qint64 longestTrustMs = 24 * 3600 * 1000;
    std::optional<oauth::AuthorizationServerMetadata> known;
    auto cached = parts->catalogue.issuer(view.account.issuer);
    if (cached && from == MetadataFrom::Cache) {
        known = writtenMetadata(*parts, view.account.issuer, reach);
        const qint64 age = parts->now() - cached->fetchedAt;
        if (known && age >= 0 && age < longestTrustMs)
            co_return *known;
    }
    oauth::DiscoveryInput input;
    input.server = view.server.url;
    input.reach = reach;
    input.caFile = view.server.settings.caFile;
    input.preferredIssuer = view.account.issuer;
    Result<oauth::Discovered> found = co_await parts->discovery.discover(input, {}, stop);
    const bool isSame = found && found->issuer.issuer == view.account.issuer;
    const bool isOver = parts->stopping.stop_requested();
    // Only the resource's own metadata can say so; without any, discovery guesses.
    const bool hasMoved = found && !isSame && found->resource;
    if (!isSame && !hasMoved && !isOver && known) {
        // Where the server names its issuer in challenges only there is nothing to be found here.
        cached->fetchedAt = parts->now();
        co_await parts->catalogue.save(*cached);
        co_return *known;
    }
    if (!found)
        co_return failure(found.error());
    if (!isSame) {
        co_return failure(ErrorCode::SignInNeeded,
            Sentence::tr("%1 now uses the authorization server %2 and no longer %3, where you are "
                         "signed in.")
                .arg(view.fullName(), found->issuer.issuer, view.account.issuer),
            {},
            {{QStringLiteral("server"), view.fullName()},
                {QStringLiteral("reason"), QStringLiteral("issuer_changed")}});
    }
    if (!isOver)
        co_await rememberIssuer(parts, *found);
    co_return found->issuer;
}

QString resourceParameter(const store::Server &server, const oauth::Discovered &found)
{
    switch (server.settings.resourceMode) {
    case store::ResourceMode::Omit:
        return {};
    case store::ResourceMode::Custom:
        return server.settings.resourceValue;
    case store::ResourceMode::Auto:
        break;
    }
    // Byte for byte as the metadata has it; without metadata the canonical URI (RFC 8707 §2).
    return found.resource ? found.resource->resource
                          : server.url.toString(QUrl::FullyEncoded | QUrl::RemoveFragment);
}

} // namespace chatelaine::credentials
