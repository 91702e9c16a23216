// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/Stage.h"
#include "ui/activity/ActivityPage.h"
#include "ui/activity/JobStrip.h"

#include <QPushButton>
#include <QTest>

#include <mutex>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <thread>
#include <unistd.h>

using namespace chatelaine;
using namespace chatelaine::test;

namespace {

struct Sync
{
    ino_t file;
    std::thread::id thread;
};
std::mutex guard;
QList<Sync> syncs;

int note(int fd, long call)
{
    struct stat facts = {};
    ::fstat(fd, &facts);
    const std::lock_guard lock(guard);
    syncs.append({facts.st_ino, std::this_thread::get_id()});
    return int(::syscall(call, fd));
}

QList<Sync> syncsOf(const QString &path)
{
    struct stat facts = {};
    if (::stat(QFile::encodeName(path).constData(), &facts) != 0)
        qFatal("There is no such file.");
    const std::lock_guard lock(guard);
    QList<Sync> found;
    std::copy_if(syncs.cbegin(), syncs.cend(), std::back_inserter(found),
        [&facts](const Sync &one) { return one.file == facts.st_ino; });
    return found;
}

} // namespace

// In the place of the C library's, for all of this process.
extern "C" int fsync(int fd)
{
    return note(fd, SYS_fsync);
}

extern "C" int fdatasync(int fd)
{
    return note(fd, SYS_fdatasync);
}

/// Long work on the history, from the buttons of its page.
class HistoryJobsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theLoopDoesNotWaitForTheDisk()
    {
        Stage stage;
        stage.addLab();
        stage.window().openPage(QStringLiteral("activity"));
        auto *page = stage.window().findChild<ui::ActivityPage *>();
        auto *job = page->findChild<ui::JobStrip *>();
        const QString path = stage.dir.filePath(QStringLiteral("history.jsonl"));
        page->exportTo(path, audit::ExportFormat::JsonLines);
        QTRY_VERIFY(!job->result().isEmpty());
        const QList<Sync> done = syncsOf(path);
        QVERIFY(!done.isEmpty());
        // What comes after the first has nothing left to write.
        QVERIFY(done.constFirst().thread != std::this_thread::get_id());
    }

    void verifyingCanBeCancelled()
    {
        Stage stage;
        const UtcMs now = stage.clock.utcMs();
        stage.writeHistory(60'000, [now](int i) { return std::pair(now, busyEvent(i)); });
        stage.window().openPage(QStringLiteral("activity"));
        auto *verify = child<QPushButton>(stage.window(), "verifyHistory");
        QTRY_VERIFY(verify->isEnabled());
        QTest::mouseClick(verify, Qt::LeftButton);
        QVERIFY(!verify->isEnabled());
        auto *cancel = child<QPushButton>(stage.window(), "cancelJob");
        QVERIFY(cancel->isVisible());
        QVERIFY(cancel->hasFocus());
        QTest::keyClick(cancel, Qt::Key_Space);
        auto *job = stage.window().findChild<ui::JobStrip *>();
        QTRY_COMPARE(job->result(), QStringLiteral("The verification was cancelled."));
        QVERIFY(!cancel->isVisible());
        QVERIFY(verify->isEnabled());
        QVERIFY(verify->hasFocus());
        // And it begins anew.
        QTest::mouseClick(verify, Qt::LeftButton);
        QTRY_VERIFY(job->result().startsWith(QStringLiteral("All ")));
    }
};

QTEST_MAIN(HistoryJobsTest)
#include "HistoryJobsTest.moc"
