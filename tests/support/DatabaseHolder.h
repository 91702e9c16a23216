// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/Connection.h"
#include "core/store/Database.h"
#include "tests/support/Await.h"

#include <QSqlDatabase>
#include <QSqlQuery>

namespace chatelaine::test {

/// Another process that holds the database for as long as this lives. Who writes then is told so at
/// once, also later on.
class DatabaseHolder
{
public:
    explicit DatabaseHolder(store::Database &database)
    {
        auto hurry = [](store::Connection &connection) {
            return connection.run(QStringLiteral("PRAGMA busy_timeout = 0"));
        };
        if (!await(database.write(std::move(hurry))))
            qFatal("The time to wait can't be set.");
        QSqlDatabase file = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_name);
        file.setDatabaseName(database.path());
        if (!file.open() || !QSqlQuery(file).exec(QStringLiteral("BEGIN IMMEDIATE")))
            qFatal("The database can't be held.");
    }
    ~DatabaseHolder()
    {
        QSqlDatabase::database(m_name).close();
        QSqlDatabase::removeDatabase(m_name);
    }
    Q_DISABLE_COPY_MOVE(DatabaseHolder)

private:
    const QString m_name = QStringLiteral("holder");
};

} // namespace chatelaine::test
