// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/credentials/Catalogue.h"

#include "core/base/Sentence.h"
#include "core/base/Text.h"
#include "core/credentials/Scopes.h"
#include "core/store/Store.h"

#include <algorithm>

namespace chatelaine::credentials {

namespace {

/// Nobody reads a longer list before consenting to it.
constexpr qsizetype mostMissing = 32;

/// Both as a person would call the same: without a trailing slash.
QString comparable(const QString &url)
{
    return url.endsWith(u'/') ? url.chopped(1) : url;
}

bool isNear(const QString &a, const QString &b)
{
    return a.contains(b, Qt::CaseInsensitive) || b.contains(a, Qt::CaseInsensitive)
        || a.left(3).compare(b.left(3), Qt::CaseInsensitive) == 0;
}

} // namespace

Catalogue::Catalogue(store::Store &store)
    : m_store(store)
{ }

void Catalogue::take(const store::Snapshot &all)
{
    for (const store::Server &server : all.servers)
        remember(server);
    for (const store::Account &account : all.accounts)
        m_accounts.insert(account.id, account);
    for (const store::Registration &registration : all.registrations)
        m_registrations.insert(registration.id, registration);
    for (const store::IssuerRecord &issuer : all.issuers)
        m_issuers.insert(issuer.issuer, issuer);
}

QList<AccountView> Catalogue::views() const
{
    QList<AccountView> list;
    list.reserve(m_accounts.size());
    for (const store::Account &account : m_accounts) {
        if (auto one = view(account.id))
            list.append(*std::move(one));
    }
    std::sort(list.begin(), list.end(),
        [](const AccountView &a, const AccountView &b) { return a.fullName() < b.fullName(); });
    return list;
}

std::optional<AccountView> Catalogue::view(const QString &accountId) const
{
    const auto account = m_accounts.constFind(accountId);
    if (account == m_accounts.cend())
        return std::nullopt;
    const auto server = m_servers.constFind(account->serverId);
    if (server == m_servers.cend())
        return std::nullopt;
    return AccountView{*server, *account, registration(account->registrationId),
        missingFrom(account->grantedScopes, m_missing.value(accountId))};
}

bool Catalogue::noteMissing(const QString &accountId, const QStringList &scopes)
{
    if (!m_accounts.contains(accountId))
        return false;
    QStringList &noted = m_missing[accountId];
    const QStringList fresh = missingFrom(noted, scopes);
    const qsizetype room = std::min(fresh.size(), mostMissing - noted.size());
    noted += fresh.first(room);
    return room > 0;
}

std::optional<store::AccountState> Catalogue::state(const QString &accountId) const
{
    const auto account = m_accounts.constFind(accountId);
    return account == m_accounts.cend() ? std::nullopt : std::optional(account->state);
}

void Catalogue::remember(const store::Server &server)
{
    m_servers.insert(server.id, server);
    m_addresses.insert(server.id, comparable(server.url.toString(QUrl::FullyEncoded)));
}

Result<AccountView> Catalogue::find(const QString &server, const QString &account) const
{
    QString name = server;
    QString accountName = account;
    const bool isUrl = server.contains(QLatin1StringView("://"));
    if (const qsizetype slash = server.indexOf(u'/'); !isUrl && slash >= 0) {
        name = server.left(slash);
        accountName = server.mid(slash + 1);
    }
    if (isUrl)
        name = comparable(name);
    const store::Server *found = nullptr;
    for (const store::Server &candidate : m_servers) {
        const bool same = isUrl
            ? m_addresses.value(candidate.id) == name || comparable(candidate.resource) == name
            : candidate.name == name;
        if (same && (!found || candidate.createdAt < found->createdAt))
            found = &candidate;
    }
    if (!found) {
        QStringList near;
        for (const QString &candidate : serverNames()) {
            if (isNear(candidate, name))
                near.append(candidate);
        }
        QString sentence = isUrl
            ? Sentence::tr("No server with the address %1 is known. Add it with: chatelaine add "
                           "%1")
                  .arg(server)
            : Sentence::tr("No server is called \"%1\".").arg(name);
        if (!isUrl && !near.isEmpty())
            sentence += Sentence::tr(" Did you mean %1?").arg(near.first());
        else if (!isUrl)
            sentence += Sentence::tr(" `chatelaine list` shows those there are.");
        return failure(ErrorCode::NotFound, sentence);
    }
    const store::Account *first = nullptr;
    for (const store::Account &candidate : m_accounts) {
        if (candidate.serverId != found->id)
            continue;
        if (candidate.name == accountName)
            return *view(candidate.id);
        if (!first || candidate.createdAt < first->createdAt)
            first = &candidate;
    }
    if (accountName.isEmpty() && first)
        return *view(first->id);
    return failure(ErrorCode::NotFound,
        Sentence::tr("%1 has no account called \"%2\". Add it with: chatelaine add %3 "
                     "--account %2")
            .arg(found->name, accountName, repeatable(found->url.toString(QUrl::FullyEncoded))));
}

QStringList Catalogue::serverNames() const
{
    QStringList names;
    for (const store::Server &server : m_servers)
        names.append(server.name);
    names.sort();
    return names;
}

QList<store::Account> Catalogue::accountsOf(const QString &serverId) const
{
    QList<store::Account> list;
    for (const store::Account &account : m_accounts) {
        if (account.serverId == serverId)
            list.append(account);
    }
    return list;
}

std::optional<store::Server> Catalogue::serverNamed(const QString &name) const
{
    for (const store::Server &server : m_servers) {
        if (server.name == name)
            return server;
    }
    return std::nullopt;
}

std::optional<store::Registration> Catalogue::registration(const QString &id) const
{
    const auto found = m_registrations.constFind(id);
    return found == m_registrations.cend() ? std::nullopt : std::optional(*found);
}

std::optional<store::Registration> Catalogue::preRegistered(const QString &serverId) const
{
    for (const store::Registration &registration : m_registrations) {
        if (registration.kind == store::RegistrationKind::PreRegistered
            && registration.serverId == serverId)
            return registration;
    }
    return std::nullopt;
}

std::optional<store::Registration> Catalogue::clientIdMetadata(
    const QString &issuer, const QString &url) const
{
    for (const store::Registration &registration : m_registrations) {
        if (registration.kind == store::RegistrationKind::ClientIdMetadata
            && registration.issuer == issuer && registration.clientId == url)
            return registration;
    }
    return std::nullopt;
}

std::optional<store::Registration> Catalogue::dynamic(const QString &issuer, UtcMs now) const
{
    const store::Registration *newest = nullptr;
    for (const store::Registration &registration : m_registrations) {
        const bool expired =
            registration.secretExpiresAt > 0 && registration.secretExpiresAt <= now;
        if (registration.kind == store::RegistrationKind::Dynamic && registration.issuer == issuer
            && !expired && (!newest || registration.createdAt > newest->createdAt))
            newest = &registration;
    }
    return newest ? std::optional(*newest) : std::nullopt;
}

std::optional<store::Registration> Catalogue::registrationOf(
    const QString &issuer, const QString &clientId, const QString &serverId) const
{
    for (const store::Registration &registration : m_registrations) {
        const bool fits = registration.serverId.isEmpty() || registration.serverId == serverId;
        if (fits && registration.issuer == issuer && registration.clientId == clientId)
            return registration;
    }
    return std::nullopt;
}

std::optional<store::IssuerRecord> Catalogue::issuer(const QString &issuer) const
{
    const auto found = m_issuers.constFind(issuer);
    return found == m_issuers.cend() ? std::nullopt : std::optional(*found);
}

QStringList Catalogue::registrationIds() const
{
    return m_registrations.keys();
}

bool Catalogue::isRegistrationUsed(const QString &id) const
{
    return std::any_of(m_accounts.cbegin(), m_accounts.cend(),
        [&id](const store::Account &account) { return account.registrationId == id; });
}

Task<Result<void>> Catalogue::save(store::Server server)
{
    const Result<void> saved = co_await m_store.save(server);
    if (saved)
        remember(server);
    co_return saved;
}

Task<Result<void>> Catalogue::save(store::Account account)
{
    // In memory first: what follows at once must see the new state, whatever the disk says.
    m_accounts.insert(account.id, account);
    co_return co_await m_store.save(account);
}

Task<Result<void>> Catalogue::save(store::Registration registration)
{
    const Result<void> saved = co_await m_store.save(registration);
    if (saved)
        m_registrations.insert(registration.id, registration);
    co_return saved;
}

Task<Result<void>> Catalogue::save(store::IssuerRecord issuer)
{
    m_issuers.insert(issuer.issuer, issuer);
    co_return co_await m_store.save(issuer);
}

Task<Result<void>> Catalogue::removeAccount(QString id)
{
    const Result<void> removed = co_await m_store.removeAccount(id);
    if (removed) {
        m_accounts.remove(id);
        m_missing.remove(id);
    }
    co_return removed;
}

Task<Result<void>> Catalogue::removeServer(QString id)
{
    const Result<void> removed = co_await m_store.removeServer(id);
    if (removed) {
        m_servers.remove(id);
        m_addresses.remove(id);
        m_accounts.removeIf([&id](const auto &entry) { return entry.value().serverId == id; });
    }
    co_return removed;
}

Task<Result<void>> Catalogue::removeRegistration(QString id)
{
    const Result<void> removed = co_await m_store.removeRegistration(id);
    if (removed)
        m_registrations.remove(id);
    co_return removed;
}

} // namespace chatelaine::credentials
