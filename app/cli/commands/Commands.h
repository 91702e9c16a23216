// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Command.h"

/// What the rows of the command table run; each in the file of its name.
namespace chatelaine::cli {

Result<void> runDiscover(const Invocation &invocation);
Result<void> runAdd(const Invocation &invocation);
Result<void> runList(const Invocation &invocation);
Result<void> runShow(const Invocation &invocation);
Result<void> runRemove(const Invocation &invocation);
Result<void> runLogin(const Invocation &invocation);
Result<void> runLogout(const Invocation &invocation);
Result<void> runToken(const Invocation &invocation);
Result<void> runHeaders(const Invocation &invocation);
Result<void> runCall(const Invocation &invocation);
Result<void> runClients(const Invocation &invocation);
Result<void> runGrantsList(const Invocation &invocation);
Result<void> runGrantsAdd(const Invocation &invocation);
Result<void> runGrantsRemove(const Invocation &invocation);
Result<void> runAudit(const Invocation &invocation);
Result<void> runAuditVerify(const Invocation &invocation);
Result<void> runAuditExport(const Invocation &invocation);
Result<void> runLock(const Invocation &invocation);
Result<void> runUnlock(const Invocation &invocation);
Result<void> runStatus(const Invocation &invocation);
Result<void> runBroker(const Invocation &invocation);
Result<void> runTestServer(const Invocation &invocation);
Result<void> runDemo(const Invocation &invocation);
Result<void> runCompletion(const Invocation &invocation);
Result<void> runHelp(const Invocation &invocation);
Result<void> runVersion(const Invocation &invocation);

/// `chatelaine help`, or the page of one command.
QString helpText(const Command *command);
/// The completion script of a shell ("bash", "zsh", "fish"); empty for another.
QString completionScript(const QString &shell);

/// A server object of the broker's as lines for a person.
void printServer(const QJsonObject &server);

} // namespace chatelaine::cli
