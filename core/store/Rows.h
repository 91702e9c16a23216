// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/Store.h"

/// How the records look as rows: the store's own business.
namespace chatelaine::store {

struct Row
{
    QLatin1StringView table;
    QList<QLatin1StringView> columns; ///< the primary key first
    QVariantList values;

    /// Inserts, or updates the row of that primary key in place: REPLACE would delete it first and
    /// take along what hangs on it.
    QString upsert() const;
};

Row rowOf(const Server &server);
Row rowOf(const Account &account);
Row rowOf(const Registration &registration);
Row rowOf(const IssuerRecord &issuer);
Row rowOf(const Grant &grant);

Result<Snapshot> readSnapshot(Connection &connection);

} // namespace chatelaine::store
