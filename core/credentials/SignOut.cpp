// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/credentials/SignOut.h"

#include "core/audit/AuditLog.h"
#include "core/base/Sentence.h"
#include "core/vault/Vault.h"

namespace chatelaine::credentials {

namespace {

/// What the issuer says to having its tokens back.
Task<Result<oauth::Revocation>> revoke(
    std::shared_ptr<Parts> parts, AccountView view, TokenItem item, std::stop_token stop)
{
    if (!view.registration)
        co_return oauth::Revocation();
    const Result<net::Reach> reach = co_await parts->context.http.reachOf(view.server.url, stop);
    if (!reach)
        co_return failure(reach.error());
    auto metadata = co_await metadataOf(parts, view, *reach, MetadataFrom::Cache, stop);
    // A server that has moved on, or is away, keeps nobody from telling the issuer of before.
    if (const auto written = writtenMetadata(*parts, item.issuer, *reach); !metadata && written)
        metadata = *written;
    if (!metadata)
        co_return failure(metadata.error());
    auto identity = co_await identityOf(parts, *view.registration);
    if (!identity)
        co_return failure(identity.error());
    oauth::Endpoint endpoint;
    endpoint.client = *identity;
    endpoint.reach = *reach;
    endpoint.caFile = view.server.settings.caFile;
    co_return co_await giveBack(parts, *metadata, endpoint, item, stop);
}

/// Marks an account as being left for as long as it lives.
class Leaving
{
public:
    Leaving(std::shared_ptr<Parts> parts, QString accountId)
        : m_parts(std::move(parts))
        , m_accountId(std::move(accountId))
        , m_isFirst(!m_parts->leaving.contains(m_accountId))
    {
        m_parts->leaving.insert(m_accountId);
    }
    ~Leaving()
    {
        if (m_isFirst)
            m_parts->leaving.remove(m_accountId);
    }
    Q_DISABLE_COPY_MOVE(Leaving)

private:
    std::shared_ptr<Parts> m_parts;
    QString m_accountId;
    bool m_isFirst;
};

} // namespace

Task<Result<oauth::Revocation>> giveBack(std::shared_ptr<Parts> parts,
    oauth::AuthorizationServerMetadata issuer, oauth::Endpoint endpoint, TokenItem item,
    std::stop_token stop)
{
    oauth::Revocation nothing;
    if (!issuer.revocationEndpoint.isValid()) {
        nothing.answer = Sentence::tr("%1 takes no tokens back; the access token ends by itself.")
                             .arg(issuer.issuer);
        co_return nothing;
    }
    endpoint.url = issuer.revocationEndpoint;
    const bool haveRefresh = !item.refreshToken.isEmpty();
    const Secret token = haveRefresh ? item.refreshToken : item.accessToken;
    const oauth::TokenHint hint =
        haveRefresh ? oauth::TokenHint::RefreshToken : oauth::TokenHint::AccessToken;
    co_return co_await parts->tokenEndpoint.revoke(endpoint, token, hint, stop);
}

Task<Result<Farewell>> signOut(
    std::shared_ptr<Parts> parts, QString accountId, audit::ClientFacts by, Unconfirmed unconfirmed)
{
    const Leaving mark(parts, accountId);
    // A rotation under way ends first: what is given back is the newest.
    co_await parts->refresher.settle(accountId, parts->stopping.get_token());
    const auto view = parts->catalogue.view(accountId);
    if (!view)
        co_return failure(ErrorCode::NotFound, Sentence::tr("The account was removed."));
    Farewell farewell;
    const quint64 before = parts->signIns.value(accountId);
    const Result<TokenItem> item = co_await parts->tokens.get(accountId, {});
    if (!item && item.error().code != ErrorCode::NotFound && !isDamage(item.error()))
        co_return failure(item.error());

    if (item && item->issuer == view->account.issuer) {
        const Result<oauth::Revocation> answer =
            co_await revoke(parts, *view, *item, parts->stopping.get_token());
        farewell.revoked = answer && answer->revoked;
        farewell.revocation = answer
            ? answer->answer
            : Sentence::tr("The authorization server could not be told: %1")
                  .arg(answer.error().message);
    }
    if (!farewell.revoked && unconfirmed == Unconfirmed::Keep) {
        if (farewell.revocation.isEmpty())
            farewell.revocation = Sentence::tr("There are no tokens to give back.");
        if (view->account.state == store::AccountState::SignedOut)
            co_return farewell;
        audit::Event kept = parts->eventFor(*view);
        kept.event = QStringLiteral("token.revocation");
        kept.outcome = audit::Outcome::Failed;
        kept.client = by;
        kept.detail = farewell.revocation;
        parts->context.audit.note(kept);
        co_return farewell;
    }
    // Who has signed in while the issuer was being told meant to stay.
    const auto isSignedInAnew = [parts, accountId, before] {
        return parts->signIns.value(accountId) != before;
    };
    if (isSignedInAnew())
        co_return farewell;
    const Result<void> dropped = co_await parts->tokens.drop(accountId, -1);
    if (!dropped)
        co_return failure(dropped.error());
    if (isSignedInAnew())
        co_return farewell;
    parts->refresher.forget(accountId);

    audit::Event about;
    about.client = by;
    about.detail = farewell.revocation;
    const AccountEdit edit = [](store::Account &account) {
        account.grantedScopes.clear();
        account.requestedScopes.clear();
        account.expiresAt = 0;
        account.hasRefreshToken = false;
        account.lastError.clear();
        account.signedInAt = 0;
        account.refreshSentAt = 0;
        ++account.generation; // a refresh that is still under way comes too late
    };
    co_await parts->move(accountId, AccountEvent::SignedOut, about, edit);
    if (parts->tokenChanged)
        parts->tokenChanged(accountId);
    co_return farewell;
}

Task<Result<QString>> retireRegistration(
    std::shared_ptr<Parts> parts, QString registrationId, AccountView view)
{
    const auto registration = parts->catalogue.registration(registrationId);
    // What a person gave belongs to the server, and goes with it.
    if (!registration || registration->kind == store::RegistrationKind::PreRegistered
        || parts->catalogue.isRegistrationUsed(registrationId))
        co_return QString();
    QString answer;
    if (!registration->registrationClientUri.isEmpty()) {
        const std::stop_token stop = parts->stopping.get_token();
        const Result<net::Reach> reach =
            co_await parts->context.http.reachOf(view.server.url, stop);
        auto identity = co_await identityOf(parts, *registration);
        const Result<Secret> token = co_await parts->context.vault.read(
            QStringLiteral("registration/") + registrationId, {});
        if (reach && identity && token) {
            identity->registrationAccessToken = *token;
            const Result<QString> deleted = co_await oauth::deleteRegistration(
                parts->context.http, *identity, *reach, view.server.settings.caFile, stop);
            answer = deleted ? *deleted : deleted.error().message;
        }
    }
    const Result<void> forgotten = co_await forgetRegistration(parts, registrationId);
    if (!forgotten)
        co_return failure(forgotten.error());
    co_return answer;
}

} // namespace chatelaine::credentials
