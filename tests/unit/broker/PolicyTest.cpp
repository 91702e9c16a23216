// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/broker/Decisions.h"

using namespace chatelaine;
using namespace chatelaine::broker;
using namespace chatelaine::test;

/// Who a grant is for.
class PolicyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void decides_data()
    {
        decisionColumns();

        // Where nothing is written down, the policy speaks.
        row("nothing, ask", {}, binary(), "ask");
        row("nothing, allow", {}, binary(), "allow", request(), Policy::Allow);
        row("nothing, deny", {}, binary(), "policy", request(), Policy::Deny);

        // By program.
        row("exe", {grant("g", agent)}, binary(), "allow g");
        row("exe under deny", {grant("g", agent)}, binary(), "allow g", request(), Policy::Deny);
        row("exe under allow", {grant("g", agent)}, binary(), "allow g", request(), Policy::Allow);
        row("other exe", {grant("g", "/usr/bin/other")}, binary(), "ask");
        row("prefix of the exe", {grant("g", "/usr/bin/age")}, binary(), "ask");
        row("exe in another case", {grant("g", "/usr/bin/Agent")}, binary(), "ask");
        row("exe with more", {grant("g", "/usr/bin/agent2")}, binary(), "ask");
        row("no exe at all", {grant("g", "")}, binary(), "ask");
        row("unreadable exe and empty grant", {grant("g", "")},
            with(binary(), [](CallerIdentity &c) { c.exe.clear(); }), "ask");
        row("an ancestor's exe is not the caller's", {grant("g", "/usr/bin/bash")}, binary(),
            "ask");
        row("script", {grant("g", "/home/u/tool.py")}, script(), "allow g");
        row("interpreter does not speak for a script", {grant("g", "/usr/bin/python3")}, script(),
            "ask");
        row("bare interpreter", {grant("g", "/usr/bin/python3")},
            with(script(), [](CallerIdentity &c) { c.script.clear(); }), "allow g");
        row("foreign file", {grant("g", agent)},
            with(binary(), [](CallerIdentity &c) { c.foreign = true; }), "ask");
        row("script under a foreign interpreter", {grant("g", "/home/u/tool.py")},
            with(script(), [](CallerIdentity &c) { c.foreign = true; }), "ask");

        // A grant that lasts is for somebody who is known; nothing a weak caller says of itself
        // makes it that one.
        const auto weak = [](CallerIdentity &c) { c.strong = false; };
        row("weak identity", {grant("g", agent)}, with(binary(), weak), "ask");
        row("weak identity, script", {grant("g", "/home/u/tool.py")}, with(script(), weak), "ask");
        row("weak identity, until the lock",
            {grant("g", agent, [](Grant &g) {
                g.lifetime = GrantLifetime::UntilLock;
                g.bootId = thisBoot;
            })}, with(binary(), weak), "ask");
        row("weak identity, session",
            {grant("g", agent, [](Grant &g) {
                g.lifetime = GrantLifetime::Session;
                g.sessionPid = 50;
                g.sessionStart = 500;
            })}, with(binary(), weak), "ask");
        row("weak identity, once",
            {grant("g", agent, [](Grant &g) { g.lifetime = GrantLifetime::Once; })},
            with(binary(), weak), "allow g consume");
        row("weak identity, any client",
            {grant("g", "", [](Grant &g) { g.anyClient = true; })}, with(binary(), weak),
            "allow g");
        row("weak identity, denied",
            {grant("g", agent), grant("d", agent, [](Grant &g) { g.deny = true; })},
            with(binary(), weak), "user d");
        row("weak identity under allow", {grant("g", agent)}, with(binary(), weak), "allow",
            request(), Policy::Allow);

        // Packages.
        const auto flatpak = [](CallerIdentity &c) {
            c.exe = QStringLiteral("/app/bin/agent");
            c.package = QStringLiteral("flatpak:org.x.Y");
        };
        row("package", {grant("g", "flatpak:org.x.Y")}, with(binary(), flatpak), "allow g");
        row("another package", {grant("g", "flatpak:org.x.Z")}, with(binary(), flatpak), "ask");
        row("a path within a package", {grant("g", "/app/bin/agent")}, with(binary(), flatpak),
            "ask");

        // By hash.
        const auto hashed = [](Grant &g) { g.exeSha256 = QStringLiteral("abc"); };
        row("hash equal", {grant("g", agent, hashed)}, binary(), "allow g", request(), Policy::Ask,
            "abc");
        row("hash changed", {grant("g", agent, hashed)}, binary(), "ask changed", request(),
            Policy::Ask, "abd");
        row("hash unknown", {grant("g", agent, hashed)}, binary(), "ask hash?");
        row("hash unknown, under deny", {grant("g", agent, hashed)}, binary(), "policy hash?",
            request(), Policy::Deny);
        row("hash changed, under allow", {grant("g", agent, hashed)}, binary(), "allow changed",
            request(), Policy::Allow, "abd");
        row("hash of another program", {grant("g", "/usr/bin/other", hashed)}, binary(), "ask");
        row("hash for other scopes",
            {grant("g", agent, [](Grant &g) {
                g.exeSha256 = QStringLiteral("abc");
                g.scopes = {reading};
            })}, binary(), "ask", request({writing}));
        row("hash changed, another grant", {grant("g", agent, hashed), grant("h", agent)},
            binary(), "allow h", request(), Policy::Ask, "abd");
        row("hash not needed", {grant("g", agent, hashed), grant("h", agent)}, binary(),
            "allow h");
        row("a lasting hash before once",
            {grant("g", agent, hashed),
             grant("h", agent, [](Grant &g) { g.lifetime = GrantLifetime::Once; })},
            binary(), "allow h consume hash?");
        row("a foreign file with the hash", {grant("g", agent, hashed)},
            with(binary(), [](CallerIdentity &c) { c.foreign = true; }), "allow g", request(),
            Policy::Ask, "abc");
        row("a foreign file with another hash", {grant("g", agent, hashed)},
            with(binary(), [](CallerIdentity &c) { c.foreign = true; }), "ask changed", request(),
            Policy::Ask, "abd");
        row("a script's hash under a foreign interpreter", {grant("g", "/home/u/tool.py", hashed)},
            with(script(), [](CallerIdentity &c) { c.foreign = true; }), "ask", request(),
            Policy::Ask, "abc");

        // Any client.
        const auto any = [](Grant &g) { g.anyClient = true; };
        row("any client", {grant("g", "", any)}, binary(), "allow g");
        row("any client, unreadable", {grant("g", "", any)},
            with(binary(), [](CallerIdentity &c) { c.exe.clear(); }), "allow g");
        row("any client, foreign", {grant("g", "", any)},
            with(binary(), [](CallerIdentity &c) { c.foreign = true; }), "allow g");

        // Session: the caller or who started it.
        const auto ofShell = [](Grant &g) {
            g.lifetime = GrantLifetime::Session;
            g.sessionPid = 40;
            g.sessionStart = 400;
        };
        row("session of the parent", {grant("g", "/usr/bin/bash", ofShell)}, binary(), "allow g");
        row("session of the caller", {grant("g", agent, [](Grant &g) {
                g.lifetime = GrantLifetime::Session;
                g.sessionPid = 50;
                g.sessionStart = 500;
            })}, binary(), "allow g");
        row("session of a script above", {grant("g", "/opt/host.js", [](Grant &g) {
                g.lifetime = GrantLifetime::Session;
                g.sessionPid = 30;
                g.sessionStart = 300;
            })}, binary(), "allow g");
        row("session's pid again", {grant("g", "/usr/bin/bash", [](Grant &g) {
                g.lifetime = GrantLifetime::Session;
                g.sessionPid = 40;
                g.sessionStart = 399;
            })}, binary(), "ask");
        row("session taken over by exec", {grant("g", "/usr/bin/zsh", ofShell)}, binary(), "ask");
        row("session elsewhere", {grant("g", agent, [](Grant &g) {
                g.lifetime = GrantLifetime::Session;
                g.sessionPid = 99;
                g.sessionStart = 1;
            })}, binary(), "ask");
        row("session of an earlier process of that number", {grant("g", agent, [](Grant &g) {
                g.lifetime = GrantLifetime::Session;
                g.sessionPid = 50;
                g.sessionStart = 499;
            })}, binary(), "ask");
        row("session of nobody",
            {grant("g", agent, [](Grant &g) { g.lifetime = GrantLifetime::Session; })},
            with(binary(),
                [](CallerIdentity &c) {
                    c.pid = 0;
                    c.startTime = 0;
                }),
            "ask");
    }

    void decides()
    {
        QFETCH(const QString, expected);
        QCOMPARE(decided(), expected);
    }

    void policiesHaveNames()
    {
        for (const Policy policy : {Policy::Ask, Policy::Allow, Policy::Deny})
            QCOMPARE(policyFromName(policyName(policy)), policy);
        QVERIFY(!policyFromName(QStringLiteral("Allow")));
        QVERIFY(!policyFromName({}));
    }
};

QTEST_GUILESS_MAIN(PolicyTest)
#include "PolicyTest.moc"
