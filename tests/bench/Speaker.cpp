// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/Speaker.h"

#include "tests/bench/Figure.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace chatelaine::bench {

Speaker::Speaker(const std::string &path)
    : m_fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path)
        giveUp("the path of a socket is too long: " + path);
    std::memcpy(address.sun_path, path.data(), path.size());
    if (::connect(m_fd, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
        giveUp("nothing listens at " + path);
}

Speaker::~Speaker()
{
    ::close(m_fd);
}

void Speaker::send(std::string_view bytes) const
{
    while (!bytes.empty()) {
        const ssize_t sent = ::send(m_fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0)
            giveUp("a server closed its connection");
        bytes.remove_prefix(static_cast<size_t>(sent));
    }
}

void Speaker::read()
{
    std::array<char, 64 * 1024> chunk;
    const ssize_t got = ::recv(m_fd, chunk.data(), chunk.size(), 0);
    if (got <= 0)
        giveUp("a server closed its connection");
    m_buffer.append(chunk.data(), static_cast<size_t>(got));
}

std::string Speaker::line()
{
    size_t end = 0;
    while ((end = m_buffer.find('\n')) == std::string::npos)
        read();
    std::string line = m_buffer.substr(0, end);
    m_buffer.erase(0, end + 1);
    return line;
}

std::string Speaker::agentMessage()
{
    while (m_buffer.size() < 4)
        read();
    size_t length = 0;
    for (size_t i = 0; i < 4; ++i)
        length = length << 8 | static_cast<uint8_t>(m_buffer[i]);
    while (m_buffer.size() < 4 + length)
        read();
    std::string message = m_buffer.substr(4, length);
    m_buffer.erase(0, 4 + length);
    return message;
}

size_t Speaker::takeLines()
{
    m_buffer.clear();
    read();
    return static_cast<size_t>(std::count(m_buffer.begin(), m_buffer.end(), '\n'));
}

std::string_view agentListRequest()
{
    return std::string_view("\0\0\0\1\13", 5);
}

std::string tokenRequest(const std::string &server)
{
    return R"({"jsonrpc":"2.0","id":1,"method":"token/get","params":{"server":")" + server
        + "\"}}\n";
}

std::string ask(Speaker &broker, const std::string &method, const std::string &params)
{
    broker.send(
        R"({"jsonrpc":"2.0","id":1,"method":")" + method + R"(","params":)" + params + "}\n");
    std::string answer = broker.line();
    if (answer.find("\"result\":") == std::string::npos)
        giveUp(method + " was answered with " + answer);
    return answer;
}

} // namespace chatelaine::bench
