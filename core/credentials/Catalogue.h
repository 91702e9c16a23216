// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/credentials/Types.h"

#include <QHash>

namespace chatelaine::credentials {

/// Servers, accounts, registrations and issuers: all of them in memory, each change in the database
/// before it is told. What is asked comes as a copy. One thread.
class Catalogue
{
public:
    explicit Catalogue(store::Store &store);

    void take(const store::Snapshot &all);

    QList<AccountView> views() const; ///< sorted by name
    std::optional<AccountView> view(const QString &accountId) const;
    std::optional<store::AccountState> state(const QString &accountId) const;
    Result<AccountView> find(const QString &server, const QString &account) const;
    QStringList serverNames() const;
    QList<store::Account> accountsOf(const QString &serverId) const;
    std::optional<store::Server> serverNamed(const QString &name) const;

    std::optional<store::Registration> registration(const QString &id) const;
    /// What a person registered for this server.
    std::optional<store::Registration> preRegistered(const QString &serverId) const;
    std::optional<store::Registration> clientIdMetadata(
        const QString &issuer, const QString &url) const;
    /// A dynamic registration at that issuer that is still good.
    std::optional<store::Registration> dynamic(const QString &issuer, UtcMs now) const;
    /// The one with that client id that an account of this server may use.
    std::optional<store::Registration> registrationOf(
        const QString &issuer, const QString &clientId, const QString &serverId) const;
    std::optional<store::IssuerRecord> issuer(const QString &issuer) const;
    QStringList registrationIds() const;
    bool isRegistrationUsed(const QString &id) const;

    /// Remembers scopes that a sign-in lacked: missingScopes of its view, as long as it lacks them.
    /// True when there is something new among them.
    bool noteMissing(const QString &accountId, const QStringList &scopes);

    Task<Result<void>> save(store::Server server);
    Task<Result<void>> save(store::Account account);
    Task<Result<void>> save(store::Registration registration);
    Task<Result<void>> save(store::IssuerRecord issuer);
    Task<Result<void>> removeAccount(QString id);
    Task<Result<void>> removeServer(QString id);
    Task<Result<void>> removeRegistration(QString id);

private:
    void remember(const store::Server &server);

    store::Store &m_store;
    QHash<QString, store::Server> m_servers;
    QHash<QString, QString> m_addresses; ///< of the servers, by id, as find() compares them
    QHash<QString, store::Account> m_accounts;
    QHash<QString, QStringList> m_missing; ///< by account id
    QHash<QString, store::Registration> m_registrations;
    QHash<QString, store::IssuerRecord> m_issuers;
};

} // namespace chatelaine::credentials
