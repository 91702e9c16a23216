// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/testlab/Options.h"
#include "core/base/Json.h"
#include "core/base/Log.h"
#include "core/net/NetworkHttpClient.h"

#include <QCoreApplication>
#include <QSocketNotifier>

#include <csignal>
#include <cstdio>

#include <sys/signalfd.h>
#include <unistd.h>

using namespace chatelaine;

namespace {

constexpr int exitFailed = 1;
constexpr int exitUsage = 2;

void print(FILE *to, const QByteArray &text)
{
    std::fwrite(text.constData(), 1, static_cast<size_t>(text.size()), to);
    std::fflush(to);
}

int complain(const Error &error)
{
    print(stderr, error.message.toUtf8() + '\n');
    return error.code == ErrorCode::InvalidInput ? exitUsage : exitFailed;
}

/// Signals become readable, so that the lab ends from its event loop.
int terminationSignals()
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigprocmask(SIG_BLOCK, &set, nullptr);
    return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

QByteArray announcement(const testlab::TestLab &lab, bool asJson)
{
    if (asJson) {
        return json::compact({{QStringLiteral("issuer"), lab.issuer()},
                              {QStringLiteral("mcp_url"), lab.mcpUrl()},
                              {QStringLiteral("client_id"), lab.clientId()},
                              {QStringLiteral("pid"), QCoreApplication::applicationPid()},
                              {QStringLiteral("admin_token"), lab.adminToken()}})
            + '\n';
    }
    return QStringLiteral("The test lab is up. Sign in to %1\n"
                          "Issuer %2, pre-registered client %3, process %4, admin token %5. Ctrl-C ends it.\n")
        .arg(lab.mcpUrl(), lab.issuer(), lab.clientId(), QString::number(QCoreApplication::applicationPid()),
             lab.adminToken())
        .toUtf8();
}

/// The browser of a machine without one: asks for the page and goes where it leads.
Task<void> visit(net::HttpClient &http, QUrl url)
{
    net::HttpRequest request {.url = std::move(url), .reach = net::Reach::Loopback};
    const Result<net::HttpResponse> page = co_await http.send(request, {});
    if (!page)
        QCoreApplication::exit(complain(page.error()));
    else
        QCoreApplication::exit(page->status < 400 ? 0 : exitFailed);
}

} // namespace

int main(int argc, char **argv)
{
    const int signalFd = terminationSignals();
    QCoreApplication app(argc, argv);
    installLog();
    const Result<TestLabArguments> arguments = readTestLabArguments(QCoreApplication::arguments().mid(1));
    if (!arguments)
        return complain(arguments.error());
    if (!arguments->print.isEmpty()) {
        print(stdout, arguments->print.toUtf8());
        return 0;
    }

    SystemClock clock;
    if (!arguments->visit.isEmpty()) {
        net::NetworkHttpClient http(clock);
        QMetaObject::invokeMethod(
            &app, [&] { detach(visit(http, QUrl(arguments->visit, QUrl::StrictMode))); },
            Qt::QueuedConnection);
        return QCoreApplication::exec();
    }
    SystemRandom random;
    net::NetworkHttpClient http(clock);
    testlab::TestLab lab(clock, random, &http, arguments->lab);
    if (const Result<void> started = lab.start(); !started)
        return complain(started.error());
    if (arguments->log) {
        QObject::connect(&lab, &testlab::TestLab::decided, [](const testlab::Decision &decision) {
            print(stdout, json::compact(decision.toJson()) + '\n');
        });
    }

    const QSocketNotifier ended(signalFd, QSocketNotifier::Read);
    QObject::connect(&ended, &QSocketNotifier::activated, &app, &QCoreApplication::quit);
    QSocketNotifier stdinClosed(STDIN_FILENO, QSocketNotifier::Read);
    stdinClosed.setEnabled(arguments->untilStdinCloses);
    QObject::connect(&stdinClosed, &QSocketNotifier::activated, [] {
        char discarded[256];
        if (::read(STDIN_FILENO, discarded, sizeof discarded) <= 0)
            QCoreApplication::quit();
    });
    print(stdout, announcement(lab, arguments->json));
    return QCoreApplication::exec();
}
