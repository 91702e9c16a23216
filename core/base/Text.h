// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace chatelaine {

/// Text that a server sent us for people: control characters out, white space folded, at most
/// `maxLength` characters. Shown as plain text only.
QString sanitized(const QString &text, qsizetype maxLength = 300);

} // namespace chatelaine
