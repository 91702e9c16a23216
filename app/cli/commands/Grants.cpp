// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands/Commands.h"

#include "app/cli/Output.h"
#include "app/cli/Session.h"
#include "app/cli/Settings.h"
#include "core/base/Json.h"
#include "core/base/Time.h"

#include <QFileInfo>
#include <QJsonArray>

namespace chatelaine::cli {

namespace {

QString text(const QJsonObject &object, QLatin1StringView key)
{
    return json::string(object, key).value_or(QString());
}

QString number(const QJsonObject &object, QLatin1StringView key)
{
    return QString::number(json::integer(object, key).value_or(0));
}

QString whoOf(const QJsonObject &grant)
{
    if (json::boolean(grant, QLatin1StringView("any_client")))
        return QStringLiteral("any client");
    return text(grant, QLatin1StringView("exe"));
}

QString clientName(const QJsonValue &client)
{
    if (client.isString())
        return client.toString();
    return text(client.toObject(), QLatin1StringView("exe"));
}

QString lifetimeText(const QJsonObject &grant)
{
    const QString lifetime = text(grant, QLatin1StringView("lifetime"));
    const QString end = text(grant, QLatin1StringView("expires_at"));
    return end.isEmpty() ? lifetime : QStringLiteral("until %1").arg(localTime(end));
}

tl::unexpected<Error> wrong(const QString &sentence)
{
    return failure(ErrorCode::InvalidInput, sentence);
}

} // namespace

Result<void> runClients(const Invocation &invocation)
{
    const Result<QJsonObject> answer = ask(invocation, QStringLiteral("clients/list"));
    if (!answer)
        return failure(answer.error());
    const QJsonArray clients = answer->value(QLatin1StringView("clients")).toArray();
    if (invocation.json) {
        printJson(clients);
        return {};
    }
    if (clients.isEmpty()) {
        printLine(QStringLiteral("No program has asked for anything yet."));
        return {};
    }
    Table table({QStringLiteral("CLIENT"), QStringLiteral("LOANS"), QStringLiteral("DENIALS"),
                 QStringLiteral("LAST SEEN"), QStringLiteral("CONNECTED")});
    for (const QJsonValue &value : clients) {
        const QJsonObject client = value.toObject();
        table.add({clientName(client.value(QLatin1StringView("client"))),
                   number(client, QLatin1StringView("loans")),
                   number(client, QLatin1StringView("denials")),
                   localTime(text(client, QLatin1StringView("last_seen"))),
                   number(client, QLatin1StringView("connected"))});
    }
    table.print();
    return {};
}

Result<void> runGrantsList(const Invocation &invocation)
{
    const Result<QJsonObject> answer = ask(invocation, QStringLiteral("grants/list"));
    if (!answer)
        return failure(answer.error());
    const QJsonArray grants = answer->value(QLatin1StringView("grants")).toArray();
    if (invocation.json) {
        printJson(grants);
        return {};
    }
    if (grants.isEmpty()) {
        printLine(QStringLiteral("No grants. Every program is asked about when it wants a token."));
        return {};
    }
    Table table({QStringLiteral("ID"), QStringLiteral("SERVER"), QStringLiteral("ACCOUNT"),
                 QStringLiteral("WHO"), QStringLiteral("SCOPE"), QStringLiteral("LIFETIME"),
                 QStringLiteral("LAST USED")});
    for (const QJsonValue &value : grants) {
        const QJsonObject grant = value.toObject();
        table.add({text(grant, QLatin1StringView("id")), text(grant, QLatin1StringView("server")),
                   text(grant, QLatin1StringView("account")), whoOf(grant),
                   text(grant, QLatin1StringView("scope")), lifetimeText(grant),
                   localTime(text(grant, QLatin1StringView("last_used")))});
    }
    table.print();
    return {};
}

Result<void> runGrantsAdd(const Invocation &invocation)
{
    if (!invocation.has("server"))
        return wrong(QStringLiteral("A grant is for one server: add --server NAME."));
    const int clients = int(invocation.has("exe")) + int(invocation.has("any-client"))
        + int(invocation.has("session"));
    if (clients != 1) {
        return wrong(QStringLiteral("Say who may: --exe PATH for one program, --any-client for all "
                                    "of yours, or --session for the one that runs this."));
    }
    const int lifetimes = int(invocation.has("for")) + int(invocation.has("once"))
        + int(invocation.has("session"));
    if (lifetimes > 1)
        return wrong(QStringLiteral("--for, --once and --session exclude each other; use one."));

    QJsonObject params {{QStringLiteral("server"), invocation.value("server")}};
    if (invocation.has("any-client")) {
        params.insert(QStringLiteral("any_client"), true);
    } else if (invocation.has("session")) {
        params.insert(QStringLiteral("caller"), true);
    } else {
        // The broker compares with what the kernel says runs: no links, no relative parts.
        const QString path = QFileInfo(invocation.value("exe")).canonicalFilePath();
        if (path.isEmpty() || !QFileInfo(path).isFile()) {
            return wrong(QStringLiteral("There is no program %1; give the path of an executable or "
                                        "of a script.")
                             .arg(invocation.value("exe")));
        }
        params.insert(QStringLiteral("exe"), path);
    }
    if (invocation.has("account"))
        params.insert(QStringLiteral("account"), invocation.value("account"));
    if (invocation.has("scope"))
        params.insert(QStringLiteral("scope"), scopeOf(invocation));
    if (invocation.has("once"))
        params.insert(QStringLiteral("lifetime"), QStringLiteral("once"));
    if (invocation.has("session"))
        params.insert(QStringLiteral("lifetime"), QStringLiteral("session"));
    if (invocation.has("for")) {
        const std::optional<qint64> seconds = parseSpan(invocation.value("for"));
        if (!seconds || *seconds < 1)
            return wrong(QStringLiteral("--for wants a span of time such as 30m, 8h or 7d."));
        params.insert(QStringLiteral("lifetime"), QStringLiteral("until"));
        params.insert(QStringLiteral("for_s"), *seconds);
    }
    const Result<QJsonObject> grant = ask(invocation, QStringLiteral("grants/add"), params);
    if (!grant)
        return failure(grant.error());
    if (invocation.json) {
        printJson(*grant);
        return {};
    }
    printLine(safeLine(QStringLiteral("Grant %1: %2 may use %3 (%4).")
                           .arg(text(*grant, QLatin1StringView("id")), whoOf(*grant),
                                text(*grant, QLatin1StringView("server")), lifetimeText(*grant))));
    const QString warning = text(*grant, QLatin1StringView("warning"));
    if (!warning.isEmpty())
        tell(safeLine(QStringLiteral("chatelaine: note: ") + warning));
    return {};
}

Result<void> runGrantsRemove(const Invocation &invocation)
{
    const Result<QJsonObject> answer = ask(invocation, QStringLiteral("grants/remove"),
                                           {{QStringLiteral("id"), invocation.word(0)}});
    if (!answer)
        return failure(answer.error());
    if (invocation.json)
        printJson(*answer);
    else
        printLine(QStringLiteral("Removed the grant %1.").arg(safeLine(invocation.word(0))));
    return {};
}

} // namespace chatelaine::cli
