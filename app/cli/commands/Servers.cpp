// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands/Commands.h"

#include "app/cli/Output.h"
#include "app/cli/Session.h"
#include "app/cli/Settings.h"
#include "core/base/Time.h"

#include <QJsonArray>

namespace chatelaine::cli {

namespace {

QString accountName(const QJsonObject &server)
{
    return server.value(QLatin1StringView("account")).toString();
}

QString fullName(const QJsonObject &server)
{
    const QString name = server.value(QLatin1StringView("name")).toString();
    const QString account = accountName(server);
    return account.isEmpty() ? name : name + QLatin1Char('/') + account;
}

QString plain(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Bool: return value.toBool() ? QStringLiteral("yes") : QStringLiteral("no");
    case QJsonValue::Double: return QString::number(value.toInteger());
    case QJsonValue::Array: {
        QStringList items;
        for (const QJsonValue &item : value.toArray())
            items << plain(item);
        return items.join(QStringLiteral(", "));
    }
    case QJsonValue::Object: return QString::fromUtf8(safeJson(value.toObject()));
    default: return value.toString();
    }
}

} // namespace

void printServer(const QJsonObject &server)
{
    struct Row
    {
        const char *label;
        QLatin1StringView key;
    };
    static constexpr Row rows[] = {
        {"Name", QLatin1StringView("name")},
        {"URL", QLatin1StringView("url")},
        {"Resource", QLatin1StringView("resource")},
        {"Account", QLatin1StringView("account")},
        {"Other accounts", QLatin1StringView("accounts")},
        {"State", QLatin1StringView("state")},
        {"Authorization server", QLatin1StringView("issuer")},
        {"Client ID", QLatin1StringView("client_id")},
        {"Registration", QLatin1StringView("registration")},
        {"Scope", QLatin1StringView("scope")},
        {"Expires", QLatin1StringView("expires_at")},
        {"Refresh token", QLatin1StringView("has_refresh_token")},
        {"Last error", QLatin1StringView("last_error")},
    };
    const auto line = [](const QString &label, const QString &value) {
        if (!value.isEmpty())
            printLine(label.leftJustified(22) + safeLine(value));
    };
    // Before the first sign-in there is nothing to say about these.
    const bool fresh = server.value(QLatin1StringView("registration")) == QLatin1StringView("none")
        && server.value(QLatin1StringView("state")) == QLatin1StringView("signed_out");
    for (const Row &row : rows) {
        QString value = plain(server.value(row.key));
        if (row.key == QLatin1StringView("expires_at") && !value.isEmpty())
            value = localTime(value);
        else if (row.key == QLatin1StringView("state")
                 || row.key == QLatin1StringView("registration"))
            value = spoken(value);
        const bool empty = fresh
            && (row.key == QLatin1StringView("registration")
                || row.key == QLatin1StringView("has_refresh_token"));
        if (!empty)
            line(QString::fromLatin1(row.label), value);
    }
    const QJsonObject settings = server.value(QLatin1StringView("settings")).toObject();
    for (auto it = settings.begin(); it != settings.end(); ++it)
        line(QStringLiteral("Setting ") + it.key(), plain(it.value()));
}

Result<void> runAdd(const Invocation &invocation)
{
    Result<QJsonObject> params = settingsOf(invocation);
    if (!params)
        return failure(std::move(params).error());
    params->insert(QStringLiteral("url"), invocation.word(0));
    if (invocation.has("name"))
        params->insert(QStringLiteral("name"), invocation.value("name"));
    const Result<QJsonObject> server = ask(invocation, QStringLiteral("servers/add"), *params);
    if (!server)
        return failure(server.error());
    if (invocation.json) {
        printJson(*server);
        return {};
    }
    printServer(*server);
    printLine(QStringLiteral("\nSign in with: chatelaine login %1").arg(fullName(*server)));
    return {};
}

Result<void> runShow(const Invocation &invocation)
{
    const Result<QJsonObject> server = ask(invocation, QStringLiteral("servers/show"),
                                           {{QStringLiteral("server"), invocation.word(0)}});
    if (!server)
        return failure(server.error());
    if (invocation.json)
        printJson(*server);
    else
        printServer(*server);
    return {};
}

