// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands/Commands.h"

#include "app/cli/Output.h"
#include "app/cli/Session.h"
#include "app/cli/Settings.h"
#include "core/base/Json.h"
#include "core/base/Time.h"

#include <QFileInfo>
#include <QJsonArray>

#include <array>

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
    const QString exe = text(grant, QLatin1StringView("exe"));
    return exe.isEmpty()
        ? QStringLiteral("process %1").arg(number(grant, QLatin1StringView("session_pid")))
        : exe;
}

QString clientName(const QJsonValue &client)
{
    if (client.isString())
        return client.toString();
    return text(client.toObject(), QLatin1StringView("exe"));
}

// As one types it: 7d, 8h, 30m.
QString spanText(qint64 seconds)
{
    if (seconds % 86400 == 0)
        return QStringLiteral("%1d").arg(seconds / 86400);
    if (seconds % 3600 == 0)
        return QStringLiteral("%1h").arg(seconds / 3600);
    return seconds % 60 == 0 ? QStringLiteral("%1m").arg(seconds / 60)
                             : QStringLiteral("%1s").arg(seconds);
}

QString lifetimeText(const QJsonObject &grant)
{
    QString lifetime = text(grant, QLatin1StringView("lifetime"));
    const QString end = text(grant, QLatin1StringView("expires_at"));
    if (!end.isEmpty())
        lifetime = QStringLiteral("until %1").arg(localTime(end));
    else if (lifetime == QLatin1StringView("until_lock"))
        lifetime = QStringLiteral("until locked");
    else if (lifetime == QLatin1StringView("session"))
        lifetime = QStringLiteral("while process %1 runs")
                       .arg(number(grant, QLatin1StringView("session_pid")));
    const qint64 idle = json::integer(grant, QLatin1StringView("idle_s")).value_or(0);
    if (idle > 0)
        lifetime += QStringLiteral(", unless unused for %1").arg(spanText(idle));
    return json::boolean(grant, QLatin1StringView("deny")) ? QStringLiteral("denied ") + lifetime
                                                           : lifetime;
}

tl::unexpected<Error> wrong(const QString &sentence)
{
    return failure(ErrorCode::InvalidInput, sentence);
}

// What the options say of how long, into the params of grants/add.
Result<void> takeLifetime(const Invocation &invocation, QJsonObject &params)
{
    const std::array<std::pair<const char *, const char *>, 4> names {
        {{"for", "until"},
         {"until-lock", "until_lock"},
         {"once", "once"},
         {"session", "session"}}};
    int given = 0;
    for (const auto &[option, lifetime] : names) {
        if (!invocation.has(option))
            continue;
        ++given;
        params.insert(QStringLiteral("lifetime"), QString::fromLatin1(lifetime));
    }
    if (given > 1) {
        return wrong(QStringLiteral("--for, --until-lock, --once and --session exclude each other; "
                                    "use one."));
    }
    if (invocation.has("deny"))
        params.insert(QStringLiteral("deny"), true);
    const std::array<std::pair<const char *, const char *>, 2> spans {
        {{"for", "for_s"}, {"idle", "idle_s"}}};
    for (const auto &[option, param] : spans) {
        if (!invocation.has(option))
            continue;
        const std::optional<qint64> seconds = parseSpan(invocation.value(option));
        if (!seconds || *seconds < 1) {
            return wrong(QStringLiteral("--%1 wants a span of time such as 30m, 8h or 7d.")
                             .arg(QLatin1StringView(option)));
        }
        params.insert(QString::fromLatin1(param), *seconds);
    }
    return {};
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
    QJsonObject params {{QStringLiteral("server"), invocation.value("server")}};
    if (invocation.has("any-client")) {
        params.insert(QStringLiteral("any_client"), true);
    } else if (invocation.has("session")) {
        params.insert(QStringLiteral("caller"), true);
    } else {
        // The broker compares with what the kernel says runs: no links, no relative parts.
        const bool isPackage = invocation.value("exe").startsWith(QLatin1StringView("flatpak:"));
        const QString path = isPackage
            ? invocation.value("exe")
            : QFileInfo(invocation.value("exe")).canonicalFilePath();
        if (!isPackage && (path.isEmpty() || !QFileInfo(path).isFile())) {
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
    if (const Result<void> lifetime = takeLifetime(invocation, params); !lifetime)
        return lifetime;
    const Result<QJsonObject> grant = ask(invocation, QStringLiteral("grants/add"), params);
    if (!grant)
        return failure(grant.error());
    if (invocation.json) {
        printJson(*grant);
        return {};
    }
    const bool denied = json::boolean(*grant, QLatin1StringView("deny"));
    printLine(safeLine(QStringLiteral("Grant %1: %2 %3 use %4 (%5).")
                           .arg(text(*grant, QLatin1StringView("id")), whoOf(*grant),
                                denied ? QStringLiteral("may not") : QStringLiteral("may"),
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
