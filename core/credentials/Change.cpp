// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/credentials/Change.h"

#include "core/audit/AuditLog.h"
#include "core/base/Random.h"
#include "core/base/Sentence.h"
#include "core/credentials/ServerUrl.h"
#include "core/vault/Vault.h"

namespace chatelaine::credentials {

Task<Result<void>> savePreRegistered(
    std::shared_ptr<Parts> parts, QString serverId, QString clientId, Secret clientSecret)
{
    store::Registration row;
    row.id = QString::fromLatin1(parts->context.random.text(16));
    row.serverId = serverId;
    row.kind = store::RegistrationKind::PreRegistered;
    row.clientId = clientId;
    row.hasSecret = !clientSecret.isEmpty();
    row.createdAt = parts->now();
    if (const auto before = parts->catalogue.preRegistered(serverId)) {
        row.id = before->id;
        row.createdAt = before->createdAt;
        // A new secret of the same client is for the issuer that has the client.
        if (before->clientId == clientId) {
            row.issuer = before->issuer;
            row.tokenEndpointAuthMethod = before->tokenEndpointAuthMethod;
        }
    }
    if (row.hasSecret) {
        const Result<void> kept =
            co_await parts->context.vault.write(QStringLiteral("client/") + row.id, clientSecret);
        if (!kept)
            co_return kept;
    }
    co_return co_await parts->catalogue.save(row);
}

namespace {

Result<void> check(const Parts &parts, const AccountView &view, const AccountChange &change)
{
    const bool goodAccount = change.account.isEmpty() || isGoodName(change.account);
    if (!isGoodName(change.name) || !goodAccount) {
        return failure(ErrorCode::InvalidInput,
            Sentence::tr("\"%1\" can't be a name: use letters, digits, '.', '_' and '-', at most "
                         "64 of them.")
                .arg(goodAccount ? change.name : change.account));
    }
    const auto sameName = parts.catalogue.serverNamed(change.name);
    if (sameName && sameName->id != view.server.id) {
        return failure(ErrorCode::AlreadyExists,
            Sentence::tr("A server called \"%1\" is there already. Choose another name.")
                .arg(change.name));
    }
    for (const store::Account &other : parts.catalogue.accountsOf(view.server.id)) {
        if (other.id != view.account.id && other.name == change.account) {
            return failure(ErrorCode::AlreadyExists,
                Sentence::tr("This server has an account of that name already. Choose another "
                             "one."));
        }
    }
    if (!change.settings.clientMetadataUrl.isEmpty())
        return oauth::checkClientMetadataUrl(change.settings.clientMetadataUrl);
    return {};
}

/// The client id as the person wants it: another one, none, or the one that is there.
Task<Result<void>> changeClient(
    std::shared_ptr<Parts> parts, QString serverId, QString clientId, Secret clientSecret)
{
    const auto before = parts->catalogue.preRegistered(serverId);
    if (clientId.isEmpty()) {
        if (before)
            co_return co_await forgetRegistration(parts, before->id);
        co_return {};
    }
    if (before && before->clientId == clientId && clientSecret.isEmpty())
        co_return {};
    co_return co_await savePreRegistered(parts, serverId, clientId, clientSecret);
}

} // namespace

Task<Result<AccountView>> changeAccount(
    std::shared_ptr<Parts> parts, QString accountId, AccountChange change, audit::ClientFacts by)
{
    const auto view = parts->catalogue.view(accountId);
    if (!view)
        co_return failure(ErrorCode::NotFound, Sentence::tr("The account was removed."));
    if (const Result<void> good = check(*parts, *view, change); !good)
        co_return failure(good.error());

    store::Server server = view->server;
    server.name = change.name;
    server.settings = change.settings;
    const Result<void> saved = co_await parts->catalogue.save(server);
    if (!saved)
        co_return failure(saved.error());
    if (change.account != view->account.name) {
        store::Account account = parts->catalogue.view(accountId).value_or(*view).account;
        account.name = change.account;
        const Result<void> renamed = co_await parts->catalogue.save(account);
        if (!renamed)
            co_return failure(renamed.error());
    }
    const Result<void> client =
        co_await changeClient(parts, server.id, change.clientId, change.clientSecret);
    if (!client)
        co_return failure(client.error());

    const auto after = parts->catalogue.view(accountId);
    if (!after)
        co_return failure(ErrorCode::NotFound, Sentence::tr("The account was removed meanwhile."));
    audit::Event event = parts->eventFor(*after);
    event.event = QStringLiteral("server.changed");
    event.client = by;
    event.scope.clear();
    if (after->fullName() != view->fullName())
        event.detail = Sentence::tr("Was called %1.").arg(view->fullName());
    parts->context.audit.note(event);
    for (const store::Account &account : parts->catalogue.accountsOf(server.id)) {
        if (parts->accountChanged)
            parts->accountChanged(account.id);
    }
    co_return *after;
}

} // namespace chatelaine::credentials
