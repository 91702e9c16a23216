// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Async.h"

#include <QObject>

#include <memory>
#include <thread>
#include <type_traits>

namespace chatelaine {

/// Runs the work in a thread of its own; the answer comes back in the caller's, from the event
/// loop. For what would hold the loop: hashing a large file, stretching a passphrase. The work owns
/// all it uses, since it goes on when its asker is gone.
template <typename Work>
Completion<std::invoke_result_t<Work &>> inThread(Work work)
{
    using Answer = std::invoke_result_t<Work &>;
    Completion<Answer> done;
    auto *receiver = new QObject;
    std::thread([receiver, done, work = std::make_unique<Work>(std::move(work))]() mutable {
        auto answer = std::make_shared<Answer>((*work)());
        work.reset();
        auto deliver = [receiver, answer, to = std::move(done)]() mutable {
            receiver->deleteLater();
            to.set(std::move(*answer));
        };
        QMetaObject::invokeMethod(receiver, std::move(deliver), Qt::QueuedConnection);
    }).detach();
    return done;
}

} // namespace chatelaine
