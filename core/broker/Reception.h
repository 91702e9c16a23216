// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/broker/Connection.h"
#include "core/broker/ListeningSocket.h"

#include <array>
#include <vector>

namespace chatelaine::broker {

struct ReceptionLimits
{
    /// As far as the descriptors go that this process may have.
    static ReceptionLimits ofThisProcess();

    int connections = 1200; ///< of all who borrow
    int connectionsToManage = 200; ///< beside those
    int connectionsOfOneProcess = 256;
    int requestsOfOneConnection = 1024; ///< running at the same time
    qsizetype unsentBytes = 1024 * 1024; ///< a reader that lags further behind is dropped
    /// What is kept for one process, for all who borrow, and for all who manage: half lines,
    /// requests that run with all that they hold, answers that are not fetched. Who wants more is
    /// dropped, or its request refused. What comes in may fill three quarters, so that there is
    /// room to say so.
    qsizetype bytesOfOneProcess = 32 * 1024 * 1024;
    qsizetype bytesInAll = 128 * 1024 * 1024;
    qsizetype bytesToManage = 64 * 1024 * 1024;
};

/// The door: accepts, checks who comes, keeps within the limits. Lives in the thread of its event
/// loop. While nobody says anything it makes no system call.
class Reception
{
public:
    Reception(PeerIdentity &identity, Handler handler, ReceptionLimits limits = {});
    /// After drain().
    ~Reception();
    Q_DISABLE_COPY_MOVE(Reception)

    void listen(std::unique_ptr<ListeningSocket> socket, Right right);
    /// A connection that somebody else made. Fails as PeerIdentity does.
    Result<void> adopt(int fd, Right right);
    QString pathOf(Right right) const; ///< empty when nothing listens
    /// What listens for `right`, where it was handed in; else -1.
    int handedIn(Right right) const;
    /// False when somebody has removed or replaced a socket's file: nobody new finds us.
    bool isReachable() const;

    const std::vector<std::shared_ptr<Connection>> &connections() const { return m_connections; }
    /// Called when a connection has closed, from the event loop.
    void setClosedHandler(std::function<void()> handler) { m_onClosed = std::move(handler); }

    qsizetype runningRequests() const { return m_runningRequests; }
    /// Requests a stop of every running request; those that it ends answer with `because`.
    void callOff(const Error &because);

    /// Closes the listening sockets, calls every request off and comes back when the last one has
    /// ended and its answer is on its way.
    Task<void> drain();

private:
    friend class Connection;
    struct Door final : Pollable
    {
        Door(Reception &owner, std::unique_ptr<ListeningSocket> what, Right which);
        ~Door() override;
        void ready(uint32_t events) override;

        Reception &reception;
        std::unique_ptr<ListeningSocket> socket;
        Right right;
        Poller::Id pollId;
    };

    void welcome(int fd, Right right);
    void acceptFrom(const ListeningSocket &socket, Right right);
    Result<void> admit(int fd, Right right);
    void forget(Connection *connection);
    std::shared_ptr<Share> shareOf(qint64 pid);
    Pool &poolOf(Right right) { return right == Right::Control ? m_managing : m_borrowing; }
    void requestEnded();

    PeerIdentity &m_identity;
    Handler m_handler;
    ReceptionLimits m_limits;
    Poller m_poller;
    std::vector<std::unique_ptr<Door>> m_doors;
    std::vector<std::shared_ptr<Connection>> m_connections;
    QHash<qint64, std::weak_ptr<Share>> m_shares;
    Pool m_borrowing;
    Pool m_managing;
    std::function<void()> m_onClosed;
    QByteArray m_scratch; ///< what was just read, wiped after each use
    int m_spare; ///< given up for a moment when descriptors run out
    qsizetype m_runningRequests = 0;
    std::optional<Completion<bool>> m_drained;
};

} // namespace chatelaine::broker
