// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/broker/Connection.h"

#include "core/base/Sentence.h"
#include "core/broker/Reception.h"

#include <cerrno>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace chatelaine::broker {

namespace {

/// Requests of one connection that are begun in one turn of the loop. Some fifty microseconds each:
/// whoever sends a hundred at once holds up nobody else by more than a few of them.
constexpr int requestsInOneTurn = 4;

// What a request holds while it runs, measured and rounded up: the frames of its coroutines with
// what they know of account and caller; its texts; each value of its JSON, and more for one with
// others in it. A comma inside a text counts, too.
qsizetype heldBy(QByteArrayView line)
{
    constexpr qsizetype frames = 12 * 1024;
    constexpr qsizetype ofOneValue = 32;
    constexpr qsizetype ofOneContainer = 192;
    qsizetype held = frames + 2 * line.size();
    for (const char c : line) {
        if (c == ',' || c == ':')
            held += ofOneValue;
        else if (c == '[' || c == '{')
            held += ofOneContainer;
    }
    return held;
}

Error noMemoryLeft()
{
    return {ErrorCode::TooManyRequests,
        Sentence::tr("The requests that are still running take all the memory "
                     "there is for them. Wait for some of them.")};
}

} // namespace

Connection::Connection(Reception &reception, int fd, Right right, std::unique_ptr<Peer> peer,
    std::shared_ptr<Share> share, Pool &pool)
    : m_reception(reception)
    , m_fd(fd)
    , m_right(right)
    , m_peer(std::move(peer))
    , m_share(std::move(share))
    , m_pool(&pool)
{
}

Connection::~Connection()
{
    close();
}

void Connection::start()
{
    m_watched = EPOLLIN;
    m_pollId = m_reception.m_poller.add(m_fd, m_watched, this);
}

void Connection::watch()
{
    if (m_fd < 0)
        return;
    const uint32_t wanted = (m_reading ? uint32_t(EPOLLIN) : 0U)
        | (m_unsent.empty() ? 0U : uint32_t(EPOLLOUT));
    if (wanted == m_watched)
        return;
    m_watched = wanted;
    m_reception.m_poller.change(m_pollId, m_fd, wanted);
}

bool Connection::keep(qsizetype bytes)
{
    m_share->bytes += bytes;
    m_pool->bytes += bytes;
    return m_share->bytes <= m_reception.m_limits.bytesOfOneProcess
        && m_pool->bytes <= m_pool->mostBytes;
}

bool Connection::takeIn(qsizetype bytes)
{
    keep(bytes);
    return m_share->bytes <= m_reception.m_limits.bytesOfOneProcess / 4 * 3
        && m_pool->bytes <= m_pool->mostBytes / 4 * 3;
}

Result<void> Connection::joinBorrowers()
{
    Pool &borrowing = m_reception.m_borrowing;
    if (m_pool == &borrowing || m_fd < 0)
        return {};
    if (borrowing.connections >= borrowing.mostConnections)
        return failure(tooManyConnections(borrowing));
    qsizetype held = m_unsentBytes + m_halfLine;
    for (const Running &running : m_running)
        held += running.bytes;
    if (borrowing.bytes + held > borrowing.mostBytes / 4 * 3)
        return failure(noMemoryLeft());
    --m_pool->connections;
    m_pool->bytes -= held;
    m_pool = &borrowing;
    ++borrowing.connections;
    borrowing.bytes += held;
    return {};
}

void Connection::close()
{
    if (m_fd < 0)
        return;
    m_reception.m_poller.remove(m_pollId, m_fd);
    ::close(std::exchange(m_fd, -1));
    m_reading = false;
    for (QByteArray &line : m_unsent)
        wipe(line);
    m_unsent.clear();
    m_passed.clear();
    keep(-std::exchange(m_unsentBytes, 0) - std::exchange(m_halfLine, 0));
    // The last reference may be the Reception's.
    const std::shared_ptr<Connection> self = weak_from_this().lock();
    m_reception.forget(this);
    cancelAll();
}

bool Connection::cancel(const QJsonValue &id)
{
    // A stop resumes its waiters, and they end their requests: no walk over a list that changes.
    std::vector<std::stop_source> found;
    for (const Running &running : m_running) {
        if (running.id == id)
            found.push_back(running.stop);
    }
    for (std::stop_source &stop : found)
        stop.request_stop();
    return !found.empty();
}

void Connection::cancelAll()
{
    std::vector<std::stop_source> all;
    all.reserve(m_running.size());
    for (const Running &running : m_running)
        all.push_back(running.stop);
    for (std::stop_source &stop : all)
        stop.request_stop();
}

void Connection::callOff(const Error &because)
{
    for (Running &running : m_running)
        running.calledOff = because;
    cancelAll();
}

void Connection::stopReading()
{
    m_reading = false;
    watch();
}

