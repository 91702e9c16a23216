// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/credentials/Parts.h"

namespace chatelaine::credentials {

/// One MCP operation: lists the tools when `tool` is empty, else lists them (their schemas are
/// needed) and calls that one. A 401 is answered by a refresh, then by a sign-in; a 403
/// insufficient_scope by a step-up with the union of what was granted and what is asked; three
/// authorizations at most. The metadata is read again at each challenge: where the authorization
/// server has changed nothing of the old one is used. `beforeUse` may be empty.
Task<Result<QJsonObject>> callServer(std::shared_ptr<Parts> parts, QString accountId, QString tool,
    QJsonObject arguments, QString protocolVersion, std::shared_ptr<Person> person,
    BeforeUse beforeUse, std::stop_token stop);

} // namespace chatelaine::credentials
