// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands/Commands.h"

#include "app/cli/Borrow.h"
#include "app/cli/Output.h"
#include "app/cli/Settings.h"
#include "core/base/Json.h"

#include <QJsonArray>

#include <unistd.h>

namespace chatelaine::cli {

namespace {

Result<QJsonObject> argumentsOf(const Invocation &invocation)
{
    QByteArray bytes = invocation.word(2).toUtf8();
    if (bytes == "-") {
        bytes.clear();
        char buffer[8192];
        ssize_t n = 0;
        while ((n = ::read(STDIN_FILENO, buffer, sizeof buffer)) > 0)
            bytes.append(buffer, n);
    }
    Result<QJsonObject> object
        = json::parseObject(bytes, QStringLiteral("What was given as the tool's arguments"));
    if (!object) {
        return failure(ErrorCode::InvalidInput,
                       object.error().message
                           + QStringLiteral(" It has to be one JSON object, such as "
                                            "'{\"text\":\"…\"}'."));
    }
    return object;
}

QString firstLine(const QString &text)
{
    const QString line = text.section(QLatin1Char('\n'), 0, 0).trimmed();
    return line.size() > 76 ? line.left(75) + QStringLiteral("…") : line;
}

void printTools(const QJsonObject &answer)
{
    Table table({QStringLiteral("TOOL"), QStringLiteral("DESCRIPTION")});
    for (const QJsonValue &value : answer.value(QLatin1StringView("tools")).toArray()) {
        const QJsonObject tool = value.toObject();
        table.add({tool.value(QLatin1StringView("name")).toString(),
                   firstLine(tool.value(QLatin1StringView("description")).toString())});
    }
    if (table.isEmpty())
        printLine(QStringLiteral("The server offers no tools."));
    else
        table.print();
}

void printContent(const QJsonObject &result)
{
    const QJsonArray content = result.value(QLatin1StringView("content")).toArray();
    for (const QJsonValue &value : content) {
        const QJsonObject item = value.toObject();
        const QString type = item.value(QLatin1StringView("type")).toString();
        if (type == QLatin1StringView("text")) {
            printLine(safeText(item.value(QLatin1StringView("text")).toString()));
        } else {
            printLine(safeLine(
                QStringLiteral("[%1 %2; see it with --json]")
                    .arg(type, item.value(QLatin1StringView("mimeType")).toString())
                    .simplified()));
        }
    }
    const QJsonValue structured = result.value(QLatin1StringView("structuredContent"));
    if (content.isEmpty() && structured.isObject())
        printJson(structured.toObject());
}

} // namespace

Result<void> runCall(const Invocation &invocation)
{
    Result<QJsonObject> params = settingsOf(invocation);
    if (!params)
        return failure(std::move(params).error());
    const QString target = invocation.word(0);
    const QString tool = invocation.word(1);
    params->insert(isUrl(target) ? QStringLiteral("url") : QStringLiteral("server"), target);
    if (!tool.isEmpty())
        params->insert(QStringLiteral("tool"), tool);
    if (invocation.words.size() > 2) {
        Result<QJsonObject> arguments = argumentsOf(invocation);
        if (!arguments)
            return failure(std::move(arguments).error());
        params->insert(QStringLiteral("arguments"), *arguments);
    }
    Result<Session> session = Session::open(invocation);
    if (!session)
        return failure(std::move(session).error());
    const Result<QJsonObject> answer
        = borrow(invocation, *session, QStringLiteral("mcp/call"), *params);
    if (!answer)
        return failure(answer.error());

    if (invocation.json)
        printJson(*answer);
    else if (tool.isEmpty())
        printTools(*answer);
    else
        printContent(*answer);
    if (json::boolean(*answer, QLatin1StringView("isError"))) {
        return failure(ErrorCode::ServerRefused,
                       QStringLiteral("The tool %1 says that it failed; its answer says why.").arg(tool));
    }
    return {};
}

} // namespace chatelaine::cli
