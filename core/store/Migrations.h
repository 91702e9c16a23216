// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/Connection.h"

#include <QStringList>

namespace chatelaine::store {

/// PRAGMA application_id of our files: "Chtl".
inline constexpr qint32 applicationId = 0x4368746c;

/// The statements that lead from schema n - 1 to schema n, n being the place in the list, from 1.
/// What was released is never changed.
const QList<QStringList> &migrations();

/// Refuses, before anything is written, a file that is not Chatelaine's (DatabaseCorrupt) or whose
/// schema is newer than `newest` (DatabaseNewer). An empty file is fine.
Result<void> checkIsOurs(Connection &connection, qsizetype newest = migrations().size());

/// Brings the schema from PRAGMA user_version to the newest, each step in one transaction.
Result<void> migrate(Connection &connection, const QList<QStringList> &steps = migrations());

} // namespace chatelaine::store
