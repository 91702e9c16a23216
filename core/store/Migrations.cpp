// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/Migrations.h"

#include "core/base/Sentence.h"

namespace chatelaine::store {

namespace {

// An absent reference is NULL, so that the foreign keys hold for those that are there. A list of
// words is JSON.
QStringList first()
{
    return {
        QStringLiteral("CREATE TABLE servers ("
                       " id TEXT NOT NULL PRIMARY KEY,"
                       " name TEXT NOT NULL UNIQUE,"
                       " url TEXT NOT NULL,"
                       " resource TEXT NOT NULL,"
                       " settings TEXT NOT NULL,"
                       " protocol_version TEXT NOT NULL,"
                       " created_at INTEGER NOT NULL"
                       ") STRICT, WITHOUT ROWID"),
        QStringLiteral("CREATE TABLE accounts ("
                       " id TEXT NOT NULL PRIMARY KEY,"
                       " server_id TEXT NOT NULL REFERENCES servers ON DELETE CASCADE,"
                       " name TEXT NOT NULL,"
                       " state TEXT NOT NULL,"
                       " issuer TEXT NOT NULL,"
                       " registration_id TEXT NOT NULL,"
                       " resource TEXT NOT NULL,"
                       " granted_scopes TEXT NOT NULL,"
                       " requested_scopes TEXT NOT NULL,"
                       " expires_at INTEGER NOT NULL,"
                       " has_refresh_token INTEGER NOT NULL,"
                       " token_fingerprint TEXT NOT NULL,"
                       " generation INTEGER NOT NULL,"
                       " last_error TEXT NOT NULL,"
                       " signed_in_at INTEGER NOT NULL,"
                       " created_at INTEGER NOT NULL,"
                       " UNIQUE (server_id, name)"
                       ") STRICT, WITHOUT ROWID"),
        QStringLiteral("CREATE TABLE registrations ("
                       " id TEXT NOT NULL PRIMARY KEY,"
                       " issuer TEXT NOT NULL,"
                       " server_id TEXT REFERENCES servers ON DELETE CASCADE,"
                       " kind TEXT NOT NULL,"
                       " client_id TEXT NOT NULL,"
                       " token_endpoint_auth_method TEXT NOT NULL,"
                       " redirect_uris TEXT NOT NULL,"
                       " has_secret INTEGER NOT NULL,"
                       " secret_expires_at INTEGER NOT NULL,"
                       " registration_client_uri TEXT NOT NULL,"
                       " created_at INTEGER NOT NULL"
                       ") STRICT, WITHOUT ROWID"),
        QStringLiteral("CREATE TABLE issuers ("
                       " issuer TEXT NOT NULL PRIMARY KEY,"
                       " metadata TEXT NOT NULL,"
                       " fetched_at INTEGER NOT NULL,"
                       " clock_skew_ms INTEGER NOT NULL"
                       ") STRICT, WITHOUT ROWID"),
        QStringLiteral("CREATE TABLE grants ("
                       " id TEXT NOT NULL PRIMARY KEY,"
                       " server_id TEXT NOT NULL REFERENCES servers ON DELETE CASCADE,"
                       " account_id TEXT REFERENCES accounts ON DELETE CASCADE,"
                       " deny INTEGER NOT NULL,"
                       " any_client INTEGER NOT NULL,"
                       " exe TEXT NOT NULL,"
                       " exe_sha256 TEXT NOT NULL,"
                       " scopes TEXT NOT NULL,"
                       " lifetime TEXT NOT NULL,"
                       " session_pid INTEGER NOT NULL,"
                       " session_start INTEGER NOT NULL,"
                       " expires_at INTEGER NOT NULL,"
                       " created_at INTEGER NOT NULL,"
                       " last_used INTEGER NOT NULL"
                       ") STRICT, WITHOUT ROWID"),
        QStringLiteral("CREATE TABLE settings ("
                       " name TEXT NOT NULL PRIMARY KEY,"
                       " value TEXT NOT NULL"
                       ") STRICT, WITHOUT ROWID"),
        QStringLiteral("CREATE TABLE audit ("
                       " seq INTEGER NOT NULL PRIMARY KEY,"
                       " time INTEGER NOT NULL,"
                       " event TEXT NOT NULL,"
                       " outcome TEXT NOT NULL,"
                       " server TEXT NOT NULL,"
                       " account TEXT NOT NULL,"
                       " scope TEXT NOT NULL,"
                       " pid INTEGER NOT NULL,"
                       " exe TEXT NOT NULL,"
                       " argv0 TEXT NOT NULL,"
                       " app TEXT NOT NULL,"
                       " chain TEXT NOT NULL,"
                       " grant_id TEXT NOT NULL,"
                       " token_fingerprint TEXT NOT NULL,"
                       " detail TEXT NOT NULL,"
                       " hash BLOB NOT NULL"
                       ") STRICT"),
        QStringLiteral("CREATE TRIGGER audit_keeps_rows BEFORE UPDATE ON audit BEGIN"
                       " SELECT RAISE(ABORT, 'the history is append-only'); END"),
        QStringLiteral("CREATE TRIGGER audit_keeps_all_rows BEFORE DELETE ON audit BEGIN"
                       " SELECT RAISE(ABORT, 'the history is append-only'); END"),
        QStringLiteral("CREATE TRIGGER audit_appends BEFORE INSERT ON audit"
                       " WHEN NEW.seq <= (SELECT max(seq) FROM audit) BEGIN"
                       " SELECT RAISE(ABORT, 'the history is append-only'); END"),
    };
}

// Pages of the history. Every index that a loan touches costs another page at each loan, so that
// there is one, of servers; those of what happens less often leave the loans that were made out.
// Other filters walk the table, in the reading thread, and delay nobody who borrows.
QStringList second()
{
    return {
        QStringLiteral("CREATE INDEX audit_by_server ON audit (server)"),
        QStringLiteral("CREATE INDEX audit_by_outcome ON audit (outcome) WHERE outcome <> 'ok'"),
        QStringLiteral("CREATE INDEX audit_by_event ON audit (event) WHERE event <> 'loan.token'"),
    };
}

// Written before a refresh leaves, so that after a crash in the middle the person is told the
// truth.
QStringList refreshOnTheWay()
{
    return {
        QStringLiteral(
            "ALTER TABLE accounts ADD COLUMN refresh_sent_at INTEGER NOT NULL DEFAULT 0"),
    };
}

// Where the history begins once old rows were removed; those, and no others, the trigger lets go.
QStringList historyBegins()
{
    return {
        QStringLiteral("CREATE TABLE audit_begin ("
                       " id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),"
                       " seq INTEGER NOT NULL,"
                       " hash BLOB NOT NULL,"
                       " removed_at INTEGER NOT NULL,"
                       " mac BLOB NOT NULL"
                       ") STRICT"),
        QStringLiteral("DROP TRIGGER audit_keeps_all_rows"),
        QStringLiteral(
            "CREATE TRIGGER audit_keeps_all_rows BEFORE DELETE ON audit"
            " WHEN OLD.seq > coalesce((SELECT seq FROM audit_begin WHERE id = 1), 0) BEGIN"
            " SELECT RAISE(ABORT, 'the history is append-only'); END"),
    };
}

// Ends of grants that a changed wall clock does not move, and those of grants that are not used.
QStringList grantsEnd()
{
    return {
        QStringLiteral("ALTER TABLE grants ADD COLUMN expires_boot INTEGER NOT NULL DEFAULT 0"),
        QStringLiteral("ALTER TABLE grants ADD COLUMN boot_id TEXT NOT NULL DEFAULT ''"),
        QStringLiteral("ALTER TABLE grants ADD COLUMN idle_ms INTEGER NOT NULL DEFAULT 0"),
    };
}

} // namespace

const QList<QStringList> &migrations()
{
    static const QList<QStringList> all{
        first(), second(), historyBegins(), refreshOnTheWay(), grantsEnd()};
    return all;
}

Result<void> checkIsOurs(Connection &connection, qsizetype newest)
{
    const auto application = connection.run(QStringLiteral("PRAGMA application_id"));
    if (!application)
        return failure(application.error());
    const auto version = connection.run(QStringLiteral("PRAGMA user_version"));
    if (!version)
        return failure(version.error());
    const auto tables = connection.run(QStringLiteral("SELECT count(*) FROM sqlite_master"));
    if (!tables)
        return failure(tables.error());

    const bool empty = application->toInt() == 0 && version->toInt() == 0 && tables->toInt() == 0;
    if (!empty && application->toInt() != applicationId) {
        return failure(ErrorCode::DatabaseCorrupt,
            Sentence::tr("%1 is a database, but not one of Chatelaine's. It was left "
                         "as it is; move it away or choose another place with "
                         "CHATELAINE_HOME.")
                .arg(connection.path()));
    }
    if (version->toInt() > newest) {
        return failure(ErrorCode::DatabaseNewer,
            Sentence::tr("%1 was written by a newer Chatelaine (schema %2, this one "
                         "knows %3). It was left as it is; install the newer version.")
                .arg(connection.path())
                .arg(version->toInt())
                .arg(newest));
    }
    return {};
}

Result<void> migrate(Connection &connection, const QList<QStringList> &steps)
{
    const auto version = connection.run(QStringLiteral("PRAGMA user_version"));
    if (!version)
        return failure(version.error());
    for (qsizetype number = version->toInt() + 1; number <= steps.size(); ++number) {
        QStringList statements{QStringLiteral("BEGIN IMMEDIATE")};
        statements += steps.at(number - 1);
        statements << QStringLiteral("PRAGMA application_id = %1").arg(applicationId)
                   << QStringLiteral("PRAGMA user_version = %1").arg(number)
                   << QStringLiteral("COMMIT");
        for (const QString &statement : std::as_const(statements)) {
            if (auto done = connection.run(statement); !done) {
                static_cast<void>(connection.run(QStringLiteral("ROLLBACK")));
                return failure(std::move(done).error());
            }
        }
    }
    return {};
}

} // namespace chatelaine::store
