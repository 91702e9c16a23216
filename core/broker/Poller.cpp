// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/broker/Poller.h"

#include <array>
#include <sched.h>
#include <sys/epoll.h>
#include <unistd.h>
#include <utility>

namespace chatelaine::broker {

namespace {

/// Four requests or so. A turn with less in it costs more than it gives to who waits.
constexpr qint64 longTurnNs = 100'000;

} // namespace

Poller::Poller()
    : m_epoll(::epoll_create1(EPOLL_CLOEXEC))
    , m_notifier(std::make_unique<QSocketNotifier>(m_epoll, QSocketNotifier::Read))
{
    QObject::connect(m_notifier.get(), &QSocketNotifier::activated, m_notifier.get(),
                     [this] { dispatch(); });
}

Poller::~Poller()
{
    m_notifier.reset();
    ::close(m_epoll);
}

Poller::Id Poller::add(int fd, uint32_t events, Pollable *who)
{
    const Id id = ++m_last;
    epoll_event event = {};
    event.events = events;
    event.data.u64 = id;
    if (::epoll_ctl(m_epoll, EPOLL_CTL_ADD, fd, &event) != 0)
        return 0;
    m_pollables.insert(id, who);
    return id;
}

void Poller::change(Id id, int fd, uint32_t events)
{
    epoll_event event = {};
    event.events = events;
    event.data.u64 = id;
    ::epoll_ctl(m_epoll, EPOLL_CTL_MOD, fd, &event);
}

void Poller::remove(Id id, int fd)
{
    if (m_pollables.remove(id))
        ::epoll_ctl(m_epoll, EPOLL_CTL_DEL, fd, nullptr);
}

void Poller::again(Id id)
{
    m_again.push_back(id);
    dispatchSoon();
}

void Poller::dispatchSoon()
{
    if (std::exchange(m_comes, true))
        return;
    const auto dispatchThem = [this] {
        m_comes = false;
        dispatch();
    };
    QMetaObject::invokeMethod(m_notifier.get(), dispatchThem, Qt::QueuedConnection);
}

bool Poller::turnIsLong() const
{
    return m_turn.nsecsElapsed() > longTurnNs;
}

void Poller::dispatch()
{
    m_turn.start();
    std::deque<Id> others;
    others.swap(m_again);
    std::array<epoll_event, 64> events;
    const int count = ::epoll_wait(m_epoll, events.data(), static_cast<int>(events.size()), 0);
    for (int i = 0; i < count; ++i) {
        const epoll_event &event = events[static_cast<size_t>(i)];
        serve(event.data.u64, event.events);
    }
    // A time of their own, or those who always come anew would keep them waiting for ever.
    m_turn.start();
    while (!others.empty() && !turnIsLong()) {
        serve(others.front(), 0);
        others.pop_front();
    }
    m_again.insert(m_again.begin(), others.begin(), others.end());
    if (m_again.empty())
        return;
    // The threads that were given work meanwhile may share this core, and answers wait for them.
    ::sched_yield();
    dispatchSoon();
}

void Poller::serve(Id id, uint32_t events)
{
    // One that went away while an earlier one was served is not found.
    if (Pollable *const who = m_pollables.value(id))
        who->ready(events);
}

} // namespace chatelaine::broker
