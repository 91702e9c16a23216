// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Async.h"
#include "core/base/Sentence.h"

#include <QCoreApplication>
#include <QEvent>
#include <QObject>

#include <memory>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <type_traits>

namespace chatelaine {

/// Where the answer of a thread is taken in; lives in the thread that waits for it.
template <typename Answer>
class Delivery : public QObject
{
public:
    explicit Delivery(Completion<Answer> to)
        : m_to(std::move(to))
    { }

    /// In the working thread, or where there is none, once.
    void put(Answer answer)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_answer = std::move(answer);
        }
        QCoreApplication::postEvent(this, new QEvent(QEvent::User));
    }

protected:
    void customEvent(QEvent *) override
    {
        deleteLater();
        std::optional<Answer> answer;
        {
            const std::lock_guard lock(m_mutex);
            answer.swap(m_answer);
        }
        m_to.set(std::move(*answer));
    }

private:
    Completion<Answer> m_to;
    // Qt's queue would do, but nobody who looks for races sees into it.
    std::mutex m_mutex;
    std::optional<Answer> m_answer;
};

/// Runs the work in a thread of its own; the answer comes back in the caller's, from the event
/// loop. For what would hold the loop: hashing a large file, stretching a passphrase. The work owns
/// all it uses, since it goes on when its asker is gone; its answer is a Result. Internal besides
/// what it says itself: there are as many threads as there may be, and it was not begun.
template <typename Work>
Completion<std::invoke_result_t<Work &>> inThread(Work work)
{
    using Answer = std::invoke_result_t<Work &>;
    Completion<Answer> done;
    auto *delivery = new Delivery<Answer>(done);
    auto body = [delivery, own = std::make_unique<Work>(std::move(work))]() mutable {
        Answer answer = (*own)();
        own.reset();
        delivery->put(std::move(answer));
    };
    try {
        std::thread(std::move(body)).detach();
    } catch (const std::system_error &) {
        delivery->put(failure(ErrorCode::Internal,
            Sentence::tr("The system lets Chatelaine start no more threads. End some programs "
                         "and try again.")));
    }
    return done;
}

} // namespace chatelaine
