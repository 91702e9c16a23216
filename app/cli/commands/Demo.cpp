// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands/Commands.h"

#include "app/cli/AuditText.h"
#include "app/cli/DemoStage.h"
#include "app/cli/Output.h"
#include "core/base/Json.h"
#include "core/base/Secret.h"

#include <QJsonArray>

#include <functional>

namespace chatelaine::cli {

namespace {

using client::Socket;

constexpr QLatin1StringView server("demo");

QString text(const QJsonObject &object, QLatin1StringView key)
{
    return json::string(object, key).value_or(QString());
}

/// The job in acts. Each says what happens and which command does the same.
class Demo
{
public:
    Demo(DemoStage &stage, const Invocation &invocation, bool display)
        : m_stage(stage)
        , m_json(invocation.json)
        , m_display(display)
    {
    }

    Result<void> play()
    {
        note(m_stage.vault());
        note(m_display ? QStringLiteral("There is a display: you sign in with your browser.")
                       : QStringLiteral("There is no display: the test lab approves by itself."));
        for (const auto act : {&Demo::discover, &Demo::add, &Demo::login, &Demo::grant, &Demo::token,
                               &Demo::callTool, &Demo::stepUp, &Demo::denial, &Demo::history,
                               &Demo::verify, &Demo::removeServer}) {
            if (Result<void> done = (this->*act)(); !done)
                return done;
        }
        note(QStringLiteral("\nThat was all of it; the demo's home, its servers and its keys are gone."));
        return {};
    }

private:
    void note(const QString &line)
    {
        if (!m_json)
            printLine(safeText(line));
    }
    void say(const QString &label, const QString &value)
    {
        if (!m_json && !value.isEmpty())
            printLine(QStringLiteral("   %1%2").arg(label.leftJustified(21), safeLine(value)));
    }

    /// Announces an act, makes its call, and in JSON prints its result.
    Result<QJsonObject> act(const QString &title, const QString &command, Socket which,
                            const QString &method, const QJsonObject &params)
    {
        ++m_number;
        if (!m_json) {
            printLine(QStringLiteral("\n%1").arg(
                strong(QStringLiteral("%1. %2").arg(m_number).arg(title))));
            printLine(QStringLiteral("   $ chatelaine %1").arg(command));
        }
        Result<QJsonObject> answer = m_stage.call(which, method, params);
        if (m_json) {
            QJsonObject line {{QStringLiteral("step"), method}, {QStringLiteral("ok"), answer.has_value()}};
            if (answer) {
                QJsonObject shown = *answer;
                // The demo shows that there is a token, not which.
                if (shown.contains(QLatin1StringView("access_token")))
                    shown.insert(QStringLiteral("access_token"), QStringLiteral("<secret>"));
                line.insert(QStringLiteral("result"), shown);
            } else {
                line.insert(QStringLiteral("error"), errorCodeName(answer.error().code));
            }
            printJson(line);
        }
        return answer;
    }

    Result<void> discover()
    {
        const auto report = act(QStringLiteral("Who guards this server?"),
                                QStringLiteral("discover %1").arg(m_stage.mcpUrl()), Socket::Control,
                                QStringLiteral("discover"), {{QStringLiteral("url"), m_stage.mcpUrl()}});
        if (!report)
            return failure(report.error());
        say(QStringLiteral("authorization server"), text(*report, QLatin1StringView("issuer")));
        say(QStringLiteral("registration"), text(*report, QLatin1StringView("registration")));
        say(QStringLiteral("scope"), text(*report, QLatin1StringView("scope")));
        return {};
    }

    Result<void> add()
    {
        const auto added = act(QStringLiteral("Remember it"),
                               QStringLiteral("add %1 --name %2").arg(m_stage.mcpUrl(), server),
                               Socket::Control, QStringLiteral("servers/add"),
                               {{QStringLiteral("url"), m_stage.mcpUrl()},
                                {QStringLiteral("name"), QString(server)}});
        if (!added)
            return failure(added.error());
        say(QStringLiteral("state"), spoken(text(*added, QLatin1StringView("state"))));
        return {};
    }

