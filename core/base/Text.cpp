// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Text.h"

namespace chatelaine {

QString sanitized(const QString &text, qsizetype maxLength)
{
    QString clean;
    for (const QChar c : text.left(4 * maxLength)) {
        // Format characters include those that turn the direction of writing.
        if (c.isSpace())
            clean += QLatin1Char(' ');
        else if (c.category() != QChar::Other_Control && c.category() != QChar::Other_Format)
            clean += c;
    }
    clean = clean.simplified();
    if (clean.size() > maxLength) {
        clean.truncate(maxLength - 1);
        clean += QChar(0x2026);
    }
    return clean;
}

} // namespace chatelaine
