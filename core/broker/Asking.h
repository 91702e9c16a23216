// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/broker/DenialNotes.h"
#include "core/broker/Patience.h"
#include "core/broker/Policy.h"
#include "core/broker/Prompter.h"

namespace chatelaine::broker {

audit::ClientFacts factsOf(const CallerIdentity &caller);

/// Between the programs that ask and the person: how often one may ask, how long a question stands,
/// what a "no" is good for, and how refusals are told and written down. Its owner keeps it until
/// all tasks are done.
class Asking
{
public:
    static constexpr qint64 longestQuestionMs = 3 * 60 * 1000;

    Asking(Prompter &prompter, audit::AuditLog &audit, Clock &clock, Patience::Limits limits = {});

    bool isAnybodyThere() const { return m_prompter.isPresent(); }

    struct Reply
    {
        Answer answer;
        bool late = false; ///< nobody answered in time
        qint64 stillNoMs = 0; ///< it was denied a moment ago, and is for so long
    };
    /// Puts the question, unless its answer is still no. Errors: TooManyRequests
    /// (data.retry_after_s), Cancelled when the asker went away.
    Task<Result<Reply>> ask(Question question, std::stop_token stop);
    /// A question that is put elsewhere, by our own command on its terminal: counted all the same.
    Result<void> askedElsewhere(const Question &question);

    /// Everything a refusal says.
    struct Refusal
    {
        Decision decision;
        Question question;
        QString fullName; ///< of the account
        QString event; ///< what it would have been: "loan.token"
        bool late = false;
        bool onTerminal = false; ///< the person said so there
        bool putElsewhere = false; ///< no refusal yet: our own command asks on its terminal now
        qint64 stillNoMs = 0;
        bool answeredNow = false; ///< by the person: neither counted nor left out of the history
    };
    /// Writes it down, within measure, and gives the error: Refused (data.by, data.ask) or
    /// TooManyRequests (data.retry_after_s).
    tl::unexpected<Error> refuse(const Refusal &refusal);
    /// What came to nothing after the policy had let it: into the history, within measure.
    void note(audit::Event event) { m_notes.note(std::move(event)); }
    /// Writes what was only counted so far; before the history closes.
    void flush() { m_notes.flush(); }

private:
    tl::unexpected<Error> tooOften(const Question &question, qint64 waitMs) const;

    Prompter &m_prompter;
    Clock &m_clock;
    Patience m_patience;
    DenialNotes m_notes;
};

} // namespace chatelaine::broker
