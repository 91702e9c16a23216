// SPDX-License-Identifier: GPL-3.0-or-later
// What a connection sends.
#include "core/broker/Connection.h"
#include "core/broker/Reception.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace chatelaine::broker {

namespace {

// unix(7)
constexpr size_t maxPassed = 2;
void putAside(msghdr &message, char *aside, const std::vector<Descriptor> &descriptors)
{
    std::array<int, maxPassed> numbers{};
    const size_t count = std::min(descriptors.size(), maxPassed);
    for (size_t i = 0; i < count; ++i)
        numbers.at(i) = descriptors[i].get();
    message.msg_control = aside;
    message.msg_controllen = CMSG_SPACE(count * sizeof(int));
    cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(count * sizeof(int));
    std::memcpy(CMSG_DATA(header), numbers.data(), count * sizeof(int));
}

} // namespace

void Connection::notify(const QString &method, const QJsonObject &params)
{
    if (m_fd >= 0)
        enqueue(notificationLine(method, params));
}

Descriptor Connection::handOver(const std::vector<int> &descriptors)
{
    const auto copyOf = [](int fd) { return Descriptor(::fcntl(fd, F_DUPFD_CLOEXEC, 0)); };
    m_passed.clear();
    for (size_t i = 0; i < qMin(descriptors.size(), maxPassed); ++i)
        m_passed.push_back(copyOf(descriptors[i]));
    return copyOf(m_fd);
}

void Connection::enqueue(QByteArray line)
{
    if (m_fd < 0) {
        wipe(line);
        return;
    }
    const bool within = keep(line.size());
    if (m_unsentBytes > m_reception.m_limits.unsentBytes || !within) {
        // What it does not fetch must not pile up here.
        keep(-line.size());
        wipe(line);
        close();
        return;
    }
    m_unsentBytes += line.size();
    m_unsent.push_back(std::move(line));
    if (!m_corked)
        flush();
}

void Connection::flush()
{
    while (m_fd >= 0 && !m_unsent.empty()) {
        std::array<iovec, 32> pieces {};
        size_t count = 0;
        for (QByteArray &line : m_unsent) {
            const qsizetype skip = count == 0 ? m_sentOfFirst : 0;
            pieces[count] = {line.data() + skip, static_cast<size_t>(line.size() - skip)};
            if (++count == pieces.size())
                break;
        }
        msghdr message = {};
        message.msg_iov = pieces.data();
        message.msg_iovlen = count;
        alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int) * maxPassed)> aside{};
        if (!m_passed.empty())
            putAside(message, aside.data(), m_passed);
        ssize_t sent = ::sendmsg(m_fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0) {
            if (errno == EINTR)
                continue;
            if (errno != EAGAIN)
                close();
            break;
        }
        m_passed.clear();
        m_unsentBytes -= sent;
        keep(-sent);
        while (sent > 0) {
            QByteArray &first = m_unsent.front();
            const qsizetype rest = first.size() - m_sentOfFirst;
            if (sent < rest) {
                m_sentOfFirst += sent;
                break;
            }
            sent -= rest;
            wipe(first);
            m_unsent.pop_front();
            m_sentOfFirst = 0;
        }
    }
    if (m_leaving && m_unsent.empty())
        close();
    else
        watch();
}

void Connection::closeAfterFlush()
{
    m_leaving = true;
    m_reading = false;
    if (m_unsent.empty())
        close();
    else
        watch();
}

} // namespace chatelaine::broker
