// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/Figure.h"
#include "tests/bench/Measurements.h"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

namespace chatelaine::bench {

namespace {

constexpr int rounds = 31;
constexpr int warmUps = 3;
constexpr int patienceMs = 30'000;

/// Nanoseconds from the start of a program to its first painted window. The program is asked to
/// end afterwards, and has ended.
int64_t startOf(const std::string &program)
{
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0)
        giveUp("no pipe");
    // The one that the program keeps.
    const int told = ::fcntl(ends[1], F_DUPFD, 100);
    ::setenv("BENCH_PAINTED_FD", std::to_string(told).c_str(), 1);
    std::string word = program;
    char *argv[] = {word.data(), nullptr};
    const int64_t start = now();
    pid_t pid = 0;
    if (::posix_spawnp(&pid, argv[0], nullptr, nullptr, argv, environ) != 0)
        giveUp("can't start " + program);
    ::close(told);
    ::close(ends[1]);
    pollfd waiting{ends[0], POLLIN, 0};
    char byte = 0;
    if (::poll(&waiting, 1, patienceMs) != 1 || ::read(ends[0], &byte, 1) != 1)
        giveUp(program + " paints no window");
    const int64_t took = now() - start;
    ::close(ends[0]);
    ::kill(pid, SIGTERM);
    while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) { }
    return took;
}

} // namespace

void measureStart(const std::string &ours, const std::string &beside, const std::string &firstPaint)
{
    ::setenv("LD_PRELOAD", firstPaint.c_str(), 1);
    Samples first;
    Samples second;
    for (int i = -warmUps; i < rounds; ++i) {
        const int64_t one = startOf(ours);
        const int64_t other = startOf(beside);
        if (i >= 0) {
            first.add(one);
            second.add(other);
        }
    }
    print({.id = "window_start",
        .title = "chatelaine-gui from its start to the first painted window",
        .value = first.medianUs() / 1000,
        .unit = "ms",
        .reference = second.medianUs() / 1000,
        .referenceName = "a bare window with a table",
        .aim = 1.5});
}

} // namespace chatelaine::bench
