// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

#include <optional>

namespace chatelaine::net {

struct ServerEvent
{
    QByteArray event; ///< "message" when the stream names none
    QByteArray data;
    QByteArray id; ///< the last event id as of this event
};

/// Reads text/event-stream (WHATWG HTML §9.2.6) piece by piece, wherever it is cut. Pure.
class EventStream
{
public:
    /// `maxEventBytes`: what one event may hold, its unfinished line included.
    explicit EventStream(qsizetype maxEventBytes = 16 * 1024 * 1024);

    /// The events that these bytes complete. Fails with ProtocolViolation once an event is too
    /// large; the stream is then of no use any more.
    Result<QList<ServerEvent>> feed(QByteArrayView bytes);

    QByteArray lastEventId() const { return m_lastId; }
    /// The reconnection time the server last asked for, in milliseconds.
    std::optional<qint64> retryMs() const { return m_retryMs; }

private:
    void takeLine(QByteArrayView line, QList<ServerEvent> &events);

    qsizetype m_maxEventBytes;
    QByteArray m_line;
    QByteArray m_event;
    QByteArray m_data;
    QByteArray m_id;
    QByteArray m_lastId;
    std::optional<qint64> m_retryMs;
    bool m_hasData = false;
    bool m_atStart = true;
    bool m_afterCr = false;
};

} // namespace chatelaine::net
