// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace chatelaine::bench {

/// A blocking connection to one of the three servers. The same few system calls for each, so that
/// what differs is theirs.
class Speaker
{
public:
    explicit Speaker(const std::string &path);
    ~Speaker();
    Speaker(const Speaker &) = delete;
    Speaker &operator=(const Speaker &) = delete;

    int fd() const { return m_fd; }
    void send(std::string_view bytes) const;
    /// One line without its end.
    std::string line();
    /// One message of the agent protocol (draft-ietf-sshm-ssh-agent, section 3), its length first.
    std::string agentMessage();
    /// What there is; counts line ends.
    size_t takeLines();

private:
    void read();

    int m_fd;
    std::string m_buffer;
};

/// SSH_AGENTC_REQUEST_IDENTITIES.
std::string_view agentListRequest();
/// token/get of a server; the id is 1.
std::string tokenRequest(const std::string &server);
/// A request of the broker and its result; gives up on an error.
std::string ask(Speaker &broker, const std::string &method, const std::string &params);

} // namespace chatelaine::bench
