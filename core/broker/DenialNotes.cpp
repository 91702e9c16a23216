// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/broker/DenialNotes.h"

#include <limits>

namespace chatelaine::broker {

namespace {

QString clientOf(const audit::Event &event)
{
    return event.client.exe.isEmpty() ? QString::number(event.client.pid) : event.client.exe;
}

QString keyOf(const audit::Event &event)
{
    return QStringList{clientOf(event), event.event, event.server, event.account, event.scope,
        event.grant, event.detail}
        .join(u'\n');
}

} // namespace

DenialNotes::DenialNotes(audit::AuditLog &audit, Clock &clock)
    : m_audit(audit)
    , m_clock(clock)
    , m_alarm(clock.createAlarm())
{
    connect(m_alarm.get(), &Alarm::fired, this, &DenialNotes::sweep);
}

void DenialNotes::note(audit::Event event)
{
    const qint64 now = m_clock.bootMs();
    QString key = keyOf(event);
    const QString client = clientOf(event);
    const bool tooMany = !m_counted.contains(key) && m_rows.value(client) >= rowsOfOneClient;
    if (tooMany)
        key = client;
    const auto found = m_counted.find(key);
    if (found != m_counted.end() && found->until > now) {
        ++found->more;
        return;
    }
    if (found != m_counted.end()) {
        write(*found);
        *found = {event, now + togetherMs, 0, tooMany};
    } else {
        ++m_rows[client];
        m_counted.insert(key, {event, now + togetherMs, 0, tooMany});
    }
    m_audit.note(event);
    setAlarm();
}

void DenialNotes::write(const Counted &counted)
{
    if (counted.more == 0)
        return;
    audit::Event event = counted.event;
    if (counted.others) {
        event.server.clear();
        event.account.clear();
        event.scope.clear();
        event.grant.clear();
        event.detail =
            QStringLiteral("%1 more refused or failed within a minute").arg(counted.more);
    } else {
        event.detail += QStringLiteral("; %1 more like it within a minute").arg(counted.more);
    }
    m_audit.note(event);
}

void DenialNotes::flush()
{
    for (const Counted &counted : std::as_const(m_counted))
        write(counted);
    m_counted.clear();
    m_rows.clear();
    m_alarm->clear();
}

void DenialNotes::sweep()
{
    const qint64 now = m_clock.bootMs();
    m_counted.removeIf([&](const auto &one) {
        if (one.value().until > now)
            return false;
        write(one.value());
        const QString client = clientOf(one.value().event);
        if (--m_rows[client] <= 0)
            m_rows.remove(client);
        return true;
    });
    setAlarm();
}

void DenialNotes::setAlarm()
{
    qint64 next = std::numeric_limits<qint64>::max();
    for (const Counted &counted : std::as_const(m_counted))
        next = std::min(next, counted.until);
    if (m_counted.isEmpty())
        m_alarm->clear();
    else
        m_alarm->set(next);
}

} // namespace chatelaine::broker
