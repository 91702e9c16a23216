// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audit/AuditExport.h"
#include "core/audit/AuditVerifier.h"
#include "ui/common/Services.h"

#include <QPointer>
#include <QWidget>

#include <functional>
#include <memory>

class QSaveFile;

namespace chatelaine::ui {

class JobStrip;

/// The long work on the history, one at a time: verifying it and writing it to a file. Tells of
/// itself in the strip, which can cancel it.
class HistoryJobs : public QObject
{
    Q_OBJECT

public:
    /// `page` is the strip's page and the parent of what asks.
    HistoryJobs(Services &services, JobStrip *strip, QWidget *page);
    ~HistoryJobs() override;

    bool isWorking() const { return m_working; }
    void verify();
    /// Asks for a file and writes there what the filter lets through.
    void askWhere(const audit::Filter &filter);
    /// The file is replaced when all is written.
    void exportTo(const audit::Filter &filter, const QString &path, audit::ExportFormat format);
    void retranslate();

Q_SIGNALS:
    void workingChanged();
    void recordWanted(qint64 seq);

private:
    static Task<void> runVerify(QPointer<HistoryJobs> self,
        std::shared_ptr<audit::AuditVerifier> verifier, std::stop_token stop);
    static Task<void> runExport(QPointer<HistoryJobs> self,
        std::shared_ptr<store::Database> database, audit::Filter filter, audit::ExportFormat format,
        std::shared_ptr<QSaveFile> file, std::stop_token stop);
    static Task<Result<void>> keep(std::shared_ptr<QSaveFile> file, std::stop_token stop);

    std::stop_token begin(const char *what);
    void end(std::function<void()> say);
    void sayVerified(const Result<audit::Verification> &found);
    void sayExported(const Result<qint64> &count, const QString &path);

    Services &m_services;
    JobStrip *m_strip;
    QWidget *m_page;
    std::stop_source m_stop;
    std::function<void()> m_say; ///< says it again, in another language
    QPointer<QWidget> m_before; ///< who had the keyboard when the work began
    bool m_working = false;
    qint64 m_badSeq = 0; ///< what the last verification found
};

} // namespace chatelaine::ui
