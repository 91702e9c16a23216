// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace chatelaine::bench {

/// One line of the table.
struct Figure
{
    std::string id = {};
    std::string title = {};
    double value = 0;
    std::string unit = {}; ///< of value and reference
    double reference = 0; ///< what the ratio is to; 0: there is none
    std::string referenceName = {};
    double aim = 0; ///< of the ratio where there is a reference, else of the value; 0: none
    bool atLeast = false; ///< the aim is to be reached, not to be stayed under
    std::string note = {};

    double ratio() const { return reference > 0 ? value / reference : 0; }
    bool isMet() const;
};

/// As one line of JSON, on standard output.
void print(const Figure &figure);

/// Nanoseconds of CLOCK_MONOTONIC.
int64_t now();

/// Samples of one thing, in nanoseconds.
class Samples
{
public:
    void add(int64_t ns) { m_all.push_back(ns); }
    double medianUs() const { return quantileUs(0.5); }
    double quantileUs(double q) const;

private:
    std::vector<int64_t> m_all;
};

/// Nanoseconds that all threads of a process have run so far.
int64_t cpuTimeOf(int pid);

/// For what makes a measurement senseless.
[[noreturn]] void giveUp(const std::string &why);

} // namespace chatelaine::bench
