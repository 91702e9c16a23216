// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace chatelaine::bench {

/// Where what is measured and what it is measured beside can be reached.
struct Places
{
    std::string server; ///< whose token is lent
    std::string broker; ///< broker.sock
    std::string agent;
    std::string echo;
    int brokerPid = 0;
    int agentPid = 0;
    int echoPid = 0;
};

void measureRequests(const Places &places);
void measureLoad(const Places &places);
void measureFirstRequest(const Places &places);
/// Loans of `places.server` while so many others, "PREFIX-1" and so on, are refreshed at once. Their
/// tokens have to live four seconds.
void measureStorm(const Places &places, const std::string &prefix, int servers);

/// Two programs, run to their ends in turn.
void measureProcesses(
    const std::vector<std::string> &ours, const std::vector<std::string> &beside);

/// Adds as many servers as make `count` on the control socket.
void addServers(const std::string &control, int count);
/// From the start to the first painted window, in turn with a program beside; `firstPaint` is the
/// library that tells of it.
void measureStart(
    const std::string &ours, const std::string &beside, const std::string &firstPaint);

/// Pss, from /proc/PID/smaps_rollup, of the broker or of the application without a window.
void measureMemory(int pid, bool application);
/// What strace has counted of it.
void noteSystemCalls(int calls);

/// A million rows in `directory`: pages and verification.
void measureHistory(const std::string &directory, int rows);

/// The figures on standard input, as Markdown.
void writeTable();

} // namespace chatelaine::bench
