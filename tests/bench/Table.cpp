// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/Figure.h"
#include "tests/bench/Measurements.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>
#include <iostream>

namespace chatelaine::bench {

namespace {

QString withUnit(double value, const QString &unit)
{
    const QString number = value >= 1000 ? QString::number(qRound64(value))
        : value >= 100 || value == 0     ? QString::number(value, 'f', 0)
                                         : QString::number(value, 'g', 3);
    return unit.isEmpty() ? number : number + u' ' + unit;
}

} // namespace

void writeTable()
{
    std::puts("| figure | measured | beside it | ratio | aim |\n|---|---|---|---|---|");
    std::string line;
    while (std::getline(std::cin, line)) {
        const QJsonObject figure =
            QJsonDocument::fromJson(QByteArray::fromStdString(line)).object();
        const auto text = [&figure](const char *key) {
            return figure.value(QLatin1StringView(key)).toString();
        };
        const auto number = [&figure](const char *key) {
            return figure.value(QLatin1StringView(key)).toDouble();
        };
        QString beside;
        QString ratio;
        if (const double value = number("beside_value"); value > 0) {
            beside = text("beside") + QStringLiteral(": ") + withUnit(value, text("unit"));
            ratio = QString::number(number("ratio"), 'f', 2);
        }
        QString aim = text("aim");
        if (text("id") == QLatin1StringView("idle_calls"))
            aim = QStringLiteral("none");
        else if (text("id") == QLatin1StringView("memory"))
            aim = QStringLiteral("<= 20 MB");
        else if (text("id") == QLatin1StringView("window_memory"))
            aim = QStringLiteral("<= 60 MB");
        if (!aim.isEmpty() && !figure.value(QLatin1StringView("met")).toBool())
            aim += QStringLiteral(", missed");
        QString row = QStringLiteral("| %1 | %2 | %3 | %4 | %5 |")
                          .arg(text("title"), withUnit(number("value"), text("unit")), beside,
                              ratio, aim);
        row.replace(QStringLiteral(" us "), QStringLiteral(" µs "))
            .replace(QStringLiteral("<="), QStringLiteral("≤"))
            .replace(QStringLiteral(">="), QStringLiteral("≥"));
        std::puts(row.toUtf8().constData());
    }
}

} // namespace chatelaine::bench
