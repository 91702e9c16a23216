// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <algorithm>
#include <span>

/// Everything that reads bytes of another hand, each behind the same face: a fuzzer feeds it, and
/// the test of the corpus does.
namespace chatelaine::fuzz {

/// Feeds the bytes in. nullptr when all is well, else the promise of the parser that was broken;
/// not crashing is promised anyway.
using Feed = const char *(*)(QByteArrayView bytes);

struct Parser
{
    const char *name; ///< of the fuzzer and of its folder in tests/fuzz/corpus
    Feed feed;
};

std::span<const Parser> parsers();

/// The parsers by whom their bytes come from: the network, or this machine.
std::span<const Parser> networkParsers();
std::span<const Parser> localParsers();

/// The input up to the first line break, and what is behind it.
struct Halves
{
    QByteArray first;
    QByteArray second;
};
inline Halves halves(QByteArrayView bytes)
{
    const qsizetype at = bytes.indexOf('\n');
    if (at < 0)
        return {bytes.toByteArray(), {}};
    return {bytes.first(at).toByteArray(), bytes.sliced(at + 1).toByteArray()};
}

} // namespace chatelaine::fuzz
