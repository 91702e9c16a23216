// SPDX-License-Identifier: GPL-3.0-or-later
// The frames of the history's page, scrolled through a long history: its own program, because it
// needs the windows.
#include "tests/bench/Figure.h"
#include "tests/ui/Stage.h"
#include "ui/activity/ActivityModel.h"

#include <QApplication>
#include <QScrollBar>
#include <QTableView>
#include <QTest>

#include <cstdlib>

using namespace chatelaine;

namespace {

constexpr int clients = 500;
constexpr qint64 everyMs = 2000;
constexpr int smoothFrames = 2000;
constexpr int draggedFrames = 1000;

/// What one frame costs the loop: the new place, the painting, and what came in meanwhile.
int64_t frame(QTableView &table, int value)
{
    const int64_t start = bench::now();
    table.verticalScrollBar()->setValue(value);
    table.viewport()->repaint();
    QCoreApplication::processEvents();
    return bench::now() - start;
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const int rows = argc > 1 ? std::atoi(argv[1]) : 1'000'000;
    test::Stage stage;
    const UtcMs begin = stage.clock.utcMs() - rows * everyMs;
    stage.writeHistory(rows,
        [begin](int i) { return std::pair(begin + i * everyMs, test::busyEvent(i, clients)); });
    stage.window().resize(1920, 1080);
    stage.window().openPage(QStringLiteral("activity"));
    auto *table = test::child<QTableView>(stage.window(), "activityTable");
    auto *model = qobject_cast<ui::ActivityModel *>(table->model());
    if (!QTest::qWaitFor([&] { return model->rowCount() >= rows; }, 60'000))
        bench::giveUp("the history does not load");

    QScrollBar *bar = table->verticalScrollBar();
    bench::Samples smooth;
    for (int i = 0; i < smoothFrames; ++i)
        smooth.add(frame(*table, bar->value() + 3 * table->rowHeight(0)));
    bench::print({.id = "scroll_frame",
        .title = "a frame of the history's page at 1920 x 1080, scrolled by three rows: 99th "
                 "percentile",
        .value = smooth.quantileUs(0.99) / 1000,
        .unit = "ms",
        .aim = 16});
    bench::Samples dragged;
    for (int i = 0; i < draggedFrames; ++i)
        dragged.add(frame(*table, int(qint64(bar->maximum()) * i / draggedFrames)));
    bench::print({.id = "drag_frame",
        .title = "the same, dragged from one end of a million rows to the other",
        .value = dragged.quantileUs(0.99) / 1000,
        .unit = "ms",
        .aim = 16});
    return 0;
}
