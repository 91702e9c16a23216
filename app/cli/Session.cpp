// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Session.h"

#include "app/cli/Browser.h"
#include "app/cli/Output.h"
#include "app/cli/ProgressLine.h"
#include "core/base/Json.h"
#include "core/base/Secret.h"

#include <QJsonArray>

#include <cerrno>
#include <csignal>
#include <optional>
#include <poll.h>
#include <set>
#include <sys/signalfd.h>
#include <unistd.h>

namespace chatelaine::cli {

namespace {

QString text(const QJsonObject &object, QLatin1StringView key)
{
    return json::string(object, key).value_or(QString());
}

// What a step of the broker's means to a person; `detail` is mostly a host.
QString progressText(const QString &step, const QString &detail)
{
    struct Words
    {
        QLatin1StringView step;
        const char *words;
    };
    static constexpr Words known[] = {
        {QLatin1StringView("probe"), "Asking %1 whether it wants a sign-in"},
        {QLatin1StringView("discovery"), "Finding out who guards %1"},
        {QLatin1StringView("registration"), "Registering at %1"},
        {QLatin1StringView("authorization"), "Waiting for the sign-in at %1"},
        {QLatin1StringView("token"), "Getting tokens from %1"},
        {QLatin1StringView("retry"), "Trying %1 again"},
        {QLatin1StringView("tools"), "Asking %1 for its tools"},
        {QLatin1StringView("call"), "Calling %1"},
        {QLatin1StringView("verify"), "Verified record %1"},
    };
    for (const Words &row : known) {
        if (row.step == step && !detail.isEmpty())
            return QString::fromLatin1(row.words).arg(detail);
    }
    return (QString(step).replace(QLatin1Char('_'), QLatin1Char(' ')) + QLatin1Char(' ') + detail)
        .trimmed();
}

/// While it lives, the signals that end a program and the end of a child come through a descriptor.
class Signals
{
public:
    Signals()
    {
        sigset_t set;
        sigemptyset(&set);
        for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGCHLD})
            sigaddset(&set, signal);
        ::sigprocmask(SIG_BLOCK, &set, &m_before);
        m_fd = ::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    }
    ~Signals()
    {
        ::close(m_fd);
        ::sigprocmask(SIG_SETMASK, &m_before, nullptr);
    }
    Signals(const Signals &) = delete;
    Signals &operator=(const Signals &) = delete;

    int fd() const { return m_fd; }
    /// The next signal; 0 when there is none.
    int take()
    {
        signalfd_siginfo info = {};
        const ssize_t n = ::read(m_fd, &info, sizeof info);
        return n == sizeof info ? static_cast<int>(info.ssi_signo) : 0;
    }

private:
    sigset_t m_before = {};
    int m_fd = -1;
};

} // namespace

/// One wait for an answer: the broker, the keyboard and signals at once.
class Wait
{
public:
    Wait(Session &session, const Session::Listener &listener)
        : m_session(session)
        , m_listener(listener)
    {
    }

    /// The answer to that request; with 0 there is none to wait for.
    Result<QJsonObject> answerTo(qint64 id)
    {
        if (id == 0)
            m_progress.erase();
        for (;;) {
            if (Result<void> taken = takeMessages(id); !taken)
                return failure(std::move(taken).error());
            if (m_answer)
                return *m_answer;
            pollfd fds[] = {{m_session.broker().fd(), POLLIN, 0},
                            {m_signals.fd(), POLLIN, 0},
                            {m_reading ? STDIN_FILENO : -1, POLLIN, 0}};
            if (::poll(fds, std::size(fds), m_progress.dueInMs()) < 0 && errno != EINTR)
                return failure(ErrorCode::Internal, QStringLiteral("Waiting failed; try again."));
            m_progress.tick();
            while (const int signal = m_signals.take()) {
                if (signal == SIGCHLD) {
                    browserEnded();
                    continue;
                }
                if (id > 0)
                    cancel(id);
                return failure(ErrorCode::Cancelled, QStringLiteral("Cancelled."));
            }
            if ((fds[2].revents & (POLLIN | POLLHUP | POLLERR)) != 0)
                readKeyboard();
        }
    }

private:
    Result<void> takeMessages(qint64 id)
    {
        for (;;) {
            Result<std::optional<client::Message>> received = m_session.broker().receive(0);
            if (!received)
                return failure(std::move(received).error());
            if (!*received)
                return {};
            client::Message &message = **received;
            if (message.isAboutTheLine())
                return failure(std::move(*message.error));
            if (message.id == id && id > 0) {
                m_progress.erase();
                if (message.error)
                    m_answer = failure(std::move(*message.error));
                else
                    m_answer = std::move(message.object);
                return {};
            }
            if (m_pastes.erase(message.id) > 0) {
                if (message.error)
                    say(safeLine(message.error->message));
                else if (!json::boolean(message.object, QLatin1StringView("accepted")))
                    say(QStringLiteral("That address does not belong to this sign-in; still "
                                       "waiting."));
            } else if (message.id == 0) {
                if (Result<void> taken = notified(message.method, message.object); !taken) {
                    if (id > 0)
                        cancel(id);
                    return taken;
                }
            }
        }
    }

    Result<void> notified(const QString &method, const QJsonObject &params)
    {
        if (method == QLatin1StringView("progress")) {
            m_progress.say(progressText(text(params, QLatin1StringView("step")),
                                        text(params, QLatin1StringView("detail"))));
            return {};
        }
        if (method == QLatin1StringView("login/open"))
            return openSignIn(params);
        if (m_listener)
            m_listener(method, params);
        return {};
    }

