// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/activity/ActivityModel.h"

#include "core/broker/Broker.h"
#include "ui/activity/ActivityWords.h"
#include "ui/common/Words.h"

#include <algorithm>

namespace chatelaine::ui {

namespace {

constexpr int arrivalsEveryMs = 60;

bool asksForAll(const audit::Filter &filter)
{
    return !filter.since && !filter.until && filter.server.isEmpty() && filter.client.isEmpty()
        && filter.event.isEmpty() && !filter.outcome && filter.text.isEmpty();
}

} // namespace

ActivityModel::ActivityModel(Services &services, QObject *parent)
    : QAbstractTableModel(parent)
    , m_services(services)
{
    m_reader.setSingleShot(true);
    m_reader.setInterval(0);
    connect(&m_reader, &QTimer::timeout, this, &ActivityModel::readWanted);
    m_arrivalTimer.setSingleShot(true);
    m_arrivalTimer.setInterval(arrivalsEveryMs);
    connect(&m_arrivalTimer, &QTimer::timeout, this, &ActivityModel::takeArrivals);
    connect(&services.broker.audit(), &audit::AuditLog::appended, this,
        &ActivityModel::onAppended);
}

void ActivityModel::setFilter(const audit::Filter &filter)
{
    m_filter = filter;
    m_filter.afterSeq = 0;
    m_filter.beforeSeq = 0;
    m_filter.ascending = false;
    m_filter.limit = pageSize;
    ++m_generation;
    m_loading = true;
    m_fetching = false;
    m_error.reset();
    m_wanted.clear();
    m_underWay.clear();
    m_arrivals.clear();
    detach(readFirst(this, m_services.broker.database(), m_filter, m_generation));
    Q_EMIT stateChanged();
}

void ActivityModel::begin(const audit::Page &page, qint64 gone)
{
    beginResetModel();
    m_filtered = !asksForAll(m_filter);
    m_live.clear();
    m_pages.clear();
    m_keys.clear();
    m_loading = false;
    m_base = page.records.isEmpty() ? 0 : page.records.constFirst().seq;
    // The newest row always stays; whatever else stands there is for the verification to judge.
    m_gone = qBound(qint64(0), gone, qMax(qint64(0), m_base - 1));
    m_more = m_filtered && page.more;
    m_rows = m_filtered ? int(page.records.size()) : int(m_base - m_gone);
    if (m_filtered)
        m_keys.append(m_base + 1);
    if (m_rows > 0)
        keep(m_base + 1, page.records);
    endResetModel();
    Q_EMIT stateChanged();
    takeArrivals();
}

void ActivityModel::setGone(qint64 gone)
{
    const qint64 newest = m_live.isEmpty() ? m_base : m_live.constFirst().seq;
    if (gone <= m_gone || gone >= newest || m_loading)
        return;
    if (m_filtered || gone >= m_base) {
        reload();
        return;
    }
    beginRemoveRows({}, m_rows - int(gone - m_gone), m_rows - 1);
    m_rows -= int(gone - m_gone);
    m_gone = gone;
    endRemoveRows();
    Q_EMIT stateChanged();
}

void ActivityModel::fail(const Error &error)
{
    m_error = error;
    m_loading = false;
    m_fetching = false;
    Q_EMIT stateChanged();
}

void ActivityModel::keep(PageKey key, const QList<audit::Record> &records)
{
    if (m_filtered) {
        m_pages.insert(key, new QList<audit::Record>(records));
        return;
    }
    // Where the history has a hole, its rows stay empty.
    auto *rows = new QList<audit::Record>(rowsOf(key));
    for (const audit::Record &record : records) {
        const qint64 at = key - 1 - record.seq;
        if (at >= 0 && at < rows->size())
            (*rows)[at] = record;
    }
    m_pages.insert(key, rows);
}

int ActivityModel::rowsOf(PageKey key) const
{
    if (!m_filtered)
        return int(qBound(qint64(0), key - 1 - m_gone, qint64(pageSize)));
    return qMin(pageSize, pagedRows() - int(m_keys.indexOf(key)) * pageSize);
}

ActivityModel::PageKey ActivityModel::keyOf(int row) const
{
    const int page = (row - int(m_live.size())) / pageSize;
    return m_filtered ? m_keys.at(page) : m_base + 1 - qint64(page) * pageSize;
}

int ActivityModel::firstRowOf(PageKey key) const
{
    const qint64 page = m_filtered ? m_keys.indexOf(key) : (m_base + 1 - key) / pageSize;
    return page < 0 ? -1 : int(page * pageSize + m_live.size());
}

const audit::Record *ActivityModel::record(int row) const
{
    if (row < 0 || row >= m_rows)
        return nullptr;
    if (row < m_live.size())
        return &m_live.at(row);
    const PageKey key = keyOf(row);
    const QList<audit::Record> *page = m_pages.object(key);
    if (!page) {
        want(key);
        return nullptr;
    }
    const qsizetype at = (row - m_live.size()) % pageSize;
    return at < page->size() && page->at(at).seq > 0 ? &page->at(at) : nullptr;
}

int ActivityModel::rowOf(qint64 seq) const
{
    for (qsizetype i = 0; i < m_live.size(); ++i) {
        if (m_live.at(i).seq == seq)
            return int(i);
    }
    if (!m_filtered)
        return seq > m_gone && seq <= m_base ? int(m_base - seq + m_live.size()) : -1;
    // The last page that begins above it.
    const auto below = std::find_if(
        m_keys.cbegin(), m_keys.cend(), [seq](PageKey key) { return key <= seq; });
    if (below == m_keys.cbegin())
        return -1;
    const PageKey key = *(below - 1);
    const QList<audit::Record> *page = m_pages.object(key);
    for (qsizetype i = 0; page && i < page->size(); ++i) {
        if (page->at(i).seq == seq)
            return firstRowOf(key) + int(i);
    }
    return -1;
}

bool ActivityModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && m_more && !m_fetching && !m_error;
}

