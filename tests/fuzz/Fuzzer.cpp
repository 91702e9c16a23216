// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/Parsers.h"

#include <QCoreApplication>

#include <cstdio>
#include <cstdlib>
#include <string_view>

using namespace chatelaine::fuzz;

// libFuzzer's entry points; PARSER is the name of the parser that this executable feeds.

extern "C" int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    static const QCoreApplication application(*argc, *argv);
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const char *data, size_t size)
{
    static const Parser parser = [] {
        for (const Parser &candidate : parsers()) {
            if (std::string_view(candidate.name) == PARSER)
                return candidate;
        }
        std::abort();
    }();
    if (const char *const broken = parser.feed({data, static_cast<qsizetype>(size)})) {
        std::fprintf(stderr, "%s: %s\n", PARSER, broken);
        std::abort();
    }
    return 0;
}
