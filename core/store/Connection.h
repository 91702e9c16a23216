// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"

#include <QHash>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>

class QSqlError;

namespace chatelaine::store {

/// What a job of the Database works with: one thread's connection to the file. Statements are
/// prepared once and kept. Not to be kept beyond the job.
class Connection
{
public:
    Connection(QSqlDatabase database, QString path);

    QSqlDatabase &database() { return m_database; }
    const QString &path() const { return m_path; }

    /// The kept statement of this text, with nothing running. Forward only.
    Result<QSqlQuery *> prepare(const QString &sql);
    /// Prepares, binds by position and executes.
    Result<QSqlQuery *> execute(const QString &sql, const QVariantList &values = {});
    /// Executes one statement that is not worth keeping.
    Result<void> run(const QString &sql);

    /// How often something was rolled back: a cache of what the tables hold is valid as long as
    /// this stays the same.
    quint64 rollbacks() const { return m_rollbacks; }
    void countRollback() { ++m_rollbacks; }

private:
    QSqlDatabase m_database;
    QString m_path;
    QHash<QString, QSqlQuery> m_statements;
    quint64 m_rollbacks = 0;
};

/// The Error for what SQLite answered about the file at `path`: DiskFull, DatabaseCorrupt,
/// AlreadyExists (a UNIQUE constraint), NotFound (a foreign key), Internal.
Error toError(const QSqlError &error, const QString &path);

} // namespace chatelaine::store
