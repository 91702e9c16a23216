// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/Connection.h"

#include "core/base/Sentence.h"

#include <QSqlError>

namespace chatelaine::store {

Connection::Connection(QSqlDatabase database, QString path)
    : m_database(std::move(database))
    , m_path(std::move(path))
{ }

Result<QSqlQuery *> Connection::prepare(const QString &sql)
{
    auto known = m_statements.find(sql);
    if (known == m_statements.end()) {
        QSqlQuery query(m_database);
        query.setForwardOnly(true);
        if (!query.prepare(sql))
            return failure(toError(query.lastError(), m_path));
        known = m_statements.emplace(sql, std::move(query)).first;
    }
    m_used.push_back(&known->second);
    return &known->second;
}

Result<QSqlQuery *> Connection::execute(const QString &sql, const QVariantList &values)
{
    const auto query = prepare(sql);
    if (!query)
        return query;
    for (qsizetype i = 0; i < values.size(); ++i)
        (*query)->bindValue(static_cast<int>(i), values.at(i));
    if (auto done = execute(**query); !done)
        return failure(std::move(done).error());
    return query;
}

Result<void> Connection::execute(QSqlQuery &query)
{
    if (!query.exec())
        return failure(toError(query.lastError(), m_path));
    return {};
}

Result<QVariant> Connection::run(const QString &sql)
{
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    if (!query.exec(sql))
        return failure(toError(query.lastError(), m_path));
    return query.next() ? query.value(0) : QVariant();
}

void Connection::finishStatements()
{
    // An unfinished SELECT would keep its snapshot, and the WAL could never be taken in.
    for (QSqlQuery *query : m_used)
        query->finish();
    m_used.clear();
}

void Connection::forgetStatements()
{
    m_used.clear();
    m_statements.clear();
}

Error toError(const QSqlError &error, const QString &path)
{
    // https://www.sqlite.org/rescode.html; the low byte is the primary code.
    enum {
        Busy = 5,
        Locked = 6,
        ReadOnly = 8,
        IoError = 10,
        Corrupt = 11,
        Full = 13,
        CantOpen = 14,
        Constraint = 19,
        NotADatabase = 26
    };
    enum {
        ForeignKey = Constraint | (3 << 8),
        PrimaryKey = Constraint | (6 << 8),
        Unique = Constraint | (8 << 8)
    };
    const int code = error.nativeErrorCode().toInt();
    const QString detail = QStringLiteral("SQLite %1: %2").arg(code).arg(error.databaseText());
    const auto make = [&](ErrorCode kind, const QString &message) {
        return Error{kind, message, detail};
    };
    switch (code & 0xff) {
    case Full:
        return make(ErrorCode::DiskFull,
            Sentence::tr("The disk is full, so nothing could be written to %1. Free some "
                         "space and try again.")
                .arg(path));
    case Corrupt:
    case NotADatabase:
        return make(ErrorCode::DatabaseCorrupt,
            Sentence::tr("%1 is damaged or no database. It was left as it is; move it "
                         "away to start with an empty one, or put back a copy.")
                .arg(path));
    case Busy:
    case Locked:
        return make(ErrorCode::Internal,
            Sentence::tr("%1 is locked by another process. End the program that has it "
                         "open and try again.")
                .arg(path));
    case ReadOnly:
        return make(ErrorCode::Internal,
            Sentence::tr("%1 can't be written: it, its directory or the file system is "
                         "read-only. Make it writable and try again.")
                .arg(path));
    case CantOpen:
        return make(ErrorCode::Internal,
            Sentence::tr("%1 can't be opened. Check that it and its directory belong to "
                         "you and can be read and written.")
                .arg(path));
    case IoError:
        return make(ErrorCode::Internal,
            Sentence::tr("The disk answered an error for %1. Check the disk and try "
                         "again.")
                .arg(path));
    case Constraint:
        if (code == Unique || code == PrimaryKey) {
            return make(ErrorCode::AlreadyExists,
                Sentence::tr("There is one of that name already. Choose another name."));
        }
        if (code == ForeignKey) {
            return make(ErrorCode::NotFound,
                Sentence::tr("What this belongs to has been removed meanwhile."));
        }
        break;
    default:
        break;
    }
    return make(ErrorCode::Internal,
        Sentence::tr("The database %1 answered an error. Run with CHATELAINE_DEBUG=1 to "
                     "see more.")
            .arg(path));
}

} // namespace chatelaine::store
