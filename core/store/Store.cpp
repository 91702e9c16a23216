// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/Store.h"

#include "core/store/Rows.h"

namespace chatelaine::store {

namespace {

// Runs one statement in the writing thread.
Task<Result<void>> change(std::shared_ptr<Database> database, QString sql, QVariantList values)
{
    auto job = [sql, values](Connection &connection) -> Result<void> {
        if (auto done = connection.execute(sql, values); !done)
            return failure(std::move(done).error());
        return {};
    };
    co_return co_await database->write(std::move(job));
}

Task<Result<void>> upsert(std::shared_ptr<Database> database, const Row &row)
{
    return change(std::move(database), row.upsert(), row.values);
}

Task<Result<void>> removeWhere(std::shared_ptr<Database> database, QLatin1StringView table,
    QLatin1StringView column, QString value)
{
    return change(std::move(database),
        QStringLiteral("DELETE FROM %1 WHERE %2 = ?").arg(table, column), {std::move(value)});
}

} // namespace

Store::Store(std::shared_ptr<Database> database)
    : m_database(std::move(database))
{ }

Task<Result<Snapshot>> Store::load()
{
    // In the writing thread, which is there already: the reading one, with a connection and a schema
    // of its own, is made for those who look at the history.
    return m_database->write([](Connection &connection) { return readSnapshot(connection); });
}

Task<Result<void>> Store::save(Server server)
{
    return upsert(m_database, rowOf(server));
}

Task<Result<void>> Store::save(Account account)
{
    return upsert(m_database, rowOf(account));
}

Task<Result<void>> Store::save(Registration registration)
{
    return upsert(m_database, rowOf(registration));
}

Task<Result<void>> Store::save(IssuerRecord issuer)
{
    return upsert(m_database, rowOf(issuer));
}

Task<Result<void>> Store::save(Grant grant)
{
    return upsert(m_database, rowOf(grant));
}

Task<Result<void>> Store::removeServer(QString id)
{
    return removeWhere(m_database, QLatin1StringView("servers"), QLatin1StringView("id"), id);
}

Task<Result<void>> Store::removeAccount(QString id)
{
    return removeWhere(m_database, QLatin1StringView("accounts"), QLatin1StringView("id"), id);
}

Task<Result<void>> Store::removeRegistration(QString id)
{
    return removeWhere(m_database, QLatin1StringView("registrations"), QLatin1StringView("id"), id);
}

Task<Result<void>> Store::removeGrant(QString id)
{
    return removeWhere(m_database, QLatin1StringView("grants"), QLatin1StringView("id"), id);
}

} // namespace chatelaine::store
