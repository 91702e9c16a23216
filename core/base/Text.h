// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace chatelaine {

/// Text that a server sent us for people: control characters out, white space folded, at most
/// `maxLength` characters. Shown as plain text only.
QString sanitized(const QString &text, qsizetype maxLength = 300);

/// What was typed where a URL belongs, fit to be repeated in a sentence: without what stands before
/// an @ and without a query, which is where passwords and keys are. Need not be a URL.
QString repeatable(const QString &typed);

} // namespace chatelaine
