// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/History.h"

#include "core/audit/Chain.h"

namespace chatelaine::test {

Result<void> writeHistory(
    store::Connection &connection, const Secret &key, int first, int end, const Happened &happened)
{
    audit::Chain chain(key);
    for (int i = first; i < end; ++i) {
        const auto [time, event] = happened(i);
        const auto written = chain.append(connection, time, event);
        if (!written)
            return failure(written.error());
    }
    return {};
}

audit::Event busyEvent(int number, int clients)
{
    audit::Event event;
    event.event = QStringLiteral("loan.token");
    event.server = QStringLiteral("server-%1").arg(number % 100);
    event.scope = QStringLiteral("sentiment:read sentiment:batch");
    event.client.pid = 1000 + number % 30'000;
    event.client.exe = QStringLiteral("/home/user/.local/bin/agent-%1.py").arg(number % clients);
    event.client.argv0 = QStringLiteral("python3");
    event.client.app = QStringLiteral("app-org.example.Terminal-4711.scope");
    static const QStringList ancestors{QStringLiteral("/usr/bin/python3.11"),
        QStringLiteral("/usr/bin/bash"), QStringLiteral("/usr/libexec/terminal-server"),
        QStringLiteral("/usr/lib/systemd/systemd")};
    event.client.chain = ancestors;
    event.grant = QStringLiteral("Zk0wY2pKQ1dXb0Z4Tg");
    event.tokenFingerprint = QStringLiteral("0123456789ab");
    if (number % 10'000 == 5) {
        event.outcome = audit::Outcome::Denied;
        event.detail = QStringLiteral("denied by policy");
    }
    // The worst for a page: it matches, and only at the far end.
    if (number == 10)
        event.server = QStringLiteral("the-first");
    return event;
}

} // namespace chatelaine::test
