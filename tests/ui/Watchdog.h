// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace chatelaine::test {

/// Watches the event loop of the thread that made it: how long the loop was without its turn, be it
/// by what the loop itself has delivered or by what the test has called between two turns. In
/// processor time of this thread: on a busy machine, the time for which others have the processor
/// accuses nobody. What waits without working (a lock, a read from the disk) is not seen; nothing
/// in a window may do that, and the timeouts of the tests find it.
class Watchdog : public QObject
{
    Q_OBJECT

public:
    /// No turn may be longer.
    static constexpr qint64 limitMs = 50;

    Watchdog();
    qint64 longestMs() const { return m_longestNs / 1'000'000; }
    /// Begins anew.
    void forget();

private:
    void turn();

    qint64 m_began = 0;
    qint64 m_longestNs = 0;
};

} // namespace chatelaine::test
