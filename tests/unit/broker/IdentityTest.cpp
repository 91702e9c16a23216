// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/broker/ProcessFacts.h"
#include "core/broker/ProgramHash.h"
#include "tests/support/Await.h"
#include "tests/unit/broker/PeerHouse.h"

#include <QDir>
#include <QFileInfo>
#include <QTest>

#include <future>
#include <sys/stat.h>

using namespace chatelaine;
using namespace chatelaine::broker;
using namespace chatelaine::test;

/// Real processes over real sockets.
class IdentityTest : public QObject, private PeerHouse
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QVERIFY(enter()); }
    void cleanup() { leave(); }

    void tellsWhoItIs()
    {
        QProcess *const process = run(peerProgram, {m_socket->path()});
        const auto peer = identify(options());
        QVERIFY(peer);
        QCOMPARE(peer->pid(), process->processId());
        const auto caller = peer->current();
        QVERIFY(caller);
        const CallerIdentity &who = **caller;
        QCOMPARE(who.pid, process->processId());
        QCOMPARE(who.exe, QFileInfo(peerProgram).canonicalFilePath());
        QCOMPARE(who.program(), who.exe);
        QCOMPARE(who.cwd, QDir::currentPath());
        QCOMPARE(who.argv0, peerProgram);
        QCOMPARE(who.uid, ::geteuid());
        QVERIFY(who.startTime > 0);
        QVERIFY(!who.foreign);
        QVERIFY(who.strong);
        QVERIFY(!who.throughCommand);
        QCOMPARE(who.file, ProcessDirectory::fileAt(who.exe));
        QVERIFY(who.file.inode > 0);
        QVERIFY(!who.chain.isEmpty());
        QCOMPARE(who.chain.first().pid, ::getpid());
        QCOMPARE(who.chain.first().exe, QCoreApplication::applicationFilePath());
    }

    void anOlderKernelMakesItWeak()
    {
        run(peerProgram, {m_socket->path()});
        LinuxPeerIdentity::Options weak = options();
        weak.peerPidfd = false;
        const auto peer = identify(weak);
        QVERIFY(peer);
        const auto caller = peer->current();
        QVERIFY(caller);
        QVERIFY(!(*caller)->strong);
        QCOMPARE((*caller)->exe, QFileInfo(peerProgram).canonicalFilePath());
    }

    /// The server of a network's file system is gone, and a program there still runs.
    void aProgramWhoseFilesHangIsKnownWeakly()
    {
        const QString far = QDir(m_dir->path()).canonicalPath() + QStringLiteral("/far");
        QVERIFY(QDir().mkdir(far));
        const QString agent = far + QStringLiteral("/agent");
        QVERIFY(QFile::copy(peerProgram, agent));
        const QString mounts = m_dir->filePath(QStringLiteral("mountinfo"));
        QVERIFY(writeFile(
            mounts, "98 27 0:51 / " + QFile::encodeName(far) + " rw - nfs4 host:/far rw\n"));
        LinuxPeerIdentity::Options with = options();
        with.lookout = std::make_shared<Lookout>(mounts);
        run(agent, {m_socket->path()});
        std::promise<void> server;
        const auto hangs = [answered = server.get_future().share()] {
            answered.wait();
            return true;
        };
        QVERIFY(!with.lookout->look(agent, hangs));
        const auto peer = identify(with);
        QVERIFY(peer);
        const auto known = [&] { return **peer->current(); };
        QCOMPARE(known().exe, agent);
        QVERIFY(!known().strong);
        QCOMPARE(known().file.inode, 0U);
        // It is looked at again at each request, and known as ever when the server is back.
        server.set_value();
        QTRY_VERIFY(known().strong);
        QCOMPARE(known().file, ProcessDirectory::fileAt(agent));
        QVERIFY(known().slowFile);
        ProgramHash hashes;
        QVERIFY(!test::await(hashes.ofCaller(*peer->current())).isEmpty());
    }

    void asksAgainAtNoCost()
    {
        run(peerProgram, {m_socket->path()});
        const auto peer = identify(options());
        QVERIFY(peer);
        const auto first = peer->current();
        const auto second = peer->current();
        QVERIFY(first && second);
        QCOMPARE(second->get(), first->get());
    }

    void whoBecomesAnotherProgramIsRefused()
    {
        QProcess *const process = run(peerProgram, {m_socket->path()});
        const auto peer = identify(options());
        QVERIFY(peer && peer->current());
        process->write("/bin/sleep\n100\n");
        const auto refusal = [&peer] {
            const auto caller = peer->current();
            return caller ? QString() : caller.error().message;
        };
        QTRY_VERIFY(refusal().contains(QStringLiteral("become another")));
        // It has not been forgotten who connected.
        QVERIFY(refusal().contains(QStringLiteral("become another")));
    }

    void anotherFileOfTheSameNameIsAnotherProgram()
    {
        const QString agent = m_dir->filePath(QStringLiteral("agent"));
        QVERIFY(QFile::copy(peerProgram, agent));
        QProcess *const process = run(agent, {m_socket->path()});
        const auto peer = identify(options());
        QVERIFY(peer && peer->current());
        const QString before = m_dir->filePath(QStringLiteral("before"));
        QVERIFY(QFile::rename(agent, before));
        QVERIFY(QFile::copy(QStringLiteral("/bin/sleep"), agent));
        process->write(QFile::encodeName(agent) + "\n100\n");
        QTRY_VERIFY(!peer->current());
        QVERIFY(peer->current().error().message.contains(QStringLiteral("become another")));
    }

    void theSameProgramAgainIsLookedAtAgain()
    {
        // Another script under the same interpreter shows in nothing but the new image.
        QProcess *const process = run(peerProgram, {m_socket->path()});
        const auto peer = identify(options());
        QVERIFY(peer && peer->current());
        QCOMPARE((*peer->current())->argv0, peerProgram);
        const QString link = m_dir->filePath(QStringLiteral("another-name"));
        QVERIFY(QFile::link(peerProgram, link));
        process->write(QFile::encodeName(link) + '\n' + QFile::encodeName(m_socket->path()) + '\n');
        // It becomes itself under another argv[0], connects once more, and lives on.
        const auto argv0 = [&peer] {
            const auto caller = peer->current();
            return caller ? (*caller)->argv0 : caller.error().message;
        };
        QTRY_COMPARE(argv0(), link);
    }

    void whoIsGoneIsRefused()
    {
        QProcess *const process = run(peerProgram, {m_socket->path()});
        const auto peer = identify(options());
        QVERIFY(peer && peer->current());
        process->write("\n");
        QVERIFY(process->waitForFinished());
        const auto caller = peer->current();
        QVERIFY(!caller);
        QCOMPARE(caller.error().code, ErrorCode::Refused);
    }

    void whoWasGoneBeforeWeLookedIsRefused()
    {
        QProcess *const process = run(peerProgram, {m_socket->path()});
        process->write("\n");
        QVERIFY(process->waitForFinished());
        LinuxPeerIdentity identity(options());
        m_connection = accept();
        const auto peer = identity.identify(m_connection);
        QVERIFY(!peer);
        QCOMPARE(peer.error().code, ErrorCode::Refused);
    }

    void anotherUserIsRefused()
    {
        run(peerProgram, {m_socket->path()});
        LinuxPeerIdentity::Options other = options();
        other.ownUid = ::geteuid() + 1;
        LinuxPeerIdentity identity(other);
        m_connection = accept();
        const auto peer = identity.identify(m_connection);
        QVERIFY(!peer);
        QCOMPARE(peer.error().code, ErrorCode::Refused);
    }

    void aReplacedFileProvesNothing()
    {
        const QString copy = m_dir->filePath(QStringLiteral("copy"));
        QVERIFY(QFile::copy(peerProgram, copy));
        run(copy, {m_socket->path()});
        QVERIFY(QFile::remove(copy));
        QVERIFY(QFile::copy(peerProgram, copy));
        const auto peer = identify(options());
        QVERIFY(peer);
        const auto caller = peer->current();
        QVERIFY(caller);
        QCOMPARE((*caller)->exe, copy);
        QVERIFY((*caller)->foreign);
    }

    void aDeletedFileProvesNothing_data()
    {
        QTest::addColumn<bool>("putBack");
        QTest::newRow("gone") << false;
        // The kernel goes on calling it deleted, so what is at the path is not taken at its word.
        QTest::newRow("another link to it was put there") << true;
    }

    void aDeletedFileProvesNothing()
    {
        QFETCH(const bool, putBack);
        const QString copy = m_dir->filePath(QStringLiteral("copy"));
        const QByteArray link = QFile::encodeName(m_dir->filePath(QStringLiteral("link")));
        QVERIFY(QFile::copy(peerProgram, copy));
        run(copy, {m_socket->path()});
        QCOMPARE(::link(QFile::encodeName(copy).constData(), link.constData()), 0);
        QVERIFY(QFile::remove(copy));
        if (putBack)
            QVERIFY(QFile::rename(QFile::decodeName(link), copy));
        const auto peer = identify(options());
        QVERIFY(peer);
        const auto caller = peer->current();
        QVERIFY(caller);
        QCOMPARE((*caller)->exe, copy);
        QVERIFY((*caller)->foreign);
        QVERIFY((*caller)->strong);
    }

    void anOrphanOfOurOwnCommandHasNoName()
    {
        // `chatelaine`, whose parent has ended: what takes orphans in is asking then, and where
        // that is the first process of all, nobody.
        const QString script = m_dir->filePath(QStringLiteral("script"));
        QVERIFY(writeFile(script, "\"$1\" \"$2\" <\"$3\" >/dev/null &\n"));
        // It lives as long as this pipe is open.
        const QString pipe = m_dir->filePath(QStringLiteral("pipe"));
        QCOMPARE(::mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
        QFile input(pipe);
        QVERIFY(input.open(QIODevice::ReadWrite | QIODevice::Unbuffered));
        QProcess *const parent =
            run(QStringLiteral("/bin/sh"), {script, peerProgram, m_socket->path(), pipe});
        QVERIFY(parent->state() == QProcess::NotRunning || parent->waitForFinished());
        const auto peer = identify(options(peerProgram));
        QVERIFY(peer);
        const auto caller = peer->current();
        QVERIFY(caller);
        const auto stat = ProcessDirectory(peer->pid()).stat();
        QVERIFY(stat);
        QVERIFY(stat->parent != parent->processId());
        QVERIFY((*caller)->throughCommand);
        if (stat->parent > 1) {
            QCOMPARE((*caller)->pid, stat->parent);
            return;
        }
        QCOMPARE((*caller)->pid, peer->pid());
        QCOMPARE((*caller)->startTime, stat->startTime);
        QVERIFY((*caller)->program().isEmpty());
        QVERIFY((*caller)->foreign);
        QVERIFY(!(*caller)->strong);
    }

    void ourOwnCommandIsLookedThrough_data()
    {
        QTest::addColumn<bool>("transparent");
        QTest::newRow("through") << true;
        QTest::newRow("not through") << false;
    }

    void ourOwnCommandIsLookedThrough()
    {
        QFETCH(bool, transparent);
        const QString script = m_dir->filePath(QStringLiteral("script"));
        QFile file(script);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("\"$1\" \"$2\"\ntrue\n");
        file.close();
        const QString sh = QFileInfo(QStringLiteral("/bin/sh")).canonicalFilePath();
        QProcess *const process =
            run(QStringLiteral("/bin/sh"), {script, peerProgram, m_socket->path()});
        // A link to the program is the program.
        const QString link = m_dir->filePath(QStringLiteral("link"));
        QVERIFY(QFile::link(peerProgram, link));
        const auto peer = identify(options(transparent ? link : QString()));
        QVERIFY(peer);
        const auto caller = peer->current();
        QVERIFY(caller);
        const CallerIdentity &who = **caller;
        if (transparent) {
            QCOMPARE(who.pid, process->processId());
            QCOMPARE(who.exe, sh);
            QCOMPARE(who.script, script);
            QCOMPARE(who.program(), script);
            QVERIFY(who.throughCommand);
            QVERIFY(who.strong);
            QCOMPARE(who.file, ProcessDirectory::fileAt(script));
            QCOMPARE(who.chain.first().pid, ::getpid());
            const QStringList nearest {sh, QCoreApplication::applicationFilePath()};
            QCOMPARE(who.lineage.first(2), nearest);
        } else {
            QCOMPARE(who.exe, QFileInfo(peerProgram).canonicalFilePath());
            QCOMPARE(who.chain.first().pid, process->processId());
            QCOMPARE(who.chain.first().script, script);
            QCOMPARE(who.lineage.first(), script);
        }
        QVERIFY(peer->pid() != process->processId());
    }
};

QTEST_GUILESS_MAIN(IdentityTest)
#include "IdentityTest.moc"
