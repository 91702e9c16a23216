// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/Database.h"
#include "core/store/Records.h"

#include <QList>

namespace chatelaine::store {

/// All that the store remembers. Rows that some other hand has damaged (JSON that is none, a name
/// of a state we do not know) are left out, left in the file as they are, and named in `warnings`.
struct Snapshot
{
    QList<Server> servers; ///< by name
    QList<Account> accounts;
    QList<Registration> registrations;
    QList<IssuerRecord> issuers;
    QList<Grant> grants;
    QStringList warnings;
};

/// The database's rows. Read them once with load(), keep them in memory, save each change.
/// save() inserts or replaces the row of that id. Errors beside those of Database: AlreadyExists
/// (a second server of that name, a second account of that name at a server), NotFound (the server
/// or account a row belongs to is gone).
class Store
{
public:
    explicit Store(std::shared_ptr<Database> database);

    Task<Result<Snapshot>> load();

    Task<Result<void>> save(Server server);
    Task<Result<void>> save(Account account);
    Task<Result<void>> save(Registration registration);
    Task<Result<void>> save(IssuerRecord issuer);
    Task<Result<void>> save(Grant grant);

    /// With its accounts, its grants and the registrations that belong to it. Removing what is not
    /// there is a success, here and below.
    Task<Result<void>> removeServer(QString id);
    Task<Result<void>> removeAccount(QString id); ///< with its grants
    Task<Result<void>> removeRegistration(QString id);
    Task<Result<void>> removeGrant(QString id);

    std::shared_ptr<Database> database() const { return m_database; }

private:
    std::shared_ptr<Database> m_database;
};

} // namespace chatelaine::store
