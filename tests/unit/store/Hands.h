// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/Database.h"
#include "tests/support/Await.h"

#include <QSemaphore>

namespace chatelaine::test {

using DatabasePtr = std::shared_ptr<store::Database>;

inline DatabasePtr opened(const QString &path)
{
    auto database = await(store::Database::open(path));
    if (!database)
        qFatal("%s", qPrintable(database.error().message + database.error().detail));
    return *database;
}

// A write of one setting.
inline auto setting(QString name, QString value)
{
    return [name, value](store::Connection &connection) -> Result<void> {
        auto done =
            connection.execute(QStringLiteral("INSERT INTO settings VALUES (?, ?)"), {name, value});
        if (!done)
            return failure(done.error());
        return {};
    };
}

inline Result<int> countSettings(store::Connection &connection)
{
    const auto count = connection.run(QStringLiteral("SELECT count(*) FROM settings"));
    if (!count)
        return failure(count.error());
    return count->toInt();
}

inline auto statement(QString sql)
{
    return [sql](store::Connection &connection) -> Result<void> {
        if (auto done = connection.run(sql); !done)
            return failure(done.error());
        return {};
    };
}

// Holds a working thread until the test lets go.
struct Gate
{
    QSemaphore entered;
    QSemaphore open;

    auto job()
    {
        return [this](store::Connection &) -> Result<void> {
            entered.release();
            open.acquire();
            return {};
        };
    }
};

} // namespace chatelaine::test
