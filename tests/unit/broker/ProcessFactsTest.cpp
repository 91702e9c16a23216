// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/broker/ProcessFacts.h"

#include <QTest>

using namespace chatelaine::broker;

class ProcessFactsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsStat_data()
    {
        QTest::addColumn<QByteArray>("name");
        for (const char *name : {"cat", "a b", ") R 1 2 3", "((", "Web Content)"})
            QTest::newRow(name) << QByteArray(name);
    }

    void readsStat()
    {
        QFETCH(QByteArray, name);
        const auto stat = parseStat("77 (" + name
                                    + ") S 42 77 77 0 -1 4194304 1 2 3 4 5 6 7 8 20 0 1 0 987654 "
                                      "1000 200 18446744073709551615\n");
        QVERIFY(stat);
        QCOMPARE(stat->parent, 42);
        QCOMPARE(stat->startTime, 987654U);
    }

    void refusesOtherStat()
    {
        QVERIFY(!parseStat(""));
        QVERIFY(!parseStat("77 cat S 42"));
        QVERIFY(!parseStat("77 (cat)"));
        QVERIFY(!parseStat("77 (cat) S 42 1 2 3"));
    }

    void namesTheApp_data()
    {
        QTest::addColumn<QByteArray>("cgroup");
        QTest::addColumn<QString>("app");
        const QByteArray slice = "0::/user.slice/user-1000.slice/user@1000.service/app.slice/";
        const auto row = [](const char *name, const QByteArray &cgroup, const char *app) {
            QTest::newRow(name) << cgroup << QString::fromLatin1(app);
        };
        row("scope", slice + "app-gnome-org.gnome.Terminal-1234.scope\n", "org.gnome.Terminal");
        row("no launcher", slice + "app-firefox-99.scope\n", "firefox");
        row("escaped", slice + "app-gnome-my\\x2dapp-1234.scope\n", "my-app");
        row("service", slice + "app-gnome-code@abc.service\n", "code");
        row("flatpak", slice + "app-flatpak-org.x.Y-12.scope\n", "org.x.Y");
        row("snap", slice + "snap.code.code-0a1b-22.scope\n", "snap.code.code");
        row("unit", "0::/system.slice/cron.service\n", "cron.service");
        row("session", "0::/user.slice/user-0.slice/session-3.scope\n", "session-3.scope");
        row("root", "0::/\n", "");
        row("slice only", "0::/user.slice\n", "");
        row("version 1 beside", "12:cpu:/x.service\n0::/system.slice/a.service\n", "a.service");
        row("nothing", "", "");
    }

    void namesTheApp()
    {
        QFETCH(QByteArray, cgroup);
        QFETCH(QString, app);
        QCOMPARE(appFromCgroup(cgroup), app);
    }

    void readsFlatpakInfo()
    {
        QCOMPARE(appFromFlatpakInfo("[Application]\nname=org.x.Y\nruntime=r\n"),
                 QStringLiteral("org.x.Y"));
        QCOMPARE(appFromFlatpakInfo("[Instance]\nname=no\n[Application]\nname=yes\n"),
                 QStringLiteral("yes"));
        QCOMPARE(appFromFlatpakInfo("[Instance]\nname=no\n"), QString());
        QCOMPARE(appFromFlatpakInfo(""), QString());
    }

    void findsTheScript_data()
    {
        QTest::addColumn<QString>("exe");
        QTest::addColumn<QByteArray>("arguments");
        QTest::addColumn<QString>("script");
        const auto row = [](const char *exe, const char *arguments, const char *script) {
            QTest::addRow("%s %s", exe, arguments)
                << QString::fromLatin1(exe) << QByteArray(arguments) << QString::fromLatin1(script);
        };
        row("/usr/bin/python3.11", "tool.py", "tool.py");
        row("/usr/bin/python3", "-u -W ignore tool.py --flag other.py", "tool.py");
        row("/usr/bin/python3", "-Wignore -X dev tool.py", "tool.py");
        row("/usr/bin/python3", "-m http.server", "");
        row("/usr/bin/python3", "-c print(1) tool.py", "");
        row("/usr/bin/python3", "-Ic print(1)", "");
        row("/usr/bin/python3", "-", "");
        row("/usr/bin/python3", "-- tool.py", "tool.py");
        row("/usr/bin/python3", "", "");
        row("/usr/bin/node", "--require ./hook.js server.js", "server.js");
        row("/usr/bin/node", "--max-old-space-size=4096 server.js", "server.js");
        row("/usr/bin/node", "-e 1 server.js", "");
        row("/usr/bin/nodejs", "server.js", "server.js");
        row("/bin/sh", "script", "script");
        row("/bin/sh", "-c script", "");
        row("/usr/bin/bash", "-lc script", "");
        row("/usr/bin/bash", "-eu -o pipefail script", "script");
        row("/usr/bin/bash", "-euo pipefail script", "script");
        row("/usr/bin/bash", "--rcfile rc", "");
        row("/usr/bin/bash", "-s word", "");
        row("/usr/bin/ruby3.1", "-I lib app.rb", "app.rb");
        row("/usr/bin/perl", "-w -I lib app.pl", "app.pl");
        row("/usr/bin/perl", "-ne print app.pl", "");
        row("/usr/bin/deno", "run --allow-net main.ts", "main.ts");
        row("/usr/bin/deno", "run --config deno.json main.ts", "main.ts");
        row("/usr/bin/bun", "run index.ts", "index.ts");
        row("/usr/bin/bun", "index.ts", "index.ts");
        row("/usr/bin/java", "-cp lib -jar app.jar", "app.jar");
        row("/usr/bin/busybox", "sh script", "script");
        // No interpreters: their arguments are no scripts.
        row("/usr/bin/cat", "tool.py", "");
        row("/usr/bin/pythonista", "tool.py", "");
        row("/usr/bin/sha256sum", "tool.py", "");
        row("/usr/bin/node-sass", "tool.js", "");
    }

    void findsTheScript()
    {
        QFETCH(QString, exe);
        QFETCH(QByteArray, arguments);
        QFETCH(QString, script);
        QList<QByteArray> argv {"argv0"};
        if (!arguments.isEmpty())
            argv += arguments.split(' ');
        QCOMPARE(scriptArgument(exe, argv), script);
    }
};

QTEST_GUILESS_MAIN(ProcessFactsTest)
#include "ProcessFactsTest.moc"
