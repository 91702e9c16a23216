// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/Figure.h"
#include "tests/bench/Measurements.h"
#include "tests/bench/Speaker.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <deque>
#include <functional>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace chatelaine::bench {

namespace {

constexpr int rounds = 400;
constexpr int requestsOfARound = 50;

struct Contestant
{
    std::function<void()> request;
    int pid;
    Samples times = {};
    int64_t cpu = 0;
};

double cpuUsOf(const Contestant &one)
{
    return static_cast<double>(one.cpu) / 1000.0 / (rounds * requestsOfARound);
}

std::string described(const Contestant &one)
{
    std::array<char, 80> text;
    std::snprintf(text.data(), text.size(), "p99 %.0f us, %.1f us of processor each",
        one.times.quantileUs(0.99), cpuUsOf(one));
    return text.data();
}

} // namespace

void measureRequests(const Places &places)
{
    Speaker broker(places.broker);
    Speaker agent(places.agent);
    Speaker echo(places.echo);
    const std::string request = tokenRequest(places.server);
    if (ask(broker, "token/get", R"({"server":")" + places.server + "\"}").find("access_token")
        == std::string::npos)
        giveUp("the broker lends no token");

    std::array<Contestant, 3> all {
        Contestant {[&] {
                        broker.send(request);
                        broker.line();
                    },
            places.brokerPid},
        Contestant {[&] {
                        agent.send(agentListRequest());
                        agent.agentMessage();
                    },
            places.agentPid},
        Contestant {[&] {
                        echo.send(request);
                        echo.line();
                    },
            places.echoPid},
    };
    for (int round = -10; round < rounds; ++round) {
        for (Contestant &one : all) {
            const int64_t before = cpuTimeOf(one.pid);
            for (int i = 0; i < requestsOfARound; ++i) {
                const int64_t start = now();
                one.request();
                if (round >= 0)
                    one.times.add(now() - start);
            }
            if (round >= 0)
                one.cpu += cpuTimeOf(one.pid) - before;
        }
    }
    const double us = all[0].times.medianUs();
    print({.id = "token_get_agent",
        .title = "warm token/get, written to the history, on a kept connection",
        .value = us,
        .unit = "us",
        .reference = all[1].times.medianUs(),
        .referenceName = "ssh-agent lists one key",
        .aim = 4,
        .note = described(all[0])});
    print({.id = "token_get_echo",
        .title = "the same",
        .value = us,
        .unit = "us",
        .reference = all[2].times.medianUs(),
        .referenceName = "a bare QLocalSocket echoes it"});
    print({.id = "token_get_cpu",
        .title = "the same, processor time of the server",
        .value = cpuUsOf(all[0]),
        .unit = "us",
        .reference = cpuUsOf(all[1]),
        .referenceName = "ssh-agent lists one key"});
}

namespace {

constexpr int connections = 64;
constexpr int requestsOfALoad = 16'000;

// Requests a second with `connections` connections that keep `depth` requests on the way each.
double load(std::deque<Speaker> &speakers, const std::string &request, int depth)
{
    std::string first;
    for (int i = 0; i < depth; ++i)
        first += request;
    std::vector<pollfd> fds;
    for (const Speaker &speaker : speakers)
        fds.push_back({speaker.fd(), POLLIN, 0});
    int left = requestsOfALoad;
    int open = 0;
    const int64_t start = now();
    for (const Speaker &speaker : speakers) {
        speaker.send(first);
        left -= depth;
        open += depth;
    }
    while (open > 0) {
        ::poll(fds.data(), fds.size(), -1);
        for (size_t i = 0; i < fds.size(); ++i) {
            if ((fds[i].revents & (POLLIN | POLLHUP)) == 0)
                continue;
            const auto answered = static_cast<int>(speakers[i].takeLines());
            open -= answered;
            const int more = std::min(answered, left);
            if (more > 0) {
                speakers[i].send(
                    std::string_view(first).substr(0, static_cast<size_t>(more) * request.size()));
                left -= more;
                open += more;
            }
        }
    }
    return requestsOfALoad * 1e9 / static_cast<double>(now() - start);
}

// Of a rate, what the least disturbed round reached: others' work on the machine only takes away.
double bestOf(const std::vector<double> &values)
{
    return *std::max_element(values.begin(), values.end());
}

} // namespace

void measureLoad(const Places &places)
{
    std::deque<Speaker> brokers;
    std::deque<Speaker> echoes;
    for (int i = 0; i < connections; ++i) {
        brokers.emplace_back(places.broker);
        echoes.emplace_back(places.echo);
    }
    const std::string request = tokenRequest(places.server);
    std::vector<double> loans;
    std::vector<double> pipelined;
    std::vector<double> echoed;
    std::vector<double> echoedInBulk;
    for (int round = 0; round < 9; ++round) {
        loans.push_back(load(brokers, request, 1));
        echoed.push_back(load(echoes, request, 1));
        pipelined.push_back(load(brokers, request, 16));
        echoedInBulk.push_back(load(echoes, request, 16));
    }
    print({.id = "loans_64",
        .title = "loans with 64 connections, a request on the way on each",
        .value = bestOf(loans),
        .unit = "/s",
        .reference = bestOf(echoed),
        .referenceName = "the bare echo with the same",
        .aim = 0.25,
        .atLeast = true});
    print({.id = "loans_64_pipelined",
        .title = "loans with 64 connections, 16 requests on the way on each",
        .value = bestOf(pipelined),
        .unit = "/s",
        .reference = bestOf(echoed),
        .referenceName = "the bare echo, message by message",
        .aim = 0.25,
        .atLeast = true});
    // The echo gives sixteen back as one piece here: bytes, not messages.
    print({.id = "loans_64_bulk",
        .title = "the same",
        .value = bestOf(pipelined),
        .unit = "/s",
        .reference = bestOf(echoedInBulk),
        .referenceName = "the bare echo, 16 messages in one piece"});
}

void measureFirstRequest(const Places &places)
{
    Samples connected;
    Samples echoed;
    const std::string request = tokenRequest(places.server);
    for (int round = 0; round < 300; ++round) {
        for (const bool toBroker : {true, false}) {
            std::array<int, 2> pipe {};
            if (::pipe(pipe.data()) != 0)
                giveUp("no pipe");
            const pid_t child = ::fork();
            if (child == 0) {
                const int64_t start = now();
                Speaker speaker(toBroker ? places.broker : places.echo);
                speaker.send(request);
                speaker.line();
                const int64_t took = now() - start;
                ::_exit(::write(pipe[1], &took, sizeof took) == sizeof took ? 0 : 1);
            }
            int64_t took = 0;
            ::close(pipe[1]);
            if (::read(pipe[0], &took, sizeof took) != sizeof took)
                giveUp("a new process had no answer");
            ::close(pipe[0]);
            ::waitpid(child, nullptr, 0);
            (toBroker ? connected : echoed).add(took);
        }
    }
    print({.id = "first_request",
        .title = "connect and first token/get of a new process, who it is found out from nothing",
        .value = connected.medianUs(),
        .unit = "us",
        .aim = 1000});
}

} // namespace chatelaine::bench
