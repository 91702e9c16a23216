// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Arguments.h"
#include "app/cli/AuditText.h"
#include "app/cli/Borrow.h"
#include "app/cli/Browser.h"
#include "app/cli/Output.h"
#include "app/cli/Settings.h"
#include "app/cli/commands/Commands.h"
#include "core/base/Csv.h"
#include "core/base/Time.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QProcess>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

using namespace chatelaine;
using namespace chatelaine::cli;

namespace {

/// JSON with the quotes that C++ has no quarrel with.
QJsonObject object(const char *json)
{
    return QJsonDocument::fromJson(QByteArray(json).replace('\'', '"')).object();
}

QStringList split(const char *text)
{
    return QString::fromUtf8(text).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

} // namespace

class CliTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void argumentsAreUnderstood_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("command");
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QString>("option");
        QTest::addColumn<QStringList>("values");
        const auto row = [](const char *line, const char *command, const char *words,
                            const char *option = "", const char *values = "") {
            QTest::newRow(line) << QString::fromUtf8(line) << QString::fromUtf8(command)
                                << split(words) << QString::fromUtf8(option) << split(values);
        };
        row("list", "list", "");
        row("list --json", "list", "", "json");
        row("--json list", "list", "", "json");
        row("add https://a --name=x", "add", "https://a", "name", "x");
        row("add --name x https://a", "add", "https://a", "name", "x");
        row("add --name -x https://a", "add", "https://a", "name", "-x");
        row("login s --scope a --scope=b", "login", "s", "scope", "a b");
        row("login s --scope a=b", "login", "s", "scope", "a=b");
        row("grants", "grants", "");
        row("grants add --server s", "grants add", "", "server", "s");
        row("grants --json", "grants", "", "json");
        row("audit verify --json", "audit verify", "", "json");
        row("audit --since 8h", "audit", "", "since", "8h");
        row("show -- --json", "show", "--json");
        row("call s tool -", "call", "s tool -");
        row("call s --private tool", "call", "s tool", "private");
        row("broker --vault memory --help", "broker", "--vault memory --help");
        row("test-server --json -- x", "test-server", "--json -- x");
        row("--version", "version", "", "version");
        row("help grants add", "help", "grants add");
    }
    void argumentsAreUnderstood()
    {
        QFETCH(QString, line);
        QFETCH(QString, command);
        QFETCH(QStringList, words);
        QFETCH(QString, option);
        QFETCH(QStringList, values);
        const Result<Invocation> invocation = parseArguments(line.split(QLatin1Char(' ')));
        QVERIFY2(invocation.has_value(), qPrintable(invocation ? QString() : invocation.error().message));
        QCOMPARE(QString::fromLatin1(invocation->command->name), command);
        QCOMPARE(invocation->words, words);
        if (!option.isEmpty()) {
            QVERIFY(invocation->has(option.toLatin1().constData()));
            QCOMPARE(invocation->values(option.toLatin1().constData()), values);
        }
        QCOMPARE(invocation->json, !invocation->command->passThrough && option == QLatin1StringView("json"));
    }

    void badArgumentsNameTheWayOut_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("expected");
        QTest::addColumn<QString>("hidden");
        const auto row = [](const char *line, const char *expected, const char *hidden = "") {
            QTest::newRow(line) << QString::fromUtf8(line) << QString::fromUtf8(expected)
                                << QString::fromUtf8(hidden);
        };
        row("lisst", "did you mean list?");
        row("xyzzy", "There is no command xyzzy. See: chatelaine help");
        row("list --jsno", "did you mean --json? See: chatelaine help list");
        row("list --frobnicate", "no option --frobnicate. See: chatelaine help list");
        row("add https://a --client-secret=hunter2", "did you mean --client-secret-", "hunter2");
        row("add https://a --name", "--name needs a value: --name NAME");
        row("list --json=yes", "--json takes no value");
        row("list extra", "\"extra\" is one word too many");
        row("show", "Usage: chatelaine show SERVER");
        row("grants ad", "did you mean grants add?");
        row("audit verfy", "did you mean audit verify?");
        row("add https://a --name x --name y", "--name is given twice");
        row("list -j", "options start with two dashes");
        row("--private", "A command is missing");
        row("--name x list", "no option --name");
    }
    void badArgumentsNameTheWayOut()
    {
        QFETCH(QString, line);
        QFETCH(QString, expected);
        QFETCH(QString, hidden);
        const Result<Invocation> invocation = parseArguments(line.split(QLatin1Char(' ')));
        QVERIFY(!invocation);
        QCOMPARE(invocation.error().code, ErrorCode::InvalidInput);
        QVERIFY2(invocation.error().message.contains(expected), qPrintable(invocation.error().message));
        QVERIFY(hidden.isEmpty() || !invocation.error().message.contains(hidden));
    }

    void settingsBecomeParams()
    {
        const Result<Invocation> invocation = parseArguments(
            split("add https://a --client-id c --redirect-port 8080 --no-resource --scope a --scope b "
                  "--authorization-param prompt=consent --protocol-version 2025-11-25"));
        QVERIFY(invocation.has_value());
        const Result<QJsonObject> settings = settingsOf(*invocation);
        QVERIFY(settings.has_value());
        const QJsonObject expected = object("{'client_id':'c','redirect_port':8080,"
                    "'resource_mode':'omit','scope':'a b','authorization_params':{'prompt':'consent'},"
                    "'protocol_version':'2025-11-25'}");
        QCOMPARE(*settings, expected);
    }

    void badSettingsAreUsageErrors_data()
    {
        QTest::addColumn<QString>("flags");
        for (const char *flags :
             {"--redirect-port 0", "--redirect-port x", "--redirect-port 65536",
              "--resource a --no-resource", "--authorization-param x", "--authorization-param =x",
              "--ca-file /nonexistent", "--client-secret-fd 3", "--client-id c --client-secret-fd x",
              "--client-id c --client-secret-fd 987"})
            QTest::newRow(flags) << QString::fromLatin1(flags);
    }
    void badSettingsAreUsageErrors()
    {
        QFETCH(QString, flags);
        const Result<Invocation> invocation
            = parseArguments(split("add https://a") + flags.split(QLatin1Char(' ')));
        QVERIFY(invocation.has_value());
        const Result<QJsonObject> settings = settingsOf(*invocation);
        QVERIFY(!settings);
        QCOMPARE(settings.error().code, ErrorCode::InvalidInput);
    }

    void terminalsAreObeyedByNobody_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("line");
        QTest::newRow("plain") << QStringLiteral("Grüße, 世界") << QStringLiteral("Grüße, 世界");
        QTest::newRow("escape") << QStringLiteral("a\u001b[31mb") << QStringLiteral("a\\u001b[31mb");
        QTest::newRow("C1") << QStringLiteral("a\u009b31mb") << QStringLiteral("a\\u009b31mb");
        QTest::newRow("DEL") << QStringLiteral("a\u007fb") << QStringLiteral("a\\u007fb");
        QTest::newRow("return") << QStringLiteral("good\rbad") << QStringLiteral("good\\u000dbad");
        QTest::newRow("line break") << QStringLiteral("a\nb") << QStringLiteral("a\\u000ab");
        QTest::newRow("override") << QStringLiteral("a\u202eb") << QStringLiteral("a\\u202eb");
        QTest::newRow("isolate") << QStringLiteral("a\u2066b") << QStringLiteral("a\\u2066b");
        QTest::newRow("separator") << QStringLiteral("a\u2028b") << QStringLiteral("a\\u2028b");
        QTest::newRow("zero") << QString(QChar(0)) << QStringLiteral("\\u0000");
    }
    void terminalsAreObeyedByNobody()
    {
        QFETCH(QString, text);
        QFETCH(QString, line);
        QCOMPARE(safeLine(text), line);
        // In JSON the same text comes back, and on the way it holds nothing to obey.
        const QJsonObject object {{QStringLiteral("x"), text}};
        const QByteArray json = safeJson(object);
        QCOMPARE(QJsonDocument::fromJson(json).object(), object);
        QCOMPARE(safeLine(QString::fromUtf8(json)), QString::fromUtf8(json));
    }

    void textKeepsItsLines()
    {
        QCOMPARE(safeText(QStringLiteral("a\r\nb\tc\u001b]0;x")), QStringLiteral("a\nb\tc\\u001b]0;x"));
    }

    void tablesLineUp()
    {
        Table table({QStringLiteral("NAME"), QStringLiteral("URL")});
        QVERIFY(table.isEmpty());
        table.add({QStringLiteral("github"), QStringLiteral("https://a")});
        table.add({QStringLiteral("x\ny"), QString()});
        QCOMPARE(table.toText(),
                 QStringLiteral("NAME      URL\ngithub    https://a\nx\\u000ay  -\n"));
    }

    void csvIsQuoted_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("field");
        QTest::newRow("plain") << QStringLiteral("abc") << QStringLiteral("abc");
        QTest::newRow("comma") << QStringLiteral("a,b") << QStringLiteral("\"a,b\"");
        QTest::newRow("quote") << QStringLiteral("a\"b") << QStringLiteral("\"a\"\"b\"");
        QTest::newRow("lines") << QStringLiteral("a\nb") << QStringLiteral("\"a\nb\"");
        QTest::newRow("formula") << QStringLiteral("=1+1") << QStringLiteral("'=1+1");
        QTest::newRow("at") << QStringLiteral("@x,y") << QStringLiteral("\"'@x,y\"");
        QTest::newRow("empty") << QString() << QString();
    }
    void csvIsQuoted()
    {
        QFETCH(QString, text);
        QFETCH(QString, field);
        QCOMPARE(csv::field(text), field);
    }

    void auditRecordsBecomeFields()
    {
        const QJsonObject record = object("{'seq':7,'time':'2026-07-28T12:00:00Z',"
                    "'event':'loan.token','outcome':'ok','server':'demo','account':'default','client':{'pid':42,"
                    "'exe':'/usr/bin/x','chain':['/bin/sh','/bin/login']},'token_fingerprint':'0123456789ab',"
                    "'hash':'ff'}");
        const QStringList fields = csv::values(record, csv::historyColumns());
        QCOMPARE(fields.size(), csv::historyColumns().size());
        const auto field = [&fields](const char *column) {
            return fields.value(csv::historyColumns().indexOf(QString::fromLatin1(column)));
        };
        QCOMPARE(field("seq"), QStringLiteral("7"));
        QCOMPARE(field("client_pid"), QStringLiteral("42"));
        QCOMPARE(field("client_chain"), QStringLiteral("/bin/sh /bin/login"));
        QCOMPARE(field("scope"), QString());
        const QString line = auditLine(record);
        for (const char *part : {"loan.token", "ok", "demo", "/usr/bin/x", "token 0123456789ab"})
            QVERIFY2(line.contains(QLatin1StringView(part)), qPrintable(line));
    }

    void timesOfTheHistory()
    {
        const qint64 now = *fromRfc3339(QStringLiteral("2026-07-28T12:00:00Z"));
        QCOMPARE(auditTime(QStringLiteral("8h"), now), QStringLiteral("2026-07-28T04:00:00.000Z"));
        QCOMPARE(auditTime(QStringLiteral("2026-07-28T13:00:00+02:00"), now),
                 QStringLiteral("2026-07-28T11:00:00.000Z"));
        QVERIFY(auditTime(QStringLiteral("2026-07-28"), now).has_value());
        QVERIFY(!auditTime(QStringLiteral("yesterday"), now));
        QVERIFY(!auditTime(QStringLiteral("2026-13-28"), now));
    }

    void onlyHarmlessUrlsAreOpened_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<bool>("may");
        const auto row = [](const char *url, bool may) {
            QTest::newRow(url) << QString::fromUtf8(url) << may;
        };
        row("https://as.example/authorize?a=b&c=%20d", true);
        row("http://127.0.0.1:4001/authorize", true);
        row("http://localhost/x", true);
        row("http://[::1]:80/x", true);
        row("http://as.example/authorize", false);
        row("http://127.0.0.1.evil.example/", false);
        row("http://localhost@evil.example/", false);
        row("https://user:pw@as.example/", false);
        row("file:///etc/passwd", false);
        row("javascript:alert(1)", false);
        row("https://", false);
        row("https://as.example/ --flag", false);
        row("https://as.example/\"&calc", false);
        row("https://as.example/`id`", false);
        row("https://as.example/\\x", false);
        row("-https://as.example/", false);
        row("HTTPS://as.example/", false);
        row("", false);
    }
    void onlyHarmlessUrlsAreOpened()
    {
        QFETCH(QString, url);
        QFETCH(bool, may);
        QCOMPARE(mayOpen(url), may);
    }

    void browserVariableIsSplit()
    {
        const QString url = QStringLiteral("https://a/?x=%s");
        const auto commands = browserCommands(
            QStringLiteral("firefox:w3m -T %s/%%:: chrome  --new  :"), url);
        QCOMPARE(commands.size(), 3u);
        QCOMPARE(commands[0], QStringList({QStringLiteral("firefox"), url}));
        QCOMPARE(commands[1], QStringList({QStringLiteral("w3m"), QStringLiteral("-T"),
                                           url + QStringLiteral("/%")}));
        QCOMPARE(commands[2], QStringList({QStringLiteral("chrome"), QStringLiteral("--new"), url}));
        QVERIFY(browserCommands(QStringLiteral(" : "), url).empty());
    }

    void questionsSayWhoWantsWhat()
    {
        const QJsonObject ask = object("{'server':'git hub','account':'work',"
                    "'scope':'repo user','client':{'exe':'/home/me/it s.py'}}");
        QCOMPARE(grantQuestion(ask).section(QLatin1Char('\n'), 0, 0),
                 QStringLiteral("/home/me/it s.py wants to use your access to git hub (account work) "
                                "with the scope repo user."));
        QCOMPARE(grantCommand(ask),
                 QStringLiteral("chatelaine grants add --server 'git hub' --exe "
                                "'/home/me/it s.py' --account work --scope 'repo user'"));
        QCOMPARE(shellWord(QStringLiteral("it's")), QStringLiteral("'it'\\''s'"));
        const QJsonObject liar {{QStringLiteral("server"), QStringLiteral("x\u001b[2K\nAllowed")}};
        QVERIFY(!grantQuestion(liar).contains(QChar(0x1b)));
        QCOMPARE(grantQuestion(liar).count(QLatin1Char('\n')), 1);
    }

    void answersToTheQuestion()
    {
        const QJsonObject ask;
        QCOMPARE(lifetimeOf(ask, QStringLiteral("o")), QStringLiteral("once"));
        QCOMPARE(lifetimeOf(ask, QStringLiteral(" Session ")), QStringLiteral("session"));
        QCOMPARE(lifetimeOf(ask, QStringLiteral("A")), QStringLiteral("always"));
        for (const char *no : {"", "n", "no", "y", "yes", "on", "oa"})
            QVERIFY(!lifetimeOf(ask, QString::fromLatin1(no)));
    }

    void whoIsKnownWeaklyIsAllowedOnceAtMost()
    {
        const QJsonObject ask = object("{'server':'wiki','strong':false,'changed':true}");
        QVERIFY(!grantQuestion(ask).contains(QLatin1StringView("[a]lways")));
        QVERIFY(grantQuestion(ask).contains(QLatin1StringView("changed since you allowed it")));
        QCOMPARE(lifetimeOf(ask, QStringLiteral("o")), QStringLiteral("once"));
        for (const char *no : {"", "n", "s", "session", "a", "always"})
            QVERIFY(!lifetimeOf(ask, QString::fromLatin1(no)));
    }
};

QTEST_GUILESS_MAIN(CliTest)
#include "CliTest.moc"
