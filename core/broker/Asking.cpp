// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/broker/Asking.h"

#include "core/base/Sentence.h"

namespace chatelaine::broker {

namespace {

// Short-lived helpers of one program are one client.
QString clientOf(const CallerIdentity &caller)
{
    return caller.program().isEmpty()
        ? QStringLiteral("%1/%2").arg(caller.pid).arg(caller.startTime)
        : caller.program();
}

QString keyOf(const Question &question)
{
    QStringList scopes = question.scopes;
    scopes.sort();
    return QStringList{
        clientOf(*question.caller), question.server, question.account, scopes.join(u' ')}
        .join(u'\n');
}

QString programOrPid(const CallerIdentity &caller)
{
    return caller.program().isEmpty() ? Sentence::tr("process %1").arg(caller.pid)
                                      : caller.program();
}

qint64 seconds(qint64 ms)
{
    return (ms + 999) / 1000;
}

QString detailOf(const Asking::Refusal &refusal)
{
    if (refusal.putElsewhere)
        return QStringLiteral("put to the person on the terminal");
    if (refusal.late)
        return QStringLiteral("nobody answered in time");
    if (refusal.onTerminal)
        return QStringLiteral("denied by the user on the terminal");
    if (refusal.stillNoMs > 0)
        return QStringLiteral("denied by the user a moment before");
    switch (refusal.decision.kind) {
    case Decision::Kind::DeniedByUser:
        return QStringLiteral("denied by the user");
    case Decision::Kind::DeniedByPolicy:
        return QStringLiteral("denied by policy");
    default:
        break;
    }
    return refusal.decision.changed
        ? QStringLiteral("the program was changed since its grant, and no window to ask in")
        : QStringLiteral("no grant, and no window to ask in");
}

} // namespace

audit::ClientFacts factsOf(const CallerIdentity &caller)
{
    audit::ClientFacts facts;
    facts.pid = caller.pid;
    facts.exe = caller.program();
    facts.argv0 = caller.argv0;
    facts.app = caller.app;
    facts.chain = caller.lineage;
    return facts;
}

Asking::Asking(Prompter &prompter, audit::AuditLog &audit, Clock &clock, Patience::Limits limits)
    : m_prompter(prompter)
    , m_clock(clock)
    , m_patience(limits)
    , m_notes(audit, clock)
{ }

tl::unexpected<Error> Asking::tooOften(const Question &question, qint64 waitMs) const
{
    return failure(ErrorCode::TooManyRequests,
        Sentence::tr("%1 has asked for access too often. Try again in %2 s.")
            .arg(programOrPid(*question.caller))
            .arg(seconds(waitMs)),
        {}, {{QStringLiteral("retry_after_s"), seconds(waitMs)}});
}

Result<void> Asking::askedElsewhere(const Question &question)
{
    const QString client = clientOf(*question.caller);
    if (const qint64 wait = m_patience.question(client, m_clock.bootMs()); wait > 0)
        return tooOften(question, wait);
    m_patience.questionEnded(client);
    return {};
}

Task<Result<Asking::Reply>> Asking::ask(Question question, std::stop_token stop)
{
    Reply reply;
    reply.stillNoMs = m_patience.deniedFor(keyOf(question), m_clock.bootMs());
    if (reply.stillNoMs > 0) {
        reply.answer.kind = Answer::Kind::Denied;
        co_return reply;
    }
    const QString client = clientOf(*question.caller);
    if (const qint64 wait = m_patience.question(client, m_clock.bootMs()); wait > 0)
        co_return tooOften(question, wait);

    // Whoever requests the stop may end this coroutine by it, and with it all that is named here:
    // each holds a source of its own meanwhile.
    const std::stop_source withdrawn;
    const auto late = std::make_shared<bool>(false);
    const auto withdraw = [withdrawn] {
        std::stop_source alive = withdrawn;
        alive.request_stop();
    };
    const auto onTime = [withdraw, late] {
        *late = true;
        withdraw();
    };
    const std::stop_callback onStop(stop, withdraw);
    const std::unique_ptr<Alarm> alarm = m_clock.createAlarm();
    QObject::connect(alarm.get(), &Alarm::fired, alarm.get(), onTime);
    question.answerBy = m_clock.bootMs() + longestQuestionMs;
    alarm->set(question.answerBy);
    const std::stop_token token = withdrawn.get_token();
    Result<Answer> answer = co_await m_prompter.ask(question, token);
    m_patience.questionEnded(client);
    if (!answer && *late && !stop.stop_requested()) {
        reply.late = true;
        reply.answer.kind = Answer::Kind::Denied;
        co_return reply;
    }
    if (!answer)
        co_return failure(std::move(answer).error());
    reply.answer = std::move(*answer);
    if (reply.answer.kind == Answer::Kind::Denied && !reply.answer.remember)
        m_patience.denied(keyOf(question), m_clock.bootMs());
    co_return reply;
}

tl::unexpected<Error> Asking::refuse(const Refusal &refusal)
{
    const Question &question = refusal.question;
    const CallerIdentity &caller = *question.caller;
    if (!refusal.answeredNow && !refusal.putElsewhere) {
        const qint64 wait = m_patience.refusal(clientOf(caller), m_clock.bootMs());
        if (wait > 0)
            return tooOften(question, wait);
    }
    audit::Event denial;
    denial.event = refusal.putElsewhere ? QStringLiteral("question.asked") : refusal.event;
    denial.outcome = refusal.putElsewhere ? audit::Outcome::Ok : audit::Outcome::Denied;
    denial.server = question.server;
    denial.account = question.account;
    denial.scope = question.scopes.join(u' ');
    denial.client = factsOf(caller);
    denial.grant = refusal.decision.grantId;
    denial.detail = detailOf(refusal);
    m_notes.note(denial);

    const bool byUser = refusal.decision.kind == Decision::Kind::DeniedByUser;
    QJsonObject data{
        {QStringLiteral("by"), byUser ? QStringLiteral("user") : QStringLiteral("policy")},
        {QStringLiteral("server"), refusal.fullName}};
    if (byUser && refusal.stillNoMs > 0) {
        const qint64 wait = seconds(refusal.stillNoMs);
        data.insert(QStringLiteral("retry_after_s"), wait);
        return failure(ErrorCode::Refused,
            Sentence::tr("You have denied %1 to %2 a moment ago. It can ask again in "
                         "%3 s.")
                .arg(refusal.fullName, programOrPid(caller))
                .arg(wait),
            {}, data);
    }
    if (byUser) {
        const QString how = refusal.decision.grantId.isEmpty()
            ? Sentence::tr("Ask again if it was a mistake.")
            : Sentence::tr("To change that, run: chatelaine grants remove %1")
                  .arg(refusal.decision.grantId);
        return failure(ErrorCode::Refused,
            Sentence::tr("You have denied %1 to %2. %3")
                .arg(refusal.fullName, programOrPid(caller), how),
            {}, data);
    }
    const QString command =
        QStringLiteral("chatelaine grants add --server %1 --exe %2")
            .arg(refusal.fullName,
                caller.program().isEmpty() ? QStringLiteral("PATH") : caller.program());
    if (refusal.late) {
        data.insert(QStringLiteral("reason"), QStringLiteral("not_answered"));
        return failure(ErrorCode::Refused,
            Sentence::tr("Nobody answered whether %1 may borrow from %2. Ask again, "
                         "or run: %3")
                .arg(programOrPid(caller), refusal.fullName, command),
            {}, data);
    }
    if (refusal.decision.kind == Decision::Kind::Ask) {
        QJsonObject ask{{QStringLiteral("server"), question.server},
            {QStringLiteral("account"), question.account},
            {QStringLiteral("scope"), question.scopes.join(u' ')},
            {QStringLiteral("client"), factsOf(caller).toJson()},
            {QStringLiteral("strong"), caller.strong}};
        if (refusal.decision.changed)
            ask.insert(QStringLiteral("changed"), true);
        data.insert(QStringLiteral("ask"), ask);
    }
    if (refusal.decision.changed) {
        return failure(ErrorCode::Refused,
            Sentence::tr("%1 was changed since you allowed it to borrow from %2, so "
                         "it may not any more. If you know why, run: %3")
                .arg(programOrPid(caller), refusal.fullName, command),
            {}, data);
    }
    return failure(ErrorCode::Refused,
        Sentence::tr("%1 may not borrow from %2: there is no grant for it. To allow "
                     "it, run: %3")
            .arg(programOrPid(caller), refusal.fullName, command),
        {}, data);
}

} // namespace chatelaine::broker
