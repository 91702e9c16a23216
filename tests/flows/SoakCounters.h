// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>

#include <atomic>

namespace chatelaine::test {

/// What a client process has seen, in a file that both sides map: it is there after a kill -9.
struct SoakCounters
{
    std::atomic<quint64> begun; ///< connections that have had an answer
    std::atomic<quint64> received; ///< tokens
    std::atomic<quint64> wrong; ///< of another server or another person, or at their end
    std::atomic<quint64> away; ///< errors that say what did not answer: the server, the keychain
    std::atomic<quint64> refused; ///< answers that are other errors
    std::atomic<quint64> hungUp; ///< connections that the broker has closed
    char lastError[512]; ///< of `wrong` and `refused`, for the person who reads the test's output

    /// nullptr where the file can't be mapped. Lives as long as the file is open.
    static SoakCounters *in(QFile &file)
    {
        if (!file.open(QIODevice::ReadWrite) || !file.resize(sizeof(SoakCounters)))
            return nullptr;
        return reinterpret_cast<SoakCounters *>(file.map(0, sizeof(SoakCounters)));
    }
};

} // namespace chatelaine::test
