// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audit/AuditEvent.h"

#include <vector>

namespace chatelaine::audit {

/// Events that wait to be written down, each with its time and in the order in which they happened:
/// 10,000 at most. Of those beyond it knows how many there were.
class Backlog
{
public:
    struct Item
    {
        UtcMs time = 0;
        qint64 place = 0; ///< in the order of all; 0: before all others
        qint64 gap = 0; ///< how many events it says are missing
        Event event;
    };

    /// One that happens now, after all that were made before. It is not in here yet.
    Item next(UtcMs time, Event event);
    /// Puts it, also one that was here before, into its place.
    void add(Item item);
    bool isEmpty() const { return m_items.empty() && m_beyond == 0; }
    /// The first of all, out of here; after the last an event "history.gap" where some were beyond.
    std::vector<Item> take(size_t atMost, UtcMs now);

    static Event gapEvent(const QString &detail);

private:
    std::vector<Item> m_items;
    qint64 m_last = 0; ///< place
    qint64 m_beyond = 0;
};

} // namespace chatelaine::audit
