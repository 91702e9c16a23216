// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/Stage.h"
#include "ui/activity/ActivityFilters.h"
#include "ui/activity/ActivityModel.h"
#include "ui/activity/ActivityPage.h"
#include "ui/activity/JobStrip.h"
#include "ui/activity/TimelineView.h"

#include <QTableView>
#include <QTest>

namespace chatelaine::test {

/// One a minute: every tenth is denied, every hundredth failed; three servers, two programs.
inline audit::Event happened(int i)
{
    audit::Event event;
    event.event = i % 4 == 0 ? QStringLiteral("token.refreshed") : QStringLiteral("loan.token");
    event.outcome = i % 100 == 0 ? audit::Outcome::Failed
        : i % 10 == 0            ? audit::Outcome::Denied
                                 : audit::Outcome::Ok;
    event.server = QStringLiteral("server-%1").arg(i % 3);
    event.client.exe =
        i % 2 == 0 ? QStringLiteral("/usr/bin/codex") : QStringLiteral("/usr/bin/zed");
    event.client.pid = i + 1;
    event.detail = i % 1000 == 7 ? QStringLiteral("=needle, \"%1\"").arg(i) : QString();
    return event;
}

inline void writePast(Stage &stage, int count)
{
    const UtcMs begin = stage.clock.utcMs() - count * 60'000LL;
    stage.writeHistory(
        count, [begin](int i) { return std::pair(begin + i * 60'000LL, happened(i)); });
}

/// The history in the window, read.
struct Shown
{
    explicit Shown(Stage &stage)
    {
        stage.window().openPage(QStringLiteral("activity"));
        page = stage.window().findChild<ui::ActivityPage *>();
        table = child<QTableView>(*page, "activityTable");
        model = qobject_cast<ui::ActivityModel *>(table->model());
        filters = page->findChild<ui::ActivityFilters *>();
        timeline = page->findChild<ui::TimelineView *>();
        job = page->findChild<ui::JobStrip *>();
        settle();
    }
    void settle() const
    {
        if (!QTest::qWaitFor([this] { return !model->isLoading(); }, 20'000)
            || !QTest::qWaitFor([this] { return !timeline->timeline().counts.isEmpty(); }, 20'000))
            qFatal("The history does not load.");
    }
    qint64 seqAt(int row) const
    {
        if (!QTest::qWaitFor([&] { return model->record(row) != nullptr; }, 10'000))
            return -1;
        return model->record(row)->seq;
    }

    ui::ActivityPage *page;
    QTableView *table;
    ui::ActivityModel *model;
    ui::ActivityFilters *filters;
    ui::TimelineView *timeline;
    ui::JobStrip *job;
};

} // namespace chatelaine::test
