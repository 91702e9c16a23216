// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/broker/Prompter.h"

namespace chatelaine::test {

/// A person at a window, who answers when the test says so.
class Visitor : public broker::Prompter
{
public:
    bool isPresent() const override { return present; }
    Task<Result<broker::Answer>> ask(broker::Question question, std::stop_token stop) override
    {
        asked.append(question);
        if (automatic) {
            const broker::Answer now{*automatic, remember, forMs};
            co_return now;
        }
        ++waiting;
        const Completion<Result<broker::Answer>> until = answered;
        Result<broker::Answer> answer = co_await orCancelled(until, stop);
        --waiting;
        co_return answer;
    }
    void answer(broker::Answer::Kind kind)
    {
        Completion<Result<broker::Answer>> all = std::exchange(answered, {});
        all.set(broker::Answer{kind, remember, forMs});
    }

    bool present = true;
    std::optional<broker::Answer::Kind> automatic;
    std::optional<store::Grant> remember;
    qint64 forMs = 0;
    QList<broker::Question> asked;
    int waiting = 0;
    Completion<Result<broker::Answer>> answered;
};

} // namespace chatelaine::test
