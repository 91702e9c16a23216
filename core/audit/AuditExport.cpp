// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audit/AuditExport.h"

#include "core/audit/Begin.h"
#include "core/base/Csv.h"
#include "core/base/Sentence.h"

#include <QIODevice>
#include <QJsonDocument>

namespace chatelaine::audit {

namespace {

// Little enough to be put into words between two frames.
constexpr int pageSize = 200;

QByteArray toLines(const Page &page, ExportFormat format, const QStringList &columns)
{
    QByteArray lines;
    for (const Record &record : page.records) {
        if (format == ExportFormat::Csv)
            lines += csv::line(csv::values(record.toJson(), columns));
        else
            lines += QJsonDocument(record.toJson()).toJson(QJsonDocument::Compact) + '\n';
    }
    return lines;
}

} // namespace

Task<Result<qint64>> exportTo(std::shared_ptr<store::Database> database, Filter filter,
    ExportFormat format, QIODevice *device, ExportProgress progress, std::stop_token stop)
{
    const QStringList heads = csv::historyColumns();
    const auto put = [device](const QByteArray &bytes) {
        return device->write(bytes) == bytes.size();
    };
    Filter newest;
    newest.limit = 1;
    const Result<Page> end = co_await query(database, newest);
    if (!end)
        co_return failure(end.error());
    const qint64 total = end->records.isEmpty() ? 0 : end->records.constFirst().seq;
    const Result<Begin> begin = co_await database->read(readBegin);
    if (!begin)
        co_return failure(begin.error());
    filter.ascending = true;
    filter.limit = pageSize;
    if (filter.beforeSeq == 0)
        filter.beforeSeq = total + 1;
    qint64 count = 0;
    bool written = format != ExportFormat::Csv || put(csv::line(heads));
    for (bool more = total > 0; more && written;) {
        if (stop.stop_requested())
            co_return cancelled();
        const Result<Page> page = co_await query(database, filter);
        if (!page)
            co_return failure(page.error());
        const Result<Begin> now = co_await database->read(readBegin);
        if (!now)
            co_return failure(now.error());
        if (now->seq > begin->seq && now->seq > filter.afterSeq) {
            co_return failure(ErrorCode::NotFound,
                Sentence::tr("Old records were removed while they were being exported, so the "
                             "export is not complete. Export again."));
        }
        if (stop.stop_requested())
            co_return cancelled();
        written = put(toLines(*page, format, heads));
        count += page->records.size();
        more = page->more;
        if (!page->records.isEmpty())
            filter.afterSeq = page->records.constLast().seq;
        if (progress)
            progress(more ? filter.afterSeq : total, total);
    }
    if (!written) {
        co_return failure(ErrorCode::DiskFull,
            Sentence::tr("The history could not be written (%1). Make room or choose another "
                         "place.")
                .arg(device->errorString()));
    }
    co_return count;
}

} // namespace chatelaine::audit
