// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audit/AuditEvent.h"

#include <QJsonArray>

namespace chatelaine::audit {

namespace {

void insertText(QJsonObject &object, QLatin1StringView key, const QString &value)
{
    if (!value.isEmpty())
        object.insert(key, value);
}

} // namespace

QString outcomeName(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Ok:
        return QStringLiteral("ok");
    case Outcome::Denied:
        return QStringLiteral("denied");
    case Outcome::Failed:
        return QStringLiteral("failed");
    }
    return {};
}

std::optional<Outcome> outcomeFromName(const QString &name)
{
    for (const Outcome outcome : {Outcome::Ok, Outcome::Denied, Outcome::Failed}) {
        if (outcomeName(outcome) == name)
            return outcome;
    }
    return std::nullopt;
}

QJsonObject ClientFacts::toJson() const
{
    QJsonObject object;
    if (pid > 0)
        object.insert(QLatin1StringView("pid"), pid);
    insertText(object, QLatin1StringView("exe"), exe);
    insertText(object, QLatin1StringView("argv0"), argv0);
    insertText(object, QLatin1StringView("app"), app);
    if (!chain.isEmpty())
        object.insert(QLatin1StringView("chain"), QJsonArray::fromStringList(chain));
    return object;
}

QJsonObject Record::toJson() const
{
    QJsonObject object{
        {QStringLiteral("seq"), seq},
        {QStringLiteral("time"), toRfc3339(time)},
        {QStringLiteral("event"), event.event},
        {QStringLiteral("outcome"), outcomeName(event.outcome)},
        {QStringLiteral("hash"), QString::fromLatin1(hash.toHex())},
    };
    insertText(object, QLatin1StringView("server"), event.server);
    insertText(object, QLatin1StringView("account"), event.account);
    insertText(object, QLatin1StringView("scope"), event.scope);
    const QJsonObject client = event.client.toJson();
    if (!client.isEmpty())
        object.insert(QLatin1StringView("client"), client);
    insertText(object, QLatin1StringView("grant"), event.grant);
    insertText(object, QLatin1StringView("token_fingerprint"), event.tokenFingerprint);
    insertText(object, QLatin1StringView("detail"), event.detail);
    return object;
}

} // namespace chatelaine::audit
