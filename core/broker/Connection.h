// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Async.h"
#include "core/base/Descriptor.h"
#include "core/broker/JsonRpc.h"
#include "core/broker/PeerIdentity.h"
#include "core/broker/Poller.h"
#include "core/client/LineFramer.h"

#include <deque>
#include <functional>
#include <list>
#include <vector>

namespace chatelaine::broker {

class Connection;
class Reception;

/// What the connections of one process use together.
struct Share
{
    int connections = 0;
    qsizetype bytes = 0;
};

/// What all connections with the same right use together, and how much that may be: whatever
/// borrowers do, a person can manage.
struct Pool
{
    int mostConnections = 0;
    qsizetype mostBytes = 0;
    int connections = 0;
    qsizetype bytes = 0;
};
/// What is said to one more than those.
Error tooManyConnections(const Pool &pool);

/// What the two sockets give: borrowing and managing are different rights.
enum class Right { Borrow, Control };

/// One request on its way.
struct Call
{
    std::shared_ptr<Connection> connection;
    QJsonValue id;
    QString method;
    QJsonObject params;
    std::shared_ptr<const CallerIdentity> caller; ///< as it was when the request was read
    std::stop_token stop; ///< the caller went away, or called it off
    QString purpose = {}; ///< what it said it is for, in its hello: shown, not believed
};

/// Answers every call in the end, at the latest when its stop is requested.
using Handler = std::function<Task<Result<Reply>>(Call)>;

/// One client. Reads requests, starts them, writes the answers as they come. Made and owned by the
/// Reception; a request that runs keeps it alive, closed or not.
class Connection final : public Pollable, public std::enable_shared_from_this<Connection>
{
public:
    Connection(Reception &reception, int fd, Right right, std::unique_ptr<Peer> peer,
        std::shared_ptr<Share> share, Pool &pool);
    ~Connection() override;
    Q_DISABLE_COPY_MOVE(Connection)

    Right right() const { return m_right; }
    bool isOpen() const { return m_fd >= 0; }
    qint64 pid() const { return m_peer->pid(); }
    /// Who is there now; fails when the process is gone.
    Result<std::shared_ptr<const CallerIdentity>> caller() { return m_peer->current(); }

    /// What the caller says it is here for: its own words, shown as such and never believed. One
    /// line, cut to 200 characters.
    void setPurpose(const QString &purpose) { m_purpose = purpose.simplified().left(200); }

    /// One at the control socket that borrows is counted as a borrower from now on. Fails with
    /// TooManyRequests where there is no room among them.
    Result<void> joinBorrowers();

    /// Sends a notification; nothing happens when the connection is closed.
    void notify(const QString &method, const QJsonObject &params);
    /// Sends copies of the descriptors, two at most (SCM_RIGHTS), with what is sent next. Gives one
    /// of the connection, which stays when we hang up: it closes when the other side does.
    Descriptor handOver(const std::vector<int> &descriptors);
    /// Requests a stop of the running requests of that id. False when there is none.
    bool cancel(const QJsonValue &id);
    void cancelAll();
    /// The same; who was waiting hears why instead of that it was cancelled.
    void callOff(const Error &because);
    /// No further request is taken.
    void stopReading();
    void close();

    void ready(uint32_t events) override;

private:
    friend class Reception;
    struct Running
    {
        QJsonValue id;
        std::stop_source stop;
        qsizetype bytes = 0; ///< that it holds
        std::optional<Error> calledOff = {};
    };
    using RunningList = std::list<Running>;

    void start();
    /// Counts what is kept for us, less with a negative number. False when it is too much.
    bool keep(qsizetype bytes);
    /// The same for what comes in.
    bool takeIn(qsizetype bytes);
    void readSome();
    void takeLines();
    void takeSomeLines();
    void takeRequest(RpcRequest request, qsizetype bytes);
    void countHalfLine();
    static Task<void> serve(std::shared_ptr<Connection> self, RunningList::iterator running,
                            Call call);
    void enqueue(QByteArray line);
    void flush();
    void closeAfterFlush();
    void watch();

    Reception &m_reception;
    int m_fd;
    Right m_right;
    std::unique_ptr<Peer> m_peer;
    std::shared_ptr<Share> m_share;
    Pool *m_pool;
    QString m_purpose;
    Poller::Id m_pollId = 0;
    uint32_t m_watched = 0;
    protocol::LineFramer m_framer;
    RunningList m_running;
    std::deque<QByteArray> m_unsent;
    std::vector<Descriptor> m_passed; ///< to go with the next of it
    qsizetype m_unsentBytes = 0;
    qsizetype m_halfLine = 0; ///< as it was counted
    qsizetype m_sentOfFirst = 0;
    bool m_corked = false; ///< answers of one read leave together
    bool m_reading = true;
    bool m_linesLeft = false; ///< read, and not looked at yet
    bool m_turnComes = false; ///< asked for, to look at them
    bool m_leaving = false; ///< closes when all is sent
};

} // namespace chatelaine::broker
