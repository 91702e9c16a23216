// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Async.h"
#include "core/broker/PeerIdentity.h"
#include "core/store/Records.h"

namespace chatelaine::broker {

/// May this program borrow from this account?
struct Question
{
    QString server;
    QString account;
    QStringList scopes;
    QString purpose; ///< in the caller's own words, from `hello`; often empty
    std::shared_ptr<const CallerIdentity> caller;
    /// The person has allowed this program for longer, and the program was changed since.
    bool changed = false;
    qint64 answerBy = 0; ///< boot time in ms; an answer that comes later is nobody's. 0: no limit
};

struct Answer
{
    enum class Kind { Allowed, Denied, NobodyToAsk };
    Kind kind = Kind::NobodyToAsk;
    /// What to remember of it: id, server, account and hash are filled in. Nothing: this once.
    std::optional<store::Grant> remember = {};
    qint64 forMs = 0; ///< how long, for a grant until a time
};

/// Whoever can put a question to the person. A stop withdraws the question.
class Prompter
{
public:
    virtual ~Prompter() = default;
    /// Whether there is anybody to ask at all.
    virtual bool isPresent() const { return true; }
    virtual Task<Result<Answer>> ask(Question question, std::stop_token stop) = 0;
};

/// A broker without a window: there is nobody to ask.
class HeadlessPrompter : public Prompter
{
public:
    bool isPresent() const override { return false; }
    Task<Result<Answer>> ask(Question question, std::stop_token stop) override;
};

} // namespace chatelaine::broker
