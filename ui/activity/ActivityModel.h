// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audit/AuditQuery.h"
#include "ui/common/Services.h"

#include <QAbstractTableModel>
#include <QCache>
#include <QPointer>
#include <QTimer>

#include <optional>

namespace chatelaine::ui {

/// The history, newest first, of which only the pages that somebody looks at are in memory. Rows
/// are read in the database's reading thread and are empty until they have come. Without a filter
/// the number of rows is known from the newest record and from where the history begins; with one
/// it grows by fetchMore(). New records come in at the top as they are written; what retention
/// removes goes at the end.
class ActivityModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Time, What, Outcome, Server, Client, Detail, ColumnCount };
    enum Role {
        OutcomeRole = Qt::UserRole, ///< audit::Outcome; none while the row is not read
        SeqRole,
    };
    static constexpr int pageSize = 200;
    static constexpr int pagesKept = 40;

    explicit ActivityModel(Services &services, QObject *parent = nullptr);

    /// Reads anew with that filter (its seq and limit are not regarded). What is shown stays until
    /// the first page has come.
    void setFilter(const audit::Filter &filter);
    const audit::Filter &filter() const { return m_filter; }
    void reload() { setFilter(m_filter); }
    bool isFiltered() const { return m_filtered; }
    bool isLoading() const { return m_loading; }
    bool isComplete() const { return !m_more; }
    /// What went wrong with the last reading.
    const std::optional<Error> &error() const { return m_error; }

    /// The record of a row; null while it is not read (it will be), or no longer there.
    const audit::Record *record(int row) const;
    /// The row of that record; -1 when it is not among those known.
    int rowOf(qint64 seq) const;
    void retranslate();

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

Q_SIGNALS:
    /// Loading, loaded, or failed: see isLoading() and error().
    void stateChanged();

private:
    /// A page by the seq its records are below.
    using PageKey = qint64;

    static Task<void> readFirst(QPointer<ActivityModel> self,
        std::shared_ptr<store::Database> database, audit::Filter filter, int generation);
    static Task<void> readNext(QPointer<ActivityModel> self,
        std::shared_ptr<store::Database> database, audit::Filter filter, int generation);
    static Task<void> readPage(QPointer<ActivityModel> self,
        std::shared_ptr<store::Database> database, audit::Filter filter, int generation,
        PageKey key);
    /// Looks anew where the history begins.
    static Task<void> readBegin(
        QPointer<ActivityModel> self, std::shared_ptr<store::Database> database, int generation);
    void begin(const audit::Page &page, qint64 gone);
    void setGone(qint64 gone);
    int rowsOf(PageKey key) const;
    void fail(const Error &error);
    void want(PageKey key) const;
    void readWanted();
    void keep(PageKey key, const QList<audit::Record> &records);
    void onAppended(const audit::Record &record);
    void takeArrivals();
    PageKey keyOf(int row) const;
    int firstRowOf(PageKey key) const;
    int pagedRows() const { return m_rows - int(m_live.size()); }

    Services &m_services;
    audit::Filter m_filter;
    bool m_filtered = false;
    bool m_loading = false;
    bool m_more = false;
    bool m_fetching = false;
    int m_generation = 0;
    std::optional<Error> m_error;

    int m_rows = 0;
    QList<audit::Record> m_live; ///< newest first: the rows above the first page
    qint64 m_base = 0; ///< the newest seq that is in a page; unfiltered, the pages follow from it
    qint64 m_gone =
        0; ///< the newest seq that retention has removed; unfiltered, the rows end above
    QList<PageKey> m_keys; ///< filtered: of each page; all but the last one are full
    mutable QCache<PageKey, QList<audit::Record>> m_pages {pagesKept};
    mutable QList<PageKey> m_wanted; ///< the one asked for last comes first
    QList<PageKey> m_underWay;
    QTimer m_reader;

    QList<audit::Record> m_arrivals; ///< oldest first: not shown yet
    QTimer m_arrivalTimer;
};

} // namespace chatelaine::ui