    Result<void> login()
    {
        const auto account = act(QStringLiteral("Sign in"), QStringLiteral("login %1").arg(server),
                                 Socket::Control, QStringLiteral("login"), onServer());
        if (!account)
            return failure(account.error());
        say(QStringLiteral("state"), spoken(text(*account, QLatin1StringView("state"))));
        say(QStringLiteral("client ID"), text(*account, QLatin1StringView("client_id")));
        say(QStringLiteral("scope"), text(*account, QLatin1StringView("scope")));
        say(QStringLiteral("expires"), localTime(text(*account, QLatin1StringView("expires_at"))));
        return {};
    }

    Result<void> grant()
    {
        QJsonObject params = onServer();
        params.insert(QStringLiteral("caller"), true);
        params.insert(QStringLiteral("lifetime"), QStringLiteral("until"));
        params.insert(QStringLiteral("for_s"), 3600);
        Result<QJsonObject> added = act(QStringLiteral("Allow the program that runs this demo to borrow"),
                               QStringLiteral("grants add --server %1 --exe … --for 1h").arg(server),
                               Socket::Control, QStringLiteral("grants/add"), params);
        if (!added && added.error().code == ErrorCode::InvalidInput) {
            // In a container's first shell nobody is behind us whom a grant could name.
            params.remove(QStringLiteral("caller"));
            params.insert(QStringLiteral("any_client"), true);
            added = m_stage.call(Socket::Control, QStringLiteral("grants/add"), params);
        }
        if (!added)
            return failure(added.error());
        m_grant = text(*added, QLatin1StringView("id"));
        say(QStringLiteral("who"), json::boolean(*added, QLatin1StringView("any_client"))
                                       ? QStringLiteral("any client")
                                       : text(*added, QLatin1StringView("exe")));
        say(QStringLiteral("until"), localTime(text(*added, QLatin1StringView("expires_at"))));
        return {};
    }

    Result<void> token()
    {
        const auto loan = act(QStringLiteral("Borrow an access token"),
                              QStringLiteral("token %1").arg(server), Socket::Borrow,
                              QStringLiteral("token/get"), onServer());
        if (!loan)
            return failure(loan.error());
        const Secret token = Secret::fromString(text(*loan, QLatin1StringView("access_token")));
        say(QStringLiteral("token"), QStringLiteral("%1… (a fingerprint; the token itself is not shown)")
                                         .arg(token.fingerprint()));
        say(QStringLiteral("scope"), text(*loan, QLatin1StringView("scope")));
        return {};
    }

    Result<void> callTool()
    {
        const QString headline
            = QStringLiteral("Shares soar after record profit, but the outlook is not good");
        return callWith(QStringLiteral("Call a tool"), QStringLiteral("analyze_sentiment"),
                        {{QStringLiteral("text"), headline}});
    }

    Result<void> stepUp()
    {
        const QJsonArray texts {QStringLiteral("Bank raises its dividend"),
                                QStringLiteral("Airline warns of heavy losses"),
                                QStringLiteral("Chip maker beats expectations")};
        if (Result<void> done
            = callWith(QStringLiteral("Call one that needs more: the sign-in steps up by itself"),
                       QStringLiteral("analyze_batch"), {{QStringLiteral("texts"), texts}});
            !done)
            return done;
        const Result<QJsonObject> account
            = m_stage.call(Socket::Control, QStringLiteral("servers/show"), onServer());
        if (!account)
            return failure(account.error());
        say(QStringLiteral("scope now"), text(*account, QLatin1StringView("scope")));
        return {};
    }

