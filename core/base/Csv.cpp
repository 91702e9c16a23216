// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Csv.h"

#include <QJsonArray>

namespace chatelaine::csv {

namespace {

QString text(const QJsonValue &value)
{
    if (value.isDouble())
        return QString::number(value.toInteger());
    if (!value.isArray())
        return value.toString();
    QStringList parts;
    const QJsonArray array = value.toArray();
    for (const QJsonValue &part : array)
        parts.append(part.toString());
    return parts.join(u' ');
}

} // namespace

QString field(const QString &text)
{
    QString field = text;
    if (!field.isEmpty() && QStringLiteral("=+-@\t\r").contains(field.front()))
        field.prepend(u'\'');
    const bool quoted = field.contains(u',') || field.contains(u'"') || field.contains(u'\n')
        || field.contains(u'\r');
    if (!quoted)
        return field;
    field.replace(u'"', QStringLiteral("\"\""));
    return u'"' + field + u'"';
}

QByteArray line(const QStringList &fields)
{
    QStringList escaped;
    escaped.reserve(fields.size());
    for (const QString &one : fields)
        escaped.append(field(one));
    return escaped.join(u',').toUtf8() + "\r\n";
}

QStringList values(const QJsonObject &object, const QStringList &columns)
{
    QStringList fields;
    fields.reserve(columns.size());
    for (const QString &column : columns) {
        const qsizetype stop = column.indexOf(u'_');
        if (object.contains(column) || stop < 0)
            fields.append(text(object.value(column)));
        else
            fields.append(text(object.value(column.left(stop)).toObject().value(column.mid(stop + 1))));
    }
    return fields;
}

QStringList historyColumns()
{
    return QStringLiteral("seq time event outcome server account scope client_pid client_exe "
                          "client_argv0 client_app client_chain grant token_fingerprint detail hash")
        .split(u' ');
}

} // namespace chatelaine::csv
