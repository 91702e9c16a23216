// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/Past.h"
#include "tests/ui/Watchdog.h"
#include "ui/activity/RecordPane.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QFile>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>

using namespace chatelaine;
using namespace chatelaine::test;

class ActivityTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLongHistoryIsPagedWithoutHoldingTheLoop()
    {
        Stage stage;
        writePast(stage, 100'000);
        Shown shown(stage);
        const qint64 head = stage.broker->audit().head()->seq;
        QCOMPARE(shown.model->rowCount(), int(head));
        QScrollBar *bar = shown.table->verticalScrollBar();
        Watchdog watchdog;
        for (int i = 0; i <= 40; ++i) {
            bar->setValue(int(qint64(bar->maximum()) * i / 40));
            QCoreApplication::processEvents();
            // Dragged past most of the time, resting now and then.
            if (i % 4 == 0)
                QVERIFY(shown.seqAt(shown.table->rowAt(2)) > 0);
        }
        QCOMPARE(shown.seqAt(shown.model->rowCount() - 1), 1);
        QCOMPARE(shown.seqAt(50'000), head - 50'000);
        QCOMPARE(shown.seqAt(0), head);
        QVERIFY2(watchdog.longestMs() < Watchdog::limitMs,
            qPrintable(QString::number(watchdog.longestMs())));
    }

    void filtersFindWhatTheQueryFinds_data()
    {
        QTest::addColumn<QString>("control");
        QTest::addColumn<int>("index");
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("rows");
        QTest::newRow("outcome") << "activityOutcome" << 3 << QString() << 30;
        QTest::newRow("client") << "activityClient" << 0 << "codex" << 1500;
        QTest::newRow("text") << "searchActivity" << 0 << "NEEDLE" << 3;
        QTest::newRow("all") << "activityOutcome" << 0 << QString() << -1;
    }
    void filtersFindWhatTheQueryFinds()
    {
        QFETCH(const QString, control);
        QFETCH(const int, index);
        QFETCH(const QString, text);
        QFETCH(const int, rows);
        Stage stage;
        writePast(stage, 3000);
        Shown shown(stage);
        if (auto *box = shown.page->findChild<QComboBox *>(control))
            box->setCurrentIndex(index);
        else {
            QSignalSpy changed(shown.filters, &ui::ActivityFilters::changed);
            shown.page->findChild<QLineEdit *>(control)->setText(text);
            QVERIFY(changed.wait());
        }
        shown.settle();
        const int expected = rows < 0 ? int(stage.broker->audit().head()->seq) : rows;
        QTRY_VERIFY(shown.model->canFetchMore({}) || shown.model->rowCount() == expected);
        while (shown.model->canFetchMore({})) {
            QSignalSpy state(shown.model, &ui::ActivityModel::stateChanged);
            shown.model->fetchMore({});
            QVERIFY(state.wait());
        }
        QCOMPARE(shown.model->rowCount(), expected);
        const auto counted = [&shown] {
            const audit::Timeline::Counts counts = shown.timeline->counts();
            return counts[0] + counts[1] + counts[2];
        };
        QTRY_COMPARE(counted(), expected);
        for (const int row : {0, expected - 1})
            QVERIFY(audit::matches(shown.filters->filter(), *shown.model->record(row)));
    }

    void serversAreAskedForByName()
    {
        Stage stage;
        writePast(stage, 300);
        Shown shown(stage);
        shown.page->open(QStringLiteral("server:server-1"));
        shown.settle();
        QTRY_COMPARE(shown.model->rowCount(), 100);
        QCOMPARE(shown.model->record(0)->event.server, QStringLiteral("server-1"));
    }

    void serversComeAndGoInTheFilter()
    {
        Stage stage;
        Shown shown(stage);
        auto *servers = child<QComboBox>(*shown.page, "activityServer");
        QCOMPARE(servers->count(), 1);
        const QString id = stage.addLab().account.id;
        QVERIFY(servers->findData(QStringLiteral("sentiment")) > 0);
        QVERIFY(await(stage.broker->credentials().remove(id, {})));
        QCOMPARE(servers->count(), 1);
    }

    void theLastHourIsTheOneBeforeNow()
    {
        Stage stage;
        writePast(stage, 300);
        Shown shown(stage);
        child<QComboBox>(*shown.page, "activityTime")->setCurrentIndex(1);
        const UtcMs before = *shown.filters->filter().since;
        const auto lookedAtAgain = [&] {
            stage.window().openPage(QStringLiteral("servers"));
            stage.window().openPage(QStringLiteral("activity"));
            return *shown.filters->filter().since;
        };
        QTRY_VERIFY(lookedAtAgain() > before);
        QTRY_COMPARE(shown.model->filter().since, shown.filters->filter().since);
    }

    void theTimelineChooses()
    {
        Stage stage;
        writePast(stage, 3000);
        Shown shown(stage);
        shown.timeline->setFocus();
        QTest::keyClick(shown.timeline, Qt::Key_Home);
        QTest::keyClick(shown.timeline, Qt::Key_Right);
        QTest::keyClick(shown.timeline, Qt::Key_Right, Qt::ShiftModifier);
        QVERIFY(!shown.timeline->chosen());
        QTest::keyClick(shown.timeline, Qt::Key_Return);
        const auto range = shown.timeline->chosen();
        QVERIFY(range);
        QCOMPARE(range->until - range->since, 2 * shown.timeline->timeline().widthMs);
        const audit::Timeline::Counts counts = shown.timeline->counts();
        const int inside = int(counts[0] + counts[1] + counts[2]);
        QVERIFY(inside > 0 && inside < 3000);
        QTRY_COMPARE(shown.model->rowCount(), inside);
        for (int row = 0; row < inside; ++row) {
            const UtcMs time = shown.model->record(row)->time;
            QVERIFY(time >= range->since && time < range->until);
        }
        QTest::keyClick(shown.timeline, Qt::Key_Escape);
        QTRY_COMPARE(shown.model->rowCount(), int(stage.broker->audit().head()->seq));

        const QRect area = shown.timeline->rect();
        QTest::mousePress(shown.timeline, Qt::LeftButton, {}, {area.width() / 2, 50});
        QTest::mouseMove(shown.timeline, {area.width() - 20, 50});
        QTest::mouseRelease(shown.timeline, Qt::LeftButton, {}, {area.width() - 20, 50});
        QTRY_VERIFY(shown.model->isFiltered() && shown.model->rowCount() > 0);
        QVERIFY(shown.model->record(0)->time >= shown.timeline->chosen()->since);
    }

    void whatComesInLeavesThePlace()
    {
        Stage stage;
        writePast(stage, 2000);
        Shown shown(stage);
        QAbstractItemModelTester tester(shown.model);
        QScrollBar *bar = shown.table->verticalScrollBar();
        bar->setValue(bar->maximum() / 2);
        const auto seqOnTop = [&] { return shown.seqAt(shown.table->rowAt(2)); };
        const qint64 before = seqOnTop();
        shown.table->setCurrentIndex(shown.model->index(shown.table->rowAt(2), 0));
        const int rows = shown.model->rowCount();
        // More than two pages: the oldest of them are read again like all others.
        for (int i = 0; i < 450; ++i)
            stage.broker->audit().note(happened(i));
        QTRY_COMPARE(shown.model->rowCount(), rows + 450);
        QCOMPARE(seqOnTop(), before);
        QCOMPARE(shown.seqAt(shown.table->currentIndex().row()), before);
        for (int row = 0; row < 900; row += 50)
            QCOMPARE(shown.seqAt(row), rows + 450 - row);
        bar->setValue(0);
        stage.broker->audit().note(happened(1));
        QTRY_COMPARE(shown.model->rowCount(), rows + 451);
        QCOMPARE(bar->value(), 0);
        QCOMPARE(shown.seqAt(0), qint64(rows) + 451);
    }

    void whatComesInGetsItsRoom()
    {
        Stage stage;
        writePast(stage, 30);
        Shown shown(stage);
        stage.window().resize(1600, 800);
        shown.settle();
        QTableView *table = shown.table;
        const auto room = [table] { return table->columnWidth(ui::ActivityModel::Client); };
        QTRY_VERIFY(room() > 0);
        const QString program = QStringLiteral("nightly-report-of-borrowers");
        const int needed = table->fontMetrics().horizontalAdvance(program);
        QVERIFY(room() < needed);
        stage.addLab();
        stage.lend(QStringLiteral("sentiment"), QStringLiteral("/usr/bin/") + program, 1);
        QTRY_VERIFY(room() > needed);
    }

    void whatComesInIsFiltered()
    {
        Stage stage;
        writePast(stage, 200);
        Shown shown(stage);
        shown.page->findChild<QComboBox *>(QStringLiteral("activityOutcome"))->setCurrentIndex(3);
        QTRY_COMPARE(shown.model->rowCount(), 2);
        stage.broker->audit().note(happened(1));
        stage.broker->audit().note(happened(100));
        QTRY_COMPARE(shown.model->rowCount(), 3);
        QCOMPARE(shown.model->record(0)->seq, stage.broker->audit().head()->seq);
    }

    void theRecordIsShownWhole()
    {
        Stage stage;
        writePast(stage, 50);
        Shown shown(stage);
        auto *pane = shown.page->findChild<ui::RecordPane *>();
        QVERIFY(!pane->isVisible());
        const qint64 seq = shown.seqAt(3);
        shown.table->setFocus();
        shown.table->setCurrentIndex(shown.model->index(3, 0));
        QVERIFY(pane->isVisible());
        QCOMPARE(pane->seq(), seq);
        QTest::keyClick(shown.table, Qt::Key_Down);
        QCOMPARE(pane->seq(), seq - 1);
    }

    void whereTheHistoryBeginsIsSaid()
    {
        Stage stage;
        writePast(stage, 500);
        audit::AuditLog &log = stage.broker->audit();
        QVERIFY(await(log.checkpoint()));
        audit::Removal old;
        old.belowSeq = 101;
        old.atMost = 1000;
        old.now = stage.clock.utcMs();
        QCOMPARE(await(log.removeOldest(old))->lastSeq, 100);
        Shown shown(stage);
        shown.page->verify();
        QTRY_VERIFY(!shown.job->result().isEmpty());
        const auto said = [&](const QString &words) {
            const QList<QLabel *> labels = shown.page->findChildren<QLabel *>();
            return std::any_of(labels.cbegin(), labels.cend(),
                [&](const QLabel *label) { return label->text().contains(words); });
        };
        QVERIFY(said(QStringLiteral("They begin with number 101")));
        const QString removed = QStringLiteral("Older records were removed");
        const auto choose = [&](qint64 seq) {
            const qint64 newest = log.head()->seq;
            shown.table->setCurrentIndex(shown.model->index(int(newest - seq), 0));
            return QTest::qWaitFor([&] {
                shown.table->scrollTo(shown.table->currentIndex());
                return shown.page->findChild<ui::RecordPane *>()->seq() == seq;
            });
        };
        QVERIFY(choose(102));
        QVERIFY(!said(removed));
        QVERIFY(choose(101));
        QTRY_VERIFY(said(removed));
    }

    void exportIsTheQuery_data()
    {
        QTest::addColumn<bool>("csv");
        QTest::newRow("jsonl") << false;
        QTest::newRow("csv") << true;
    }
    void exportIsTheQuery()
    {
        QFETCH(const bool, csv);
        Stage stage;
        writePast(stage, 3000);
        Shown shown(stage);
        shown.filters->setText(QStringLiteral("needle"));
        QTRY_COMPARE(shown.model->rowCount(), 3);
        const QString path = stage.dir.filePath(QStringLiteral("history.out"));
        shown.page->exportTo(path, csv ? audit::ExportFormat::Csv : audit::ExportFormat::JsonLines);
        QTRY_VERIFY(!shown.job->result().isEmpty());
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther),
            QFileDevice::Permissions());
        QList<QByteArray> lines = file.readAll().trimmed().split('\n');
        if (csv)
            QVERIFY(lines.takeFirst().startsWith("seq,time,event"));
        QCOMPARE(lines.size(), 3);
        for (int i = 0; i < 3; ++i) {
            const audit::Record &record = *shown.model->record(2 - i);
            if (csv) {
                QVERIFY(lines.at(i).startsWith(QByteArray::number(record.seq) + ','));
                // A spreadsheet takes it for text.
                QVERIFY(lines.at(i).contains("\"'=needle, \"\""));
            } else {
                QCOMPARE(QJsonDocument::fromJson(lines.at(i)).object(), record.toJson());
            }
        }
    }

    void exportCanBeCancelled()
    {
        Stage stage;
        writePast(stage, 20'000);
        Shown shown(stage);
        const QString path = stage.dir.filePath(QStringLiteral("history.csv"));
        shown.page->exportTo(path, audit::ExportFormat::Csv);
        auto *cancel = child<QPushButton>(*shown.page, "cancelJob");
        QVERIFY(cancel->isVisible());
        QTest::mouseClick(cancel, Qt::LeftButton);
        QTRY_VERIFY(!shown.job->result().isEmpty());
        QVERIFY(!QFile::exists(path));
        QVERIFY(child<QPushButton>(*shown.page, "exportHistory")->isEnabled());
    }

    void verifyFindsAChangedRow()
    {
        Stage stage;
        writePast(stage, 500);
        Shown shown(stage);
        shown.page->verify();
        QTRY_VERIFY(!shown.job->result().isEmpty());
        QVERIFY2(shown.job->result().startsWith(QStringLiteral("All ")),
            qPrintable(shown.job->result()));
        auto tamper = [](store::Connection &connection) -> Result<void> {
            for (const QString &sql : {QStringLiteral("DROP TRIGGER audit_keeps_rows"),
                     QStringLiteral("UPDATE audit SET server = 'other' WHERE seq = 77")}) {
                const auto done = connection.run(sql);
                if (!done)
                    return failure(done.error());
            }
            return {};
        };
        QVERIFY(await(stage.broker->database()->write(std::move(tamper))));
        shown.page->verify();
        QTRY_VERIFY(shown.job->result().contains(QStringLiteral("77")));
        auto *show = child<QPushButton>(*shown.page, "jobAction");
        QTest::mouseClick(show, Qt::LeftButton);
        QTRY_COMPARE(shown.page->findChild<ui::RecordPane *>()->seq(), 77);
    }

    void whatCannotBeReadIsSaid()
    {
        Stage stage;
        Shown shown(stage);
        auto spoil = [](store::Connection &connection) -> Result<void> {
            const auto done = connection.run(QStringLiteral("ALTER TABLE audit RENAME TO gone"));
            if (!done)
                return failure(done.error());
            return {};
        };
        QVERIFY(await(stage.broker->database()->write(std::move(spoil))));
        shown.model->reload();
        QTRY_VERIFY(shown.model->error().has_value());
        QVERIFY(!shown.table->isVisible());
    }
};

QTEST_MAIN(ActivityTest)
#include "ActivityTest.moc"
