// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/Stage.h"
#include "tests/ui/Watchdog.h"
#include "ui/activity/ActivityFilters.h"
#include "ui/activity/ActivityModel.h"
#include "ui/activity/TimelineView.h"
#include "ui/Pages.h"

#include <QComboBox>
#include <QLineEdit>
#include <QListView>
#include <QScrollBar>
#include <QTableView>
#include <QTest>

using namespace chatelaine;
using namespace chatelaine::test;

namespace {

constexpr int servers = 200;
constexpr int clients = 500;
constexpr int records = 1'000'000;
constexpr qint64 everyMs = 2000;

} // namespace

/// A large household: no page may hold the event loop, whatever one does with it.
class LoadTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_stage = std::make_unique<Stage>();
        using S = store::AccountState;
        QList<Stage::Past> past;
        for (int i = 0; i < servers; ++i) {
            const auto state = static_cast<S>(i % (int(S::Error) + 1));
            past.append({QStringLiteral("server-%1").arg(i),
                QStringLiteral("https://mcp-%1.example.com/mcp").arg(i), {}, state,
                (i + 1) * qint64(60'000), {QStringLiteral("sentiment:read")}});
        }
        m_stage->remember(past);
        const UtcMs begin = m_stage->clock.utcMs() - records * everyMs;
        m_stage->writeHistory(records,
            [begin](int i) { return std::pair(begin + i * everyMs, busyEvent(i, clients)); });
        m_stage->window();
    }

    void cleanupTestCase() { m_stage.reset(); }

    void aPageIsMade_data() { everyPage(); }
    void aPageIsMade()
    {
        QFETCH(const QString, page);
        Watchdog watchdog;
        m_stage->window().openPage(page);
        settle(page);
        // Counted from the whole history, which takes its time.
        if (page == QLatin1StringView("clients")) {
            auto *list = child<QListView>(m_stage->window(), "clientList");
            QTRY_COMPARE_WITH_TIMEOUT(list->model()->rowCount(), clients, 60'000);
        }
        QVERIFY2(watchdog.longestMs() < Watchdog::limitMs, said(watchdog));
    }

    void pagesAreSwitched()
    {
        Watchdog watchdog;
        for (int round = 0; round < 3; ++round) {
            for (const ui::PageEntry &page : ui::allPages()) {
                m_stage->window().openPage(page.id);
                settle(page.id);
            }
        }
        QVERIFY2(watchdog.longestMs() < Watchdog::limitMs, said(watchdog));
    }

    void onesTyping_data()
    {
        QTest::addColumn<QString>("page");
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("text");
        QTest::newRow("servers") << "servers"
                                 << "searchServers"
                                 << "server-19";
        QTest::newRow("clients") << "clients"
                                 << "searchClients"
                                 << "agent-499";
        QTest::newRow("activity") << "activity"
                                  << "searchActivity"
                                  << "denied by";
        QTest::newRow("a program") << "activity"
                                   << "activityClient"
                                   << "agent-3";
        QTest::newRow("faults") << "testlab"
                                << "searchFaults"
                                << "metadata";
    }
    void onesTyping()
    {
        QFETCH(const QString, page);
        QFETCH(const QString, field);
        QFETCH(const QString, text);
        m_stage->window().openPage(page);
        settle(page);
        auto *line = m_stage->window().findChild<QLineEdit *>(field);
        QVERIFY(line);
        Watchdog watchdog;
        for (const QChar letter : text) {
            QTest::keyClick(line, letter.toLatin1());
            QCoreApplication::processEvents();
        }
        settle(page);
        while (!line->text().isEmpty()) {
            QTest::keyClick(line, Qt::Key_Backspace);
            QCoreApplication::processEvents();
        }
        settle(page);
        QVERIFY2(watchdog.longestMs() < Watchdog::limitMs, said(watchdog));
    }

    void onesScrolling_data()
    {
        QTest::addColumn<QString>("page");
        QTest::addColumn<QString>("view");
        QTest::newRow("servers") << "servers"
                                 << "serverList";
        QTest::newRow("clients") << "clients"
                                 << "clientList";
        QTest::newRow("activity") << "activity"
                                  << "activityTable";
        QTest::newRow("faults") << "testlab"
                                << "faults";
    }
    void onesScrolling()
    {
        QFETCH(const QString, page);
        QFETCH(const QString, view);
        m_stage->window().openPage(page);
        settle(page);
        auto *list = m_stage->window().findChild<QAbstractItemView *>(view);
        QVERIFY(list);
        Watchdog watchdog;
        QScrollBar *bar = list->verticalScrollBar();
        for (int i = 0; i <= 60; ++i) {
            bar->setValue(int(qint64(bar->maximum()) * i / 60));
            QCoreApplication::processEvents();
        }
        for (int i = 0; i < 15; ++i) {
            QTest::keyClick(list, Qt::Key_PageUp);
            QCoreApplication::processEvents();
        }
        settle(page);
        QVERIFY2(watchdog.longestMs() < Watchdog::limitMs, said(watchdog));
    }

    void onesSorting()
    {
        m_stage->window().openPage(QStringLiteral("servers"));
        settle(QStringLiteral("servers"));
        const QList<QComboBox *> boxes = m_stage->window().findChildren<QComboBox *>();
        Watchdog watchdog;
        int sorted = 0;
        for (QComboBox *box : boxes) {
            if (!box->isVisible())
                continue;
            for (int i = box->count() - 1; i >= 0; --i) {
                box->setCurrentIndex(i);
                Q_EMIT box->activated(i);
                QCoreApplication::processEvents();
                ++sorted;
            }
        }
        QVERIFY(sorted >= 8);
        QVERIFY2(watchdog.longestMs() < Watchdog::limitMs, said(watchdog));
    }

    void onesDraggingOverTheTimeline()
    {
        m_stage->window().openPage(QStringLiteral("activity"));
        settle(QStringLiteral("activity"));
        auto *timeline = m_stage->window().findChild<ui::TimelineView *>();
        Watchdog watchdog;
        const QRect area = timeline->rect();
        QTest::mousePress(timeline, Qt::LeftButton, {}, {area.width() / 4, 50});
        for (int x = area.width() / 4; x < area.width() * 3 / 4; x += 7) {
            QTest::mouseMove(timeline, {x, 50});
            QCoreApplication::processEvents();
        }
        QTest::mouseRelease(timeline, Qt::LeftButton, {}, {area.width() * 3 / 4, 50});
        settle(QStringLiteral("activity"));
        QVERIFY(timeline->chosen());
        timeline->chooseNone();
        settle(QStringLiteral("activity"));
        QVERIFY2(watchdog.longestMs() < Watchdog::limitMs, said(watchdog));
    }

    void whatStreamsIn_data() { everyPage(); }
    void whatStreamsIn()
    {
        QFETCH(const QString, page);
        m_stage->window().openPage(page);
        settle(page);
        const qint64 before = m_stage->broker->audit().head()->seq;
        Watchdog watchdog;
        for (int i = 0; i < 1000; ++i) {
            m_stage->broker->audit().note(busyEvent(i, clients));
            if (i % 10 == 0)
                QCoreApplication::processEvents();
        }
        QTRY_COMPARE(m_stage->broker->audit().head()->seq, before + 1000);
        settle(page);
        QVERIFY2(watchdog.longestMs() < Watchdog::limitMs, said(watchdog));
    }

private:
    static void everyPage()
    {
        QTest::addColumn<QString>("page");
        for (const ui::PageEntry &page : ui::allPages())
            QTest::addRow("%s", qPrintable(page.id)) << page.id;
    }

    static QByteArray text(const Watchdog &watchdog)
    {
        return QByteArray::number(watchdog.longestMs()) + " ms";
    }
    const char *said(const Watchdog &watchdog)
    {
        m_said = text(watchdog);
        return m_said.constData();
    }

    /// Until what the page reads has come.
    void settle(const QString &page)
    {
        QCoreApplication::processEvents();
        if (page != QLatin1StringView("activity"))
            return;
        auto *table = child<QTableView>(m_stage->window(), "activityTable");
        auto *model = qobject_cast<ui::ActivityModel *>(table->model());
        auto *timeline = m_stage->window().findChild<ui::TimelineView *>();
        auto *filters = m_stage->window().findChild<ui::ActivityFilters *>();
        const auto settled = [&] {
            return !filters->isResting() && !model->isLoading() && !timeline->timeline().counts.isEmpty();
        };
        if (!QTest::qWaitFor(settled, 60'000))
            qFatal("The history does not load.");
        QCoreApplication::processEvents();
    }

    std::unique_ptr<Stage> m_stage;
    QByteArray m_said;
};

QTEST_MAIN(LoadTest)
#include "LoadTest.moc"
