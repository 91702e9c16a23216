// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/activity/ActivityPage.h"

#include "core/broker/Broker.h"
#include "ui/activity/ActivityFilters.h"
#include "ui/activity/ActivityModel.h"
#include "ui/activity/ActivityTable.h"
#include "ui/activity/HistoryJobs.h"
#include "ui/activity/JobStrip.h"
#include "ui/activity/RecordPane.h"
#include "ui/activity/TimelineView.h"
#include "ui/common/Icons.h"
#include "ui/common/Words.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>

namespace chatelaine::ui {

namespace {

const QString serverPrefix = QStringLiteral("server:");
const QString seqPrefix = QStringLiteral("seq:");
constexpr int timelineRestMs = 3000;

enum View { TableView, LoadingView, NothingView, NoneView, ErrorView };

} // namespace

ActivityPage::ActivityPage(Services &services, QWidget *parent)
    : Page(parent)
    , m_services(services)
    , m_model(new ActivityModel(services, this))
    , m_filters(new ActivityFilters(services, this))
    , m_verify(new QPushButton(this))
    , m_export(new QPushButton(this))
    , m_job(new JobStrip(this))
    , m_jobs(new HistoryJobs(services, m_job, this))
    , m_timeline(new TimelineView(this))
    , m_stack(new QStackedWidget(this))
    , m_splitter(new QSplitter(Qt::Horizontal))
    , m_table(new ActivityTable)
    , m_record(new RecordPane(services))
    , m_loading(new EmptyState(QStringLiteral("history")))
    , m_nothing(new EmptyState(QStringLiteral("search")))
    , m_clear(m_nothing->addAction())
    , m_none(new EmptyState(QStringLiteral("activity")))
    , m_error(new EmptyState(QStringLiteral("error")))
    , m_again(m_error->addAction(QStringLiteral("refresh")))
    , m_count(makeLabel(Type::Small, this, true))
{
    m_verify->setObjectName(QStringLiteral("verifyHistory"));
    m_export->setObjectName(QStringLiteral("exportHistory"));
    m_table->setObjectName(QStringLiteral("activityTable"));
    m_clear->setObjectName(QStringLiteral("clearFilters"));
    m_count->setObjectName(QStringLiteral("activityCount"));
    m_count->setWordWrap(false);
    m_table->setModel(m_model);
    m_splitter->addWidget(m_table);
    m_splitter->addWidget(m_record);
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({600, 330});
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(6);
    m_record->hide();
    for (QWidget *view :
        std::initializer_list<QWidget *>{m_splitter, m_loading, m_nothing, m_none, m_error})
        m_stack->addWidget(view);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::l, space::l, space::l, space::s);
    layout->setSpacing(space::s);
    layout->addWidget(m_filters);
    layout->addWidget(m_timeline);
    layout->addWidget(m_job);
    layout->addWidget(m_stack, 1);
    auto *foot = new QHBoxLayout;
    foot->setSpacing(space::s);
    foot->addWidget(m_count, 1);
    foot->addWidget(m_verify);
    foot->addWidget(m_export);
    layout->addLayout(foot);

    connect(m_filters, &ActivityFilters::changed, this, &ActivityPage::onFiltersChanged);
    connect(
        m_timeline, &TimelineView::chosenChanged, this, [this] { m_model->setFilter(wanted()); });
    connect(m_model, &ActivityModel::stateChanged, this, &ActivityPage::onState);
    connect(m_model, &QAbstractItemModel::dataChanged, this, [this] {
        if (m_table->selectionModel()->hasSelection())
            onCurrent();
    });
    connect(m_model, &QAbstractItemModel::modelReset, m_record, &QWidget::hide);
    connect(m_model, &QAbstractItemModel::rowsRemoved, &m_timelineDue, qOverload<>(&QTimer::start));
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this,
        &ActivityPage::onCurrent);
    connect(m_record, &RecordPane::closeWanted, this, [this] {
        m_record->hide();
        m_table->clearSelection();
        m_table->setFocus();
    });
    connect(m_table, &QTableView::clicked, this, &ActivityPage::onCurrent);
    connect(m_clear, &QPushButton::clicked, this, [this] {
        m_timeline->chooseNone();
        m_filters->clear();
    });
    connect(m_again, &QPushButton::clicked, this, &ActivityPage::onFiltersChanged);
    connect(m_verify, &QPushButton::clicked, this, &ActivityPage::verify);
    connect(m_export, &QPushButton::clicked, this, [this] { m_jobs->askWhere(wanted()); });
    connect(m_jobs, &HistoryJobs::workingChanged, this, &ActivityPage::enableJobs);
    connect(m_jobs, &HistoryJobs::recordWanted, this, &ActivityPage::showSeq);
    m_timelineDue.setSingleShot(true);
    m_timelineDue.setInterval(timelineRestMs);
    connect(&m_timelineDue, &QTimer::timeout, this, &ActivityPage::loadTimeline);
    connect(&services.broker.audit(), &audit::AuditLog::appended, this,
        [this](const audit::Record &record) {
            if (!audit::matches(m_filters->filter(), record))
                return;
            // Past its end the timeline is drawn anew, but not while one looks at a part of it.
            if (!m_timeline->count(record.time, record.event.outcome) && !m_timeline->isHeld()
                && !m_timelineDue.isActive())
                m_timelineDue.start();
        });
    retranslate();
    onFiltersChanged();
}

ActivityPage::~ActivityPage()
{
    m_timelineStop.request_stop();
}

