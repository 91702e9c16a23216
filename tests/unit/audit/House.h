// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audit/AuditLog.h"
#include "core/audit/AuditQuery.h"
#include "core/audit/AuditVerifier.h"
#include "core/vault/MemoryVault.h"
#include "tests/support/Await.h"
#include "tests/support/FakeClock.h"
#include "tests/support/FakeRandom.h"

#include <QSqlError>
#include <QTemporaryDir>

namespace chatelaine::test {

inline audit::Event happened(const char *name, const char *server = "github")
{
    audit::Event event;
    event.event = QString::fromLatin1(name);
    event.server = QString::fromLatin1(server);
    event.account = QStringLiteral("work");
    event.scope = QStringLiteral("repo read:user");
    event.client.pid = 4711;
    event.client.exe = QStringLiteral("/usr/bin/node");
    event.client.argv0 = QStringLiteral("agent.js");
    event.client.app = QStringLiteral("app-Terminal.scope");
    event.client.chain = {QStringLiteral("/usr/bin/bash"), QStringLiteral("/usr/bin/kitty")};
    event.grant = QStringLiteral("g1");
    event.tokenFingerprint = QStringLiteral("0123456789ab");
    event.detail = QStringLiteral("Grüße");
    return event;
}

/// A database file, a vault, and time: what a history lives in.
struct House
{
    House() { openDatabase(); }

    void openDatabase() { database = await(store::Database::open(path())).value(); }
    QString path() const { return dir.filePath(QStringLiteral("chatelaine.db")); }

    std::unique_ptr<audit::AuditLog> log()
    {
        return std::make_unique<audit::AuditLog>(database, vault, clock, random);
    }
    audit::Page all()
    {
        audit::Filter filter;
        filter.ascending = true;
        filter.limit = 1000;
        return await(audit::query(database, filter)).value();
    }
    audit::Verification verify(std::optional<audit::Head> known = {})
    {
        audit::AuditVerifier verifier(database, vault, known);
        return await(verifier.verify({}, {})).value();
    }
    /// Closes the database, lets a foreign hand at the file, and opens it again.
    void tamper(const QStringList &statements)
    {
        database.reset();
        {
            QSqlDatabase file =
                QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("foreign"));
            file.setDatabaseName(path());
            if (!file.open())
                qFatal("The file can't be opened.");
            QSqlQuery query(file);
            for (const QString &sql : statements) {
                if (!query.exec(sql))
                    qFatal("%s: %s", qPrintable(sql), qPrintable(query.lastError().text()));
            }
        }
        QSqlDatabase::removeDatabase(QStringLiteral("foreign"));
        openDatabase();
    }

    QTemporaryDir dir;
    MemoryVault vault;
    FakeClock clock;
    FakeRandom random;
    std::shared_ptr<store::Database> database;
};

/// What lets a foreign hand change rows.
inline QStringList withoutTriggers()
{
    return {QStringLiteral("DROP TRIGGER audit_keeps_rows"),
        QStringLiteral("DROP TRIGGER audit_keeps_all_rows"),
        QStringLiteral("DROP TRIGGER audit_appends")};
}

} // namespace chatelaine::test
