// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audit/AuditExport.h"
#include "core/audit/AuditTimeline.h"
#include "ui/common/Page.h"

#include <QPointer>
#include <QTimer>

#include <memory>

class QLabel;
class QPushButton;
class QSplitter;
class QStackedWidget;

namespace chatelaine::ui {

class ActivityFilters;
class ActivityModel;
class ActivityTable;
class EmptyState;
class HistoryJobs;
class JobStrip;
class RecordPane;
class TimelineView;

/// Activity: everything that was written down, to be searched, looked at, verified and exported.
class ActivityPage : public Page
{
    Q_OBJECT

public:
    ActivityPage(Services &services, QWidget *parent = nullptr);
    ~ActivityPage() override;

    void focusSearch() override;
    void refresh() override;
    /// "server:" before a server's name, or "seq:" before a record's number.
    void open(const QString &target) override;
    /// Writes what is shown to that file, which is replaced when all is written.
    void exportTo(const QString &path, audit::ExportFormat format);
    void verify();

protected:
    void retranslate() override;

private:
    static Task<void> readTimeline(QPointer<ActivityPage> self,
        std::shared_ptr<store::Database> database, audit::Filter filter, UtcMs now,
        std::stop_token stop);

    audit::Filter wanted() const; ///< with the stretch chosen in the timeline
    void onFiltersChanged();
    void onState();
    void onCurrent();
    void showSeq(qint64 seq);
    void loadTimeline();
    void enableJobs();
    void sayCount();

    Services &m_services;
    ActivityModel *m_model;
    ActivityFilters *m_filters;
    QPushButton *m_verify;
    QPushButton *m_export;
    JobStrip *m_job;
    HistoryJobs *m_jobs;
    TimelineView *m_timeline;
    QStackedWidget *m_stack; ///< table, loading, nothing found, no history, error
    QSplitter *m_splitter;
    ActivityTable *m_table;
    RecordPane *m_record;
    EmptyState *m_loading;
    EmptyState *m_nothing;
    QPushButton *m_clear;
    EmptyState *m_none;
    EmptyState *m_error;
    QPushButton *m_again;
    QLabel *m_count;
    QTimer m_timelineDue;
    std::stop_source m_timelineStop;
    qint64 m_wantedSeq = 0; ///< to be shown when it is there
};

} // namespace chatelaine::ui
