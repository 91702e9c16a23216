// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audit/AuditEvent.h"
#include "core/store/Database.h"

#include <QList>

#include <memory>

/// What the history says about one client, summed up by the database in its reading thread.
namespace chatelaine::audit {

struct ClientStory
{
    ClientFacts latest; ///< as seen when it asked last; without a pid when it never did
    QList<qint64> loans; ///< made in each span of time, oldest first
};

/// One client since `since`, in `spans` spans of `spanMs` milliseconds.
Task<Result<ClientStory>> clientStory(std::shared_ptr<store::Database> database, QString exe,
    UtcMs since, qint64 spanMs, int spans);

} // namespace chatelaine::audit
