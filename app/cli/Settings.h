// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Command.h"

#include <QJsonObject>

namespace chatelaine::cli {

/// The flags that say how to sign in to a server: shared by add, discover and call.
std::span<const Option> settingOptions();

/// They as the members of `servers/add`. Reads the client secret from where the flags say.
Result<QJsonObject> settingsOf(const Invocation &invocation);

/// Reads a secret from a descriptor to its end, at most 64 KiB, without the last line break.
Result<QByteArray> readSecret(int fd);

/// All --scope values as one list of scopes.
QString scopeOf(const Invocation &invocation);

/// {"server": S} or, for a URL, {"resource": S}.
QJsonObject serverOrResource(const QString &word);
bool isUrl(const QString &word);

} // namespace chatelaine::cli
