// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QSocketNotifier>

#include <cstdint>
#include <memory>
#include <vector>

namespace chatelaine::broker {

/// Something that waits for its descriptor.
class Pollable
{
public:
    virtual ~Pollable() = default;
    /// `events` as epoll(7) has them, or 0: it had asked for another turn. May destroy any Pollable, itself too, after remove().
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
    /// ready(0) in the next turn of the loop, after those whose descriptors are ready then.
    void again(Id id);

private:
    void dispatch();
    void serve(Id id, uint32_t events);

    int m_epoll;
    Id m_last = 0;
    QHash<Id, Pollable *> m_pollables;
    std::vector<Id> m_again;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace chatelaine::broker
