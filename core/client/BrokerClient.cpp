// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/client/BrokerClient.h"

#include "core/base/Json.h"
#include "core/base/Secret.h"

#include <QFile>
#include <QJsonDocument>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <utility>

namespace chatelaine::client {

namespace {

// An answer may be longer than a request: a page of the history, what a tool gave back.
constexpr qsizetype maxAnswerBytes = 64 * 1024 * 1024;
constexpr size_t maxDescriptors = 2;

tl::unexpected<Error> broken(const QString &why)
{
    return failure(ErrorCode::BrokerUnavailable,
                   QStringLiteral("The broker is gone: %1. Run the command again; it starts a new "
                                  "one where none is running.")
                       .arg(why));
}

QString reasonOf(int error)
{
    return QString::fromLocal8Bit(std::strerror(error));
}

class Deadline
{
public:
    explicit Deadline(int timeoutMs)
        : m_endless(timeoutMs < 0)
        , m_end(std::chrono::steady_clock::now() + std::chrono::milliseconds(qMax(timeoutMs, 0)))
    {
    }
    int leftMs() const
    {
        if (m_endless)
            return -1;
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(
            m_end - std::chrono::steady_clock::now());
        return qMax(0, static_cast<int>(left.count()));
    }

private:
    bool m_endless;
    std::chrono::steady_clock::time_point m_end;
};

// 1: ready; 0: the time is over; -1: errno.
int waitFor(int fd, short events, const Deadline &deadline)
{
    for (;;) {
        pollfd one {fd, events, 0};
        const int ready = ::poll(&one, 1, deadline.leftMs());
        if (ready >= 0 || errno != EINTR)
            return ready;
    }
}

Result<Message> parseMessage(QByteArrayView line)
{
    QJsonParseError problem;
    const QJsonDocument document =
        QJsonDocument::fromJson(QByteArray::fromRawData(line.data(), line.size()), &problem);
    if (!document.isObject()) {
        return failure(ErrorCode::ProtocolViolation,
                       QStringLiteral("What listens on the broker's socket does not speak the "
                                      "broker's protocol."),
                       problem.errorString());
    }
    const QJsonObject object = document.object();
    Message message;
    const QJsonValue method = object.value(QLatin1StringView("method"));
    if (method.isString()) {
        message.method = method.toString();
        message.object = object.value(QLatin1StringView("params")).toObject();
        return message;
    }
    message.id = object.value(QLatin1StringView("id")).toInteger();
    const QJsonValue error = object.value(QLatin1StringView("error"));
    if (error.isObject())
        message.error = protocol::fromRpcError(error.toObject());
    else
        message.object = object.value(QLatin1StringView("result")).toObject();
    return message;
}

} // namespace

BrokerClient::BrokerClient(int fd)
    : m_fd(fd)
    , m_framer(maxAnswerBytes)
{
}

BrokerClient::BrokerClient(BrokerClient &&other) noexcept
    : m_fd(std::exchange(other.m_fd, -1))
    , m_lastId(other.m_lastId)
    , m_framer(std::move(other.m_framer))
    , m_waiting(std::move(other.m_waiting))
{
}

BrokerClient &BrokerClient::operator=(BrokerClient &&other) noexcept
{
    if (this != &other) {
        close();
        m_fd = std::exchange(other.m_fd, -1);
        m_lastId = other.m_lastId;
        m_framer = std::move(other.m_framer);
        m_waiting = std::move(other.m_waiting);
    }
    return *this;
}

BrokerClient::~BrokerClient()
{
    close();
}

void BrokerClient::close()
{
    if (m_fd >= 0)
        ::close(std::exchange(m_fd, -1));
}

BrokerClient BrokerClient::adopt(int fd)
{
    return BrokerClient(fd);
}

Result<BrokerClient> BrokerClient::connectTo(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    if (name.size() >= static_cast<qsizetype>(sizeof(address.sun_path))) {
        return failure(ErrorCode::InvalidInput,
                       QStringLiteral("The path of the broker's socket is too long for this system "
                                      "(%1). Choose a shorter CHATELAINE_HOME.")
                           .arg(path));
    }
    std::memcpy(address.sun_path, name.constData(), static_cast<size_t>(name.size()));

    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) {
        return failure(ErrorCode::Internal,
                       QStringLiteral("No socket could be made: %1.").arg(reasonOf(errno)));
    }
    BrokerClient client(fd);
    int outcome = 0;
    do {
        outcome = ::connect(fd, reinterpret_cast<const sockaddr *>(&address), sizeof(address));
    } while (outcome != 0 && errno == EINTR);
    if (outcome != 0) {
        return failure(ErrorCode::BrokerUnavailable,
                       QStringLiteral("No broker listens at %1. Start one with: chatelaine broker")
                           .arg(path),
                       reasonOf(errno));
    }
    return client;
}

Result<void> BrokerClient::sendAll(QByteArrayView bytes)
{
    const Deadline endless(-1);
    while (!bytes.isEmpty()) {
        const ssize_t count = ::send(m_fd, bytes.data(), static_cast<size_t>(bytes.size()),
                                     MSG_NOSIGNAL);
        if (count >= 0) {
            bytes = bytes.sliced(count);
            continue;
        }
        if (errno == EAGAIN && waitFor(m_fd, POLLOUT, endless) > 0)
            continue;
        if (errno != EINTR)
            return broken(reasonOf(errno));
    }
    return {};
}

