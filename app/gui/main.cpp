// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/FirstInstance.h"
#include "app/gui/House.h"
#include "core/base/Log.h"
#include "core/broker/Hardening.h"

#include <QApplication>
#include <QSocketNotifier>

#include <csignal>
#include <cstdio>
#include <sys/signalfd.h>
#include <unistd.h>

using namespace chatelaine;

namespace {

int fail(const Error &error)
{
    std::fprintf(stderr, "chatelaine-gui: %s\n", error.message.toUtf8().constData());
    return 1;
}

// Before any thread is made, so that none takes the signals away from the descriptor.
int takeSignals()
{
    sigset_t signals;
    ::sigemptyset(&signals);
    ::sigaddset(&signals, SIGTERM);
    ::sigaddset(&signals, SIGINT);
    ::sigprocmask(SIG_BLOCK, &signals, nullptr);
    return ::signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
}

} // namespace

int main(int argc, char **argv)
{
    broker::harden();
    const int signalFd = takeSignals();
    QApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("chatelaine"));
    QCoreApplication::setApplicationVersion(QStringLiteral(CHATELAINE_VERSION));
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Chatelaine"));
    QGuiApplication::setDesktopFileName(QStringLiteral("chatelaine"));
    QApplication::setQuitOnLastWindowClosed(false);
    installLog();

    const Result<Paths> paths = Paths::fromEnvironment();
    if (!paths)
        return fail(paths.error());
    if (const Result<void> made = ensurePrivateDirectory(paths->runtimeDir); !made)
        return fail(made.error());
    if (FirstInstance::raiseOther(*paths))
        return 0;
    FirstInstance first;
    if (const Result<void> listening = first.listen(*paths); !listening)
        return fail(listening.error());

    House house(application, *paths);
    QObject::connect(&first, &FirstInstance::raiseRequested, &house, &House::raise);
    QSocketNotifier signalled(signalFd, QSocketNotifier::Read);
    QObject::connect(&signalled, &QSocketNotifier::activated, &house, [&] {
        signalfd_siginfo info {};
        [[maybe_unused]] const ssize_t taken = ::read(signalFd, &info, sizeof(info));
        detach(house.close());
    });
    // From the event loop: a start that fails at once needs a loop to leave.
    QMetaObject::invokeMethod(&house, [&house] { detach(house.open()); }, Qt::QueuedConnection);
    return QApplication::exec();
}
