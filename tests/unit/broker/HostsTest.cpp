// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/broker/Hosts.h"

#include <QTest>

using namespace chatelaine::broker;

class HostsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsHosts_data()
    {
        QTest::addColumn<bool>("host");
        const auto row = [](const char *program, bool host) { QTest::newRow(program) << host; };
        for (const char *program :
            {"/usr/bin/codex", "/usr/bin/claude", "/home/u/.local/share/claude/versions/2.1.5",
                "/usr/share/code/code", "/snap/code/current/usr/share/code/code",
                "/usr/lib/node_modules/@anthropic-ai/claude-code/cli.js",
                "/usr/lib/node_modules/@google/gemini-cli/dist/index.js", "/opt/Cursor.AppImage",
                "/home/u/Applications/cursor-1.4.AppImage", "/usr/lib/zed/zed-editor",
                "/usr/bin/goose", "/opt/idea/bin/idea", "/opt/pycharm/bin/pycharm.sh",
                "/usr/bin/emacs-29.1", "/opt/LM Studio/lm-studio"}) {
            row(program, true);
        }
        for (const char *program : {"", "/usr/bin/bash", "/bin/sh", "/usr/bin/zsh", "/usr/bin/fish",
                 "/usr/bin/tmux", "/usr/libexec/gnome-terminal-server", "/usr/lib/systemd/systemd",
                 "/usr/bin/node", "/usr/bin/python3.11", "/usr/bin/codexed", "/usr/bin/encode",
                 "/home/u/code/tool", "/usr/bin/git", "/usr/bin/uvx"}) {
            row(program, false);
        }
    }

    void knowsHosts()
    {
        QFETCH(bool, host);
        QCOMPARE(isHost(QString::fromLatin1(QTest::currentDataTag())), host);
    }

    void theNearestHostHoldsTheSession()
    {
        CallerIdentity caller;
        caller.pid = 50;
        caller.startTime = 500;
        caller.exe = QStringLiteral("/usr/bin/python3");
        caller.script = QStringLiteral("/home/u/helper.py");
        caller.chain = {{40, 400, QStringLiteral("/usr/bin/bash"), {}},
            {30, 300, QStringLiteral("/usr/bin/node"),
                QStringLiteral("/lib/@openai/codex/bin/codex.js")},
            {20, 200, QStringLiteral("/usr/share/code/code"), {}}};
        QCOMPARE(sessionHolder(caller).pid, 30);
        QCOMPARE(sessionHolder(caller).program(), caller.chain.at(1).script);
        caller.script = QStringLiteral("/lib/@google/gemini-cli/dist/index.js");
        QCOMPARE(sessionHolder(caller).pid, 50);
        QCOMPARE(sessionHolder(caller).program(), caller.script);
        // Nobody known: the asker itself, and never its shell.
        caller.script.clear();
        caller.chain.resize(1);
        QCOMPARE(sessionHolder(caller).pid, 50);
        QCOMPARE(sessionHolder(caller).startTime, 500U);
        QCOMPARE(sessionHolder(caller).program(), caller.exe);
    }

    void aHelperInAPackageIsNotThePackagesHost()
    {
        CallerIdentity caller;
        caller.pid = 50;
        caller.exe = QStringLiteral("/app/bin/node");
        caller.package = QStringLiteral("flatpak:com.visualstudio.code");
        caller.chain = {{20, 200, QStringLiteral("/app/extra/vscode/code"), {}, caller.package}};
        QCOMPARE(sessionHolder(caller).pid, 20);
        QCOMPARE(sessionHolder(caller).program(), caller.package);
    }
};

QTEST_GUILESS_MAIN(HostsTest)
#include "HostsTest.moc"
