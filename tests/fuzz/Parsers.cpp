// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/Parsers.h"

#include <vector>

namespace chatelaine::fuzz {

std::span<const Parser> parsers()
{
    static const std::vector<Parser> all = [] {
        std::vector<Parser> list;
        for (const std::span<const Parser> part : {networkParsers(), localParsers()})
            list.insert(list.end(), part.begin(), part.end());
        return list;
    }();
    return all;
}

} // namespace chatelaine::fuzz
