// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Clock.h"

#include <QDateTime>
#include <QFile>
#include <QSocketNotifier>

#include <ctime>
#include <sys/timerfd.h>
#include <unistd.h>

namespace chatelaine {

namespace {

class TimerFdAlarm : public Alarm
{
public:
    TimerFdAlarm()
        : m_fd(::timerfd_create(CLOCK_BOOTTIME, TFD_NONBLOCK | TFD_CLOEXEC))
        , m_notifier(m_fd, QSocketNotifier::Read)
    {
        connect(&m_notifier, &QSocketNotifier::activated, this, [this] {
            quint64 expirations = 0;
            if (::read(m_fd, &expirations, sizeof expirations) == sizeof expirations)
                Q_EMIT fired();
        });
    }
    ~TimerFdAlarm() override
    {
        m_notifier.setEnabled(false);
        ::close(m_fd);
    }
    Q_DISABLE_COPY_MOVE(TimerFdAlarm)

    void set(qint64 bootMs) override
    {
        itimerspec when = {};
        // Zero would disarm it.
        const qint64 due = std::max<qint64>(bootMs, 1);
        when.it_value.tv_sec = due / 1000;
        when.it_value.tv_nsec = (due % 1000) * 1000000;
        ::timerfd_settime(m_fd, TFD_TIMER_ABSTIME, &when, nullptr);
    }
    void clear() override
    {
        const itimerspec never = {};
        ::timerfd_settime(m_fd, 0, &never, nullptr);
    }

private:
    int m_fd;
    QSocketNotifier m_notifier;
};

} // namespace

Task<Result<void>> Clock::wait(qint64 ms, std::stop_token stop)
{
    const std::unique_ptr<Alarm> alarm = createAlarm();
    Completion<Result<void>> done;
    QObject::connect(alarm.get(), &Alarm::fired, alarm.get(), [done]() mutable { done.set({}); });
    const std::stop_callback onStop(stop, [done]() mutable { done.set(cancelled()); });
    if (!done.isSet())
        alarm->set(bootMs() + ms);
    co_return co_await done;
}

TimeLimit::TimeLimit(Clock &clock, qint64 ms)
    : m_alarm(clock.createAlarm())
{
    // Who hears of it may end there and then, and this object with it.
    const auto ring = [over = m_over] {
        std::stop_source alive = over;
        alive.request_stop();
    };
    QObject::connect(m_alarm.get(), &Alarm::fired, m_alarm.get(), ring);
    m_alarm->set(clock.bootMs() + ms);
}

// random(4): made anew at each boot.
SystemClock::SystemClock()
{
    QFile file(QStringLiteral("/proc/sys/kernel/random/boot_id"));
    if (file.open(QIODevice::ReadOnly))
        m_bootId = QString::fromLatin1(file.readAll().trimmed());
}

UtcMs SystemClock::utcMs() const
{
    return QDateTime::currentMSecsSinceEpoch();
}

qint64 SystemClock::bootMs() const
{
    timespec now = {};
    ::clock_gettime(CLOCK_BOOTTIME, &now);
    return static_cast<qint64>(now.tv_sec) * 1000 + now.tv_nsec / 1000000;
}

std::unique_ptr<Alarm> SystemClock::createAlarm()
{
    return std::make_unique<TimerFdAlarm>();
}

} // namespace chatelaine
