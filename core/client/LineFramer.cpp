// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/client/LineFramer.h"

#include "core/base/Secret.h"

#include <cstring>

namespace chatelaine::protocol {

// An idle connection keeps no more than this.
static constexpr qsizetype keptBytes = 1024;

LineFramer::LineFramer(qsizetype max)
    : m_max(max)
{
}

LineFramer::~LineFramer()
{
    wipe(m_buffer);
}

void LineFramer::append(QByteArrayView bytes)
{
    if (m_tooLong)
        return;
    const qsizetype needed = m_buffer.size() + bytes.size();
    if (m_buffer.capacity() < needed) {
        // Growing copies; the old place must not keep what it held.
        QByteArray larger;
        larger.reserve(qMax(needed, 2 * m_buffer.capacity()));
        larger.append(m_buffer);
        wipe(m_buffer);
        m_buffer = std::move(larger);
    }
    m_buffer.append(bytes);
}

std::optional<QByteArrayView> LineFramer::next()
{
    if (m_given > m_start) {
        std::memset(m_buffer.data() + m_start, 0, static_cast<size_t>(m_given - m_start));
        m_start = m_given;
    }
    if (m_tooLong)
        return std::nullopt;
    if (m_start == m_buffer.size()) {
        if (m_buffer.capacity() > keptBytes)
            m_buffer = QByteArray();
        else
            m_buffer.resize(0);
        m_start = m_given = m_scanned = 0;
        return std::nullopt;
    }
    const qsizetype from = qMax(m_start, m_scanned);
    const void *const found = std::memchr(m_buffer.constData() + from, '\n',
                                          static_cast<size_t>(m_buffer.size() - from));
    const qsizetype end =
        found ? static_cast<const char *>(found) - m_buffer.constData() : m_buffer.size();
    if (end - m_start > m_max) {
        m_tooLong = true;
        return std::nullopt;
    }
    if (!found) {
        const qsizetype rest = end - m_start;
        if (m_start > 0) {
            char *const data = m_buffer.data();
            std::memmove(data, data + m_start, static_cast<size_t>(rest));
            std::memset(data + rest, 0, static_cast<size_t>(m_start));
            m_buffer.resize(rest);
        }
        m_start = m_given = 0;
        m_scanned = rest;
        return std::nullopt;
    }
    m_given = end + 1;
    m_scanned = m_given;
    return QByteArrayView(m_buffer.constData() + m_start, end - m_start);
}

} // namespace chatelaine::protocol
