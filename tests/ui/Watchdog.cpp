// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/Watchdog.h"

#include <QAbstractEventDispatcher>

#include <ctime>

namespace chatelaine::test {

namespace {

qint64 threadNs()
{
    timespec now {};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return qint64(now.tv_sec) * 1'000'000'000 + now.tv_nsec;
}

} // namespace

Watchdog::Watchdog()
    : m_began(threadNs())
{
    const QAbstractEventDispatcher *loop = QAbstractEventDispatcher::instance();
    connect(loop, &QAbstractEventDispatcher::awake, this, [this] { m_began = threadNs(); });
    connect(loop, &QAbstractEventDispatcher::aboutToBlock, this,
        [this] { m_longestNs = qMax(m_longestNs, threadNs() - m_began); });
}

} // namespace chatelaine::test
