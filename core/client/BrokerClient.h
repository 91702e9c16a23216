// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Descriptor.h"
#include "core/client/LineFramer.h"

#include <QJsonObject>
#include <QString>

#include <deque>
#include <functional>
#include <optional>
#include <vector>

/// The near end of the broker's sockets, blocking, on plain system calls: the command line has no
/// event loop and starts in the time of the dynamic linker.
namespace chatelaine::client {

/// What the broker said: an answer (id > 0: `object` is the result, or `error` is set) or a
/// notification (id 0: `method`, and `object` are the params).
struct Message
{
    qint64 id = 0;
    QString method;
    QJsonObject object;
    std::optional<Error> error;

    /// An error about the connection or the line we sent, and no answer; the broker closes after
    /// it.
    bool isAboutTheLine() const { return id == 0 && method.isEmpty() && error; }
};

/// One connection. Not for two threads at once. Movable; closes on destruction.
class BrokerClient
{
public:
    using Notify = std::function<void(const QString &method, const QJsonObject &params)>;

    /// Fails with BrokerUnavailable when nobody listens there.
    static Result<BrokerClient> connectTo(const QString &path);
    /// Takes over a connected descriptor.
    static BrokerClient adopt(int fd);

    BrokerClient(BrokerClient &&other) noexcept;
    BrokerClient &operator=(BrokerClient &&other) noexcept;
    ~BrokerClient();

    /// Sends a request and waits for its answer; what else arrives meanwhile goes to `notify`.
    /// `timeoutMs` counts from the call, -1 waits for ever. Errors are the broker's own, or
    /// BrokerUnavailable when the connection broke, or TimedOut.
    Result<QJsonObject> call(const QString &method, const QJsonObject &params = {},
                             const Notify &notify = {}, int timeoutMs = -1);

    /// The same; takes the descriptors that come with the answer (SCM_RIGHTS), which are closed
    /// unasked otherwise.
    Result<QJsonObject> callForDescriptors(const QString &method, const QJsonObject &params,
        std::vector<Descriptor> &descriptors, int timeoutMs);

    /// The two halves of call, for whoever watches other descriptors too. Gives the request's id.
    /// Where the broker has turned us away, its reason is the error.
    Result<qint64> send(const QString &method, const QJsonObject &params = {});
    /// The next message; nullopt when none came within `timeoutMs` (0: do not wait).
    Result<std::optional<Message>> receive(int timeoutMs);

    /// For poll(2). Before polling, take what is there with receive(0) until it gives nullopt.
    int fd() const { return m_fd; }
    void close();

private:
    explicit BrokerClient(int fd);
    Result<void> sendAll(QByteArrayView bytes);
    qsizetype readSome(char *to, size_t size);

    int m_fd = -1;
    qint64 m_lastId = 0;
    protocol::LineFramer m_framer;
    std::vector<Descriptor> *m_descriptors = nullptr; ///< where they go, during a call for them
    std::deque<Message> m_waiting; ///< answers to other requests that came during a call
};

} // namespace chatelaine::client
