// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/FakeClock.h"
#include "tests/ui/Stage.h"

#include <QPushButton>
#include <QTest>

namespace chatelaine::test {

inline broker::Question question(const QString &exe, qint64 pid, const QString &server)
{
    auto caller = std::make_shared<broker::CallerIdentity>();
    caller->exe = exe;
    caller->pid = pid;
    caller->startTime = 1;
    caller->strong = true;
    broker::Question asked;
    asked.server = server;
    asked.scopes = {QStringLiteral("read")};
    asked.caller = caller;
    return asked;
}

/// The queue and its window alone, with time in hand.
struct Desk
{
    void ask(const broker::Question &what, std::stop_token stop = {})
    {
        const auto work = [](ui::ApprovalQueue &from, broker::Question asked, std::stop_token token,
                              QList<Result<broker::Answer>> &to) -> Task<void> {
            to.append(co_await from.ask(asked, token));
        };
        detach(work(queue, what, stop, answers));
    }
    void click(const char *button)
    {
        QTest::mouseClick(child<QPushButton>(window, button), Qt::LeftButton);
    }
    ~Desk() { stopAll.request_stop(); }

    FakeClock clock;
    QList<Result<broker::Answer>> answers;
    std::stop_source stopAll;
    ui::ApprovalQueue queue;
    ui::ApprovalWindow window{queue, clock};
};

} // namespace chatelaine::test
