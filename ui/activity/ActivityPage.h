// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audit/AuditExport.h"
#include "core/audit/AuditTimeline.h"
#include "core/audit/AuditVerifier.h"
#include "ui/common/Page.h"

#include <QPointer>
#include <QTimer>

#include <functional>
#include <memory>

class QLabel;
class QPushButton;
class QSaveFile;
class QSplitter;
class QStackedWidget;

namespace chatelaine::ui {

class ActivityFilters;
class ActivityModel;
class ActivityTable;
class EmptyState;
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
    static Task<void> runVerify(QPointer<ActivityPage> self,
        std::shared_ptr<audit::AuditVerifier> verifier, std::stop_token stop);
    static Task<void> runExport(QPointer<ActivityPage> self,
        std::shared_ptr<store::Database> database, audit::Filter filter,
        audit::ExportFormat format, std::shared_ptr<QSaveFile> file, std::stop_token stop);

    audit::Filter wanted() const; ///< with the stretch chosen in the timeline
    void onFiltersChanged();
    void onState();
    void onCurrent();
    void showSeq(qint64 seq);
    void loadTimeline();
    void askWhere();
    std::stop_token beginJob(const char *what);
    void endJob(std::function<void()> say);
    void sayVerified(const Result<audit::Verification> &found);
    void sayExported(const Result<qint64> &count, const QString &path);
    void sayCount();

    Services &m_services;
    ActivityModel *m_model;
    ActivityFilters *m_filters;
    QPushButton *m_verify;
    QPushButton *m_export;
    JobStrip *m_job;
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
    std::stop_source m_jobStop;
    std::function<void()> m_say; ///< says it again, in another language
    QPointer<QWidget> m_before; ///< who had the keyboard when the job began
    bool m_working = false; ///< verifying or exporting
    qint64 m_badSeq = 0; ///< what the last verification found
    qint64 m_wantedSeq = 0; ///< to be shown when it is there
};

} // namespace chatelaine::ui
