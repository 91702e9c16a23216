// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/Watchdog.h"

#include <QAbstractEventDispatcher>

#include <ctime>

namespace chatelaine::test {

namespace {

qint64 threadNs()
{
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return qint64(now.tv_sec) * 1'000'000'000 + now.tv_nsec;
}

} // namespace

Watchdog::Watchdog()
    : m_began(threadNs())
{
    // A loop that does not wait has no end of a turn, but a beginning.
    const QAbstractEventDispatcher *loop = QAbstractEventDispatcher::instance();
    connect(loop, &QAbstractEventDispatcher::awake, this, &Watchdog::turn);
    connect(loop, &QAbstractEventDispatcher::aboutToBlock, this, &Watchdog::turn);
}

void Watchdog::turn()
{
    const qint64 now = threadNs();
    m_longestNs = qMax(m_longestNs, now - m_began);
    m_began = now;
}

void Watchdog::forget()
{
    m_longestNs = 0;
    m_began = threadNs();
}

} // namespace chatelaine::test
