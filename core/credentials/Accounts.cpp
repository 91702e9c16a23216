// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/credentials/Accounts.h"

#include "core/audit/AuditLog.h"
#include "core/base/Random.h"
#include "core/base/Sentence.h"
#include "core/credentials/Change.h"
#include "core/credentials/ServerUrl.h"
#include "core/credentials/SignOut.h"

namespace chatelaine::credentials {

Task<Result<AccountView>> addServer(
    std::shared_ptr<Parts> parts, NewServer given, audit::ClientFacts by)
{
    const Result<QUrl> url = readServerUrl(given.url);
    if (!url)
        co_return failure(url.error());
    for (const QString &name : {given.name, given.account}) {
        if (!name.isEmpty() && !isGoodName(name)) {
            co_return failure(ErrorCode::InvalidInput,
                Sentence::tr("\"%1\" can't be a name: use letters, digits, '.', '_' "
                             "and '-', at most 64 of them.")
                    .arg(name));
        }
    }
    if (!given.settings.clientMetadataUrl.isEmpty()) {
        const Result<void> usable = oauth::checkClientMetadataUrl(given.settings.clientMetadataUrl);
        if (!usable)
            co_return failure(usable.error());
    }

    // A known address with a new account name is a second account of the same server.
    std::optional<store::Server> known;
    if (!given.name.isEmpty()) {
        known = parts->catalogue.serverNamed(given.name);
        if (known && known->url != *url)
            known.reset();
    } else if (const Result<AccountView> found =
                   parts->catalogue.find(url->toString(QUrl::FullyEncoded), QString())) {
        known = found->server;
    }
    store::Server server;
    bool isNew = false;
    if (known) {
        server = *known;
        if (given.settings != store::ServerSettings() && given.settings != server.settings) {
            co_return failure(ErrorCode::AlreadyExists,
                Sentence::tr("%1 has settings already, which all its accounts share. Leave the "
                             "settings out to add an account, or add the address under another "
                             "--name.")
                    .arg(server.name));
        }
        for (const store::Account &account : parts->catalogue.accountsOf(server.id)) {
            if (account.name == given.account) {
                co_return failure(ErrorCode::AlreadyExists,
                    Sentence::tr("This server is there already, as %1. Give another "
                                 "--account to sign in twice, or another --name.")
                        .arg(parts->catalogue.view(account.id)->fullName()));
            }
        }
    } else {
        server.id = QString::fromLatin1(parts->context.random.text(16));
        server.name =
            given.name.isEmpty() ? nameFor(*url, parts->catalogue.serverNames()) : given.name;
        server.url = *url;
        server.settings = given.settings;
        server.createdAt = parts->now();
        if (parts->catalogue.serverNamed(server.name)) {
            co_return failure(ErrorCode::AlreadyExists,
                Sentence::tr("A server called \"%1\" is there already. Choose "
                             "another --name.")
                    .arg(server.name));
        }
        const Result<void> saved = co_await parts->catalogue.save(server);
        if (!saved)
            co_return failure(saved.error());
        isNew = true;
    }
    if (!given.clientId.isEmpty()) {
        const auto present = parts->catalogue.preRegistered(server.id);
        if (present && present->clientId != given.clientId) {
            co_return failure(ErrorCode::AlreadyExists,
                Sentence::tr("%1 has the client id %2, which all its accounts use. To use another "
                             "one, add the address under another --name.")
                    .arg(server.name, present->clientId));
        }
        Result<void> saved;
        if (!present || !given.clientSecret.isEmpty())
            saved =
                co_await savePreRegistered(parts, server.id, given.clientId, given.clientSecret);
        if (!saved) {
            // A server without an account would be seen by nobody and keep its name for ever.
            if (isNew)
                co_await parts->catalogue.removeServer(server.id);
            co_return failure(saved.error());
        }
    }
    store::Account account;
    account.id = QString::fromLatin1(parts->context.random.text(16));
    account.serverId = server.id;
    account.name = given.account;
    account.createdAt = parts->now();
    const Result<void> saved = co_await parts->catalogue.save(account);
    if (!saved)
        co_return failure(saved.error());

    const AccountView view = *parts->catalogue.view(account.id);
    audit::Event event = parts->eventFor(view);
    event.event = QStringLiteral("server.added");
    event.client = by;
    event.detail = url->toString(QUrl::FullyEncoded | QUrl::RemoveQuery);
    parts->context.audit.note(event);
    if (parts->accountChanged)
        parts->accountChanged(account.id);
    co_return view;
}

Task<Result<Farewell>> removeAccount(
    std::shared_ptr<Parts> parts, QString accountId, audit::ClientFacts by)
{
    const auto view = parts->catalogue.view(accountId);
    if (!view)
        co_return failure(ErrorCode::NotFound, Sentence::tr("The account was removed already."));
    Result<Farewell> farewell;
    // A sign-in that came to its end meanwhile is signed out again.
    constexpr int mostSignIns = 3;
    for (int i = 0; i < mostSignIns; ++i) {
        farewell = co_await signOut(parts, accountId, by, Unconfirmed::Forget);
        if (!farewell)
            co_return farewell;
        if (parts->catalogue.state(accountId) == store::AccountState::SignedOut)
            break;
    }

    const bool last = parts->catalogue.accountsOf(view->server.id).size() == 1;
    const auto given = parts->catalogue.preRegistered(view->server.id);
    Result<void> removed;
    if (last)
        removed = co_await parts->catalogue.removeServer(view->server.id);
    else
        removed = co_await parts->catalogue.removeAccount(accountId);
    if (!removed)
        co_return failure(removed.error());
    const Result<QString> retired =
        co_await retireRegistration(parts, view->account.registrationId, *view);
    if (retired)
        farewell->registration = *retired;
    if (last && given)
        co_await forgetRegistration(parts, given->id);

    audit::Event event = parts->eventFor(*view);
    event.event = QStringLiteral("server.removed");
    event.client = by;
    event.scope.clear();
    parts->context.audit.note(event);
    co_return farewell;
}

} // namespace chatelaine::credentials
