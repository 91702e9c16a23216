// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/Figure.h"
#include "tests/bench/Measurements.h"
#include "tests/bench/Speaker.h"

#include <array>
#include <cstdio>
#include <ctime>
#include <deque>
#include <poll.h>

namespace chatelaine::bench {

namespace {

constexpr int storms = 24;
constexpr int crowd = 4; // connections that the storm's requests are spread over
constexpr int64_t ms = 1'000'000;
constexpr int64_t paceNs = 1 * ms;
constexpr int64_t calmNs = 300 * ms;
/// The lab's tokens live four seconds; one that is past the half of its life is not good enough for
/// who asks for more than that.
constexpr int64_t halfALifeNs = 2'200 * ms;

void sleepUntil(int64_t ns)
{
    timespec when = {};
    when.tv_sec = static_cast<time_t>(ns / 1'000'000'000);
    when.tv_nsec = static_cast<long>(ns % 1'000'000'000);
    while (::clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &when, nullptr) != 0) { }
}

/// One loan each millisecond; a time counts from when the loan was due.
class Regular
{
public:
    Regular(const Places &places)
        : m_broker(places.broker)
        , m_request(tokenRequest(places.server))
    { }

    void start() { m_due = now(); }
    void borrow(Samples &times)
    {
        m_due += paceNs;
        sleepUntil(m_due);
        m_broker.send(m_request);
        if (m_broker.line().find("access_token") == std::string::npos)
            giveUp("the broker lends no token");
        times.add(now() - m_due);
    }

private:
    Speaker m_broker;
    std::string m_request;
    int64_t m_due = 0;
};

size_t linesWaiting(Speaker &speaker)
{
    pollfd one{speaker.fd(), POLLIN, 0};
    return ::poll(&one, 1, 0) == 1 ? speaker.takeLines() : 0;
}

} // namespace

void measureStorm(const Places &places, const std::string &prefix, int servers)
{
    const auto name = [&prefix](int server) { return prefix + '-' + std::to_string(server + 1); };
    std::deque<Speaker> speakers;
    for (int i = 0; i < crowd; ++i)
        speakers.emplace_back(places.broker);
    Speaker witness(places.broker);
    Regular regular(places);
    Samples calm;
    Samples stormy;
    int64_t lasted = 0;
    int64_t last = now();
    for (int storm = -1; storm < storms; ++storm) {
        sleepUntil(last + halfALifeNs - calmNs);
        Samples unheard;
        regular.start();
        while (now() < last + halfALifeNs)
            regular.borrow(storm < 0 ? unheard : calm);
        for (int i = 0; i < crowd; ++i) {
            std::string requests;
            for (int server = i; server < servers; server += crowd) {
                requests += R"({"jsonrpc":"2.0","id":1,"method":"token/get","params":{"server":")"
                    + name(server)
                    + R"(","min_valid_s":60}})"
                      "\n";
            }
            speakers[static_cast<size_t>(i)].send(requests);
        }
        last = now();
        regular.start();
        for (size_t answered = 0; answered < static_cast<size_t>(servers);) {
            regular.borrow(storm < 0 ? unheard : stormy);
            for (Speaker &speaker : speakers)
                answered += linesWaiting(speaker);
        }
        if (storm >= 0)
            lasted += now() - last;
    }
    // An error would have been an answer as well.
    for (int server = 0; server < servers; ++server)
        ask(witness, "token/get", R"({"server":")" + name(server) + "\"}");
    std::array<char, 120> note;
    std::snprintf(note.data(), note.size(), "a storm takes %.0f ms; medians %.0f and %.0f us",
        static_cast<double>(lasted) / storms / ms, stormy.medianUs(), calm.medianUs());
    print({.id = "storm",
        .title = "p99 of a warm token/get while " + std::to_string(servers)
            + " servers' tokens are refreshed at once, one loan each millisecond",
        .value = stormy.quantileUs(0.99),
        .unit = "us",
        .reference = calm.quantileUs(0.99),
        .referenceName = "p99 of the same in between",
        .aim = 2,
        .note = note.data()});
}

} // namespace chatelaine::bench
