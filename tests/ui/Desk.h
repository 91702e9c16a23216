// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/FakeClock.h"
#include "tests/ui/Stage.h"

#include <QLabel>
#include <QPushButton>
#include <QTest>

#include <algorithm>

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

/// Whether a label that is to be seen says so, wherever it may break its lines.
inline bool shows(const QWidget &root, const QString &text)
{
    const QList<QLabel *> labels = root.findChildren<QLabel *>();
    return std::any_of(labels.cbegin(), labels.cend(), [&text](const QLabel *label) {
        return label->isVisibleTo(label->window())
            && label->text().remove(QChar(0x200b)).contains(text);
    });
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
