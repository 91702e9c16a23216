// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Borrow.h"

#include "app/cli/Output.h"
#include "core/base/Json.h"

#include <QJsonArray>

#include <cerrno>
#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

namespace chatelaine::cli {

namespace {

QString member(const QJsonObject &object, QLatin1StringView key)
{
    return json::string(object, key).value_or(QString());
}

QString programOf(const QJsonObject &ask)
{
    const QJsonValue client = ask.value(QLatin1StringView("client"));
    return client.isString() ? client.toString()
                             : member(client.toObject(), QLatin1StringView("exe"));
}

// Brokers before this member knew every caller alike.
bool isKnownWeakly(const QJsonObject &ask)
{
    return !json::boolean(ask, QLatin1StringView("strong"), true);
}

Error withAdvice(Error error, const QString &server)
{
    if (error.code == ErrorCode::SignInNeeded
        && !error.message.contains(QLatin1StringView("chatelaine login"))) {
        const QString name = json::string(error.data, QLatin1StringView("server")).value_or(server);
        error.message += QStringLiteral(" Run: chatelaine login %1").arg(shellWord(name));
    }
    return error;
}

} // namespace

QString shellWord(const QString &word)
{
    const bool plain = !word.isEmpty() && std::all_of(word.begin(), word.end(), [](QChar c) {
        return c.isLetterOrNumber() || QStringLiteral("@%+=:,./_-").contains(c);
    });
    if (plain)
        return word;
    QString quoted = word;
    quoted.replace(QLatin1Char('\''), QStringLiteral("'\\''"));
    return QLatin1Char('\'') + quoted + QLatin1Char('\'');
}

QString grantQuestion(const QJsonObject &ask)
{
    const QString program = programOf(ask);
    const QString account = member(ask, QLatin1StringView("account"));
    const QString scope = member(ask, QLatin1StringView("scope"));
    QString question = QStringLiteral("%1 wants to use your access to %2")
                           .arg(program.isEmpty() ? QStringLiteral("A program") : program,
                                member(ask, QLatin1StringView("server")));
    if (!account.isEmpty())
        question += QStringLiteral(" (account %1)").arg(account);
    if (!scope.isEmpty())
        question += QStringLiteral(" with the scope %1").arg(scope);
    QString text = safeLine(question) + u'.';
    if (json::boolean(ask, QLatin1StringView("changed")))
        text += QStringLiteral("\nThe program was changed since you allowed it.");
    return text
        + (isKnownWeakly(ask)
               ? QStringLiteral("\nAllow it? [o]nce, [N]o: ")
               : QStringLiteral("\nAllow it? [o]nce, this [s]ession, [a]lways, [N]o: "));
}

std::optional<QString> lifetimeOf(const QJsonObject &ask, const QString &answer)
{
    const QString word = answer.trimmed().toLower();
    QStringList offered {QStringLiteral("once")};
    if (!isKnownWeakly(ask))
        offered << QStringLiteral("session") << QStringLiteral("always");
    for (const QString &lifetime : std::as_const(offered)) {
        if (word == lifetime || (word.size() == 1 && word.front() == lifetime.front()))
            return lifetime;
    }
    return std::nullopt;
}

QString grantCommand(const QJsonObject &ask)
{
    QString command = QStringLiteral("chatelaine grants add --server %1")
                          .arg(shellWord(member(ask, QLatin1StringView("server"))));
    const QString program = programOf(ask);
    command += program.isEmpty() ? QStringLiteral(" --any-client")
                                 : QStringLiteral(" --exe %1").arg(shellWord(program));
    const QString account = member(ask, QLatin1StringView("account"));
    if (!account.isEmpty() && account != QLatin1StringView("default"))
        command += QStringLiteral(" --account %1").arg(shellWord(account));
    const QString scope = member(ask, QLatin1StringView("scope"));
    if (!scope.isEmpty())
        command += QStringLiteral(" --scope %1").arg(shellWord(scope));
    return command;
}

std::optional<QByteArray> askOnTerminal(const QString &question, bool hidden)
{
    const int tty = ::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    if (tty < 0)
        return std::nullopt;
    const QByteArray text = question.toUtf8();
    termios before = {};
    ::tcgetattr(tty, &before);
    if (hidden) {
        termios silent = before;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        ::tcsetattr(tty, TCSAFLUSH, &silent);
    } else {
        // What was typed before the question was seen is no answer to it; what comes from then on
        // is.
        ::tcflush(tty, TCIFLUSH);
    }
    [[maybe_unused]] const ssize_t told = ::write(tty, text.constData(), static_cast<size_t>(text.size()));
    QByteArray line;
    line.reserve(256);
    char c = 0;
    for (;;) {
        const ssize_t n = ::read(tty, &c, 1);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0 || c == '\n')
            break;
        line.append(c);
    }
    if (hidden) {
        ::tcsetattr(tty, TCSAFLUSH, &before);
        [[maybe_unused]] const ssize_t moved = ::write(tty, "\n", 1);
    }
    ::close(tty);
    return line;
}

