// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/broker/Signals.h"

#include <QSocketNotifier>

#include <csignal>
#include <sys/signalfd.h>
#include <unistd.h>

namespace chatelaine::broker {

Signals::Signals()
{
    sigset_t signals;
    ::sigemptyset(&signals);
    ::sigaddset(&signals, SIGTERM);
    ::sigaddset(&signals, SIGINT);
    ::sigprocmask(SIG_BLOCK, &signals, nullptr);
    m_fd = ::signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
}

Signals::~Signals()
{
    m_notifier.reset();
    ::close(m_fd);
}

void Signals::whenAsked(std::function<void()> end)
{
    m_notifier = std::make_unique<QSocketNotifier>(m_fd, QSocketNotifier::Read);
    QObject::connect(m_notifier.get(), &QSocketNotifier::activated, m_notifier.get(),
        [fd = m_fd, end = std::move(end)] {
            signalfd_siginfo info{};
            [[maybe_unused]] const ssize_t taken = ::read(fd, &info, sizeof(info));
            end();
        });
}

} // namespace chatelaine::broker
