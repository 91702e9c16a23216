// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace chatelaine::test {

/// Watches the event loop of the thread that made it: how long its longest turn took, in processor
/// time of this thread, so that a busy machine accuses nobody.
class Watchdog : public QObject
{
    Q_OBJECT

public:
    /// No turn may be longer.
    static constexpr qint64 limitMs = 50;

    Watchdog();
    qint64 longestMs() const { return m_longestNs / 1'000'000; }
    void forget() { m_longestNs = 0; }

private:
    qint64 m_began = 0;
    qint64 m_longestNs = 0;
};

} // namespace chatelaine::test
