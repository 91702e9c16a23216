// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audit/AuditLog.h"
#include "core/audit/AuditQuery.h"
#include "core/audit/AuditVerifier.h"
#include "core/base/Random.h"
#include "core/vault/MemoryVault.h"
#include "tests/bench/Figure.h"
#include "tests/bench/Measurements.h"
#include "tests/support/History.h"

#include <QCoreApplication>
#include <QEventLoop>

#include <algorithm>

namespace chatelaine::bench {

namespace {

template <typename T>
T waitFor(Task<Result<T>> task)
{
    std::optional<Result<T>> result;
    QEventLoop loop;
    const auto collect = [](Task<Result<T>> from, std::optional<Result<T>> &to,
                             QEventLoop &until) -> Task<void> {
        to = co_await from;
        until.quit();
    };
    collect(std::move(task), result, loop);
    if (!result)
        loop.exec();
    if (!*result)
        giveUp(result->error().message.toStdString());
    if constexpr (!std::is_void_v<T>)
        return std::move(**result);
}

constexpr int atOnce = 2000;

void fill(audit::AuditLog &log, int rows)
{
    for (int done = 0; done < rows;) {
        const int end = std::min(done + atOnce, rows);
        for (; done + 1 < end; ++done)
            log.note(test::busyEvent(done));
        waitFor(log.append(test::busyEvent(done++)));
    }
}

double pageMs(const std::shared_ptr<store::Database> &database, const audit::Filter &filter)
{
    Samples samples;
    for (int i = 0; i < 11; ++i) {
        const int64_t start = now();
        const audit::Page page = waitFor(audit::query(database, filter));
        samples.add(now() - start);
        if (page.records.isEmpty())
            giveUp("a page of the history is empty");
    }
    return samples.medianUs() / 1000;
}

} // namespace

void measureHistory(const std::string &directory, int rows)
{
    MemoryVault vault;
    SystemClock clock;
    SystemRandom random;
    const QString file = QString::fromStdString(directory) + QStringLiteral("/history.db");
    const auto database = waitFor(store::Database::open(file));
    audit::AuditLog log(database, vault, clock, random);
    waitFor(log.open({}));
    const int64_t filling = now();
    fill(log, rows);
    print({.id = "history_write",
        .title = "records written to the history, 2,000 waiting at a time",
        .value = rows * 1e9 / static_cast<double>(now() - filling),
        .unit = "/s"});

    const auto page = [&](const char *id, const char *title, const audit::Filter &filter) {
        print({.id = id,
            .title = title,
            .value = pageMs(database, filter),
            .unit = "ms",
            .aim = 20});
    };
    audit::Filter filter;
    filter.server = QStringLiteral("server-42");
    page("page_server", "a page of 100 of a million records: one server of a hundred", filter);
    filter = {};
    filter.outcome = audit::Outcome::Denied;
    page("page_denied", "the same: denials, one in 10,000", filter);
    filter = {};
    filter.client = QStringLiteral("agent-3");
    filter.event = QStringLiteral("loan.");
    page("page_client", "the same: loans of one program of seven, by part of its name", filter);
    filter = {};
    filter.server = QStringLiteral("the-first");
    page("page_rare", "the same: a server with one record, the oldest", filter);

    audit::AuditVerifier verifier(database, vault, log.head());
    // Of a rate, what the least disturbed round reached.
    int64_t shortest = 0;
    for (int round = 0; round < 3; ++round) {
        const int64_t start = now();
        const audit::Verification found = waitFor(verifier.verify({}, {}));
        if (!found.ok || found.rows != rows)
            giveUp("the history does not verify");
        const int64_t took = now() - start;
        shortest = shortest == 0 ? took : std::min(shortest, took);
    }
    print({.id = "verify",
        .title = "audit verify",
        .value = rows * 1e9 / static_cast<double>(shortest),
        .unit = "rows/s",
        .aim = 300'000,
        .atLeast = true});
}

} // namespace chatelaine::bench
