// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/credentials/Possession.h"

#include "core/base/Sentence.h"
#include "core/base/Text.h"
#include "core/credentials/RefreshErrors.h"

namespace chatelaine::credentials {

namespace {

Task<Result<TokenItem>> lost(
    std::shared_ptr<Parts> parts, AccountView view, AccountEvent event, QString reason, QString why)
{
    audit::Event about;
    about.outcome = audit::Outcome::Failed;
    about.detail = why;
    const AccountEdit edit = [why](store::Account &account) {
        account.lastError = why;
        account.hasRefreshToken = false;
    };
    co_await parts->move(view.account.id, event, about, edit);
    co_return failure(signInNeeded(view, reason, why));
}

Task<void> takeOver(std::shared_ptr<Parts> parts, AccountView view, TokenItem newer)
{
    const auto registration =
        parts->catalogue.registrationOf(newer.issuer, newer.clientId, view.server.id);
    const bool signedInAnew = newer.issuer != view.account.issuer
        || (registration && registration->id != view.account.registrationId);
    audit::Event about;
    about.detail = Sentence::tr("Taken over from the vault after an interruption.");
    const AccountEdit edit = [newer, registration](store::Account &account) {
        adopt(account, newer);
        if (registration)
            account.registrationId = registration->id;
    };
    const AccountEvent event = signedInAnew ? AccountEvent::SignedIn : AccountEvent::Refreshed;
    co_await parts->move(view.account.id, event, about, edit);
}

} // namespace

QString addressOf(const store::Server &server)
{
    return server.url.toString(QUrl::FullyEncoded);
}

void adopt(store::Account &account, const TokenItem &item)
{
    account.issuer = item.issuer;
    account.resource = item.resource;
    account.generation = item.generation;
    account.expiresAt = item.expiresAt;
    account.grantedScopes = item.scopes;
    account.hasRefreshToken = !item.refreshToken.isEmpty();
    account.tokenFingerprint = item.accessToken.fingerprint();
    account.lastError.clear();
    account.refreshSentAt = 0;
}

Task<Result<TokenItem>> possession(
    std::shared_ptr<Parts> parts, QString accountId, std::stop_token stop)
{
    Result<TokenItem> item = co_await parts->tokens.get(accountId, stop);
    const std::optional<AccountView> view = parts->catalogue.view(accountId);
    if (!view)
        co_return failure(ErrorCode::NotFound, Sentence::tr("The account was removed."));
    if (!item && item.error().code == ErrorCode::NotFound) {
        const QString why =
            Sentence::tr("The tokens of %1 are no longer in the keychain.").arg(view->fullName());
        co_return co_await lost(
            parts, *view, AccountEvent::GrantLost, QStringLiteral("item_gone"), why);
    }
    if (!item && isDamage(item.error())) {
        const QString why = Sentence::tr("The tokens of %1 can't be read: another program has "
                                         "changed them in the keychain.")
                                .arg(view->fullName());
        co_return co_await lost(
            parts, *view, AccountEvent::Damaged, QStringLiteral("item_damaged"), why);
    }
    if (!item)
        co_return item;
    if (item->server != addressOf(view->server)) {
        const QString before = repeatable(item->server);
        const QString now = repeatable(addressOf(view->server));
        // What may hold a secret is not repeated: then both look the same.
        const QString why = before == now
            ? Sentence::tr("The tokens of %1 are for %2 with something else behind the \"?\" than "
                           "its address has now, so they are not used.")
                  .arg(view->fullName(), before)
            : Sentence::tr("The tokens of %1 are for %2, but its address is %3 now, so they are "
                           "not used.")
                  .arg(view->fullName(), before, now);
        co_return co_await lost(
            parts, *view, AccountEvent::GrantLost, QStringLiteral("address_changed"), why);
    }
    if (item->generation > view->account.generation)
        co_await takeOver(parts, *view, *item);
    co_return item;
}

} // namespace chatelaine::credentials
