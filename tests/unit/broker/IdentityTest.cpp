// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/broker/LinuxPeerIdentity.h"
#include "core/broker/ListeningSocket.h"
#include "core/broker/ProcessFacts.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace chatelaine;
using namespace chatelaine::broker;

namespace {

const QString peerProgram = QStringLiteral(PEER_PROGRAM);

LinuxPeerIdentity::Options options(const QString &transparent = {})
{
    return {transparent, static_cast<uint>(::geteuid())};
}

} // namespace

/// Real processes over real sockets.
class IdentityTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_dir.emplace();
        auto socket = ListeningSocket::bind(m_dir->filePath(QStringLiteral("s")));
        QVERIFY(socket);
        m_socket = std::move(*socket);
    }

    void cleanup()
    {
        m_processes.clear();
        m_socket.reset();
        m_dir.reset();
    }

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

    void anExecMakesItSomebodyElse()
    {
        QProcess *const process = run(peerProgram, {m_socket->path()});
        const auto peer = identify(options());
        QVERIFY(peer);
        const auto before = peer->current();
        QVERIFY(before);
        const QString sleep = QFileInfo(QStringLiteral("/bin/sleep")).canonicalFilePath();
        process->write("/bin/sleep\n100\n");
        QTRY_COMPARE(exeOf(*peer), sleep);
        const auto after = peer->current();
        QVERIFY(after && *after != *before);
        QCOMPARE((*after)->pid, (*before)->pid);
        QCOMPARE((*after)->startTime, (*before)->startTime);
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

    void aMountThatOnlyClaimsToBeAnAppImageIsNone_data()
    {
        QTest::addColumn<bool>("mounted");
        QTest::newRow("a directory of that name") << false;
        QTest::newRow("a mount that is named after the file") << true;
    }

    void aMountThatOnlyClaimsToBeAnAppImageIsNone()
    {
        QFETCH(const bool, mounted);
        const QString image = m_dir->filePath(QStringLiteral("Agent.AppImage"));
        const QString point = m_dir->filePath(QStringLiteral(".mount_Agent"));
        writeFile(image, "not that program");
        QVERIFY(QDir().mkdir(point));
        const QString script = m_dir->filePath(QStringLiteral("start"));
        writeFile(script, "set -e\n"
                          "if [ \"$1\" = mounted ]; then\n"
                          "  mount -t tmpfs Agent.AppImage \"$3\"; fi\n"
                          "cp \"$4\" \"$3/agent\"\n"
                          "APPIMAGE=\"$2\" exec \"$3/agent\" \"$5\"\n");
        run(QStringLiteral("unshare"),
            {QStringLiteral("--map-root-user"),
             mounted ? QStringLiteral("--mount") : QStringLiteral("--user"),
             QStringLiteral("/bin/sh"), script,
             mounted ? QStringLiteral("mounted") : QStringLiteral("plain"), image, point,
             peerProgram, m_socket->path()});
        const auto peer = identify(options());
        QVERIFY(peer);
        const auto caller = peer->current();
        QVERIFY(caller);
        QCOMPARE((*caller)->exe, point + QStringLiteral("/agent"));
        QCOMPARE((*caller)->foreign, mounted);
        QCOMPARE((*caller)->strong, !mounted);
    }

    void whoSeesOtherFilesIsKnownWeakly_data()
    {
        QTest::addColumn<bool>("ofScript");
        QTest::addColumn<bool>("other");
        QTest::addColumn<bool>("strong");
        QTest::newRow("the same executable") << false << false << true;
        QTest::newRow("another executable") << false << true << false;
        QTest::newRow("the same script") << true << false << true;
        QTest::newRow("another script") << true << true << false;
    }

    void whoSeesOtherFilesIsKnownWeakly()
    {
        QFETCH(bool, ofScript);
        QFETCH(bool, other);
        QFETCH(bool, strong);
        // In a mount namespace of its own, where `inside` is at the path of `outside`, or not.
        const QString inside = m_dir->filePath(QStringLiteral("inside"));
        const QString outside = m_dir->filePath(QStringLiteral("outside"));
        if (ofScript) {
            writeFile(inside, "\"$1\" \"$2\"\ntrue\n");
            writeFile(outside, "\"$1\" \"$2\"\ntrue\n");
        } else {
            QVERIFY(QFile::copy(peerProgram, inside));
            QVERIFY(QFile::copy(peerProgram, outside));
        }
        const QString command = QStringLiteral("%1 shift; exec %2 \"$@\"")
                                    .arg(other ? QStringLiteral("mount --bind \"$1\" \"$2\" || exit;")
                                               : QString(),
                                         ofScript ? QStringLiteral("/bin/sh") : QString());
        QStringList words {QStringLiteral("--map-root-user"), QStringLiteral("--mount"),
                           QStringLiteral("/bin/sh"), QStringLiteral("-c"), command,
                           QStringLiteral("sh"), inside, outside};
        if (ofScript)
            words += {peerProgram, m_socket->path()};
        else
            words += {m_socket->path()};
        run(QStringLiteral("unshare"), words);
        const auto peer = identify(options(ofScript ? peerProgram : QString()));
        QVERIFY(peer);
        const auto caller = peer->current();
        QVERIFY(caller);
        QCOMPARE((*caller)->program(), outside);
        QCOMPARE((*caller)->strong, strong);
    }

    void aFlatpakIsItsId()
    {
        const QString root = m_dir->filePath(QStringLiteral("root"));
        QVERIFY(QDir().mkdir(root));
        const QString script = m_dir->filePath(QStringLiteral("sandbox"));
        writeFile(script, "set -e\n"
                          "mount -t tmpfs none \"$1\"\n"
                          "for dir in /*; do\n"
                          "  if [ -L \"$dir\" ]; then cp -P \"$dir\" \"$1$dir\"\n"
                          "  elif [ -d \"$dir\" ]; then mkdir \"$1$dir\"\n"
                          "    mount --rbind \"$dir\" \"$1$dir\"; fi\n"
                          "done\n"
                          "printf '[Application]\\nname=org.example.Agent\\n' "
                          ">\"$1/.flatpak-info\"\n"
                          "exec chroot \"$1\" \"$2\" \"$3\"\n");
        run(QStringLiteral("unshare"),
            {QStringLiteral("--map-root-user"), QStringLiteral("--mount"),
             QStringLiteral("/bin/sh"), script, root, peerProgram, m_socket->path()});
        const auto peer = identify(options());
        QVERIFY(peer);
        const auto caller = peer->current();
        QVERIFY(caller);
        QCOMPARE((*caller)->program(), QStringLiteral("flatpak:org.example.Agent"));
        QCOMPARE((*caller)->app, QStringLiteral("org.example.Agent"));
        QVERIFY((*caller)->strong);
        QVERIFY(!(*caller)->foreign);
        QVERIFY((*caller)->file.inode > 0);
    }

    void aFlatpaksFileInOurOwnMountsIsNoSandbox()
    {
        // A root directory of one's own choice takes no mount namespace: the file in it is
        // anybody's word.
        const QString root = m_dir->path();
        const QString script = m_dir->filePath(QStringLiteral("pretender"));
        writeFile(script, "set -e\n"
                          "for lib in $(ldd \"$2\" | grep -o '/[^ ]*'); do\n"
                          "  mkdir -p \"$1${lib%/*}\"; cp \"$lib\" \"$1$lib\"\n"
                          "done\n"
                          "cp \"$2\" \"$1/peer\"\n"
                          "printf '[Application]\\nname=org.example.Agent\\n' "
                          ">\"$1/.flatpak-info\"\n"
                          "exec chroot \"$1\" /peer \"$3\"\n");
        run(QStringLiteral("unshare"),
            {QStringLiteral("--map-root-user"), QStringLiteral("/bin/sh"), script, root,
             peerProgram, u'/' + QFileInfo(m_socket->path()).fileName()});
        const auto peer = identify(options());
        QVERIFY(peer);
        const auto caller = peer->current();
        QVERIFY(caller);
        QVERIFY((*caller)->package.isEmpty());
        QCOMPARE((*caller)->program(), root + QStringLiteral("/peer"));
    }

    void anOrphanOfOurOwnCommandHasNoName()
    {
        // `chatelaine`, whose parent has ended: what takes orphans in is asking then, and where
        // that is the first process of all, nobody.
        const QString script = m_dir->filePath(QStringLiteral("script"));
        writeFile(script, "\"$1\" \"$2\" <\"$3\" >/dev/null &\n");
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

private:
    struct Killer
    {
        void operator()(QProcess *process) const
        {
            process->kill();
            process->waitForFinished();
            delete process;
        }
    };

    QProcess *run(const QString &program, const QStringList &arguments)
    {
        std::unique_ptr<QProcess, Killer> process(new QProcess);
        process->start(program, arguments);
        while (process->state() != QProcess::NotRunning && !process->canReadLine())
            process->waitForReadyRead();
        m_processes.push_back(std::move(process));
        return m_processes.back().get();
    }

    static void writeFile(const QString &path, const QByteArray &text)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }

    int accept()
    {
        pollfd one {m_socket->fd(), POLLIN, 0};
        ::poll(&one, 1, 30'000);
        return m_socket->accept();
    }

    std::unique_ptr<Peer> identify(const LinuxPeerIdentity::Options &with)
    {
        LinuxPeerIdentity identity(with);
        m_connection = accept();
        auto peer = identity.identify(m_connection);
        return peer ? std::move(*peer) : nullptr;
    }

    static QString exeOf(Peer &peer)
    {
        const auto caller = peer.current();
        return caller ? (*caller)->exe : QString();
    }

    std::optional<QTemporaryDir> m_dir;
    std::unique_ptr<ListeningSocket> m_socket;
    std::vector<std::unique_ptr<QProcess, Killer>> m_processes;
    int m_connection = -1;
};

QTEST_GUILESS_MAIN(IdentityTest)
#include "IdentityTest.moc"
