// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/AuditText.h"

#include "app/cli/Output.h"
#include "core/base/Time.h"

#include <QDateTime>

namespace chatelaine::cli {

namespace {

QString text(const QJsonObject &object, QLatin1StringView key)
{
    const QJsonValue value = object.value(key);
    return value.isDouble() ? QString::number(value.toInteger()) : value.toString();
}

} // namespace

QString auditLine(const QJsonObject &record)
{
    const QJsonObject client = record.value(QLatin1StringView("client")).toObject();
    const QString account = text(record, QLatin1StringView("account"));
    QString server = text(record, QLatin1StringView("server"));
    if (!account.isEmpty() && account != QLatin1StringView("default"))
        server += QLatin1Char('/') + account;
    QStringList rest {server, text(record, QLatin1StringView("scope")),
                      text(client, QLatin1StringView("exe"))};
    const QString fingerprint = text(record, QLatin1StringView("token_fingerprint"));
    if (!fingerprint.isEmpty())
        rest << QStringLiteral("token %1").arg(fingerprint);
    rest << text(record, QLatin1StringView("detail"));
    rest.removeAll(QString());
    return safeLine(QStringLiteral("%1  %2  %3 %4 %5")
                        .arg(text(record, QLatin1StringView("seq")), 6)
                        .arg(localTime(text(record, QLatin1StringView("time"))),
                             text(record, QLatin1StringView("event")).leftJustified(22),
                             text(record, QLatin1StringView("outcome")).leftJustified(6),
                             rest.join(QStringLiteral("  "))));
}

std::optional<QString> auditTime(const QString &text, qint64 nowMs)
{
    if (const std::optional<UtcMs> time = fromRfc3339(text))
        return toRfc3339(*time);
    const QDate date = QDate::fromString(text, Qt::ISODate);
    if (date.isValid() && text.size() == 10)
        return toRfc3339(date.startOfDay().toMSecsSinceEpoch());
    if (const std::optional<qint64> seconds = parseSpan(text))
        return toRfc3339(nowMs - *seconds * 1000);
    return std::nullopt;
}

} // namespace chatelaine::cli