void Connection::ready(uint32_t events)
{
    const std::shared_ptr<Connection> self = shared_from_this();
    if (events == 0)
        m_turnComes = false;
    if (events & EPOLLOUT)
        flush();
    if (m_fd >= 0 && m_reading) {
        if (m_linesLeft)
            takeLines();
        else if (events & (EPOLLIN | EPOLLHUP))
            readSome();
    }
    // Without EPOLLHUP the other side has only said that it will ask no more.
    if (m_fd >= 0 && (events & (EPOLLHUP | EPOLLERR)) && !(m_reading && (events & EPOLLIN)))
        close();
}

void Connection::readSome()
{
    QByteArray &scratch = m_reception.m_scratch;
    const ssize_t count =
        ::recv(m_fd, scratch.data(), static_cast<size_t>(scratch.size()), MSG_DONTWAIT);
    if (count < 0) {
        if (errno != EAGAIN && errno != EINTR)
            close();
        return;
    }
    if (count == 0) {
        m_reading = false;
        if (m_running.empty())
            closeAfterFlush();
        else
            watch();
        return;
    }
    m_framer.append(QByteArrayView(scratch).first(count));
    ::explicit_bzero(scratch.data(), static_cast<size_t>(count));
    takeLines();
}

void Connection::countHalfLine()
{
    if (m_fd < 0)
        return;
    const qsizetype held = m_framer.held();
    const bool within = takeIn(held - std::exchange(m_halfLine, held));
    // Whole lines get their answer: that there is no room for them.
    if (!within && held > 0 && !m_linesLeft)
        close();
}

void Connection::takeLines()
{
    m_corked = true;
    takeSomeLines();
    m_corked = false;
    countHalfLine();
    if (m_fd < 0)
        return;
    if (m_linesLeft && !std::exchange(m_turnComes, true))
        m_reception.m_poller.again(m_pollId);
    flush();
}

void Connection::takeSomeLines()
{
    m_linesLeft = false;
    for (int taken = 0; m_reading && m_fd >= 0; ++taken) {
        const bool enough =
            taken >= requestsInOneTurn || (taken > 0 && m_reception.m_poller.turnIsLong());
        if (enough && m_framer.held() > 0) {
            m_linesLeft = true;
            return;
        }
        const std::optional<QByteArrayView> line = m_framer.next();
        if (!line)
            break;
        tl::expected<RpcRequest, RpcFault> request = parseRequest(*line);
        if (!request) {
            enqueue(faultLine(request.error()));
            closeAfterFlush();
            return;
        }
        if (!request->isNotification())
            takeRequest(std::move(*request), heldBy(*line));
    }
    if (m_reading && m_framer.tooLong()) {
        enqueue(faultLine({protocol::InvalidRequest,
            Sentence::tr("A message may have %1 bytes at most.").arg(protocol::maxLineBytes)}));
        closeAfterFlush();
    }
}

void Connection::takeRequest(RpcRequest request, qsizetype bytes)
{
    if (m_running.size() >= static_cast<size_t>(m_reception.m_limits.requestsOfOneConnection)) {
        enqueue(errorLine(request.id,
            {ErrorCode::TooManyRequests,
                Sentence::tr("%1 requests of this connection are still running. Wait "
                             "for some of them.")
                    .arg(m_running.size())}));
        return;
    }
    Result<std::shared_ptr<const CallerIdentity>> now = caller();
    if (!takeIn(bytes)) {
        keep(-bytes);
        enqueue(errorLine(request.id, noMemoryLeft()));
        return;
    }
    if (!now) {
        keep(-bytes);
        enqueue(errorLine(request.id, now.error()));
        closeAfterFlush();
        return;
    }
    const auto running = m_running.insert(m_running.end(), Running {request.id, {}, bytes, {}});
    ++m_reception.m_runningRequests;
    const std::shared_ptr<Connection> self = shared_from_this();
    Call call {self,
               std::move(request.id),
               std::move(request.method),
               std::move(request.params),
               std::move(*now),
               running->stop.get_token(),
               m_purpose};
    detach(serve(self, running, std::move(call)));
}

Task<void> Connection::serve(std::shared_ptr<Connection> self, RunningList::iterator running,
                             Call call)
{
    const QJsonValue id = call.id;
    Result<Reply> reply = co_await self->m_reception.m_handler(std::move(call));
    if (!reply && reply.error().code == ErrorCode::Cancelled && running->calledOff)
        reply = failure(*running->calledOff);
    self->keep(-running->bytes);
    self->m_running.erase(running);
    if (self->m_fd >= 0) {
        self->enqueue(reply ? answerLine(id, *reply) : errorLine(id, reply.error()));
        // One that asks no more leaves with its last answer.
        if (!self->m_reading && self->m_running.empty())
            self->closeAfterFlush();
    }
    self->m_reception.requestEnded();
}

} // namespace chatelaine::broker
