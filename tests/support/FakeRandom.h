// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Random.h"

namespace chatelaine::test {

/// The same bytes in every run, different ones at every call.
class FakeRandom : public Random
{
public:
    QByteArray bytes(qsizetype count) override
    {
        QByteArray result(count, '\0');
        for (char &byte : result) {
            m_state = m_state * 6364136223846793005ULL + 1442695040888963407ULL;
            byte = static_cast<char>(m_state >> 56);
        }
        return result;
    }

private:
    quint64 m_state = 42;
};

} // namespace chatelaine::test
