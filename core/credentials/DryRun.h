// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/credentials/Parts.h"

namespace chatelaine::credentials {

/// What a sign-in to this server would meet, step by step, without a credential sent or a thing
/// stored. The object is the result of `discover` in docs/broker-protocol.md. A server that is not
/// as it should be is no error: it is in `problems`, with its remedy.
Task<Result<QJsonObject>> dryRun(std::shared_ptr<Parts> parts, NewServer server,
    std::shared_ptr<Person> person, std::stop_token stop);

} // namespace chatelaine::credentials
