// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/broker/Reception.h"

#include "core/base/Sentence.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

namespace chatelaine::broker {

namespace {

constexpr qsizetype scratchBytes = 64 * 1024;

int openSpare()
{
    return ::open("/dev/null", O_RDONLY | O_CLOEXEC);
}

void turnAway(int fd, const Error &error)
{
    const QByteArray line = errorLine(QJsonValue::Null, error);
    // A new socket's buffer takes one line; who does not read it has lost nothing.
    Q_UNUSED(::send(fd, line.constData(), static_cast<size_t>(line.size()),
                    MSG_NOSIGNAL | MSG_DONTWAIT));
    ::close(fd);
}

} // namespace

Error tooManyConnections(const Pool &pool)
{
    return {ErrorCode::TooManyRequests,
        Sentence::tr("The broker has %1 connections, which is its limit. Close some "
                     "and try again.")
            .arg(pool.connections)};
}

ReceptionLimits ReceptionLimits::ofThisProcess()
{
    rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) != 0)
        return {};
    // Two of a connection: the socket, and the process at its other end. Of all there are, three
    // quarters for who borrows and an eighth for who manages; the rest for what else there is to
    // open.
    const rlim_t eighth = files.rlim_cur / 2 / 8;
    const auto within = [](int wanted, rlim_t most) {
        return static_cast<int>(std::min(static_cast<rlim_t>(wanted), most));
    };
    ReceptionLimits limits;
    limits.connections = within(limits.connections, 6 * eighth);
    limits.connectionsToManage = within(limits.connectionsToManage, eighth);
    return limits;
}

Reception::Door::Door(Reception &owner, std::unique_ptr<ListeningSocket> what, Right which)
    : reception(owner)
    , socket(std::move(what))
    , right(which)
    , pollId(owner.m_poller.add(socket->fd(), EPOLLIN, this))
{
}

Reception::Door::~Door()
{
    reception.m_poller.remove(pollId, socket->fd());
}

void Reception::Door::ready(uint32_t)
{
    reception.acceptFrom(*socket, right);
}

Reception::Reception(PeerIdentity &identity, Handler handler, ReceptionLimits limits)
    : m_identity(identity)
    , m_handler(std::move(handler))
    , m_limits(limits)
    , m_borrowing{limits.connections, limits.bytesInAll}
    , m_managing{limits.connectionsToManage, limits.bytesToManage}
    , m_scratch(scratchBytes, '\0')
    , m_spare(openSpare())
{
}

Reception::~Reception()
{
    m_onClosed = {};
    const auto connections = m_connections;
    for (const std::shared_ptr<Connection> &connection : connections)
        connection->close();
    m_doors.clear();
    ::close(m_spare);
}

void Reception::listen(std::unique_ptr<ListeningSocket> socket, Right right)
{
    m_doors.push_back(std::make_unique<Door>(*this, std::move(socket), right));
}

QString Reception::pathOf(Right right) const
{
    for (const std::unique_ptr<Door> &door : m_doors) {
        if (door->right == right)
            return door->socket->path();
    }
    return {};
}

int Reception::handedIn(Right right) const
{
    for (const std::unique_ptr<Door> &door : m_doors) {
        if (door->right == right && door->socket->isHandedIn())
            return door->socket->fd();
    }
    return -1;
}

bool Reception::isReachable() const
{
    return std::all_of(m_doors.cbegin(), m_doors.cend(),
        [](const std::unique_ptr<Door> &door) { return door->socket->isReachable(); });
}

void Reception::acceptFrom(const ListeningSocket &socket, Right right)
{
    // A few at a time, so that a crowd at the door does not starve those who are in.
    for (int i = 0; i < 16; ++i) {
        const int fd = socket.accept();
        if (fd >= 0) {
            welcome(fd, right);
        } else if ((errno == EMFILE || errno == ENFILE) && m_spare >= 0) {
            // Left in the queue it would wake us for ever.
            ::close(m_spare);
            const int unwanted = socket.accept();
            if (unwanted >= 0)
                ::close(unwanted);
            m_spare = openSpare();
        } else if (errno != EINTR && errno != ECONNABORTED) {
            return;
        }
    }
}

void Reception::welcome(int fd, Right right)
{
    const Pool &pool = poolOf(right);
    if (pool.connections >= pool.mostConnections) {
        turnAway(fd, tooManyConnections(pool));
        return;
    }
    if (const Result<void> admitted = admit(fd, right); !admitted)
        turnAway(fd, admitted.error());
}

Result<void> Reception::adopt(int fd, Right right)
{
    ::fcntl(fd, F_SETFD, FD_CLOEXEC);
    ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK);
    return admit(fd, right);
}

Result<void> Reception::admit(int fd, Right right)
{
    Result<std::unique_ptr<Peer>> peer = m_identity.identify(fd);
    if (!peer)
        return failure(std::move(peer).error());
    const qint64 pid = (*peer)->pid();
    const std::shared_ptr<Share> share = shareOf(pid);
    if (share->connections >= m_limits.connectionsOfOneProcess) {
        return failure(ErrorCode::TooManyRequests,
            Sentence::tr("Process %1 has %2 connections to the broker, which is the "
                         "limit. One is enough: requests on it run side by side.")
                .arg(pid)
                .arg(share->connections));
    }
    ++share->connections;
    Pool &pool = poolOf(right);
    ++pool.connections;
    const auto connection =
        std::make_shared<Connection>(*this, fd, right, std::move(*peer), share, pool);
    m_connections.push_back(connection);
    connection->start();
    return {};
}

void Reception::forget(Connection *connection)
{
    const auto found =
        std::find_if(m_connections.begin(), m_connections.end(),
                     [&](const std::shared_ptr<Connection> &c) { return c.get() == connection; });
    if (found == m_connections.end())
        return;
    --connection->m_pool->connections;
    if (--connection->m_share->connections <= 0)
        m_shares.remove(connection->pid());
    m_connections.erase(found);
    if (m_onClosed)
        m_onClosed();
}

std::shared_ptr<Share> Reception::shareOf(qint64 pid)
{
    std::shared_ptr<Share> share = m_shares.value(pid).lock();
    if (!share) {
        share = std::make_shared<Share>();
        m_shares.insert(pid, share);
    }
    return share;
}

void Reception::requestEnded()
{
    --m_runningRequests;
    if (m_runningRequests == 0 && m_drained) {
        Completion<bool> drained = *m_drained;
        drained.set(true);
    }
}

void Reception::callOff(const Error &because)
{
    const std::vector<std::shared_ptr<Connection>> connections = m_connections;
    for (const std::shared_ptr<Connection> &connection : connections)
        connection->callOff(because);
}

Task<void> Reception::drain()
{
    m_doors.clear();
    const auto connections = m_connections;
    for (const std::shared_ptr<Connection> &connection : connections)
        connection->stopReading();
    if (m_runningRequests == 0)
        co_return;
    m_drained.emplace();
    const Completion<bool> drained = *m_drained;
    for (const std::shared_ptr<Connection> &connection : connections)
        connection->cancelAll();
    co_await drained;
}

} // namespace chatelaine::broker
