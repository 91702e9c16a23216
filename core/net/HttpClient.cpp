// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/HttpClient.h"

#include <QDateTime>

#include <algorithm>

namespace chatelaine::net {

QByteArray HttpResponse::header(QByteArrayView name) const
{
    for (const HttpHeader &header : headers) {
        if (header.name.compare(name, Qt::CaseInsensitive) == 0)
            return header.value;
    }
    return {};
}

QList<QByteArray> HttpResponse::headersNamed(QByteArrayView name) const
{
    QList<QByteArray> values;
    for (const HttpHeader &header : headers) {
        if (header.name.compare(name, Qt::CaseInsensitive) == 0)
            values.append(header.value);
    }
    return values;
}

QByteArray HttpResponse::mediaType() const
{
    QByteArray type = header("Content-Type");
    if (const qsizetype end = type.indexOf(';'); end >= 0)
        type.truncate(end);
    return type.trimmed().toLower();
}

std::optional<qint64> HttpResponse::retryAfterS() const
{
    const QByteArray value = header("Retry-After").trimmed();
    bool isNumber = false;
    const qint64 seconds = value.toLongLong(&isNumber);
    if (isNumber)
        return seconds >= 0 ? std::optional(seconds) : std::nullopt;
    const std::optional<UtcMs> date = readHttpDate(value);
    if (!date || !serverDate)
        return std::nullopt;
    return std::max<qint64>((*date - *serverDate + 999) / 1000, 0);
}

// RFC 9110 §5.6.7. A pattern for QLocale would look up the local time zone each time.
std::optional<UtcMs> readHttpDate(const QByteArray &text)
{
    constexpr QLatin1StringView zone("GMT");
    QString date = QString::fromLatin1(text);
    if (date.endsWith(zone))
        date.replace(date.size() - zone.size(), zone.size(), QStringLiteral("+0000"));
    const QDateTime time = QDateTime::fromString(date, Qt::RFC2822Date);
    return time.isValid() ? std::optional(time.toMSecsSinceEpoch()) : std::nullopt;
}

} // namespace chatelaine::net
