// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/Connection.h"

#include <QObject>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace chatelaine::store {

/// One piece of work for a Worker.
struct Entry
{
    virtual ~Entry() = default;
    /// In the working thread. An error means that what it did has to be rolled back; it stays
    /// where it is until fail().
    virtual const Error *run(Connection &connection) = 0;
    /// In the working thread: the transaction around it, or the whole connection, failed.
    virtual void fail(const Error &error) = 0;
    /// In the thread that made the worker.
    virtual void deliver() = 0;
};

/// A thread with a connection of its own. The writing one runs all that waits in one transaction;
/// the reading one gives each job a snapshot.
class Worker : public QObject
{
    Q_OBJECT

public:
    enum class Mode { Write, Read };

    Worker(QString path, Mode mode);
    ~Worker() override;

    void enqueue(std::unique_ptr<Entry> entry);
    /// Ends the thread, having run (Write) or failed (Read) what is queued, and delivers it.
    void stop();

protected:
    void customEvent(QEvent *event) override;

private:
    using Entries = std::vector<std::unique_ptr<Entry>>;

    void work();
    Result<void> openConnection();
    void closeConnection();
    void runBatch(Entries &batch);
    Result<void> runInTransaction(Entries &batch);
    void runAlone(Entry &entry);
    Result<void> command(QSqlQuery &query);
    void takeLogIn();
    void post(Entries &batch);
    void deliver();

    const QString m_path;
    const Mode m_mode;
    const QString m_name;

    // Only the working thread touches these.
    std::optional<Connection> m_connection;
    struct Commands;
    std::unique_ptr<Commands> m_commands;
    int m_commits = 0; ///< of the writing one, since the log was last taken in

    std::mutex m_mutex;
    std::condition_variable m_wake;
    Entries m_queue;
    bool m_stopping = false;

    std::mutex m_doneMutex;
    Entries m_done;

    std::thread m_thread;
};

} // namespace chatelaine::store
