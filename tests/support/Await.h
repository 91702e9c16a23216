// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Async.h"

#include <QEventLoop>
#include <QTimer>

namespace chatelaine::test {

/// Runs the event loop until the task is done and gives its result. For tests only: the house
/// itself has no nested event loop. After 30 s the test is stopped with a message.
template <typename T>
T await(Task<T> task)
{
    std::optional<T> result;
    QEventLoop loop;
    const auto collect = [](Task<T> from, std::optional<T> &to, QEventLoop &until) -> Task<void> {
        to = co_await from;
        until.quit();
    };
    collect(std::move(task), result, loop);
    if (!result) {
        QTimer::singleShot(30'000, &loop, [] { qFatal("A task did not finish within 30 s."); });
        loop.exec();
    }
    return std::move(*result);
}

} // namespace chatelaine::test
