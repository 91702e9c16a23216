// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/broker/ProgramHash.h"

#include "core/broker/ProcessFacts.h"
#include "tests/support/Await.h"

#include <QCryptographicHash>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace chatelaine;
using namespace chatelaine::broker;
using namespace chatelaine::test;

namespace {

QString sha256(const QByteArray &bytes)
{
    return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

std::shared_ptr<CallerIdentity> scriptCaller(const QString &script)
{
    auto caller = std::make_shared<CallerIdentity>();
    caller->script = script;
    caller->file = ProcessDirectory::fileAt(script);
    return caller;
}

} // namespace

class ProgramHashTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_dir.emplace(); }

    void isTheSha256OfTheFile_data()
    {
        QTest::addColumn<int>("size");
        for (const int size : {0, 1, 64 * 1024, 64 * 1024 + 1, 3'000'000})
            QTest::addRow("%d", size) << size;
    }
    void isTheSha256OfTheFile()
    {
        QFETCH(int, size);
        const QByteArray bytes(size, 'x');
        write(bytes);
        ProgramHash hashes;
        QCOMPARE(await(hashes.ofFile(path())).value_or(QString()), sha256(bytes));
    }

    void eachStateOfAFileIsReadOnce()
    {
        write("one");
        ProgramHash hashes;
        const auto caller = scriptCaller(path());
        QVERIFY(hashes.known(caller->file).isEmpty());
        QCOMPARE(await(hashes.ofCaller(caller)), sha256("one"));
        QCOMPARE(hashes.known(caller->file), sha256("one"));
        QCOMPARE(await(hashes.ofCaller(scriptCaller(path()))), sha256("one"));
        QCOMPARE(await(hashes.ofFile(path())).value_or(QString()), sha256("one"));
        QCOMPARE(hashes.filesRead(), 1);
        // What is known needs no file.
        QVERIFY(QFile::remove(path()));
        QCOMPARE(await(hashes.ofCaller(caller)), sha256("one"));
    }

    void whatIsKnownHasABound()
    {
        ProgramHash hashes;
        write("one");
        const FileStamp first = ProcessDirectory::fileAt(path());
        QCOMPARE(await(hashes.ofFile(path())).value_or(QString()), sha256("one"));
        FileStamp last = first;
        const QByteArray name = QFile::encodeName(path());
        for (qint64 i = 1; i <= 4096; ++i) {
            const std::array<timespec, 2> times{timespec{i, 0}, timespec{i, 0}};
            QCOMPARE(::utimensat(AT_FDCWD, name.constData(), times.data(), 0), 0);
            last = ProcessDirectory::fileAt(path());
            QVERIFY(!await(hashes.ofFile(path())).value_or(QString()).isEmpty());
        }
        QCOMPARE(hashes.known(last), sha256("one"));
        QVERIFY(hashes.known(first).isEmpty());
    }

    void aChangedFileIsReadAgainWhateverItsTimeSays()
    {
        write("one");
        ProgramHash hashes;
        const auto before = scriptCaller(path());
        QCOMPARE(await(hashes.ofCaller(before)), sha256("one"));
        const QDateTime time = QFileInfo(path()).lastModified();
        QFile file(path());
        QVERIFY(file.open(QIODevice::ReadWrite));
        file.write("two");
        file.flush();
        QVERIFY(file.setFileTime(time, QFileDevice::FileModificationTime));
        file.close();
        QCOMPARE(await(hashes.ofCaller(scriptCaller(path()))), sha256("two"));
        QCOMPARE(hashes.filesRead(), 2);
    }

    void whatIsNoLongerThereIsNotHashed()
    {
        write("one");
        ProgramHash hashes;
        const auto before = scriptCaller(path());
        write("another");
        QVERIFY(await(hashes.ofCaller(before)).isEmpty());
        QCOMPARE(hashes.filesRead(), 0);
    }

    void whatChangesWhileItIsReadHasNone()
    {
        // Longer to read than it takes to write one byte.
        write({});
        QVERIFY(QFile::resize(path(), 256 * 1024 * 1024));
        QFile file(path());
        QVERIFY(file.open(QIODevice::ReadWrite));
        ProgramHash hashes;
        const auto caller = scriptCaller(path());
        auto hash = hashes.ofCaller(caller);
        QVERIFY(!hash.isReady());
        QVERIFY(file.seek(file.size() - 1));
        file.write("x");
        file.flush();
        QVERIFY(await(std::move(hash)).isEmpty());
        QVERIFY(hashes.known(caller->file).isEmpty());
    }

    void whatIsTooLargeIsNotRead()
    {
        write({});
        QVERIFY(QFile::resize(path(), 2LL * 1024 * 1024 * 1024 + 1));
        ProgramHash hashes;
        QVERIFY(await(hashes.ofFile(path())).value_or(QString()).isEmpty());
        QVERIFY(await(hashes.ofCaller(scriptCaller(path()))).isEmpty());
        QCOMPARE(hashes.filesRead(), 0);
    }

    // proc(5), sysfs(5): regular files whose size is not how much can be read. The second would go
    // on for half a terabyte.
    void whatIsNotAsLongAsItSaysHasNone_data()
    {
        QTest::addColumn<QString>("file");
        for (const char *file : {"/sys/kernel/uevent_seqnum", "/proc/self/pagemap"})
            QTest::newRow(file) << QString::fromLatin1(file);
    }
    void whatIsNotAsLongAsItSaysHasNone()
    {
        QFETCH(const QString, file);
        QVERIFY(QFileInfo(file).isFile() && QFileInfo(file).isReadable());
        ProgramHash hashes;
        QVERIFY(await(hashes.ofFile(file)).value_or(QString()).isEmpty());
        QCOMPARE(hashes.filesRead(), 1);
    }

    void somethingElseInAFilesPlaceIsNotRead_data()
    {
        QTest::addColumn<bool>("endless");
        QTest::newRow("endless") << true;
        QTest::newRow("a pipe that nobody writes into") << false;
    }
    void somethingElseInAFilesPlaceIsNotRead()
    {
        QFETCH(const bool, endless);
        write("one");
        const auto caller = scriptCaller(path());
        QVERIFY(QFile::remove(path()));
        if (endless)
            QVERIFY(QFile::link(QStringLiteral("/dev/zero"), path()));
        else
            QCOMPARE(::mkfifo(QFile::encodeName(path()).constData(), 0600), 0);
        ProgramHash hashes;
        QVERIFY(await(hashes.ofCaller(caller)).isEmpty());
        QVERIFY(await(hashes.ofFile(path())).value_or(QString()).isEmpty());
        QCOMPARE(hashes.filesRead(), 0);
    }

    void aLargeFileDoesNotHoldTheLoop()
    {
        write(QByteArray(5'000'000, 'x'));
        ProgramHash hashes;
        auto first = hashes.ofFile(path());
        auto second = hashes.ofFile(path());
        QVERIFY(!first.isReady());
        QVERIFY(!second.isReady());
        QCOMPARE(*await(std::move(first)), *await(std::move(second)));
        QCOMPARE(hashes.filesRead(), 1);
    }

    void aSmallFileThatIsNamedDoesNotHoldItEither()
    {
        // Whoever names it may name one whose server is gone.
        write("one");
        ProgramHash hashes;
        auto hash = hashes.ofFile(path());
        QVERIFY(!hash.isReady());
        QCOMPARE(*await(std::move(hash)), sha256("one"));
    }

    void whoNamesAFileMayLeaveBeforeItIsRead()
    {
        write(QByteArray(5'000'000, 'x'));
        ProgramHash hashes;
        std::stop_source stop;
        auto first = hashes.ofFile(path(), stop.get_token());
        QVERIFY(!first.isReady());
        stop.request_stop();
        QVERIFY(first.isReady());
        QCOMPARE(await(std::move(first)).error().code, ErrorCode::Cancelled);
        // Whoever stays has it.
        std::stop_source other;
        auto leaving = hashes.ofFile(path(), other.get_token());
        auto staying = hashes.ofFile(path());
        // A turn of the loop at a time: what is read comes in a later one than its beginning.
        while (hashes.filesRead() == 0)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        other.request_stop();
        QCOMPARE(await(std::move(leaving)).error().code, ErrorCode::Cancelled);
        QCOMPARE(*await(std::move(staying)), sha256(QByteArray(5'000'000, 'x')));
        QCOMPARE(hashes.filesRead(), 1);
    }

    void aProcessIsWhatItRunsAndNotWhatIsAtItsPath()
    {
        const QString copy = m_dir->filePath(QStringLiteral("sleep"));
        QVERIFY(QFile::copy(QStringLiteral("/bin/sleep"), copy));
        QFile original(copy);
        QVERIFY(original.open(QIODevice::ReadOnly));
        const QString hash = sha256(original.readAll());
        QProcess process;
        process.start(copy, {QStringLiteral("100")});
        QVERIFY(process.waitForStarted());
        QVERIFY(QFile::remove(copy));
        QVERIFY(QFile::copy(QStringLiteral("/bin/cat"), copy));
        auto caller = std::make_shared<CallerIdentity>();
        caller->pid = process.processId();
        caller->exe = copy;
        caller->file = ProcessDirectory(caller->pid).exeFile();
        ProgramHash hashes;
        QCOMPARE(await(hashes.ofCaller(caller)), hash);
        process.kill();
        QVERIFY(process.waitForFinished());
        ProgramHash later;
        QVERIFY(await(later.ofCaller(caller)).isEmpty());
    }

    void aPackageIsWhatItRuns()
    {
        // Which script it names within its sandbox is nothing we could read.
        write("one");
        const auto caller = scriptCaller(path());
        caller->package = QStringLiteral("flatpak:org.example.Agent");
        caller->pid = QCoreApplication::applicationPid();
        caller->file = ProcessDirectory(caller->pid).exeFile();
        ProgramHash hashes;
        QFile self(QCoreApplication::applicationFilePath());
        QVERIFY(self.open(QIODevice::ReadOnly));
        QCOMPARE(await(hashes.ofCaller(caller)), sha256(self.readAll()));
    }

    void onlyFilesHaveOne()
    {
        ProgramHash hashes;
        QVERIFY(await(hashes.ofFile(m_dir->path())).value_or(QString()).isEmpty());
        QVERIFY(await(hashes.ofFile(QStringLiteral("/dev/zero"))).value_or(QString()).isEmpty());
        QVERIFY(
            await(hashes.ofFile(QStringLiteral("/no/such/file"))).value_or(QString()).isEmpty());
        QVERIFY(await(hashes.ofCaller(std::make_shared<CallerIdentity>())).isEmpty());
    }

private:
    QString path() const { return m_dir->filePath(QStringLiteral("program")); }
    void write(const QByteArray &bytes)
    {
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }

    std::optional<QTemporaryDir> m_dir;
};

QTEST_GUILESS_MAIN(ProgramHashTest)
#include "ProgramHashTest.moc"
