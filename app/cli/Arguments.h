// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Command.h"

#include <QStringList>

namespace chatelaine::cli {

/// Reads the words after the program's name. Fails with InvalidInput and a sentence that names the
/// nearest valid command or option. The value of an unknown option is never repeated: it may be a
/// secret.
Result<Invocation> parseArguments(const QStringList &arguments);

/// The candidate that is a slip of the finger away from `word`; empty when none is.
QString nearest(const QString &word, const QStringList &candidates);

} // namespace chatelaine::cli
