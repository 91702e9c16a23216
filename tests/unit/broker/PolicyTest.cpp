// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/broker/Policy.h"

#include <QTest>

using namespace chatelaine;
using namespace chatelaine::broker;
using store::Grant;
using store::GrantLifetime;

namespace {

constexpr UtcMs now = 1'000'000;
constexpr qint64 bootNow = 5'000;
const QString thisBoot = QStringLiteral("boot");

CallerIdentity binary()
{
    CallerIdentity caller;
    caller.pid = 50;
    caller.startTime = 500;
    caller.exe = QStringLiteral("/usr/bin/agent");
    caller.chain = {{40, 400, QStringLiteral("/usr/bin/bash"), {}},
                    {30, 300, QStringLiteral("/usr/bin/node"), QStringLiteral("/opt/host.js")}};
    caller.strong = true;
    return caller;
}

CallerIdentity script()
{
    CallerIdentity caller = binary();
    caller.exe = QStringLiteral("/usr/bin/python3");
    caller.script = QStringLiteral("/home/u/tool.py");
    return caller;
}

CallerIdentity with(CallerIdentity caller, void (*change)(CallerIdentity &))
{
    change(caller);
    return caller;
}

Grant grant(const char *id, const char *exe, void (*change)(Grant &) = nullptr)
{
    Grant result;
    result.id = QString::fromLatin1(id);
    result.serverId = QStringLiteral("s1");
    result.exe = QString::fromLatin1(exe);
    if (change)
        change(result);
    return result;
}

LoanRequest request(const QStringList &scopes = {})
{
    return {QStringLiteral("s1"), QStringLiteral("a1"), scopes};
}

const QString reading = QStringLiteral("read");
const QString writing = QStringLiteral("write");

} // namespace

class PolicyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void decides_data()
    {
        QTest::addColumn<QList<Grant>>("grants");
        QTest::addColumn<CallerIdentity>("caller");
        QTest::addColumn<LoanRequest>("asked");
        QTest::addColumn<Policy>("policy");
        QTest::addColumn<QString>("hash");
        QTest::addColumn<QString>("expected");

        const auto row = [](const char *name, const QList<Grant> &grants,
                            const CallerIdentity &caller, const char *expected,
                            const LoanRequest &asked = request(), Policy policy = Policy::Ask,
                            const char *hash = "") {
            QTest::newRow(name) << grants << caller << asked << policy
                                << QString::fromLatin1(hash) << QString::fromLatin1(expected);
        };
        const char *const agent = "/usr/bin/agent";

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

        // Server and account.
        row("other server", {grant("g", agent, [](Grant &g) { g.serverId = QStringLiteral("s2"); })},
            binary(), "ask");
        row("this account",
            {grant("g", agent, [](Grant &g) { g.accountId = QStringLiteral("a1"); })}, binary(),
            "allow g");
        row("other account",
            {grant("g", agent, [](Grant &g) { g.accountId = QStringLiteral("a2"); })}, binary(),
            "ask");

        // Scopes.
        const auto reads = [](Grant &g) { g.scopes = {reading}; };
        const auto both = [](Grant &g) { g.scopes = {reading, writing}; };
        row("all scopes", {grant("g", agent)}, binary(), "allow g", request({reading, writing}));
        row("scope equal", {grant("g", agent, reads)}, binary(), "allow g", request({reading}));
        row("scope within", {grant("g", agent, both)}, binary(), "allow g", request({reading}));
        row("scope beyond", {grant("g", agent, reads)}, binary(), "ask", request({reading, writing}));
        row("scope other", {grant("g", agent, reads)}, binary(), "ask", request({writing}));
        row("two grants do not add up",
            {grant("g", agent, reads),
             grant("h", agent, [](Grant &g) { g.scopes = {writing}; })},
            binary(), "ask", request({reading, writing}));
        row("one of two covers", {grant("g", agent, reads), grant("h", agent, both)}, binary(),
            "allow h", request({reading, writing}));

        // Time.
        row("until later", {grant("g", agent, [](Grant &g) {
                g.lifetime = GrantLifetime::Until;
                g.expiresAt = now + 1;
            })}, binary(), "allow g");
        row("until now", {grant("g", agent, [](Grant &g) {
                g.lifetime = GrantLifetime::Until;
                g.expiresAt = now;
            })}, binary(), "ask");
        row("until never", {grant("g", agent, [](Grant &g) { g.lifetime = GrantLifetime::Until; })},
            binary(), "ask");

        const auto untilBoth = [](UtcMs wall, qint64 boot, const char *id) {
            Grant g = grant("g", "/usr/bin/agent");
            g.lifetime = GrantLifetime::Until;
            g.expiresAt = wall;
            g.expiresBootMs = boot;
            g.bootId = QString::fromLatin1(id);
            return g;
        };
        row("until, both later", {untilBoth(now + 1, bootNow + 1, "boot")}, binary(), "allow g");
        row("until, wall clock set back", {untilBoth(now + 999, bootNow, "boot")}, binary(), "ask");
        row("until, wall clock set on", {untilBoth(now, bootNow + 999, "boot")}, binary(), "ask");
        row("until, after a reboot", {untilBoth(now + 1, 1, "before")}, binary(), "allow g");
        row("until, over after a reboot", {untilBoth(now, bootNow + 999, "before")}, binary(),
            "ask");
        row("until the lock", {grant("g", agent, [](Grant &g) {
                g.lifetime = GrantLifetime::UntilLock;
                g.bootId = thisBoot;
            })}, binary(), "allow g");
        row("until the lock, before a reboot", {grant("g", agent, [](Grant &g) {
                g.lifetime = GrantLifetime::UntilLock;
                g.bootId = QStringLiteral("before");
            })}, binary(), "ask");
        const auto idle = [](UtcMs created, UtcMs used) {
            Grant g = grant("g", "/usr/bin/agent");
            g.idleMs = 1000;
            g.createdAt = created;
            g.lastUsed = used;
            return g;
        };
        row("idle, just used", {idle(1, now - 999)}, binary(), "allow g");
        row("idle, too long ago", {idle(1, now - 1000)}, binary(), "ask");
        row("idle, never used but new", {idle(now - 999, 0)}, binary(), "allow g");
        row("idle, never used", {idle(now - 1000, 0)}, binary(), "ask");
        row("idle denial", {grant("d", agent, [](Grant &g) {
                g.deny = true;
                g.idleMs = 1000;
                g.createdAt = 1;
            })}, binary(), "ask");

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
            with(binary(), [](CallerIdentity &c) { c.pid = 0; c.startTime = 0; }), "ask");

        // Once.
        const auto once = [](Grant &g) { g.lifetime = GrantLifetime::Once; };
        row("once", {grant("g", agent, once)}, binary(), "allow g consume");
        row("lasting before once", {grant("g", agent, once), grant("h", agent)}, binary(),
            "allow h");
        row("lasting before once, other order", {grant("h", agent), grant("g", agent, once)},
            binary(), "allow h");

        row("once for this process", {grant("g", "", [](Grant &g) {
                g.lifetime = GrantLifetime::Once;
                g.sessionPid = 50;
                g.sessionStart = 500;
            })}, with(binary(), [](CallerIdentity &c) {
                c.strong = false;
                c.foreign = true;
                c.exe.clear();
            }), "allow g consume");
        row("once for another process", {grant("g", agent, [](Grant &g) {
                g.lifetime = GrantLifetime::Once;
                g.sessionPid = 51;
                g.sessionStart = 500;
            })}, binary(), "ask");

        // Denials.
        const auto deny = [](Grant &g) { g.deny = true; };
        row("denial", {grant("d", agent, deny)}, binary(), "user d");
        row("denial wins", {grant("g", agent), grant("d", agent, deny)}, binary(), "user d");
        row("denial wins over allow", {grant("d", agent, deny)}, binary(), "user d", request(),
            Policy::Allow);
        row("denial for all", {grant("g", agent), grant("d", "", [](Grant &g) {
                g.deny = true;
                g.anyClient = true;
            })}, binary(), "user d");
        row("denial of a changed file",
            {grant("d", agent, [](Grant &g) {
                g.deny = true;
                g.exeSha256 = QStringLiteral("abc");
            })}, binary(), "user d", request(), Policy::Ask, "abd");
        row("denial of another", {grant("g", agent), grant("d", "/usr/bin/other", deny)}, binary(),
            "allow g");
        row("denial of one of the scopes", {grant("g", agent), grant("d", agent, [](Grant &g) {
                g.deny = true;
                g.scopes = {writing};
            })}, binary(), "user d", request({reading, writing}));
        row("denial of another scope", {grant("g", agent), grant("d", agent, [](Grant &g) {
                g.deny = true;
                g.scopes = {writing};
            })}, binary(), "allow g", request({reading}));
        row("denial that is over", {grant("g", agent), grant("d", agent, [](Grant &g) {
                g.deny = true;
                g.lifetime = GrantLifetime::Until;
                g.expiresAt = now;
            })}, binary(), "allow g");
        row("denial for once", {grant("d", agent, [](Grant &g) {
                g.deny = true;
                g.lifetime = GrantLifetime::Once;
            })}, binary(), "user d consume");
    }

    void decides()
    {
        QFETCH(QList<Grant>, grants);
        QFETCH(CallerIdentity, caller);
        QFETCH(LoanRequest, asked);
        QFETCH(Policy, policy);
        QFETCH(QString, hash);
        QFETCH(QString, expected);
        const Moment moment {now, bootNow, thisBoot};
        const Decision decision = decide(grants, caller, asked, moment, policy, hash);
        QString got;
        switch (decision.kind) {
        case Decision::Kind::Allow: got = QStringLiteral("allow"); break;
        case Decision::Kind::DeniedByUser: got = QStringLiteral("user"); break;
        case Decision::Kind::DeniedByPolicy: got = QStringLiteral("policy"); break;
        case Decision::Kind::Ask: got = QStringLiteral("ask"); break;
        }
        if (!decision.grantId.isEmpty())
            got += u' ' + decision.grantId;
        if (decision.consume)
            got += QStringLiteral(" consume");
        if (decision.hashWanted)
            got += QStringLiteral(" hash?");
        if (decision.changed)
            got += QStringLiteral(" changed");
        QCOMPARE(got, expected);
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
