// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/broker/Decisions.h"

using namespace chatelaine;
using namespace chatelaine::broker;
using namespace chatelaine::test;

/// What a grant is for, and for how long.
class GrantTermsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void decides_data()
    {
        decisionColumns();

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
        QFETCH(const QString, expected);
        QCOMPARE(decided(), expected);
    }
};

QTEST_GUILESS_MAIN(GrantTermsTest)
#include "GrantTermsTest.moc"
