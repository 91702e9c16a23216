// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Async.h"
#include "core/store/Worker.h"

#include <memory>
#include <optional>
#include <type_traits>

namespace chatelaine::store {

/// One SQLite file (or ":memory:") with one thread that writes and one, made when it is first
/// needed, that reads. A job is a callable `Result<T>(Connection &)`; it runs in such a thread and
/// owns all it uses. Its result comes back in the thread that opened the database, which is the
/// only one that may call this class.
///
/// Writes that wait together share one transaction, each in a savepoint of its own, and a result is
/// given out only after the commit: what a caller was told survives kill -9 (WAL, synchronous =
/// NORMAL). While nothing is asked, no thread wakes.
///
/// Errors: DiskFull, DatabaseCorrupt, DatabaseNewer (open alone), Internal with a sentence for a
/// file that is locked by another process or can't be written; what a job itself fails with.
class Database
{
public:
    /// Makes the file (mode 0600, in a directory that exists) or brings its schema up to date.
    static Task<Result<std::shared_ptr<Database>>> open(QString path);
    /// Jobs already queued are run; their waiters get the outcome before this returns.
    ~Database();
    Q_DISABLE_COPY_MOVE(Database)

    QString path() const { return m_path; }

    /// Runs the job inside a transaction. A job that fails changes nothing and spoils no other.
    template <typename Job>
    auto write(Job job) -> Task<std::invoke_result_t<Job &, Connection &>>
    {
        return run<Job>(std::move(job), Access::Write);
    }

    /// Runs the job on a read-only connection, so that a long query delays no write. It sees
    /// everything whose write has been answered.
    template <typename Job>
    auto read(Job job) -> Task<std::invoke_result_t<Job &, Connection &>>
    {
        return run<Job>(std::move(job), Access::Read);
    }

private:
    enum class Access { Read, Write };

    template <typename Job, typename Answer>
    struct JobEntry final : Entry
    {
        explicit JobEntry(Job what)
            : job(std::move(what))
        { }
        const Error *run(Connection &connection) override
        {
            answer.emplace(job(connection));
            return answer->has_value() ? nullptr : &answer->error();
        }
        void fail(const Error &error) override { answer.emplace(failure(error)); }
        void deliver() override { done.set(std::move(*answer)); }

        Job job;
        std::optional<Answer> answer;
        Completion<Answer> done;
    };

    explicit Database(QString path);
    void enqueue(Access access, std::unique_ptr<Entry> entry);

    template <typename Job>
    auto run(Job job, Access access) -> Task<std::invoke_result_t<Job &, Connection &>>
    {
        using Answer = std::invoke_result_t<Job &, Connection &>;
        auto entry = std::make_unique<JobEntry<Job, Answer>>(std::move(job));
        const Completion<Answer> done = entry->done;
        enqueue(access, std::move(entry));
        co_return co_await done;
    }

    const QString m_path;
    std::unique_ptr<Worker> m_writer;
    std::unique_ptr<Worker> m_reader;
    bool m_closing = false;
};

} // namespace chatelaine::store
