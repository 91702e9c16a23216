// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/Figure.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>

namespace chatelaine::bench {

bool Figure::isMet() const
{
    if (aim <= 0)
        return true;
    const double compared = reference > 0 ? ratio() : value;
    return atLeast ? compared >= aim : compared <= aim;
}

void print(const Figure &figure)
{
    std::printf(R"({"id":"%s","title":"%s","value":%.3f,"unit":"%s")", figure.id.c_str(),
        figure.title.c_str(), figure.value, figure.unit.c_str());
    if (figure.reference > 0) {
        std::printf(R"(,"beside":"%s","beside_value":%.3f,"ratio":%.3f)",
            figure.referenceName.c_str(), figure.reference, figure.ratio());
    }
    if (figure.aim > 0) {
        std::printf(R"(,"aim":"%s %g","met":%s)", figure.atLeast ? ">=" : "<=", figure.aim,
            figure.isMet() ? "true" : "false");
    }
    if (!figure.note.empty())
        std::printf(R"(,"note":"%s")", figure.note.c_str());
    std::printf("}\n");
    std::fflush(stdout);
}

int64_t now()
{
    timespec time = {};
    ::clock_gettime(CLOCK_MONOTONIC, &time);
    return int64_t(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

double Samples::quantileUs(double q) const
{
    if (m_all.empty())
        return 0;
    std::vector<int64_t> sorted = m_all;
    const auto index = static_cast<std::ptrdiff_t>(q * static_cast<double>(sorted.size() - 1));
    std::nth_element(sorted.begin(), sorted.begin() + index, sorted.end());
    return static_cast<double>(sorted[static_cast<size_t>(index)]) / 1000.0;
}

int64_t cpuTimeOf(int pid)
{
    // proc(5), schedstat: the first field is the time on a processor.
    int64_t sum = 0;
    const std::string tasks = "/proc/" + std::to_string(pid) + "/task";
    for (const auto &task : std::filesystem::directory_iterator(tasks)) {
        std::ifstream file(task.path() / "schedstat");
        int64_t time = 0;
        file >> time;
        sum += time;
    }
    return sum;
}

void giveUp(const std::string &why)
{
    std::fprintf(stderr, "bench: %s\n", why.c_str());
    std::exit(1);
}

} // namespace chatelaine::bench