    Result<void> callWith(const QString &title, const QString &tool, const QJsonObject &arguments)
    {
        QJsonObject params = onServer();
        params.insert(QStringLiteral("tool"), tool);
        params.insert(QStringLiteral("arguments"), arguments);
        const auto result = act(title,
                                QStringLiteral("call %1 %2 '%3'")
                                    .arg(server, tool, QString::fromUtf8(safeJson(arguments))),
                                Socket::Control, QStringLiteral("mcp/call"), params);
        if (!result)
            return failure(result.error());
        for (const QJsonValue &item : result->value(QLatin1StringView("content")).toArray()) {
            const QString answer = text(item.toObject(), QLatin1StringView("text"));
            for (const QString &line : answer.split(QLatin1Char('\n'), Qt::SkipEmptyParts))
                note(QStringLiteral("   ") + line);
        }
        if (json::boolean(*result, QLatin1StringView("isError")))
            return failure(ErrorCode::ServerRefused, QStringLiteral("The tool %1 failed.").arg(tool));
        return {};
    }

    Result<void> denial()
    {
        const auto removed = act(QStringLiteral("Take the permission back"),
                                 QStringLiteral("grants remove %1").arg(m_grant), Socket::Control,
                                 QStringLiteral("grants/remove"), {{QStringLiteral("id"), m_grant}});
        if (!removed)
            return failure(removed.error());
        const auto loan = act(QStringLiteral("Try to borrow all the same"),
                              QStringLiteral("token %1").arg(server), Socket::Borrow,
                              QStringLiteral("token/get"), onServer());
        if (loan || loan.error().code != ErrorCode::Refused) {
            return failure(ErrorCode::Internal,
                           QStringLiteral("A program without a grant was not refused: %1")
                               .arg(loan ? QStringLiteral("it got a token.") : loan.error().message));
        }
        say(QStringLiteral("refused"), loan.error().message);
        return {};
    }

    Result<void> history()
    {
        const auto page = act(QStringLiteral("What was written down"), QStringLiteral("audit"),
                              Socket::Control, QStringLiteral("audit/query"),
                              {{QStringLiteral("ascending"), true}, {QStringLiteral("limit"), 100}});
        if (!page)
            return failure(page.error());
        for (const QJsonValue &record : page->value(QLatin1StringView("records")).toArray())
            note(auditLine(record.toObject()));
        return {};
    }

    Result<void> verify()
    {
        const auto answer = act(QStringLiteral("Was any of it altered?"), QStringLiteral("audit verify"),
                                Socket::Control, QStringLiteral("audit/verify"), {});
        if (!answer)
            return failure(answer.error());
        if (!json::boolean(*answer, QLatin1StringView("ok")))
            return failure(ErrorCode::DatabaseCorrupt,
                           QStringLiteral("The history does not hold: %1")
                               .arg(text(*answer, QLatin1StringView("reason"))));
        say(QStringLiteral("whole"), QStringLiteral("%1 records, none changed, none missing")
                                         .arg(json::integer(*answer, QLatin1StringView("rows")).value_or(0)));
        return {};
    }

    Result<void> removeServer()
    {
        const auto removed = act(QStringLiteral("Sign out and forget the server"),
                                 QStringLiteral("remove %1").arg(server), Socket::Control,
                                 QStringLiteral("servers/remove"), onServer());
        if (!removed)
            return failure(removed.error());
        say(QStringLiteral("revocation"), text(*removed, QLatin1StringView("revocation")));
        say(QStringLiteral("registration"), text(*removed, QLatin1StringView("registration")));
        return {};
    }

    static QJsonObject onServer() { return {{QStringLiteral("server"), QString(server)}}; }

    DemoStage &m_stage;
    const bool m_json;
    const bool m_display;
    int m_number = 0;
    QString m_grant;
};

} // namespace

Result<void> runDemo(const Invocation &invocation)
{
    const bool display = !qEnvironmentVariableIsEmpty("DISPLAY")
        || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY");
    Result<std::unique_ptr<DemoStage>> built = DemoStage::build(display);
    if (!built)
        return failure(std::move(built).error());
    // std::exit(), where the output can't be written, ends what is static.
    static std::unique_ptr<DemoStage> stage;
    stage = std::move(*built);
    Result<void> played = Demo(*stage, invocation, display).play();
    stage.reset();
    return played;
}

} // namespace chatelaine::cli
