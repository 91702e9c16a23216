// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audit/Backlog.h"

#include "core/base/Sentence.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace chatelaine::audit {

namespace {

constexpr size_t maxItems = 10'000;

} // namespace

Event Backlog::gapEvent(const QString &detail)
{
    Event event;
    event.event = QStringLiteral("history.gap");
    event.outcome = Outcome::Failed;
    event.detail = detail;
    return event;
}

Backlog::Item Backlog::next(UtcMs time, Event event)
{
    return Item{time, ++m_last, 0, std::move(event)};
}

void Backlog::add(Item item)
{
    if (item.gap > 0 || (item.place > 0 && m_items.size() >= maxItems)) {
        m_beyond += std::max<qint64>(item.gap, 1);
        return;
    }
    const auto after = std::upper_bound(m_items.begin(), m_items.end(), item.place,
        [](qint64 place, const Item &other) { return place < other.place; });
    m_items.insert(after, std::move(item));
}

std::vector<Backlog::Item> Backlog::take(size_t atMost, UtcMs now)
{
    const auto end =
        m_items.begin() + static_cast<std::ptrdiff_t>(std::min(atMost, m_items.size()));
    std::vector<Item> taken(std::move_iterator(m_items.begin()), std::move_iterator(end));
    m_items.erase(m_items.begin(), end);
    if (m_items.empty() && m_beyond > 0) {
        Item gap = next(now,
            gapEvent(Sentence::tr("%1 events were not written down because the history could not "
                                  "be written for too long.")
                         .arg(m_beyond)));
        gap.gap = std::exchange(m_beyond, 0);
        taken.push_back(std::move(gap));
    }
    return taken;
}

} // namespace chatelaine::audit