// What the person says to one question; success: there is a grant now.
Result<void> putQuestion(const Invocation &invocation, Session &session, const QString &method,
    const QJsonObject &params, const Error &refusal)
{
    const QJsonObject wanted = refusal.data.value(QLatin1StringView("ask")).toObject();
    std::optional<QByteArray> line;
    if (stdinIsTerminal() && stderrIsTerminal())
        line = askOnTerminal(grantQuestion(wanted));
    if (!line) {
        return failure(ErrorCode::Refused,
            QStringLiteral("%1 may not use %2 yet, and there is no terminal to ask on. "
                           "To allow it, run: %3")
                .arg(programOf(wanted).isEmpty() ? QStringLiteral("This program")
                                                 : programOf(wanted),
                    member(wanted, QLatin1StringView("server")), grantCommand(wanted)),
            {}, refusal.data);
    }
    const std::optional<QString> lifetime = lifetimeOf(wanted, QString::fromUtf8(*line));
    if (!lifetime) {
        QJsonObject denied = params;
        denied.insert(QStringLiteral("denied_on_terminal"), true);
        // For the history.
        static_cast<void>(session.call(method, denied));
        return failure(ErrorCode::Refused, QStringLiteral("You said no, so nothing was lent."));
    }

    QJsonObject grant {{QStringLiteral("server"), wanted.value(QLatin1StringView("server"))},
                       {QStringLiteral("caller"), true},
                       {QStringLiteral("lifetime"), *lifetime}};
    for (const QLatin1StringView key : {QLatin1StringView("account"), QLatin1StringView("scope")}) {
        if (!member(wanted, key).isEmpty())
            grant.insert(key, wanted.value(key));
    }
    // Grants are managed at the other door; a private broker has one for both.
    const Result<QJsonObject> added = invocation.isPrivate
        ? session.call(QStringLiteral("grants/add"), grant)
        : ask(invocation, QStringLiteral("grants/add"), grant);
    if (!added)
        return failure(added.error());
    return {};
}

Result<QJsonObject> borrow(const Invocation &invocation, Session &session, const QString &method,
    const QJsonObject &params)
{
    // A call may gain scopes on its way, and each time it does it is another question. The broker
    // signs in three times at most for one call.
    constexpr int mostQuestions = 4;
    const bool terminal = stdinIsTerminal() && stderrIsTerminal();
    QString allowed;
    for (int asked = 0;; ++asked) {
        QJsonObject request = params;
        // Then it is no denial yet that the history would have.
        if (terminal && asked < mostQuestions)
            request.insert(QStringLiteral("prompt_on_terminal"), true);
        Result<QJsonObject> answer = session.call(method, request);
        if (answer)
            return answer;
        const Error &error = answer.error();
        const QJsonObject wanted = error.data.value(QLatin1StringView("ask")).toObject();
        const bool isQuestion = error.code == ErrorCode::Refused && !wanted.isEmpty()
            && member(error.data, QLatin1StringView("by")) == QLatin1StringView("policy");
        // Who has just allowed the same is not asked once more: the grant did not fit.
        const QString scope = member(wanted, QLatin1StringView("scope"));
        const bool askedBefore = isQuestion && asked > 0 && scope == allowed;
        if (askedBefore && terminal && asked < mostQuestions) {
            // Nobody is asked any more: the history is to have the denial.
            answer = session.call(method, params);
            if (answer)
                return answer;
        }
        if (!isQuestion || asked == mostQuestions || askedBefore) {
            return failure(
                withAdvice(std::move(answer).error(), member(params, QLatin1StringView("server"))));
        }
        if (const Result<void> put = putQuestion(invocation, session, method, params, error); !put)
            return failure(put.error());
        allowed = scope;
    }
}

} // namespace chatelaine::cli
