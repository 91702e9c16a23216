// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/broker/Arguments.h"
#include "core/base/Log.h"
#include "core/base/Paths.h"
#include "core/broker/Hardening.h"
#include "core/broker/LinuxPeerIdentity.h"
#include "core/broker/Signals.h"
#include "core/net/NetworkHttpClient.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>
#include <QSocketNotifier>

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <unistd.h>

using namespace chatelaine;

namespace {

int fail(const Error &error, int readyFd)
{
    QByteArray sentence = error.message.toUtf8();
    std::fprintf(stderr, "chatelaine-broker: %s\n", sentence.constData());
    if (readyFd >= 0) {
        sentence = "error: " + sentence.replace('\n', ' ') + '\n';
        [[maybe_unused]] const ssize_t told =
            ::write(readyFd, sentence.constData(), static_cast<size_t>(sentence.size()));
        ::close(readyFd);
    }
    return protocol::exitStatus(error.code);
}

void sayReady(int readyFd, bool onDemand)
{
    if (readyFd >= 0) {
        [[maybe_unused]] const ssize_t told = ::write(readyFd, "ready\n", 6);
        ::close(readyFd);
    }
    if (onDemand) {
        // Whoever read our complaints goes away now.
        const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
        ::dup2(nowhere, STDERR_FILENO);
        ::close(nowhere);
    }
}

Task<void> startAndSay(broker::Broker &broker, int readyFd, bool onDemand)
{
    const Result<void> started = co_await broker.start();
    if (started)
        sayReady(readyFd, onDemand);
    else if (started.error().code != ErrorCode::Cancelled)
        QCoreApplication::exit(fail(started.error(), readyFd));
}

// Whoever took the sockets serves at them. If we ended now, the service manager would start another
// broker for each who connects there.
void waitForSuccessor(Descriptor connection)
{
    auto *hungUp = new QSocketNotifier(connection.get(), QSocketNotifier::Read, qApp);
    auto ask = [hungUp, held = std::make_shared<Descriptor>(std::move(connection))] {
        char discarded[256];
        const ssize_t count = ::read(held->get(), discarded, sizeof(discarded));
        if (count > 0 || (count < 0 && (errno == EAGAIN || errno == EINTR)))
            return;
        hungUp->setEnabled(false);
        QCoreApplication::quit();
    };
    QObject::connect(hungUp, &QSocketNotifier::activated, qApp, ask);
}

/// The broker and what it needs.
struct Household
{
    explicit Household(broker::Broker::Options options)
        : broker(std::move(options), {clock, random, http, identity, prompter, &session})
    { }
    SystemClock clock;
    SystemRandom random;
    net::NetworkHttpClient http{clock};
    broker::LinuxPeerIdentity identity{
        {broker::LinuxPeerIdentity::ownCommandLine(), static_cast<uint>(::geteuid())}};
    broker::HeadlessPrompter prompter;
    desktop::SessionWatch session;
    broker::Broker broker;
};

/// The way out, asked for once or more.
class Ending
{
public:
    explicit Ending(std::unique_ptr<Household> &household)
        : m_household(household)
    { }
    void begin()
    {
        if (!m_household)
            QCoreApplication::quit();
        else if (!std::exchange(m_begun, true))
            detach(stop());
    }

private:
    Task<void> stop()
    {
        co_await m_household->broker.stop();
        // From the event loop: it may be in a signal of the broker's.
        QMetaObject::invokeMethod(
            qApp, [this] { leave(); }, Qt::QueuedConnection);
    }
    void leave()
    {
        Descriptor successor = m_household->broker.takeSuccessor();
        m_household.reset();
        if (successor.get() < 0)
            QCoreApplication::quit();
        else
            waitForSuccessor(std::move(successor));
    }

    std::unique_ptr<Household> &m_household;
    bool m_begun = false;
};

} // namespace

int main(int argc, char **argv)
{
    broker::harden();
    // Started by cron or after su, it is the broker of the session's programs all the same: the
    // keychain's library looks for the session's bus there.
    if (const QString runtime = sessionRuntimeDir(); !runtime.isEmpty())
        qputenv("XDG_RUNTIME_DIR", QFile::encodeName(runtime));
    broker::Signals signals;
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("chatelaine-broker"));
    QCoreApplication::setApplicationVersion(QStringLiteral(CHATELAINE_VERSION));
    installLog();
    QCommandLineParser parser;
    broker::describeOptions(parser);
    parser.process(application);
    broker::Arguments arguments;
    if (const Result<void> read = broker::readArguments(parser, arguments); !read)
        return fail(read.error(), arguments.readyFd);

    auto household = std::make_unique<Household>(std::move(arguments.options));
    Ending ending(household);
    const auto stop = [&] { ending.begin(); };
    QObject::connect(&household->broker, &broker::Broker::stopRequested, &application, stop);
    signals.whenAsked(stop);
    QSocketNotifier stdinClosed(STDIN_FILENO, QSocketNotifier::Read);
    stdinClosed.setEnabled(arguments.untilStdinCloses);
    QObject::connect(&stdinClosed, &QSocketNotifier::activated, &application, [&] {
        char discarded[256];
        if (::read(STDIN_FILENO, discarded, sizeof(discarded)) > 0)
            return;
        stdinClosed.setEnabled(false);
        stop();
    });
    // From the event loop: a start that fails at once needs a loop to leave.
    QMetaObject::invokeMethod(
        &application,
        [&] { detach(startAndSay(household->broker, arguments.readyFd, arguments.onDemand)); },
        Qt::QueuedConnection);
    return QCoreApplication::exec();
}
