// SPDX-License-Identifier: GPL-3.0-or-later
// One measurement a call; tests/bench/run puts them together.
#include "tests/bench/Figure.h"
#include "tests/bench/Measurements.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstdlib>

using namespace chatelaine;

namespace {

std::string variable(const char *name)
{
    const char *const value = std::getenv(name);
    if (!value)
        bench::giveUp(std::string(name) + " is not set; this is started by tests/bench/run");
    return value;
}

bench::Places places()
{
    return {variable("BENCH_SERVER"), variable("BENCH_BROKER"), variable("SSH_AUTH_SOCK"),
        variable("BENCH_ECHO"), std::stoi(variable("BENCH_BROKER_PID")),
        std::stoi(variable("SSH_AGENT_PID")), std::stoi(variable("BENCH_ECHO_PID"))};
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const std::vector<std::string> words(argv + 1, argv + argc);
    const std::string what = words.empty() ? std::string() : words[0];
    if (what == "requests") {
        bench::measureRequests(places());
    } else if (what == "load") {
        bench::measureLoad(places());
    } else if (what == "first") {
        bench::measureFirstRequest(places());
    } else if (what == "storm" && words.size() == 3) {
        bench::measureStorm(places(), words[1], std::stoi(words[2]));
    } else if (what == "processes") {
        // OURS -- BESIDE
        const auto cut = std::find(words.begin(), words.end(), "--");
        if (cut == words.end())
            bench::giveUp("two commands are needed, with -- between them");
        bench::measureProcesses({words.begin() + 1, cut}, {cut + 1, words.end()});
    } else if (what == "servers" && words.size() == 3) {
        bench::addServers(words[1], std::stoi(words[2]));
    } else if (what == "memory" && words.size() == 2) {
        bench::measureMemory(std::stoi(words[1]), false);
    } else if (what == "window-memory" && words.size() == 2) {
        bench::measureMemory(std::stoi(words[1]), true);
    } else if (what == "start" && words.size() == 4) {
        bench::measureStart(words[1], words[2], words[3]);
    } else if (what == "history" && words.size() == 3) {
        bench::measureHistory(words[1], std::stoi(words[2]));
    } else if (what == "calls" && words.size() == 2) {
        bench::noteSystemCalls(std::stoi(words[1]));
    } else if (what == "table") {
        bench::writeTable();
    } else {
        bench::giveUp("start tests/bench/run instead");
    }
    return 0;
}
