// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <functional>
#include <memory>

class QSocketNotifier;

namespace chatelaine::broker {

/// SIGTERM and SIGINT, heard in the event loop instead of ending the process at once.
class Signals
{
public:
    /// They are held back from here on. Before any thread is made, and so before the application,
    /// that none takes them away.
    Signals();
    ~Signals();
    Q_DISABLE_COPY_MOVE(Signals)

    /// Calls `end` for each that came or comes. After the application is made.
    void whenAsked(std::function<void()> end);

private:
    int m_fd;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace chatelaine::broker
