// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands/Commands.h"

#include "app/cli/Borrow.h"
#include "app/cli/Output.h"
#include "app/cli/Settings.h"
#include "core/base/Json.h"
#include "core/base/Secret.h"

namespace chatelaine::cli {

namespace {

QString text(const QJsonObject &object, QLatin1StringView key)
{
    return json::string(object, key).value_or(QString());
}

Result<void> sayLocked(const Invocation &invocation, const Result<QJsonObject> &answer)
{
    if (!answer)
        return failure(answer.error());
    if (invocation.json) {
        printJson(*answer);
        return {};
    }
    printLine(json::boolean(*answer, QLatin1StringView("locked"))
                  ? QStringLiteral("Locked. Nothing is lent until: chatelaine unlock")
                  : QStringLiteral("Unlocked."));
    return {};
}

Result<QJsonObject> unlockWith(const Invocation &invocation, QByteArray passphrase)
{
    if (passphrase.isEmpty())
        return failure(ErrorCode::InvalidInput,
                       QStringLiteral("The passphrase is empty, so nothing was unlocked."));
    const QJsonObject params {{QStringLiteral("passphrase"), QString::fromUtf8(passphrase)}};
    wipe(passphrase);
    return ask(invocation, QStringLiteral("unlock"), params);
}

} // namespace

Result<void> runLock(const Invocation &invocation)
{
    return sayLocked(invocation, ask(invocation, QStringLiteral("lock")));
}

Result<void> runUnlock(const Invocation &invocation)
{
    if (invocation.has("passphrase-fd")) {
        bool isNumber = false;
        const int fd = invocation.value("passphrase-fd").toInt(&isNumber);
        if (!isNumber || fd < 0) {
            return failure(ErrorCode::InvalidInput,
                           QStringLiteral("--passphrase-fd wants the number of an open file "
                                          "descriptor, such as 3."));
        }
        Result<QByteArray> passphrase = readSecret(fd);
        if (!passphrase)
            return failure(std::move(passphrase).error());
        return sayLocked(invocation, unlockWith(invocation, std::move(*passphrase)));
    }
    // The keychain asks by itself; only the encrypted file needs words from us.
    Result<QJsonObject> answer = ask(invocation, QStringLiteral("unlock"));
    if (!answer && answer.error().code == ErrorCode::Locked && stdinIsTerminal()) {
        const std::optional<QByteArray> typed
            = askOnTerminal(QStringLiteral("Passphrase of the vault: "), true);
        if (typed)
            answer = unlockWith(invocation, *typed);
    }
    return sayLocked(invocation, answer);
}

Result<void> runStatus(const Invocation &invocation)
{
    const Result<QJsonObject> answer = ask(invocation, QStringLiteral("status"));
    if (!answer)
        return failure(answer.error());
    if (invocation.json) {
        printJson(*answer);
        return {};
    }
    const QJsonObject vault = answer->value(QLatin1StringView("vault")).toObject();
    const auto line = [](const char *label, const QString &value) {
        if (!value.isEmpty())
            printLine(QString::fromLatin1(label).leftJustified(14) + safeLine(value));
    };
    const auto count = [&answer](QLatin1StringView key) {
        return QString::number(json::integer(*answer, key).value_or(0));
    };
    line("Broker", QStringLiteral("%1, process %2, since %3")
                       .arg(text(*answer, QLatin1StringView("broker_version")),
                            count(QLatin1StringView("pid")),
                            localTime(text(*answer, QLatin1StringView("started_at")))));
    line("Locked", json::boolean(*answer, QLatin1StringView("locked")) ? QStringLiteral("yes")
                                                                      : QStringLiteral("no"));
    const QString description = text(vault, QLatin1StringView("description"));
    line("Vault", description.isEmpty() ? QStringLiteral("%1, %2").arg(
                                              spoken(text(vault, QLatin1StringView("kind"))),
                                              text(vault, QLatin1StringView("state")))
                                        : description);
    line("Policy", text(*answer, QLatin1StringView("policy")));
    line("Servers", count(QLatin1StringView("servers")));
    line("Accounts", count(QLatin1StringView("accounts")));
    line("Connections", count(QLatin1StringView("connections")));
    line("Database", text(*answer, QLatin1StringView("database")));
    line("Socket", text(*answer, QLatin1StringView("socket")));
    return {};
}

} // namespace chatelaine::cli
