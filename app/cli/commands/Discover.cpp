// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands/Commands.h"

#include "app/cli/Output.h"
#include "app/cli/Session.h"
#include "app/cli/Settings.h"

#include <QJsonArray>

namespace chatelaine::cli {

namespace {

void printReport(const QJsonObject &report)
{
    Table steps({QStringLiteral("STEP"), QStringLiteral("OUTCOME"), QStringLiteral("STATUS"),
                 QStringLiteral("MS"), QStringLiteral("URL")});
    for (const QJsonValue &value : report.value(QLatin1StringView("steps")).toArray()) {
        const QJsonObject step = value.toObject();
        const int status = step.value(QLatin1StringView("status")).toInt();
        const QJsonValue ms = step.value(QLatin1StringView("ms"));
        steps.add({spoken(step.value(QLatin1StringView("step")).toString()),
                   spoken(step.value(QLatin1StringView("outcome")).toString()),
                   status > 0 ? QString::number(status) : QString(),
                   ms.isDouble() ? QString::number(ms.toInt()) : QString(),
                   step.value(QLatin1StringView("url")).toString()});
    }
    if (!steps.isEmpty()) {
        steps.print();
        printLine(QString());
    }
    const auto line = [&report](const char *label, QLatin1StringView key) {
        const QString value = report.value(key).toString();
        if (!value.isEmpty())
            printLine(QString::fromLatin1(label).leftJustified(22) + safeLine(value));
    };
    const QJsonValue guarded = report.value(QLatin1StringView("protected"));
    if (guarded.isBool())
        printLine(QStringLiteral("Asks for a sign-in    %1")
                      .arg(guarded.toBool() ? QStringLiteral("yes") : QStringLiteral("no")));
    line("Resource", QLatin1StringView("resource"));
    line("Authorization server", QLatin1StringView("issuer"));
    const QString registration = report.value(QLatin1StringView("registration")).toString();
    if (!registration.isEmpty())
        printLine(QStringLiteral("Registration          ") + safeLine(spoken(registration)));
    line("Scope", QLatin1StringView("scope"));
}

} // namespace

Result<void> runDiscover(const Invocation &invocation)
{
    Result<QJsonObject> params = settingsOf(invocation);
    if (!params)
        return failure(std::move(params).error());
    params->insert(QStringLiteral("url"), invocation.word(0));
    const Result<QJsonObject> report = ask(invocation, QStringLiteral("discover"), *params);
    if (!report)
        return failure(report.error());
    if (invocation.json)
        printJson(*report);
    else
        printReport(*report);

    const QJsonArray problems = report->value(QLatin1StringView("problems")).toArray();
    if (problems.isEmpty())
        return {};
    QStringList sentences;
    for (const QJsonValue &value : problems) {
        const QJsonObject problem = value.toObject();
        sentences << problem.value(QLatin1StringView("message")).toString();
        sentences << problem.value(QLatin1StringView("remedy")).toString();
    }
    sentences.removeAll(QString());
    return failure(ErrorCode::ServerRefused, sentences.join(QLatin1Char(' ')));
}

} // namespace chatelaine::cli
