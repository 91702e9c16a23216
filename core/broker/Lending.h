// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audit/AuditLog.h"
#include "core/broker/Asking.h"
#include "core/broker/Connection.h"
#include "core/broker/GrantBook.h"
#include "core/broker/ProgramHash.h"
#include "core/broker/Settings.h"
#include "core/credentials/Credentials.h"

namespace chatelaine::broker {

/// The one place where it is decided that something leaves the house, and where it leaves: identity,
/// policy, token, committed record, answer, in this order. Its owner keeps it until all tasks are
/// done.
class Lending
{
public:
    struct Rooms
    {
        credentials::Credentials &credentials;
        GrantBook &grants;
        audit::AuditLog &audit;
        Settings &settings;
        Clock &clock;
        Random &random;
        Prompter &prompter;
    };

    explicit Lending(Rooms rooms);
    /// Called when something was lent, and when the person has answered.
    void setUsedHandler(std::function<void()> handler) { m_used = std::move(handler); }

    /// That a caller may; the grant for once behind it is already taken.
    struct Permit
    {
        QString grantId;
        bool taken = false; ///< a grant for once, which is with this loan
        QStringList scopes; ///< what was decided about
        bool asked = false; ///< the person was asked just now
        bool paid = false; ///< a grant for once went with an earlier record of the same operation
        /// The person, or the grant for once, has said nothing of scopes: good for whatever the
        /// sign-in has, but for what a denial names.
        bool anyScope = false;
    };

    /// Decides, and asks the person where the policy says so and `interactive` lets it. A refusal
    /// is on its way into the history when this comes back. Errors: Locked, Refused (data.by,
    /// data.ask), TooManyRequests (data.retry_after_s).
    ///
    /// Where nobody is there to ask, our own command may say that it asks on its terminal
    /// ("prompt_on_terminal" in the params): then "question.asked" is written instead of a denial,
    /// and what comes of it follows: a grant and the loan, or the same request with
    /// "denied_on_terminal".
    Task<Result<Permit>> permit(Call call, credentials::AccountView account, QStringList scopes,
                                bool interactive, QString event);
    /// Writes down that the loan is made; comes back when the record is committed, or gives the
    /// permit back and fails.
    Task<Result<void>> record(Permit permit, audit::Event event);
    void giveBack(const Permit &permit);
    /// The permit for what is really lent: while a token was fetched, or the person thought, the
    /// sign-in may have gained scopes and a grant may have been removed.
    Task<Result<Permit>> confirm(Permit permit, Call call, credentials::AccountView account,
                                 QStringList scopes, bool interactive, QString event);

    /// What a caller does with an account, as far as that is known beforehand.
    static audit::Event eventFor(
        const QString &name, const Call &call, const credentials::AccountView &account);
    /// A loan that did not come about although it was permitted: written down as Asking does.
    void noteFailure(audit::Event event) { m_asking.note(std::move(event)); }

    /// token/get.
    Task<Result<Reply>> token(Call call);

    /// Takes a grant back and writes that down. NotFound when there is no such grant.
    Task<Result<void>> revoke(QString id, audit::ClientFacts by);
    /// Writes down what became of a grant ("grant.added", "grant.removed", "grant.ended").
    void noteGrant(const QString &event, const store::Grant &grant, audit::ClientFacts by,
                   const QString &why = {});

    /// What would be decided about a token with the scopes that the sign-in has; nothing is asked,
    /// used or written. A program that no hash is known of yet has no use of grants that want one.
    Decision look(const CallerIdentity &caller, const credentials::AccountView &account) const;
    /// The same, finding out the hash where a grant wants it.
    Task<Decision> lookClosely(Call call, credentials::AccountView account);

    /// Of the caller's program; empty where it can't be read, takes longer than ten seconds, or the
    /// call is called off.
    Task<QString> hashOf(Call call);
    /// For a grant that is asked for by name: of the program at the path, of the caller's own where
    /// that is empty. Empty where it may not be read; errors: InvalidInput when it does not come
    /// within ten seconds, Cancelled.
    Task<Result<QString>> hashFor(Call call, QString path);
    /// What was only counted so far goes into the history; before that closes.
    void flush() { m_asking.flush(); }

    /// The account that `server`, `account` or `resource` of the params name.
    Result<credentials::AccountView> accountOf(const QJsonObject &params) const;

    /// Opens the history if it is not open; once at a time, whoever asks.
    Task<Result<void>> openHistory(std::stop_token stop);
    bool isOpeningHistory() const { return m_opening && !m_opening->done.isSet(); }
    /// Calls that off: whatever the vault still answers, the history is not opened by it.
    void callOffOpening();

private:
    Decision decideNow(const CallerIdentity &caller, const LoanRequest &request,
                       const QString &sha256 = {}) const;
    Task<Result<Answer>> askPerson(Call call, Asking::Refusal *refusal);
    Task<Result<QString>> keep(Answer answer, Call call, QString serverId, QString accountId);
    /// Outlives us where the vault hangs.
    struct Opening
    {
        Completion<Result<void>> done;
        std::stop_source stop;
    };
    static Task<void> openNow(audit::AuditLog &audit, std::shared_ptr<Opening> opening);

    Rooms m;
    std::function<void()> m_used = [] {};
    Asking m_asking;
    ProgramHash m_hashes;
    std::shared_ptr<Opening> m_opening;
};

} // namespace chatelaine::broker
