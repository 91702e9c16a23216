// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdio>
#include <cstring>
#include <string>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace {

std::string lineOfInput()
{
    std::string line;
    for (int c = std::getchar(); c != EOF && c != '\n'; c = std::getchar())
        line.push_back(static_cast<char>(c));
    return line;
}

} // namespace

// broker_peer SOCKET: connects, says so, and waits for a line on stdin: the path of a program to
// become, and for a second one: its argument. An empty line ends it.
int main(int argc, char **argv)
{
    if (argc != 2)
        return 2;
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, argv[1], sizeof(address.sun_path) - 1);
    const int fd = ::socket(AF_UNIX, SOCK_STREAM, 0);
    if (::connect(fd, reinterpret_cast<const sockaddr *>(&address), sizeof(address)) != 0)
        return 1;
    std::puts("connected");
    std::fflush(stdout);
    const std::string program = lineOfInput();
    if (program.empty())
        return 0;
    const std::string argument = lineOfInput();
    ::execl(program.c_str(), program.c_str(), argument.c_str(), nullptr);
    return 1;
}
