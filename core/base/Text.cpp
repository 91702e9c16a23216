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

QString repeatable(const QString &typed)
{
    const QString address = typed.section(u'?', 0, 0);
    const qsizetype at = address.lastIndexOf(u'@');
    if (at < 0)
        return sanitized(address);
    const qsizetype scheme = address.left(at).indexOf(QLatin1StringView("://"));
    return sanitized((scheme < 0 ? QString() : address.left(scheme + 3)) + address.mid(at + 1));
}

} // namespace chatelaine
