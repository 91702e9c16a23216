// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/FirstInstance.h"
#include "app/gui/House.h"
#include "core/base/Log.h"
#include "core/broker/Hardening.h"
#include "core/broker/Signals.h"

#include <QApplication>
#include <QCommandLineParser>

#include <cstdio>

using namespace chatelaine;

namespace {

int fail(const Error &error)
{
    std::fprintf(stderr, "chatelaine-gui: %s\n", error.message.toUtf8().constData());
    return 1;
}

} // namespace

int main(int argc, char **argv)
{
    broker::harden();
    broker::Signals signals;
    const QString token = FirstInstance::activationToken();
    QApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("chatelaine"));
    QCoreApplication::setApplicationVersion(QStringLiteral(CHATELAINE_VERSION));
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Chatelaine"));
    QGuiApplication::setDesktopFileName(QStringLiteral("chatelaine"));
    QApplication::setQuitOnLastWindowClosed(false);
    installLog();

    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Keeps your MCP keys: the windows, and the broker behind them."));
    const QCommandLineOption background(QStringLiteral("background"),
        QStringLiteral("Start without showing the window: at login, with the icon in the tray."));
    parser.addOption(background);
    parser.addHelpOption();
    parser.addVersionOption();
    parser.process(application);
    const bool hidden = parser.isSet(background);

    const Result<Paths> paths = Paths::fromEnvironment();
    if (!paths)
        return fail(paths.error());
    if (const Result<void> made = ensurePrivateDirectory(paths->runtimeDir); !made)
        return fail(made.error());
    if (!hidden && FirstInstance::raiseOther(*paths, token))
        return 0;
    FirstInstance first;
    if (const Result<void> listening = first.listen(*paths); !listening) {
        if (listening.error().code != ErrorCode::AlreadyExists)
            return fail(listening.error());
        // One that runs already is all that a start at login wants.
        if (!hidden)
            FirstInstance::raiseOther(*paths, token);
        return 0;
    }

    House house(application, *paths, hidden);
    QObject::connect(
        &house, &House::ended, &application, [](int status) { QCoreApplication::exit(status); });
    QObject::connect(&first, &FirstInstance::raiseRequested, &house, &House::raise);
    signals.whenAsked([&house] { detach(house.close()); });
    // From the event loop: a start that fails at once needs a loop to leave.
    QMetaObject::invokeMethod(
        &house, [&house] { detach(house.open()); }, Qt::QueuedConnection);
    return QApplication::exec();
}