    Result<void> openSignIn(const QJsonObject &params)
    {
        m_signIn = params;
        const QString url = text(params, QLatin1StringView("url"));
        if (!mayOpen(url)) {
            return failure(ErrorCode::AddressRefused,
                           QStringLiteral("The sign-in page of %1 has an address that is neither "
                                          "https nor on this machine, so it was not opened. Tell "
                                          "the people who run that server.")
                               .arg(text(params, QLatin1StringView("server"))));
        }
        if (!m_session.m_noBrowser) {
            m_browser.emplace(url);
            if (m_browser->startNext()) {
                say(QStringLiteral("Opening the browser for %1; waiting for the sign-in%2. Ctrl-C "
                                   "gives up.")
                        .arg(safeLine(text(params, QLatin1StringView("host"))), scopes()));
                return {};
            }
        }
        showUrl();
        return {};
    }

    void browserEnded()
    {
        if (m_browser && !m_browser->isWell() && !m_browser->startNext()) {
            m_browser.reset();
            showUrl();
        }
    }

    void showUrl()
    {
        say(QStringLiteral("To sign in at %1%2, open this in a browser:\n\n  %3\n")
                .arg(safeLine(text(m_signIn, QLatin1StringView("host"))), scopes(),
                     text(m_signIn, QLatin1StringView("url"))));
        m_reading = m_session.m_noBrowser || stdinIsTerminal();
        if (m_reading && stdinIsTerminal()) {
            say(QStringLiteral("If that browser runs on another machine, paste the address it ends "
                               "at (%1…) here.")
                    .arg(safeLine(text(m_signIn, QLatin1StringView("redirect_uri")))));
        }
    }

    QString scopes() const
    {
        const QStringList list = json::strings(m_signIn, QLatin1StringView("scopes"));
        return list.isEmpty()
            ? QString()
            : safeLine(QStringLiteral(" (scopes: %1)").arg(list.join(QLatin1Char(' '))));
    }

    void readKeyboard()
    {
        char buffer[4096];
        const ssize_t n = ::read(STDIN_FILENO, buffer, sizeof buffer);
        if (n <= 0) {
            m_reading = n < 0 && errno == EINTR;
            return;
        }
        m_typed.append(buffer, n);
        qsizetype end = 0;
        while ((end = m_typed.indexOf('\n')) >= 0) {
            QByteArray line = m_typed.left(end).trimmed();
            m_typed.remove(0, end + 1);
            if (line.isEmpty())
                continue;
            const QJsonObject params {{QStringLiteral("url"), QString::fromUtf8(line)}};
            if (const Result<qint64> id
                = m_session.broker().send(QStringLiteral("login/callback"), params))
                m_pastes.insert(*id);
            wipe(line);
        }
    }

    void cancel(qint64 id)
    {
        // Best effort: the connection ends with us, and that calls it off too.
        [[maybe_unused]] const Result<qint64> sent = m_session.broker().send(
            QStringLiteral("cancel"), {{QStringLiteral("id"), id}});
    }

    void say(const QString &line)
    {
        m_progress.erase();
        tell(line);
    }

    Session &m_session;
    const Session::Listener &m_listener;
    Signals m_signals;
    ProgressLine m_progress;
    std::optional<Browser> m_browser;
    std::optional<Result<QJsonObject>> m_answer;
    std::set<qint64> m_pastes;
    QJsonObject m_signIn;
    QByteArray m_typed;
    bool m_reading = false;
};

Session::Session(client::BrokerClient broker, bool noBrowser)
    : m_broker(std::move(broker))
    , m_noBrowser(noBrowser)
{
}

Session::Session(client::PrivateBroker broker, bool noBrowser)
    : m_broker(std::make_unique<client::PrivateBroker>(std::move(broker)))
    , m_noBrowser(noBrowser)
{
}

client::BrokerClient &Session::broker()
{
    if (auto *ours = std::get_if<std::unique_ptr<client::PrivateBroker>>(&m_broker))
        return (*ours)->client();
    return std::get<client::BrokerClient>(m_broker);
}

Result<Session> Session::open(const Invocation &invocation, client::Socket which)
{
    if (invocation.isPrivate) {
        Result<client::PrivateBroker> broker = client::PrivateBroker::start();
        if (!broker)
            return failure(std::move(broker).error());
        return Session(std::move(*broker), invocation.noBrowser);
    }
    const Result<Paths> paths = Paths::fromEnvironment();
    if (!paths)
        return failure(paths.error());
    Result<client::BrokerClient> broker = client::connectOrStart(*paths, which);
    if (!broker)
        return failure(std::move(broker).error());
    return Session(std::move(*broker), invocation.noBrowser);
}

Result<QJsonObject> Session::call(const QString &method, const QJsonObject &params,
                                  const Listener &listener)
{
    // Before the request leaves: a Ctrl-C from here on calls it off.
    Wait wait(*this, listener);
    const Result<qint64> id = broker().send(method, params);
    if (!id)
        return failure(id.error());
    return wait.answerTo(*id);
}

Result<void> Session::listen(const Listener &listener)
{
    Wait wait(*this, listener);
    const Result<QJsonObject> end = wait.answerTo(0);
    if (!end && end.error().code != ErrorCode::Cancelled)
        return failure(end.error());
    return {};
}

Result<QJsonObject> ask(const Invocation &invocation, const QString &method,
                        const QJsonObject &params)
{
    Result<Session> session = Session::open(invocation);
    if (!session)
        return failure(std::move(session).error());
    return session->call(method, params);
}

} // namespace chatelaine::cli