Result<void> runList(const Invocation &invocation)
{
    const Result<QJsonObject> answer = ask(invocation, QStringLiteral("servers/list"));
    if (!answer)
        return failure(answer.error());
    const QJsonArray servers = answer->value(QLatin1StringView("servers")).toArray();
    if (invocation.json) {
        printJson(servers);
        return {};
    }
    if (invocation.has("names")) {
        QStringList names;
        for (const QJsonValue &value : servers)
            names << safeLine(value.toObject().value(QLatin1StringView("name")).toString());
        names.removeDuplicates();
        for (const QString &name : names)
            printLine(name);
        return {};
    }
    if (servers.isEmpty()) {
        printLine(QStringLiteral("No servers yet. Add one with: chatelaine add URL"));
        return {};
    }
    Table table({QStringLiteral("NAME"), QStringLiteral("ACCOUNT"), QStringLiteral("STATE"),
                 QStringLiteral("EXPIRES"), QStringLiteral("URL")});
    for (const QJsonValue &value : servers) {
        const QJsonObject server = value.toObject();
        table.add({server.value(QLatin1StringView("name")).toString(), accountName(server),
                   spoken(server.value(QLatin1StringView("state")).toString()),
                   localTime(server.value(QLatin1StringView("expires_at")).toString()),
                   server.value(QLatin1StringView("url")).toString()});
    }
    table.print();
    return {};
}

Result<void> runRemove(const Invocation &invocation)
{
    const Result<QJsonObject> answer = ask(invocation, QStringLiteral("servers/remove"),
                                           {{QStringLiteral("server"), invocation.word(0)}});
    if (!answer)
        return failure(answer.error());
    if (invocation.json) {
        printJson(*answer);
        return {};
    }
    const QString removed = plain(answer->value(QLatin1StringView("removed")));
    printLine(QStringLiteral("Removed %1.").arg(safeLine(removed)));
    const QString revocation = plain(answer->value(QLatin1StringView("revocation")));
    if (!revocation.isEmpty())
        printLine(QStringLiteral("Sign-out: %1").arg(safeLine(revocation)));
    const QString registration = plain(answer->value(QLatin1StringView("registration")));
    if (!registration.isEmpty())
        printLine(QStringLiteral("Registration: %1").arg(safeLine(registration)));
    return {};
}

Result<void> runLogin(const Invocation &invocation)
{
    QJsonObject params {{QStringLiteral("server"), invocation.word(0)}};
    if (invocation.has("scope"))
        params.insert(QStringLiteral("scope"), scopeOf(invocation));
    if (invocation.has("timeout")) {
        const std::optional<qint64> seconds = parseSpan(invocation.value("timeout"));
        if (!seconds || *seconds < 1) {
            return failure(ErrorCode::InvalidInput,
                           QStringLiteral("--timeout wants a span of time such as 90s or 5m."));
        }
        params.insert(QStringLiteral("timeout_s"), *seconds);
    }
    const Result<QJsonObject> server = ask(invocation, QStringLiteral("login"), params);
    if (!server)
        return failure(server.error());
    if (invocation.json) {
        printJson(*server);
        return {};
    }
    const QString scope = server->value(QLatin1StringView("scope")).toString();
    printLine(safeLine(
        QStringLiteral("Signed in to %1%2.")
            .arg(fullName(*server),
                 scope.isEmpty() ? QString() : QStringLiteral(", with the scope ") + scope)));
    return {};
}

Result<void> runLogout(const Invocation &invocation)
{
    const bool onlyIfRevoked = invocation.has("only-if-revoked");
    const Result<QJsonObject> answer = ask(invocation, QStringLiteral("logout"),
                                           {{QStringLiteral("server"), invocation.word(0)},
                                            {QStringLiteral("only_if_revoked"), onlyIfRevoked}});
    if (!answer)
        return failure(answer.error());
    const QString revocation = plain(answer->value(QLatin1StringView("revocation")));
    if (onlyIfRevoked && !answer->value(QLatin1StringView("revoked")).toBool()) {
        return failure(ErrorCode::ServerRefused,
                       QStringLiteral("The tokens of %1 were not revoked. %2").arg(invocation.word(0), revocation));
    }
    if (invocation.json) {
        printJson(*answer);
        return {};
    }
    printLine(safeLine(
        QStringLiteral("Signed out of %1. %2").arg(invocation.word(0), revocation).trimmed()));
    return {};
}

} // namespace chatelaine::cli
