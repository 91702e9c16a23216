// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/activity/HistoryJobs.h"

#include "core/base/Background.h"
#include "core/broker/Broker.h"
#include "ui/activity/JobStrip.h"
#include "ui/common/Words.h"

#include <QFileDialog>
#include <QLocale>
#include <QSaveFile>

#include <cerrno>
#include <unistd.h>

namespace chatelaine::ui {

HistoryJobs::HistoryJobs(Services &services, JobStrip *strip, QWidget *page)
    : QObject(page)
    , m_services(services)
    , m_strip(strip)
    , m_page(page)
{
    connect(m_strip, &JobStrip::cancelWanted, this, [this] { m_stop.request_stop(); });
    // Nothing is read behind a lock.
    const auto onLock = [this] {
        if (m_services.broker.isLocked())
            m_stop.request_stop();
    };
    connect(&services.broker.credentials(), &credentials::Credentials::lockedChanged, this, onLock);
    connect(&services.broker.vault(), &Vault::stateChanged, this, onLock);
    connect(m_strip, &JobStrip::actionWanted, this, [this] { Q_EMIT recordWanted(m_badSeq); });
}

HistoryJobs::~HistoryJobs()
{
    m_stop.request_stop();
}

std::stop_token HistoryJobs::begin(const char *what)
{
    m_stop = std::stop_source();
    m_working = true;
    m_before = m_page->window()->focusWidget();
    m_say = [this, what] { m_strip->setWhat(tr(what)); };
    m_strip->begin(tr(what));
    Q_EMIT workingChanged();
    return m_stop.get_token();
}

void HistoryJobs::end(std::function<void()> say)
{
    m_working = false;
    Q_EMIT workingChanged();
    // The button that cancels goes; the keyboard comes back to where it was.
    if (m_before && m_strip->isAncestorOf(m_page->window()->focusWidget()))
        m_before->setFocus();
    m_say = std::move(say);
    m_say();
}

void HistoryJobs::verify()
{
    auto verifier = std::make_shared<audit::AuditVerifier>(
        m_services.broker.database(), m_services.broker.vault(), m_services.broker.audit().head());
    detach(runVerify(this, std::move(verifier), begin(QT_TR_NOOP("Verifying the history"))));
}

Task<void> HistoryJobs::runVerify(QPointer<HistoryJobs> self,
    std::shared_ptr<audit::AuditVerifier> verifier, std::stop_token stop)
{
    audit::AuditVerifier::Progress progress = [self](qint64 done, qint64 total) {
        if (self)
            self->m_strip->setProgress(done, total);
    };
    const Result<audit::Verification> found = co_await verifier->verify(progress, stop);
    if (!self)
        co_return;
    self->end([jobs = self.data(), found] { jobs->sayVerified(found); });
}

void HistoryJobs::sayVerified(const Result<audit::Verification> &found)
{
    if (!found) {
        if (found.error().code == ErrorCode::Cancelled)
            m_strip->end(Tone::Neutral, tr("The verification was cancelled."));
        else
            m_strip->end(Tone::Error, errorTitle(found.error()), found.error().message);
    } else if (found->ok) {
        m_strip->end(Tone::Ok,
            tr("All %n record(s) are as they were written.", nullptr, int(found->rows)),
            found->removedAt == 0
                ? QString()
                : tr("They begin with number %1; older ones were removed on %2, as the settings "
                     "say.")
                      .arg(QLocale().toString(found->firstSeq), absoluteTime(found->removedAt)));
    } else {
        m_badSeq = found->firstBadSeq.value_or(0);
        const bool there = m_badSeq > 0 && m_badSeq <= found->headSeq + 1;
        m_strip->end(Tone::Error, tr("The history was altered at record %1.").arg(m_badSeq),
            tr("%1 Keep a copy of the database and find out who could write to it.")
                .arg(found->reason),
            there ? tr("Show the &record") : QString());
    }
}

void HistoryJobs::askWhere(const audit::Filter &filter)
{
    auto *dialog = new QFileDialog(m_page, tr("Export the history"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    const QString csv = tr("Table (*.csv)");
    dialog->setNameFilters({tr("JSON Lines (*.jsonl)"), csv});
    dialog->setDefaultSuffix(QStringLiteral("jsonl"));
    dialog->selectFile(QStringLiteral("history.jsonl"));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog, csv](const QString &chosen) {
        dialog->setDefaultSuffix(chosen == csv ? QStringLiteral("csv") : QStringLiteral("jsonl"));
    });
    connect(dialog, &QFileDialog::fileSelected, this, [this, filter](const QString &path) {
        exportTo(filter, path,
            path.endsWith(QLatin1StringView(".csv"), Qt::CaseInsensitive)
                ? audit::ExportFormat::Csv
                : audit::ExportFormat::JsonLines);
    });
    dialog->open();
}

void HistoryJobs::exportTo(
    const audit::Filter &filter, const QString &path, audit::ExportFormat format)
{
    auto file = std::make_shared<QSaveFile>(path);
    if (!file->open(QIODevice::WriteOnly)) {
        m_strip->end(
            Tone::Error, tr("The file can't be made. Choose another place."), file->errorString());
        return;
    }
    // Who borrowed what is nobody else's business.
    file->setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    detach(runExport(this, m_services.broker.database(), filter, format, std::move(file),
        begin(QT_TR_NOOP("Exporting the history"))));
}

Task<void> HistoryJobs::runExport(QPointer<HistoryJobs> self,
    std::shared_ptr<store::Database> database, audit::Filter filter, audit::ExportFormat format,
    std::shared_ptr<QSaveFile> file, std::stop_token stop)
{
    audit::ExportProgress progress = [self](qint64 done, qint64 total) {
        if (self)
            self->m_strip->setProgress(done, total);
    };
    const Result<qint64> count =
        co_await audit::exportTo(database, filter, format, file.get(), progress, stop);
    Result<qint64> outcome = count;
    if (count) {
        const Result<void> kept = co_await keep(file, stop);
        if (!kept)
            outcome = failure(kept.error());
    }
    if (!self)
        co_return;
    self->end([jobs = self.data(), outcome, path = file->fileName()] {
        jobs->sayExported(outcome, path);
    });
}

// The disk may take its time, so it is waited for elsewhere: what commit() has left to do then is
// to give the file its name.
Task<Result<void>> HistoryJobs::keep(std::shared_ptr<QSaveFile> file, std::stop_token stop)
{
    if (!file->flush())
        co_return failure(ErrorCode::DiskFull, file->errorString());
    auto work = [file]() -> Result<int> { return ::fsync(file->handle()) == 0 ? 0 : errno; };
    const Completion<Result<int>> onDisk = inThread(std::move(work));
    const Result<int> wrong = co_await onDisk;
    if (stop.stop_requested())
        co_return cancelled();
    if (!wrong)
        co_return failure(wrong.error());
    // A special file can't be synced: fsync(2).
    if (*wrong != 0 && *wrong != EINVAL)
        co_return failure(ErrorCode::DiskFull, qt_error_string(*wrong));
    if (!file->commit())
        co_return failure(ErrorCode::DiskFull, file->errorString());
    co_return Result<void>();
}

void HistoryJobs::sayExported(const Result<qint64> &count, const QString &path)
{
    if (count)
        m_strip->end(Tone::Ok, tr("%n record(s) were exported.", nullptr, int(*count)), path);
    else if (count.error().code == ErrorCode::Cancelled)
        m_strip->end(Tone::Neutral, tr("The export was cancelled; nothing was written."));
    else
        m_strip->end(Tone::Error, tr("The history could not be written."), count.error().message);
}

void HistoryJobs::retranslate()
{
    m_strip->setWords(tr("&Cancel"), tr("Close the message"));
    if (m_say && !m_strip->isHidden())
        m_say();
}

} // namespace chatelaine::ui
