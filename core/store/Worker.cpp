// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/Worker.h"

#include "core/base/Async.h"
#include "core/base/Sentence.h"
#include "core/store/Migrations.h"

#include <QCoreApplication>
#include <QEvent>
#include <QFile>
#include <QSqlError>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace chatelaine::store {

namespace {

const QString memory = QStringLiteral(":memory:");

// To take the log (the WAL) in waits for the disk twice, and so would the loans: it is done when
// nobody has written for a moment. A loan is a commit of three or four pages.
constexpr int commitsWorthTakingIn = 256;
constexpr auto aMoment = std::chrono::milliseconds(200);

QString connectionName()
{
    static std::atomic<quint64> count = 0;
    return QStringLiteral("chatelaine-%1").arg(++count);
}

// SQLite gives a new file the umask's mode, and -wal and -shm the mode of the file.
Result<void> makePrivateFile(const QString &path)
{
    const int fd = ::open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) {
        const int reason = errno;
        return failure(reason == ENOSPC ? ErrorCode::DiskFull : ErrorCode::Internal,
            Sentence::tr("The database %1 can't be opened: %2. Check that it and its "
                         "directory belong to you and can be written.")
                .arg(path, QString::fromLocal8Bit(std::strerror(reason))));
    }
    struct stat info = {};
    const bool open = ::fstat(fd, &info) == 0 && (info.st_mode & 0077) != 0;
    if (open)
        ::fchmod(fd, 0600);
    ::close(fd);
    return {};
}

} // namespace

// Prepared once: they run with every batch.
struct Worker::Commands
{
    Commands(const QSqlDatabase &database, Mode mode)
        : begin(database)
        , commit(database)
        , rollback(database)
        , savepoint(database)
        , release(database)
        , rollbackTo(database)
    {
        begin.prepare(
            mode == Mode::Write ? QStringLiteral("BEGIN IMMEDIATE") : QStringLiteral("BEGIN"));
        commit.prepare(QStringLiteral("COMMIT"));
        rollback.prepare(QStringLiteral("ROLLBACK"));
        savepoint.prepare(QStringLiteral("SAVEPOINT job"));
        release.prepare(QStringLiteral("RELEASE job"));
        rollbackTo.prepare(QStringLiteral("ROLLBACK TO job"));
    }

    QSqlQuery begin;
    QSqlQuery commit;
    QSqlQuery rollback;
    QSqlQuery savepoint;
    QSqlQuery release;
    QSqlQuery rollbackTo;
};

Worker::Worker(QString path, Mode mode)
    : m_path(std::move(path))
    , m_mode(mode)
    , m_name(connectionName())
    , m_thread([this] { work(); })
{ }

Worker::~Worker()
{
    stop();
}

void Worker::enqueue(std::unique_ptr<Entry> entry)
{
    {
        const std::lock_guard lock(m_mutex);
        if (!m_stopping) {
            m_queue.push_back(std::move(entry));
            // Someone is already on the way to a queue that was not empty.
            if (m_queue.size() > 1)
                return;
        }
    }
    if (entry) {
        entry->fail(cancelled().value());
        entry->deliver();
        return;
    }
    m_wake.notify_one();
}

void Worker::stop()
{
    if (!m_thread.joinable())
        return;
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_one();
    m_thread.join();
    deliver();
}

void Worker::customEvent(QEvent *event)
{
    Q_UNUSED(event);
    deliver();
}

void Worker::deliver()
{
    Entries done;
    {
        const std::lock_guard lock(m_doneMutex);
        done.swap(m_done);
    }
    // Those who waited may drop the database, and us with it, while they run.
    for (const std::unique_ptr<Entry> &entry : done)
        entry->deliver();
}

void Worker::post(Entries &batch)
{
    bool first = false;
    {
        const std::lock_guard lock(m_doneMutex);
        first = m_done.empty();
        for (std::unique_ptr<Entry> &entry : batch)
            m_done.push_back(std::move(entry));
    }
    batch.clear();
    if (first)
        QCoreApplication::postEvent(this, new QEvent(QEvent::User), Qt::HighEventPriority);
}

void Worker::work()
{
    Entries batch;
    for (;;) {
        bool stopping = false;
        {
            std::unique_lock lock(m_mutex);
            const auto wanted = [this] { return m_stopping || !m_queue.empty(); };
            if (m_commits < commitsWorthTakingIn) {
                m_wake.wait(lock, wanted);
            } else if (!m_wake.wait_for(lock, aMoment, wanted)) {
                lock.unlock();
                takeLogIn();
                continue;
            }
            batch.swap(m_queue);
            stopping = m_stopping;
        }
        if (stopping && m_mode == Mode::Read) {
            for (const std::unique_ptr<Entry> &entry : batch)
                entry->fail(cancelled().value());
        } else if (!batch.empty()) {
            runBatch(batch);
        }
        if (!batch.empty())
            post(batch);
        if (stopping)
            break;
    }
    closeConnection();
}

