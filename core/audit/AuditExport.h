// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audit/AuditQuery.h"

#include <functional>

class QIODevice;

namespace chatelaine::audit {

enum class ExportFormat {
    JsonLines, ///< Record::toJson(), one a line
    Csv, ///< RFC 4180 with a heading; the columns of `chatelaine audit export`
};

/// Called in the caller's thread: how far of how far, by seq.
using ExportProgress = std::function<void(qint64 done, qint64 total)>;

/// Writes what `filter` asks for to `device`, oldest first, page by page, with flat memory; records
/// written after it began are not in it. Gives how many they are. `device` is open and outlives it.
/// Errors: what the database fails with, DiskFull when the device does not take it, Cancelled.
Task<Result<qint64>> exportTo(std::shared_ptr<store::Database> database, Filter filter,
    ExportFormat format, QIODevice *device, ExportProgress progress, std::stop_token stop);

} // namespace chatelaine::audit
