// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>

#include <unordered_map>
#include <vector>

class QSqlError;

namespace chatelaine::store {

/// What a job of the Database works with: one thread's connection to the file. Statements are
/// prepared once, kept, and reset when the job is done. Not to be kept beyond the job.
class Connection
{
public:
    Connection(QSqlDatabase database, QString path);

    QSqlDatabase &database() { return m_database; }
    const QString &path() const { return m_path; }

    /// The kept statement of this text, ready to be bound by position. Forward only.
    Result<QSqlQuery *> prepare(const QString &sql);
    /// prepare(), bind, exec.
    Result<QSqlQuery *> execute(const QString &sql, const QVariantList &values = {});
    /// Executes what prepare() gave.
    Result<void> execute(QSqlQuery &query);
    /// Executes one statement that is not worth keeping; the first column of its first row, if any.
    Result<QVariant> run(const QString &sql);

    /// How often something was rolled back: what a job remembers of the tables is true as long as
    /// this stays the same.
    quint64 rollbacks() const { return m_rollbacks; }

private:
    friend class Worker;
    void countRollback() { ++m_rollbacks; }
    void finishStatements();
    void forgetStatements();

    QSqlDatabase m_database;
    QString m_path;
    std::unordered_map<QString, QSqlQuery> m_statements;
    std::vector<QSqlQuery *> m_used;
    quint64 m_rollbacks = 0;
};

/// The Error for what SQLite answered about the file at `path`: DiskFull, DatabaseCorrupt,
/// AlreadyExists (a UNIQUE constraint), NotFound (a foreign key), Internal.
Error toError(const QSqlError &error, const QString &path);

} // namespace chatelaine::store
