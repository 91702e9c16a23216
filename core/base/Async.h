// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"

#include <QCoroTask>

#include <coroutine>
#include <memory>
#include <optional>
#include <stop_token>
#include <utility>
#include <vector>

/// How one waits here. A flow is a coroutine that returns Task<Result<T>>; it starts at once, runs
/// in the thread that called it, and goes on from the event loop. Who wants to call it off passes a
/// std::stop_token and requests a stop: every await then comes back with Cancelled.
///
/// GCC 12 destroys some temporaries of a co_await expression twice: give an aggregate a name before
/// you pass it to an awaited call.
namespace chatelaine {

template <typename T>
using Task = QCoro::Task<T>;

/// An answer that arrives once and that any number of coroutines wait for. Copies share the one
/// answer. The first set() wins; it resumes the waiters one after another before it returns, so let
/// it be the last thing a function does. Whoever holds the producing end must set it in the end:
/// a waiter of an answer that never comes is never freed. One thread only.
template <typename T>
class Completion
{
public:
    Completion()
        : m_state(std::make_shared<State>())
    {
    }

    bool isSet() const { return m_state->value.has_value(); }

    void set(T value)
    {
        // The waiters may drop the last other reference to us while they run.
        const std::shared_ptr<State> state = m_state;
        if (state->value)
            return;
        state->value.emplace(std::move(value));
        const auto waiters = std::exchange(state->waiters, {});
        for (const std::coroutine_handle<> &waiter : waiters)
            waiter.resume();
    }

    auto operator co_await() const { return Awaiter {m_state}; }

private:
    struct State
    {
        std::optional<T> value;
        std::vector<std::coroutine_handle<>> waiters;
    };
    struct Awaiter
    {
        std::shared_ptr<State> state;
        bool await_ready() const { return state->value.has_value(); }
        void await_suspend(std::coroutine_handle<> waiter) { state->waiters.push_back(waiter); }
        T await_resume() const { return *state->value; }
    };
    std::shared_ptr<State> m_state;
};

/// What an await gives when it was called off.
[[nodiscard]] inline tl::unexpected<Error> cancelled()
{
    return failure(ErrorCode::Cancelled, QStringLiteral("Cancelled."));
}

/// Starts a task that nobody waits for. It owns or guards all it uses.
template <typename T>
void detach(Task<T> &&task)
{
    // The frame of a QCoro task lives until it has run to its end, whoever holds the Task.
    const Task<T> running = std::move(task);
    Q_UNUSED(running);
}

/// Waits for the answer or for the stop, whichever is first. For answers that others wait for too
/// and that come in any case; a lone waiter sets its own Completion from a std::stop_callback.
template <typename T>
Task<Result<T>> orCancelled(Completion<Result<T>> completion, std::stop_token stop)
{
    Completion<Result<T>> first;
    const auto forward = [](Completion<Result<T>> from, Completion<Result<T>> to) -> Task<void> {
        to.set(co_await from);
    };
    if (stop.stop_requested())
        co_return cancelled();
    const std::stop_callback onStop(stop, [first]() mutable { first.set(cancelled()); });
    forward(completion, first);
    Result<T> result = co_await first;
    co_return result;
}

/// The same for a task, which goes on by itself after the stop: it owns or guards all it uses.
template <typename T>
Task<Result<T>> orCancelled(Task<Result<T>> task, std::stop_token stop)
{
    Completion<Result<T>> done;
    const auto collect = [](Task<Result<T>> from, Completion<Result<T>> to) -> Task<void> {
        to.set(co_await from);
    };
    detach(collect(std::move(task), done));
    Result<T> result = co_await orCancelled(done, std::move(stop));
    co_return result;
}

/// A stop that is requested as soon as either of two others is: the asker's and the owner's.
class EitherStop
{
public:
    EitherStop(const std::stop_token &a, const std::stop_token &b)
        : m_onA(a, Request {&m_own})
        , m_onB(b, Request {&m_own})
    {
    }
    std::stop_token token() const { return m_own.get_token(); }

private:
    struct Request
    {
        std::stop_source *source;
        void operator()() const
        {
            // Who waits for it may end there and then, and this object with them: what is being
            // called has to outlive the call.
            std::stop_source own = *source;
            own.request_stop();
        }
    };
    std::stop_source m_own;
    std::stop_callback<Request> m_onA;
    std::stop_callback<Request> m_onB;
};

} // namespace chatelaine
