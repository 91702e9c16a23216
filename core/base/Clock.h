// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Async.h"
#include "core/base/Time.h"

#include <QObject>

#include <memory>

namespace chatelaine {

/// Goes off once at a point of boot time. Lives in the thread that made it.
class Alarm : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    /// Sets (or moves) the deadline, in milliseconds of Clock::bootMs. One in the past goes off at
    /// the next turn of the event loop.
    virtual void set(qint64 bootMs) = 0;
    virtual void clear() = 0;

Q_SIGNALS:
    void fired();
};

/// What time it is and how to wait. Nothing in the house reads a clock by itself: tests replace
/// this one and time becomes theirs.
class Clock
{
public:
    virtual ~Clock() = default;
    /// Wall-clock time; it may jump.
    virtual UtcMs utcMs() const = 0;
    /// Milliseconds that only grow and go on counting while the machine is suspended
    /// (CLOCK_BOOTTIME).
    virtual qint64 bootMs() const = 0;
    /// Names this run of the machine: bootMs of another one means nothing in it.
    virtual QString bootId() const = 0;
    virtual std::unique_ptr<Alarm> createAlarm() = 0;

    /// Comes back after `ms`, or with Cancelled as soon as a stop is requested. The clock must
    /// outlive it.
    Task<Result<void>> wait(qint64 ms, std::stop_token stop);
};

/// A stop that is requested when the time is over, for as long as this lives.
class TimeLimit
{
public:
    TimeLimit(Clock &clock, qint64 ms);
    std::stop_token token() const { return m_over.get_token(); }

private:
    std::stop_source m_over;
    std::unique_ptr<Alarm> m_alarm;
};

/// The machine's clocks. Alarms are timerfds on CLOCK_BOOTTIME, so that what fell due during a
/// suspend goes off right after it, and an idle process makes no system call.
class SystemClock : public Clock
{
public:
    SystemClock();
    UtcMs utcMs() const override;
    qint64 bootMs() const override;
    QString bootId() const override { return m_bootId; }
    std::unique_ptr<Alarm> createAlarm() override;

private:
    QString m_bootId;
};

} // namespace chatelaine
