// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands/Commands.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

using namespace chatelaine;
using namespace chatelaine::cli;

namespace {

QStringList split(const char *text)
{
    return QString::fromUtf8(text).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

} // namespace

/// What the table of commands gives: help, manual page, completion.
class CompletionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyCommandExplainsItself()
    {
        QFile page(qEnvironmentVariable("CHATELAINE_SOURCE")
            + QStringLiteral("/resources/man/chatelaine.1"));
        QVERIFY(page.open(QIODevice::ReadOnly));
        const QString manual = QString::fromUtf8(page.readAll()).remove(QLatin1Char('\\'));
        QSet<QString> names;
        for (const Command &command : commandTable()) {
            const QString name = QString::fromLatin1(command.name);
            QVERIFY2(!names.contains(name), command.name);
            names << name;
            QVERIFY2(manual.contains(QStringLiteral(".B ") + name), command.name);
            QVERIFY2(
                helpText(&command).contains(QLatin1StringView("xample")) || command.passThrough,
                command.name);
            QVERIFY(helpText(nullptr).contains(QString::fromLatin1(command.help)));
            for (const auto &options : {command.options, command.settings}) {
                for (const Option &option : options)
                    QVERIFY2(
                        manual.contains(QStringLiteral("--") + QString::fromLatin1(option.name)),
                        option.name);
            }
        }
    }

    void completionScriptsParse()
    {
        QProcess bash;
        bash.start(QStringLiteral("bash"), {QStringLiteral("-n")});
        bash.write(completionScript(QStringLiteral("bash")).toUtf8());
        bash.closeWriteChannel();
        QVERIFY(bash.waitForFinished());
        QCOMPARE(bash.exitCode(), 0);
        QVERIFY(completionScript(QStringLiteral("tcsh")).isEmpty());
        for (const char *shell : {"bash", "zsh", "fish"}) {
            for (const Command &command : commandTable()) {
                const QString word =
                    QString::fromLatin1(command.name).section(QLatin1Char(' '), -1);
                QVERIFY(completionScript(QString::fromLatin1(shell)).contains(word));
            }
        }
    }

    void bashCompletes_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QStringList>("expected");
        QTest::addColumn<QStringList>("unexpected");
        QTest::newRow("command") << QStringLiteral("chatelaine lo") << split("login logout lock")
                                 << split("list");
        QTest::newRow("subcommand")
            << QStringLiteral("chatelaine grants a") << split("add") << split("list");
        QTest::newRow("option") << QStringLiteral("chatelaine grants add --an")
                                << split("--any-client") << split("--name --server");
        QTest::newRow("server") << QStringLiteral("chatelaine login my") << split("my-server")
                                << split("other");
        QTest::newRow("server as value") << QStringLiteral("chatelaine grants add --server my")
                                         << split("my-server") << split("other");
        QTest::newRow("shell") << QStringLiteral("chatelaine completion f") << split("fish")
                               << split("bash");
        QTest::newRow("value skipped") << QStringLiteral("chatelaine add --name list --cl")
                                       << split("--client-id") << split("--names");
    }
    void bashCompletes()
    {
        QFETCH(QString, line);
        QFETCH(QStringList, expected);
        QFETCH(QStringList, unexpected);
        const QString script = completionScript(QStringLiteral("bash"))
            + QStringLiteral("chatelaine() { printf 'my-server\\nother\\n'; }\n"
                             "COMP_WORDS=(%1)\nCOMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n"
                             "_chatelaine\nprintf '%s\\n' \"${COMPREPLY[@]}\"\n")
                  .arg(line);
        QProcess bash;
        bash.start(
            QStringLiteral("bash"), {QStringLiteral("--norc"), QStringLiteral("-c"), script});
        QVERIFY(bash.waitForFinished());
        const QStringList offered =
            QString::fromUtf8(bash.readAllStandardOutput()).split(QLatin1Char('\n'));
        for (const QString &word : expected)
            QVERIFY2(offered.contains(word), qPrintable(offered.join(QLatin1Char(' '))));
        for (const QString &word : unexpected)
            QVERIFY2(!offered.contains(word), qPrintable(offered.join(QLatin1Char(' '))));
    }
};

QTEST_GUILESS_MAIN(CompletionTest)
#include "CompletionTest.moc"
