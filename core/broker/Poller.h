// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QHash>
#include <QSocketNotifier>

#include <cstdint>
#include <deque>
#include <memory>

namespace chatelaine::broker {

/// Something that waits for its descriptor.
class Pollable
{
public:
    virtual ~Pollable() = default;
    /// `events` as epoll(7) has them, or 0: it had asked for another turn. May destroy any Pollable,
    /// itself too, after remove().
    virtual void ready(uint32_t events) = 0;
};

/// One epoll descriptor in the Qt event loop for any number of sockets: with a QSocketNotifier for
/// each, every turn of the loop would go through all of them.
class Poller
{
public:
    using Id = quint64; ///< never 0, never used again

    Poller();
    ~Poller();
    Q_DISABLE_COPY_MOVE(Poller)

    Id add(int fd, uint32_t events, Pollable *who);
    void change(Id id, int fd, uint32_t events);
    /// Nothing is delivered to it any more, not even what was already read. Before closing the fd.
    void remove(Id id, int fd);
    /// ready(0) in a later turn of the loop, after those whose descriptors are ready then and those
    /// who asked before: in the next one, unless that gets long.
    void again(Id id);
    /// That what can wait should: others may have come since this turn of the loop began.
    bool turnIsLong() const;

private:
    void dispatch();
    void dispatchSoon();
    void serve(Id id, uint32_t events);

    int m_epoll;
    Id m_last = 0;
    QHash<Id, Pollable *> m_pollables;
    std::deque<Id> m_again;
    bool m_comes = false; ///< the turn for them is asked for
    QElapsedTimer m_turn;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace chatelaine::broker
