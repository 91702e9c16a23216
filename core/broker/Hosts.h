// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/broker/PeerIdentity.h"

/// Which programs are known to start helpers that ask on their behalf: agents, editors, chat
/// applications. Names only, so that a helper of an hour is not a stranger each minute; no right
/// comes from being on the list.
namespace chatelaine::broker {

/// By the file's name, or by the folder of a package manager that names it ("2.1.5" of
/// "…/claude/versions/2.1.5", "cli.js" of "…/@anthropic-ai/claude-code/cli.js"). No shell is a
/// host.
bool isHost(const QString &program);

/// The process that a grant "while it runs" is bound to: the nearest host among the caller and its
/// ancestors, else the caller itself.
Ancestor sessionHolder(const CallerIdentity &caller);

} // namespace chatelaine::broker
