// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/Figure.h"
#include "tests/bench/Measurements.h"
#include "tests/bench/Speaker.h"

#include <cerrno>
#include <fcntl.h>
#include <fstream>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

namespace chatelaine::bench {

namespace {

struct Program
{
    std::vector<std::string> words;
    Samples times = {};
    int64_t cpu = 0;

    void run(bool counted)
    {
        std::vector<char *> argv;
        for (std::string &word : words)
            argv.push_back(word.data());
        argv.push_back(nullptr);
        posix_spawn_file_actions_t actions;
        ::posix_spawn_file_actions_init(&actions);
        ::posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
        const int64_t start = now();
        pid_t pid = 0;
        if (::posix_spawnp(&pid, argv[0], &actions, nullptr, argv.data(), environ) != 0)
            giveUp("can't start " + words[0]);
        int status = 0;
        rusage usage = {};
        while (::wait4(pid, &status, 0, &usage) < 0 && errno == EINTR) { }
        const int64_t end = now();
        ::posix_spawn_file_actions_destroy(&actions);
        if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
            giveUp(words[0] + " failed");
        if (!counted)
            return;
        times.add(end - start);
        for (const timeval &time : {usage.ru_utime, usage.ru_stime})
            cpu += int64_t(time.tv_sec) * 1'000'000 + time.tv_usec;
    }
};

constexpr int runs = 300;

} // namespace

void measureProcesses(const std::vector<std::string> &ours, const std::vector<std::string> &beside)
{
    Program first {ours};
    Program second {beside};
    for (int i = -20; i < runs; ++i) {
        first.run(i >= 0);
        second.run(i >= 0);
    }
    print({.id = "process",
        .title = "chatelaine token as a whole process",
        .value = first.times.medianUs() / 1000,
        .unit = "ms",
        .reference = second.times.medianUs() / 1000,
        .referenceName = "ssh-add -l",
        .aim = 1.5});
    print({.id = "process_cpu",
        .title = "the same, processor time of the process",
        .value = static_cast<double>(first.cpu) / runs / 1000,
        .unit = "ms",
        .reference = static_cast<double>(second.cpu) / runs / 1000,
        .referenceName = "ssh-add -l"});
}

void addServers(const std::string &control, int count)
{
    Speaker broker(control);
    const std::string before = ask(broker, "servers/list", "{}");
    int have = 0;
    for (size_t at = 0; (at = before.find("\"has_refresh_token\"", at)) != std::string::npos; ++at)
        ++have;
    for (; have < count; ++have) {
        const std::string number = std::to_string(have);
        ask(broker, "servers/add",
            R"({"url":"https://mcp-)" + number + R"(.example.com/mcp","name":"bench-)" + number
                + "\"}");
    }
}

void measureMemory(int pid, bool application)
{
    std::ifstream file("/proc/" + std::to_string(pid) + "/smaps_rollup");
    std::string word;
    double kilobytes = 0;
    while (file >> word) {
        if (word == "Pss:")
            file >> kilobytes;
    }
    if (kilobytes <= 0)
        giveUp("smaps_rollup can't be read: the process is not dumpable, so only root may");
    if (application) {
        print({.id = "window_memory",
            .title = "resident memory of the idle application with its window closed (Pss)",
            .value = kilobytes / 1024,
            .unit = "MiB",
            .aim = 57.22}); // 60 MB
        return;
    }
    print({.id = "memory",
        .title = "resident memory of the idle broker with 100 servers (Pss)",
        .value = kilobytes / 1024,
        .unit = "MiB",
        .aim = 19.07}); // 20 MB
}

void noteSystemCalls(int calls)
{
    print({.id = "idle_calls",
        .title = "system calls of the idle broker in ten seconds",
        .value = static_cast<double>(calls),
        .unit = "",
        .aim = 0.5}); // none
}

} // namespace chatelaine::bench
