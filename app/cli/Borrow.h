// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Session.h"

#include <optional>

namespace chatelaine::cli {

/// Makes a call that needs a grant. Where policy says "ask" and nobody else can be asked, the
/// question is put on this terminal, and one more where the call then gains scopes on its way;
/// without a terminal, or after a no, it fails with Refused and names the command that would allow
/// it. A missing sign-in names `chatelaine login`.
Result<QJsonObject> borrow(const Invocation &invocation, Session &session, const QString &method,
                           const QJsonObject &params);

/// The question and the answer, apart from the terminal. `ask` is the broker's data.ask.
QString grantQuestion(const QJsonObject &ask);
/// The lifetime an answer means ("once", "session", "always"); nullopt for no, and for what was not
/// offered: a program that is known weakly is allowed once.
std::optional<QString> lifetimeOf(const QJsonObject &ask, const QString &answer);
/// The command that would grant what `ask` says.
QString grantCommand(const QJsonObject &ask);

/// A word as a shell reads it back.
QString shellWord(const QString &word);

/// Puts `question` on the controlling terminal and reads one line, without echo where `hidden`.
/// nullopt where there is no terminal.
std::optional<QByteArray> askOnTerminal(const QString &question, bool hidden = false);

} // namespace chatelaine::cli
