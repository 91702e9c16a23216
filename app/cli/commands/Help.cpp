// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands/Commands.h"

#include "app/cli/Output.h"

#include <QJsonObject>

namespace chatelaine::cli {

namespace {

QString optionLine(const Option &option)
{
    QString left = QStringLiteral("  --") + QString::fromLatin1(option.name);
    if (option.value)
        left += QLatin1Char(' ') + QString::fromLatin1(option.value);
    return left.leftJustified(36) + QString::fromLatin1(option.help)
        + (option.repeats ? QStringLiteral(" (may be repeated)\n") : QStringLiteral("\n"));
}

QString optionLines(std::span<const Option> options)
{
    QString lines;
    for (const Option &option : options)
        lines += optionLine(option);
    return lines;
}

QString overview()
{
    QString text = QStringLiteral(
        "Chatelaine keeps the keys to your MCP servers: sign in once, lend access to the programs\n"
        "you choose, see every loan.\n\nUsage: chatelaine COMMAND [OPTIONS]\n\nCommands:\n");
    for (const Command &command : commandTable()) {
        text += QStringLiteral("  ") + QString::fromLatin1(command.name).leftJustified(16)
            + QString::fromLatin1(command.help) + QLatin1Char('\n');
    }
    text += QStringLiteral("\nWith every command:\n") + optionLines(commonOptions());
    text += QStringLiteral("\nExit status: 0 done, 1 failed, 2 usage, 3 sign-in needed, 4 refused, "
                           "5 locked,\n6 the server or the broker can't be reached.\n"
                           "\nMore about one command: chatelaine help COMMAND\n");
    return text;
}

} // namespace

QString helpText(const Command *command)
{
    if (!command)
        return overview();
    QString text = QStringLiteral("Usage: chatelaine %1 %2").arg(
        QString::fromLatin1(command->name), QString::fromLatin1(command->synopsis));
    text = text.trimmed() + QStringLiteral("\n\n") + QString::fromLatin1(command->help)
        + QStringLiteral(".\n\n") + QString::fromUtf8(command->more).trimmed()
        + QLatin1Char('\n');
    if (!command->options.empty())
        text += QStringLiteral("\nOptions:\n") + optionLines(command->options);
    if (!command->settings.empty())
        text += QStringLiteral("\nHow to sign in to the server:\n") + optionLines(command->settings);
    if (!command->passThrough)
        text += QStringLiteral("\nWith every command:\n") + optionLines(commonOptions());
    return text;
}

Result<void> runHelp(const Invocation &invocation)
{
    const QString name = invocation.words.join(QLatin1Char(' '));
    const Command *command = name.isEmpty() ? nullptr : findCommand(name);
    if (!name.isEmpty() && !command) {
        return failure(ErrorCode::InvalidInput,
                       QStringLiteral("There is no command %1. See: chatelaine help").arg(name));
    }
    print(helpText(command));
    return {};
}

Result<void> runVersion(const Invocation &invocation)
{
    const QString version = QStringLiteral(CHATELAINE_VERSION);
    if (invocation.json)
        printJson(QJsonObject {{QStringLiteral("version"), version}});
    else
        printLine(QStringLiteral("chatelaine ") + version);
    return {};
}

} // namespace chatelaine::cli
