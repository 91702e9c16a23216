// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Async.h"

#include <QBasicTimer>
#include <QObject>

#include <deque>

namespace chatelaine {

/// Lets tasks go on one after another, with time in between. What falls due together (a hundred
/// accounts after a suspend) would be done together otherwise, before anybody else is heard. Keeps
/// time by the machine's clock, whatever clock the tasks live by: it is about what a core can do.
/// One thread with an event loop; who waits keeps it alive. No timer while nobody comes.
class Pace : public QObject
{
public:
    explicit Pace(int intervalMs);

    /// At once where nobody has gone on within the interval. Does not fail: look again at what may
    /// have changed while you waited.
    Task<void> turn();
    /// All who wait go on now, since what they wait for has become pointless.
    void letAllGo();

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    const int m_intervalMs;
    QBasicTimer m_timer; ///< runs for an interval after each turn
    std::deque<Completion<bool>> m_waiting;
};

} // namespace chatelaine
