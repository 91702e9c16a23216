// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/broker/PeerHouse.h"

#include <QDir>
#include <QFileInfo>
#include <QTest>

using namespace chatelaine;
using namespace chatelaine::broker;
using namespace chatelaine::test;

/// Callers in mount namespaces of their own, and those that only look like it.
class SandboxTest : public QObject, private PeerHouse
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QVERIFY(enter()); }
    void cleanup() { leave(); }

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
        QVERIFY(writeFile(image, "not that program"));
        QVERIFY(QDir().mkdir(point));
        const QString script = m_dir->filePath(QStringLiteral("start"));
        QVERIFY(writeFile(script, "set -e\n"
                          "if [ \"$1\" = mounted ]; then\n"
                          "  mount -t tmpfs Agent.AppImage \"$3\"; fi\n"
                          "cp \"$4\" \"$3/agent\"\n"
                          "APPIMAGE=\"$2\" exec \"$3/agent\" \"$5\"\n"));
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
            QVERIFY(writeFile(inside, "\"$1\" \"$2\"\ntrue\n"));
            QVERIFY(writeFile(outside, "\"$1\" \"$2\"\ntrue\n"));
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
        QVERIFY(writeFile(script, "set -e\n"
                          "mount -t tmpfs none \"$1\"\n"
                          "for dir in /*; do\n"
                          "  if [ -L \"$dir\" ]; then cp -P \"$dir\" \"$1$dir\"\n"
                          "  elif [ -d \"$dir\" ]; then mkdir \"$1$dir\"\n"
                          "    mount --rbind \"$dir\" \"$1$dir\"; fi\n"
                          "done\n"
                          "printf '[Application]\\nname=org.example.Agent\\n' "
                          ">\"$1/.flatpak-info\"\n"
                          "exec chroot \"$1\" \"$2\" \"$3\"\n"));
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
        QVERIFY(writeFile(script, "set -e\n"
                          "for lib in $(ldd \"$2\" | grep -o '/[^ ]*'); do\n"
                          "  mkdir -p \"$1${lib%/*}\"; cp \"$lib\" \"$1$lib\"\n"
                          "done\n"
                          "cp \"$2\" \"$1/peer\"\n"
                          "printf '[Application]\\nname=org.example.Agent\\n' "
                          ">\"$1/.flatpak-info\"\n"
                          "exec chroot \"$1\" /peer \"$3\"\n"));
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
};

QTEST_GUILESS_MAIN(SandboxTest)
#include "SandboxTest.moc"
