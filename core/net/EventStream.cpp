// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/EventStream.h"

#include "core/base/Sentence.h"

#include <algorithm>
#include <utility>

namespace chatelaine::net {

namespace {

constexpr char byteOrderMark[] = "\xEF\xBB\xBF";

bool isDigits(QByteArrayView text)
{
    return !text.isEmpty()
        && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

EventStream::EventStream(qsizetype maxEventBytes)
    : m_maxEventBytes(maxEventBytes)
{ }

Result<QList<ServerEvent>> EventStream::feed(QByteArrayView bytes)
{
    QList<ServerEvent> events;
    qsizetype begin = 0;
    const auto endLine = [&](qsizetype end) {
        m_line.append(bytes.sliced(begin, end - begin));
        takeLine(m_line, events);
        m_line.clear();
    };
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        const char c = bytes[i];
        if (std::exchange(m_afterCr, false) && c == '\n') {
            begin = i + 1;
            continue;
        }
        if (c != '\n' && c != '\r')
            continue;
        endLine(i);
        begin = i + 1;
        m_afterCr = c == '\r';
        if (m_data.size() + m_event.size() > m_maxEventBytes)
            break;
    }
    m_line.append(bytes.sliced(std::min(begin, bytes.size())));
    if (m_line.size() + m_data.size() + m_event.size() > m_maxEventBytes) {
        return failure(ErrorCode::ProtocolViolation,
            Sentence::tr("The server sent an event larger than %1 bytes.").arg(m_maxEventBytes));
    }
    return events;
}

void EventStream::takeLine(QByteArrayView line, QList<ServerEvent> &events)
{
    if (std::exchange(m_atStart, false) && line.startsWith(byteOrderMark))
        line = line.sliced(3);

    if (line.isEmpty()) {
        m_lastId = m_id;
        if (std::exchange(m_hasData, false)) {
            events.append({m_event.isEmpty() ? QByteArrayLiteral("message") : m_event,
                m_data.chopped(1), m_lastId});
        }
        m_event.clear();
        m_data.clear();
        return;
    }

    const qsizetype colon = line.indexOf(':');
    if (colon == 0)
        return;
    const QByteArrayView field = colon < 0 ? line : line.first(colon);
    QByteArrayView value = colon < 0 ? QByteArrayView() : line.sliced(colon + 1);
    if (value.startsWith(' '))
        value = value.sliced(1);

    if (field == "event") {
        m_event = value.toByteArray();
    } else if (field == "data") {
        m_data.append(value).append('\n');
        m_hasData = true;
    } else if (field == "id") {
        if (!value.contains('\0'))
            m_id = value.toByteArray();
    } else if (field == "retry" && isDigits(value)) {
        bool ok = false;
        if (const qint64 ms = value.toByteArray().toLongLong(&ok); ok)
            m_retryMs = ms;
    }
}

} // namespace chatelaine::net
