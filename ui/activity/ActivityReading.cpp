// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audit/Begin.h"
#include "core/broker/Broker.h"
#include "ui/activity/ActivityModel.h"

namespace chatelaine::ui {

// Part of ActivityModel: how its pages come from the database.
namespace {

constexpr int readsAtOnce = 2;
constexpr qsizetype wantedAtMost = 4;

} // namespace

Task<void> ActivityModel::readFirst(QPointer<ActivityModel> self,
    std::shared_ptr<store::Database> database, audit::Filter filter, int generation)
{
    const Result<audit::Page> page = co_await audit::query(database, filter);
    // After the page: what is removed in between is then no hole in it.
    const Result<audit::Begin> start = co_await database->read(audit::readBegin);
    if (!self || self->m_generation != generation)
        co_return;
    if (!page)
        self->fail(page.error());
    else if (!start)
        self->fail(start.error());
    else
        self->begin(*page, start->seq);
}

Task<void> ActivityModel::readBegin(
    QPointer<ActivityModel> self, std::shared_ptr<store::Database> database, int generation)
{
    const Result<audit::Begin> start = co_await database->read(audit::readBegin);
    if (self && start && self->m_generation == generation)
        self->setGone(start->seq);
}

void ActivityModel::want(PageKey key) const
{
    if (m_underWay.contains(key))
        return;
    m_wanted.removeOne(key);
    m_wanted.prepend(key);
    // Whoever drags the bar through a million rows wants those where it stops.
    if (m_wanted.size() > wantedAtMost)
        m_wanted.removeLast();
    const_cast<QTimer &>(m_reader).start();
}

void ActivityModel::readWanted()
{
    while (!m_wanted.isEmpty() && m_underWay.size() < readsAtOnce) {
        const PageKey key = m_wanted.takeFirst();
        audit::Filter filter = m_filter;
        filter.beforeSeq = key;
        if (!m_filtered)
            filter.afterSeq = qMax<qint64>(m_gone, key - 1 - pageSize);
        m_underWay.append(key);
        detach(readPage(this, m_services.broker.database(), filter, m_generation, key));
    }
}

Task<void> ActivityModel::readPage(QPointer<ActivityModel> self,
    std::shared_ptr<store::Database> database, audit::Filter filter, int generation, PageKey key)
{
    const Result<audit::Page> page = co_await audit::query(database, filter);
    if (!self || self->m_generation != generation)
        co_return;
    // Fewer than there were: removed as the settings say, before it is a hole.
    if (page && page->records.size() < self->rowsOf(key)) {
        co_await readBegin(self, database, generation);
        if (!self || self->m_generation != generation)
            co_return;
    }
    self->m_underWay.removeOne(key);
    if (!page) {
        self->fail(page.error());
        co_return;
    }
    self->keep(key, page->records);
    const int first = self->firstRowOf(key);
    if (first >= 0 && first < self->m_rows) {
        const int last = qMin(first + pageSize, self->m_rows) - 1;
        Q_EMIT self->dataChanged(self->index(first, 0), self->index(last, ColumnCount - 1));
    }
    self->readWanted();
}

Task<void> ActivityModel::readNext(QPointer<ActivityModel> self,
    std::shared_ptr<store::Database> database, audit::Filter filter, int generation)
{
    const Result<audit::Page> page = co_await audit::query(database, filter);
    if (!self || self->m_generation != generation)
        co_return;
    self->m_fetching = false;
    if (!page) {
        self->fail(page.error());
        co_return;
    }
    self->m_more = page->more;
    if (!page->records.isEmpty()) {
        self->beginInsertRows({}, self->m_rows, self->m_rows + int(page->records.size()) - 1);
        self->m_keys.append(filter.beforeSeq);
        self->keep(filter.beforeSeq, page->records);
        self->m_rows += int(page->records.size());
        self->endInsertRows();
    }
    Q_EMIT self->stateChanged();
}

} // namespace chatelaine::ui
