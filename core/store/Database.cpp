// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/Database.h"

namespace chatelaine::store {

Database::Database(QString path)
    : m_path(std::move(path))
    , m_writer(std::make_unique<Worker>(m_path, Worker::Mode::Write))
{ }

Database::~Database()
{
    m_closing = true;
    // The reader first: the last connection to leave takes the WAL in, and it has to be able to
    // write.
    if (m_reader)
        m_reader->stop();
    m_writer->stop();
}

Task<Result<std::shared_ptr<Database>>> Database::open(QString path)
{
    std::shared_ptr<Database> database(new Database(std::move(path)));
    // The connection is opened by the first job; an open that fails leaves no thread.
    const auto nothing = [](Connection &) -> Result<void> { return {}; };
    Result<void> opened = co_await database->write(nothing);
    if (!opened)
        co_return failure(std::move(opened).error());
    co_return database;
}

void Database::enqueue(Access access, std::unique_ptr<Entry> entry)
{
    const bool byReader = access == Access::Read && m_path != QLatin1StringView(":memory:");
    if (byReader && !m_reader && !m_closing)
        m_reader = std::make_unique<Worker>(m_path, Worker::Mode::Read);
    Worker *worker = byReader ? m_reader.get() : m_writer.get();
    if (!worker) {
        entry->fail(cancelled().value());
        entry->deliver();
        return;
    }
    worker->enqueue(std::move(entry));
}

} // namespace chatelaine::store
