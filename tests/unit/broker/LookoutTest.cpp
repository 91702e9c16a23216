// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/broker/Lookout.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <future>

using namespace chatelaine::broker;

/// Files on file systems whose server may be gone.
class LookoutTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_dir.emplace();
        // As the kernel has it: links resolved.
        m_root = QDir(m_dir->path()).canonicalPath();
        for (const char *name : {"near", "far"})
            QVERIFY(QDir(m_root).mkdir(QString::fromLatin1(name)));
    }
    void cleanup() { m_dir.reset(); }

    void knowsWhatMayHang_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("point");
        QTest::newRow("the disk") << QByteArray("27 1 8:1 / / rw - ext4 /dev/sda1 rw")
                                  << QByteArray();
        QTest::newRow("nfs") << QByteArray("98 27 0:51 / /home rw shared:1 - nfs4 host:/home rw")
                             << QByteArray("/home");
        QTest::newRow("with optional fields")
            << QByteArray("98 27 0:51 / /a rw shared:1 master:2 - cifs //host/a rw")
            << QByteArray("/a");
        QTest::newRow("sshfs") << QByteArray("98 27 0:51 / /mnt/b rw - fuse.sshfs me@host: rw")
                               << QByteArray("/mnt/b");
        QTest::newRow("a name with a space")
            << QByteArray("98 27 0:51 / /mnt/my\\040disk rw - 9p drive rw")
            << QByteArray("/mnt/my disk");
        QTest::newRow("a name that only looks so")
            << QByteArray("98 27 0:51 / /nfs rw - tmpfs nfs rw") << QByteArray();
        QTest::newRow("nothing") << QByteArray() << QByteArray();
    }
    void knowsWhatMayHang()
    {
        QFETCH(const QByteArray, line);
        QFETCH(const QByteArray, point);
        QCOMPARE(mountsThatMayHang(line + '\n'),
            point.isEmpty() ? QSet<QByteArray>() : QSet<QByteArray>{point});
    }

    void followsLinksWithoutGoingThere()
    {
        const QString far = m_root + QStringLiteral("/far");
        const QString near = m_root + QStringLiteral("/near");
        QVERIFY(QFile::link(far, near + QStringLiteral("/link")));
        QVERIFY(QFile::link(QStringLiteral("../far/x"), near + QStringLiteral("/relative")));
        QVERIFY(QFile::link(near + QStringLiteral("/loop"), near + QStringLiteral("/loop")));
        Lookout lookout(mounts(far));
        const QByteArray mount = QFile::encodeName(far);
        for (const char *there : {"/far", "/far/x/y", "/far/", "/near/../far/x", "/near/link/x",
                 "/near/relative", "/./far", "/near/link/../near"})
            QCOMPARE(std::pair(there, lookout.slowMount(m_root + QString::fromLatin1(there))),
                std::pair(there, mount));
        for (const char *here : {"/near/x", "/farther", "/near/loop/x"})
            QCOMPARE(std::pair(here, lookout.slowMount(m_root + QString::fromLatin1(here))),
                std::pair(here, QByteArray()));
        // Where that leads only the kernel knows.
        QVERIFY(!lookout.slowMount(QStringLiteral("/proc/self/root") + near).isEmpty());
        QCOMPARE(lookout.slowMount(QStringLiteral("/proc/self/stat")), QByteArray());
        QCOMPARE(Lookout(m_root + QStringLiteral("/none")).slowMount(far), QByteArray());
    }

    void seesTheMountsOfThisMachine()
    {
        Lookout lookout;
        QCOMPARE(lookout.slowMount(QStringLiteral("/proc/self/stat")), QByteArray());
    }

    void leavesAloneWhatHangs()
    {
        const QString far = m_root + QStringLiteral("/far");
        Lookout lookout(mounts(far));
        const auto quick = [] { return 7; };
        QCOMPARE(lookout.look(far + QStringLiteral("/x"), quick), std::optional(7));
        std::promise<void> server;
        const auto hangs = [answered = server.get_future().share()] {
            answered.wait();
            return 8;
        };
        QCOMPARE(lookout.look(far + QStringLiteral("/x"), hangs), std::optional<int>());
        // Nobody else goes there; elsewhere nothing has changed.
        bool gone = false;
        const auto goes = [&gone] {
            gone = true;
            return 9;
        };
        QCOMPARE(lookout.look(far + QStringLiteral("/y"), goes), std::optional<int>());
        QVERIFY(!gone);
        QCOMPARE(lookout.look(m_root + QStringLiteral("/near"), quick), std::optional(7));
        server.set_value();
        // Nor at once when it has answered: it may be as slow the next time.
        for (int i = 0; i < 10; ++i)
            QCOMPARE(lookout.look(far + QStringLiteral("/x"), quick), std::optional<int>());
        QTRY_COMPARE(lookout.look(far + QStringLiteral("/x"), quick), std::optional(7));
    }

private:
    /// A table of mounts with one of a network.
    QString mounts(const QString &point)
    {
        const QString path = m_root + QStringLiteral("/mountinfo");
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly))
            qFatal("No table of mounts.");
        file.write("27 1 8:1 / / rw - ext4 /dev/sda1 rw\n98 27 0:51 / " + QFile::encodeName(point)
            + " rw - nfs4 host:/far rw\n");
        return path;
    }

    std::optional<QTemporaryDir> m_dir;
    QString m_root;
};

QTEST_GUILESS_MAIN(LookoutTest)
#include "LookoutTest.moc"
