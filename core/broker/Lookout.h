// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QSet>
#include <QString>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <type_traits>

namespace chatelaine::broker {

/// Where those file systems are mounted that may hang: of a network, of FUSE, of autofs. Takes the
/// whole of /proc/PID/mountinfo (proc(5)).
QSet<QByteArray> mountsThatMayHang(QByteArrayView mountinfo);

/// Looks at files that callers have chosen. One on a file system whose server has gone would hold
/// the event loop for as long as that lasts: there it is done in a thread, and waited for a moment.
/// A file system that has taken longer, at once or in several looks of ten seconds, is left alone
/// until it has answered and a second has gone by, twice as long each time up to a minute.
/// Everything else is looked at as ever. Lives in the broker's thread.
class Lookout
{
public:
    explicit Lookout(const QString &mountinfo = QStringLiteral("/proc/self/mountinfo"));
    ~Lookout();
    Q_DISABLE_COPY_MOVE(Lookout)

    /// The first file system on the way to an absolute path that may hang, links followed; empty
    /// when there is none. Touches none of them.
    QByteArray slowMount(const QString &path);

    /// What the work says about the file at the path; nullopt when it hangs. The work owns all it
    /// uses, since it may go on for ever.
    template <typename Work>
    std::optional<std::invoke_result_t<Work &>> look(const QString &path, Work work)
    {
        const QByteArray mount = slowMount(path);
        if (mount.isEmpty())
            return work();
        return lookInTime(mount, std::move(work));
    }

    /// The same where it is known beforehand that it may hang. `where` is what hangs then.
    template <typename Work>
    std::optional<std::invoke_result_t<Work &>> lookInTime(const QByteArray &where, Work work)
    {
        using Seen = std::invoke_result_t<Work &>;
        struct Shared
        {
            std::mutex mutex;
            std::condition_variable came;
            std::optional<Seen> answer;
        };
        if (isHanging(where))
            return std::nullopt;
        const auto shared = std::make_shared<Shared>();
        const auto over = std::make_shared<std::atomic<bool>>(false);
        auto look = [shared, over, own = std::move(work)]() mutable {
            Seen answer = own();
            {
                const std::lock_guard lock(shared->mutex);
                shared->answer = std::move(answer);
            }
            *over = true;
            shared->came.notify_one();
        };
        if (!start(std::move(look)))
            return std::nullopt;
        const auto since = std::chrono::steady_clock::now();
        std::unique_lock lock(shared->mutex);
        const bool inTime =
            shared->came.wait_for(lock, longest, [&] { return shared->answer.has_value(); });
        noteWait(where, since, over);
        return inTime ? shared->answer : std::nullopt;
    }

private:
    static constexpr std::chrono::milliseconds longest{200};

    using Time = std::chrono::steady_clock::time_point;
    /// A file system that was waited for.
    struct Slow
    {
        std::shared_ptr<std::atomic<bool>> over; ///< the last look has come back
        Time since; ///< the waits are counted from here
        std::chrono::nanoseconds waited{0};
        Time notBefore; ///< it is left alone until then
        std::chrono::seconds pause{0};
    };

    template <typename Job>
    static bool start(Job job)
    {
        try {
            std::thread(std::move(job)).detach();
        } catch (const std::system_error &) { // there are as many threads as there may be
            return false;
        }
        return true;
    }
    bool isHanging(const QByteArray &where) const;
    void noteWait(const QByteArray &where, Time since, std::shared_ptr<std::atomic<bool>> over);
    void readMounts();

    int m_fd;
    QSet<QByteArray> m_slow;
    QHash<QByteArray, Slow> m_waitedFor;
};

} // namespace chatelaine::broker
