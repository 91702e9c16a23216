// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audit/AuditEvent.h"
#include "core/base/Error.h"
#include "core/base/Secret.h"

#include <functional>
#include <utility>

namespace chatelaine::store {
class Connection;
}

namespace chatelaine::test {

/// What happened and when, for 0 to count - 1.
using Happened = std::function<std::pair<UtcMs, audit::Event>(int)>;

/// Appends the rows from `first` to before `end` to the history, with their hashes, past the log.
/// For the writing thread, while the log is closed; a long past is better written in pieces.
Result<void> writeHistory(
    store::Connection &connection, const Secret &key, int first, int end, const Happened &happened);

/// What a day of agents leaves: loans of a hundred servers ("server-0" …) to `clients` programs,
/// here and there a refusal (one in 10,000). Number 10 alone is of the server "the-first".
audit::Event busyEvent(int number, int clients = 7);

} // namespace chatelaine::test