void Worker::takeLogIn()
{
    m_commits = 0;
    // What fails here (a full disk) is tried again later, at the latest by SQLite itself.
    m_connection->run(QStringLiteral("PRAGMA wal_checkpoint(PASSIVE)"));
}

void Worker::runBatch(Entries &batch)
{
    if (!m_connection) {
        if (const auto opened = openConnection(); !opened) {
            closeConnection();
            for (const std::unique_ptr<Entry> &entry : batch)
                entry->fail(opened.error());
            return;
        }
    }
    if (m_mode == Mode::Read) {
        for (const std::unique_ptr<Entry> &entry : batch)
            runAlone(*entry);
        return;
    }
    ++m_commits;
    if (batch.size() == 1) {
        runAlone(*batch.front());
    } else if (const auto done = runInTransaction(batch); !done) {
        m_connection->countRollback();
        m_commands->rollback.exec();
        for (const std::unique_ptr<Entry> &entry : batch)
            entry->fail(done.error());
    }
}

Result<void> Worker::command(QSqlQuery &query)
{
    return m_connection->execute(query);
}

void Worker::runAlone(Entry &entry)
{
    if (const auto begun = command(m_commands->begin); !begun)
        return entry.fail(begun.error());
    const Error *error = entry.run(*m_connection);
    m_connection->finishStatements();
    if (!error) {
        const auto committed = command(m_commands->commit);
        if (committed)
            return;
        entry.fail(committed.error());
    }
    m_connection->countRollback();
    // Fails where SQLite has rolled back by itself (a full disk); that is as good.
    m_commands->rollback.exec();
}

Result<void> Worker::runInTransaction(Entries &batch)
{
    if (auto begun = command(m_commands->begin); !begun)
        return begun;
    for (const std::unique_ptr<Entry> &entry : batch) {
        if (auto saved = command(m_commands->savepoint); !saved)
            return saved;
        const Error *error = entry->run(*m_connection);
        m_connection->finishStatements();
        if (error) {
            m_connection->countRollback();
            // No such savepoint: SQLite has rolled back the whole transaction because of it.
            if (!command(m_commands->rollbackTo))
                return failure(*error);
        }
        if (auto released = command(m_commands->release); !released)
            return released;
    }
    return command(m_commands->commit);
}

Result<void> Worker::openConnection()
{
    if (m_path != memory && m_mode == Mode::Write) {
        if (auto made = makePrivateFile(m_path); !made)
            return made;
    }
    QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_name);
    database.setDatabaseName(m_path);
    QString options = QStringLiteral("QSQLITE_BUSY_TIMEOUT=5000");
    if (m_mode == Mode::Read)
        options += QStringLiteral(";QSQLITE_OPEN_READONLY");
    database.setConnectOptions(options);
    if (!database.open())
        return failure(toError(database.lastError(), m_path));
    m_connection.emplace(database, m_path);

    if (m_mode == Mode::Write) {
        if (auto ours = checkIsOurs(*m_connection); !ours)
            return ours;
    }
    QStringList pragmas{
        QStringLiteral("PRAGMA foreign_keys = ON"),
        QStringLiteral("PRAGMA trusted_schema = OFF"),
        QStringLiteral("PRAGMA cell_size_check = ON"),
    };
    if (m_mode == Mode::Write) {
        pragmas << QStringLiteral("PRAGMA journal_mode = WAL")
                << QStringLiteral("PRAGMA synchronous = NORMAL")
                // Where there is no quiet moment for long: 16 MB of log.
                << QStringLiteral("PRAGMA wal_autocheckpoint = 4000")
                << QStringLiteral("PRAGMA secure_delete = ON")
                // REPLACE goes past the triggers that keep the history otherwise.
                << QStringLiteral("PRAGMA recursive_triggers = ON");
    }
    for (const QString &pragma : std::as_const(pragmas)) {
        if (auto done = m_connection->run(pragma); !done)
            return failure(std::move(done).error());
    }
    if (m_mode == Mode::Write) {
        if (auto migrated = migrate(*m_connection); !migrated)
            return migrated;
    }
    m_commands = std::make_unique<Commands>(database, m_mode);
    return {};
}

void Worker::closeConnection()
{
    m_commands.reset();
    if (m_connection) {
        m_connection->forgetStatements();
        m_connection.reset();
    }
    // The last handle must be gone before the name may go.
    if (QSqlDatabase::contains(m_name)) {
        QSqlDatabase::database(m_name, false).close();
        QSqlDatabase::removeDatabase(m_name);
    }
}

} // namespace chatelaine::store