void ActivityModel::fetchMore(const QModelIndex &parent)
{
    if (!canFetchMore(parent))
        return;
    const QList<audit::Record> *last = m_pages.object(m_keys.constLast());
    if (!last) {
        want(m_keys.constLast());
        return;
    }
    m_fetching = true;
    audit::Filter filter = m_filter;
    filter.beforeSeq = last->constLast().seq;
    detach(readNext(this, m_services.broker.database(), filter, m_generation));
}

void ActivityModel::onAppended(const audit::Record &record)
{
    // A filtered view keeps what it has until a page of it comes back short: nobody knows which
    // rows are gone.
    if (record.event.event == QLatin1StringView("history.trimmed") && !m_filtered && !m_loading)
        detach(readBegin(this, m_services.broker.database(), m_generation));
    if (!audit::matches(m_filter, record))
        return;
    m_arrivals.append(record);
    if (!m_loading && !m_arrivalTimer.isActive())
        m_arrivalTimer.start();
}

void ActivityModel::takeArrivals()
{
    if (m_loading)
        return;
    const qint64 newest = m_live.isEmpty() ? m_base : m_live.constFirst().seq;
    QList<audit::Record> fresh;
    for (const audit::Record &record : std::exchange(m_arrivals, {})) {
        // The page that was read may have it already.
        if (record.seq > newest)
            fresh.prepend(record);
    }
    if (fresh.isEmpty())
        return;
    if (!m_filtered && fresh.constLast().seq != newest + 1) {
        reload();
        return;
    }
    beginInsertRows({}, 0, int(fresh.size()) - 1);
    m_rows += int(fresh.size());
    m_live = fresh + m_live;
    endInsertRows();
    // The oldest of them become pages, which can be forgotten and read again.
    while (m_live.size() >= 2 * pageSize) {
        const QList<audit::Record> page = m_live.sliced(m_live.size() - pageSize);
        m_live.resize(m_live.size() - pageSize);
        m_base = page.constFirst().seq;
        if (m_filtered)
            m_keys.prepend(m_base + 1);
        keep(m_base + 1, page);
    }
    Q_EMIT stateChanged();
}

int ActivityModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int ActivityModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant ActivityModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || (role != Qt::DisplayRole && role != Qt::ToolTipRole
            && role != OutcomeRole && role != SeqRole))
        return {};
    const audit::Record *found = record(index.row());
    if (!found) {
        // A row of a page that is here is a hole in the history.
        const bool missing = m_pages.contains(keyOf(index.row()));
        return missing && role == Qt::DisplayRole && index.column() == What
            ? tr("A record is missing here")
            : QVariant();
    }
    if (role == OutcomeRole)
        return int(found->event.outcome);
    if (role == SeqRole)
        return found->seq;
    const audit::Event &event = found->event;
    switch (index.column()) {
    case Time:
        return role == Qt::ToolTipRole ? preciseTime(found->time) : shortTime(found->time);
    case What:
        return eventText(event.event);
    case Outcome:
        return outcomeText(event.outcome).word;
    case Server:
        return event.account.isEmpty() || event.account == QLatin1StringView("default")
            ? event.server
            : QStringLiteral("%1 (%2)").arg(event.server, event.account);
    case Client:
        return role == Qt::ToolTipRole ? event.client.exe : programName(event.client);
    case Detail:
        return remarkText(event.detail);
    default:
        return {};
    }
}

QVariant ActivityModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Time:
        return tr("Time");
    case What:
        return tr("Event");
    case Outcome:
        return tr("Outcome");
    case Server:
        return tr("Server");
    case Client:
        return tr("Program");
    case Detail:
        return tr("Detail");
    default:
        return {};
    }
}

void ActivityModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (m_rows > 0)
        Q_EMIT dataChanged(index(0, 0), index(m_rows - 1, ColumnCount - 1));
}

} // namespace chatelaine::ui
