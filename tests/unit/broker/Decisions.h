// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/broker/Policy.h"

#include <QTest>

/// What the tables of decisions are written in: a row is grants, a caller, what is asked and what
/// comes of it.
namespace chatelaine::test {

using broker::CallerIdentity;
using broker::Decision;
using broker::LoanRequest;
using broker::Policy;
using store::Grant;
using store::GrantLifetime;

inline constexpr UtcMs now = 1'000'000;
inline constexpr qint64 bootNow = 5'000;
inline const QString thisBoot = QStringLiteral("boot");

inline CallerIdentity binary()
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

inline CallerIdentity script()
{
    CallerIdentity caller = binary();
    caller.exe = QStringLiteral("/usr/bin/python3");
    caller.script = QStringLiteral("/home/u/tool.py");
    return caller;
}

inline CallerIdentity with(CallerIdentity caller, void (*change)(CallerIdentity &))
{
    change(caller);
    return caller;
}

inline Grant grant(const char *id, const char *exe, void (*change)(Grant &) = nullptr)
{
    Grant result;
    result.id = QString::fromLatin1(id);
    result.serverId = QStringLiteral("s1");
    result.exe = QString::fromLatin1(exe);
    if (change)
        change(result);
    return result;
}

inline LoanRequest request(const QStringList &scopes = {})
{
    return {QStringLiteral("s1"), QStringLiteral("a1"), scopes};
}

inline const QString reading = QStringLiteral("read");
inline const QString writing = QStringLiteral("write");

inline const char *const agent = "/usr/bin/agent";

inline void decisionColumns()
{
    QTest::addColumn<QList<Grant>>("grants");
    QTest::addColumn<CallerIdentity>("caller");
    QTest::addColumn<LoanRequest>("asked");
    QTest::addColumn<Policy>("policy");
    QTest::addColumn<QString>("hash");
    QTest::addColumn<QString>("expected");
}

inline void row(const char *name, const QList<Grant> &grants, const CallerIdentity &caller,
    const char *expected, const LoanRequest &asked = request(), Policy policy = Policy::Ask,
    const char *hash = "")
{
    QTest::newRow(name) << grants << caller << asked << policy << QString::fromLatin1(hash)
                        << QString::fromLatin1(expected);
}

/// What the row of the moment comes to, as its last column says it.
inline QString decided()
{
    QFETCH(QList<Grant>, grants);
    QFETCH(CallerIdentity, caller);
    QFETCH(LoanRequest, asked);
    QFETCH(Policy, policy);
    QFETCH(QString, hash);
    const broker::Moment moment{now, bootNow, thisBoot};
    const Decision decision = broker::decide(grants, caller, asked, moment, policy, hash);
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
    return got;
}

} // namespace chatelaine::test