Result<qint64> BrokerClient::send(const QString &method, const QJsonObject &params)
{
    if (m_fd < 0)
        return broken(QStringLiteral("the connection is closed"));
    const qint64 id = ++m_lastId;
    QByteArray line = json::compact({{QStringLiteral("jsonrpc"), QStringLiteral("2.0")},
                                     {QStringLiteral("id"), id},
                                     {QStringLiteral("method"), method},
                                     {QStringLiteral("params"), params}});
    line.append('\n');
    const Result<void> sent = sendAll(line);
    wipe(line);
    if (!sent) {
        // A broker that turns us away says why before it closes.
        for (;;) {
            Result<std::optional<Message>> last = receive(0);
            if (!last || !*last)
                return failure(sent.error());
            if ((*last)->isAboutTheLine())
                return failure(std::move(*(*last)->error));
        }
    }
    return id;
}

// As recv(2). unix(7): what nobody has made room for is closed by the kernel.
qsizetype BrokerClient::readSome(char *to, size_t size)
{
    if (!m_descriptors)
        return ::recv(m_fd, to, size, 0);
    iovec piece{to, size};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int) * maxDescriptors)> aside{};
    msghdr message = {};
    message.msg_iov = &piece;
    message.msg_iovlen = 1;
    message.msg_control = aside.data();
    message.msg_controllen = aside.size();
    const ssize_t count = ::recvmsg(m_fd, &message, MSG_CMSG_CLOEXEC);
    if (count < 0)
        return count;
    for (cmsghdr *one = CMSG_FIRSTHDR(&message); one; one = CMSG_NXTHDR(&message, one)) {
        if (one->cmsg_level != SOL_SOCKET || one->cmsg_type != SCM_RIGHTS)
            continue;
        for (size_t at = 0; at + sizeof(int) <= one->cmsg_len - CMSG_LEN(0); at += sizeof(int)) {
            int fd = -1;
            std::memcpy(&fd, CMSG_DATA(one) + at, sizeof(fd));
            m_descriptors->emplace_back(fd);
        }
    }
    return count;
}

Result<std::optional<Message>> BrokerClient::receive(int timeoutMs)
{
    if (!m_waiting.empty()) {
        Message message = std::move(m_waiting.front());
        m_waiting.pop_front();
        return std::optional(std::move(message));
    }
    const Deadline deadline(timeoutMs);
    for (;;) {
        if (const auto line = m_framer.next()) {
            Result<Message> message = parseMessage(*line);
            if (!message)
                return failure(std::move(message).error());
            return std::optional(std::move(*message));
        }
        if (m_framer.tooLong())
            return broken(QStringLiteral("it sent more than a message may be"));
        if (m_fd < 0)
            return broken(QStringLiteral("the connection is closed"));
        const int ready = waitFor(m_fd, POLLIN, deadline);
        if (ready == 0)
            return std::optional<Message>();
        std::array<char, 16 * 1024> chunk;
        const ssize_t count = ready < 0 ? -1 : readSome(chunk.data(), chunk.size());
        if (count > 0) {
            m_framer.append(QByteArrayView(chunk.data(), count));
            ::explicit_bzero(chunk.data(), static_cast<size_t>(count));
        } else if (count == 0) {
            return broken(QStringLiteral("it closed the connection"));
        } else if (errno != EINTR && errno != EAGAIN) {
            return broken(reasonOf(errno));
        }
    }
}

Result<QJsonObject> BrokerClient::call(const QString &method, const QJsonObject &params,
                                       const Notify &notify, int timeoutMs)
{
    const Result<qint64> id = send(method, params);
    if (!id)
        return failure(id.error());
    const Deadline deadline(timeoutMs);
    std::deque<Message> others = std::exchange(m_waiting, {});
    Result<QJsonObject> result;
    for (;;) {
        Result<std::optional<Message>> message = receive(deadline.leftMs());
        if (!message) {
            result = failure(std::move(message).error());
            break;
        }
        if (!*message) {
            result = failure(ErrorCode::TimedOut,
                             QStringLiteral("The broker did not answer %1 in time.").arg(method));
            break;
        }
        Message &got = **message;
        if (got.id == *id) {
            if (got.error)
                result = failure(std::move(*got.error));
            else
                result = std::move(got.object);
            break;
        }
        if (got.id != 0)
            others.push_back(std::move(got));
        else if (!got.method.isEmpty() && notify)
            notify(got.method, got.object);
        else if (got.isAboutTheLine()) {
            result = failure(std::move(*got.error));
            break;
        }
    }
    m_waiting = std::move(others);
    return result;
}

Result<QJsonObject> BrokerClient::callForDescriptors(const QString &method,
    const QJsonObject &params, std::vector<Descriptor> &descriptors, int timeoutMs)
{
    m_descriptors = &descriptors;
    Result<QJsonObject> result = call(method, params, {}, timeoutMs);
    m_descriptors = nullptr;
    return result;
}

} // namespace chatelaine::client