audit::Filter ActivityPage::wanted() const
{
    audit::Filter filter = m_filters->filter();
    if (const auto chosen = m_timeline->chosen()) {
        filter.since = qMax(filter.since.value_or(chosen->since), chosen->since);
        filter.until = chosen->until;
    }
    return filter;
}

void ActivityPage::onFiltersChanged()
{
    // A stretch of another chart says nothing.
    m_timeline->setTimeline({});
    m_model->setFilter(wanted());
    loadTimeline();
}

void ActivityPage::loadTimeline()
{
    m_timelineDue.stop();
    m_timelineStop.request_stop();
    m_timelineStop = std::stop_source();
    detach(readTimeline(this, m_services.broker.database(), m_filters->filter(),
        m_services.broker.clock().utcMs(), m_timelineStop.get_token()));
}

Task<void> ActivityPage::readTimeline(QPointer<ActivityPage> self,
    std::shared_ptr<store::Database> database, audit::Filter filter, UtcMs now,
    std::stop_token stop)
{
    const qint64 offset = QDateTime::fromMSecsSinceEpoch(now).offsetFromUtc() * 1000LL;
    const Result<audit::Timeline> found =
        co_await audit::timeline(database, filter, now, offset, TimelineView::maxStretches, stop);
    if (!self || stop.stop_requested() || !found || self->m_timeline->isHeld())
        co_return;
    self->m_timeline->setTimeline(*found);
    self->sayCount();
}

void ActivityPage::onState()
{
    const bool empty = m_model->rowCount() == 0;
    int view = TableView;
    if (m_model->error()) {
        m_error->setTexts(errorTitle(*m_model->error()), m_model->error()->message);
        view = ErrorView;
    } else if (m_model->isLoading()) {
        // What was there stays until something else is.
        view = empty ? LoadingView : m_stack->currentIndex();
    } else if (empty) {
        view = m_model->isFiltered() ? NothingView : NoneView;
    }
    m_stack->setCurrentIndex(view);
    enableJobs();
    if (!m_model->isLoading() && m_wantedSeq > 0)
        showSeq(std::exchange(m_wantedSeq, 0));
    sayCount();
}

void ActivityPage::sayCount()
{
    if (m_model->isLoading()) {
        m_count->setText(tr("Looking…"));
        return;
    }
    const audit::Timeline::Counts counts = m_timeline->counts();
    const qint64 counted = counts[0] + counts[1] + counts[2];
    const qint64 rows = m_model->rowCount();
    const qint64 shown = m_model->isComplete() ? rows : qMax(rows, counted);
    m_count->setText(tr("%n record(s)", nullptr, int(shown))
                         .replace(QString::number(shown), QLocale().toString(shown)));
}

void ActivityPage::onCurrent()
{
    const QModelIndex current = m_table->currentIndex();
    const audit::Record *record = current.isValid() ? m_model->record(current.row()) : nullptr;
    if (!record)
        return;
    m_record->show(*record);
    m_record->QWidget::show();
}

void ActivityPage::showSeq(qint64 seq)
{
    if (m_model->isLoading() || m_model->isFiltered()) {
        m_wantedSeq = seq;
        if (m_model->isLoading())
            return;
        m_timeline->chooseNone();
        m_filters->clear();
        return;
    }
    const int row = m_model->rowOf(seq);
    if (row < 0)
        return;
    m_table->setCurrentIndex(m_model->index(row, 0));
    m_table->scrollTo(m_table->currentIndex(), QAbstractItemView::PositionAtCenter);
    m_table->setFocus();
}

void ActivityPage::refresh()
{
    m_model->reload();
    loadTimeline();
}

void ActivityPage::focusSearch()
{
    m_filters->focusSearch();
}

void ActivityPage::open(const QString &target)
{
    if (target.startsWith(serverPrefix))
        m_filters->setServer(target.mid(serverPrefix.size()));
    else if (target.startsWith(seqPrefix))
        showSeq(target.mid(seqPrefix.size()).toLongLong());
}

void ActivityPage::exportTo(const QString &path, audit::ExportFormat format)
{
    m_jobs->exportTo(wanted(), path, format);
}

void ActivityPage::verify()
{
    m_jobs->verify();
}

void ActivityPage::enableJobs()
{
    m_verify->setEnabled(!m_jobs->isWorking());
    m_export->setEnabled(!m_jobs->isWorking() && m_model->rowCount() > 0);
}

void ActivityPage::retranslate()
{
    m_verify->setText(tr("&Verify"));
    m_verify->setIcon(icon(QStringLiteral("shield")));
    m_verify->setToolTip(tr("Checks that no record was changed or taken away"));
    m_export->setText(tr("&Export…"));
    m_export->setIcon(icon(QStringLiteral("export")));
    m_export->setToolTip(tr("Writes what is shown to a file"));
    m_table->setAccessibleName(tr("History"));
    m_loading->setTexts(tr("Reading the history"), tr("This takes a moment when it is long."));
    m_nothing->setTexts(
        tr("Nothing found"), tr("No records match. Loosen the filters, or show all of them."));
    m_clear->setText(tr("Show &all records"));
    m_none->setTexts(tr("Nothing has happened yet"),
        tr("Every sign-in, every loan and every denial will be written down here, for you alone "
           "to read."));
    m_again->setText(tr("Try a&gain"));
    m_jobs->retranslate();
    m_model->retranslate();
    onState();
}

} // namespace chatelaine::ui
