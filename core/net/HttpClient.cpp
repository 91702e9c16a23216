// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/HttpClient.h"

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

} // namespace chatelaine::net
