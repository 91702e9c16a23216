// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/broker/ProcessFacts.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace chatelaine::broker;

class ProcessFactsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsStat_data()
    {
        QTest::addColumn<QByteArray>("name");
        for (const char *name : {"cat", "a b", ") R 1 2 3", "((", "Web Content)"})
            QTest::newRow(name) << QByteArray(name);
    }

    void readsStat()
    {
        QFETCH(QByteArray, name);
        const auto stat = parseStat("77 (" + name
                                    + ") S 42 77 77 0 -1 4194304 1 2 3 4 5 6 7 8 20 0 1 0 987654 "
                                      "1000 200 18446744073709551615\n");
        QVERIFY(stat);
        QCOMPARE(stat->parent, 42);
        QCOMPARE(stat->startTime, 987654U);
    }

    void refusesOtherStat()
    {
        QVERIFY(!parseStat(""));
        QVERIFY(!parseStat("77 cat S 42"));
        QVERIFY(!parseStat("77 (cat)"));
        QVERIFY(!parseStat("77 (cat) S 42 1 2 3"));
    }

    void namesTheApp_data()
    {
        QTest::addColumn<QByteArray>("cgroup");
        QTest::addColumn<QString>("app");
        const QByteArray slice = "0::/user.slice/user-1000.slice/user@1000.service/app.slice/";
        const auto row = [](const char *name, const QByteArray &cgroup, const char *app) {
            QTest::newRow(name) << cgroup << QString::fromLatin1(app);
        };
        row("scope", slice + "app-gnome-org.gnome.Terminal-1234.scope\n", "org.gnome.Terminal");
        row("no launcher", slice + "app-firefox-99.scope\n", "firefox");
        row("escaped", slice + "app-gnome-my\\x2dapp-1234.scope\n", "my-app");
        row("service", slice + "app-gnome-code@abc.service\n", "code");
        row("flatpak", slice + "app-flatpak-org.x.Y-12.scope\n", "org.x.Y");
        row("snap", slice + "snap.code.code-0a1b-22.scope\n", "snap.code.code");
        row("unit", "0::/system.slice/cron.service\n", "cron.service");
        row("session", "0::/user.slice/user-0.slice/session-3.scope\n", "session-3.scope");
        row("root", "0::/\n", "");
        row("slice only", "0::/user.slice\n", "");
        row("version 1 beside", "12:cpu:/x.service\n0::/system.slice/a.service\n", "a.service");
        row("nothing", "", "");
    }

    void namesTheApp()
    {
        QFETCH(QByteArray, cgroup);
        QFETCH(QString, app);
        QCOMPARE(appFromCgroup(cgroup), app);
    }

    void readsFlatpakInfo()
    {
        QCOMPARE(appFromFlatpakInfo("[Application]\nname=org.x.Y\nruntime=r\n"),
                 QStringLiteral("org.x.Y"));
        QCOMPARE(appFromFlatpakInfo("[Instance]\nname=no\n[Application]\nname=yes\n"),
                 QStringLiteral("yes"));
        QCOMPARE(appFromFlatpakInfo("[Instance]\nname=no\n"), QString());
        QCOMPARE(appFromFlatpakInfo(""), QString());
    }

    void namesTheAppImage_data()
    {
        QTest::addColumn<QString>("exe");
        QTest::addColumn<QByteArray>("environment");
        QTest::addColumn<QByteArray>("mounts");
        QTest::addColumn<QString>("image");
        const QByteArray mount =
            "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n"
            "90 22 0:50 / /tmp/.mount_CursorX1 ro,nosuid - fuse.Cursor.AppImage Cursor.AppImage "
            "ro,user_id=1000\n";
        const QByteArray spaced =
            "90 22 0:50 / /tmp/.mount_My\\040Ap ro - fuse.My\\040App.AppImage "
            "My\\040App.AppImage ro\n";
        const QByteArray variable("A=1\0APPIMAGE=/home/u/Cursor.AppImage\0B=2", 40);
        const QString exe = QStringLiteral("/tmp/.mount_CursorX1/usr/bin/cursor");
        const QString image = QStringLiteral("/home/u/Cursor.AppImage");
        QTest::newRow("one") << exe << variable << mount << image;
        QTest::newRow("at the end") << exe << variable.first(36) << mount << image;
        QTest::newRow("spaces") << QStringLiteral("/tmp/.mount_My Ap/a")
                                << QByteArray("APPIMAGE=/home/u/My App.AppImage") << spaced
                                << QStringLiteral("/home/u/My App.AppImage");
        QTest::newRow("no variable") << exe << QByteArray("A=1") << mount << QString();
        QTest::newRow("another variable")
            << exe << QByteArray("MY_APPIMAGE=/home/u/Cursor.AppImage") << mount << QString();
        QTest::newRow("relative") << exe << QByteArray("APPIMAGE=Cursor.AppImage") << mount
                                  << QString();
        QTest::newRow("another image")
            << exe << QByteArray("APPIMAGE=/home/u/Other.AppImage") << mount << QString();
        QTest::newRow("not mounted") << QStringLiteral("/tmp/.mount_Fake/cursor") << variable
                                     << mount << QString();
        QTest::newRow("not by FUSE")
            << exe << variable
            << QByteArray("90 22 0:50 / /tmp/.mount_CursorX1 ro - tmpfs Cursor.AppImage ro\n")
            << QString();
        // What hides the image, and what it hides itself, in either order.
        const QByteArray inner = "91 90 0:51 / /tmp/.mount_CursorX1/usr rw - tmpfs none rw\n";
        QTest::newRow("something mounted within")
            << exe << variable << QByteArray(mount + inner) << QString();
        QTest::newRow("something mounted within, listed first")
            << exe << variable << QByteArray(inner + mount) << QString();
        QTest::newRow("something mounted over it")
            << exe << variable
            << QByteArray(mount + "91 90 0:51 / /tmp/.mount_CursorX1 rw - tmpfs none rw\n")
            << QString();
        QTest::newRow("within another mount")
            << exe << variable << QByteArray("80 22 0:49 / /tmp rw - tmpfs tmp rw\n" + mount)
            << image;
        QTest::newRow("within another mount, listed last")
            << exe << variable << QByteArray(mount + "80 22 0:49 / /tmp rw - tmpfs tmp rw\n")
            << image;
        QTest::newRow("a longer name beside it")
            << QStringLiteral("/tmp/.mount_CursorX12/usr/bin/cursor") << variable << mount
            << QString();
        QTest::newRow("nothing") << QString() << QByteArray() << QByteArray() << QString();
    }

    void namesTheAppImage()
    {
        QFETCH(QString, exe);
        QFETCH(QByteArray, environment);
        QFETCH(QByteArray, mounts);
        QFETCH(QString, image);
        QCOMPARE(appImageOf(exe, environment, mounts), image);
    }

    void aStampShowsEachChange()
    {
        const QTemporaryDir dir;
        const QByteArray name = QFile::encodeName(dir.filePath(QStringLiteral("file")));
        const int fd = ::open(name.constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        QVERIFY(fd >= 0);
        const FileStamp fresh = ProcessDirectory::stampOf(fd);
        struct stat info = {};
        QCOMPARE(::fstat(fd, &info), 0);
        QCOMPARE(fresh.device, info.st_dev);
        QCOMPARE(fresh.inode, info.st_ino);
        QCOMPARE(ProcessDirectory::fileAt(QFile::decodeName(name)), fresh);

        const timespec times[] = {{1, 0}, {1'000'000'001, 5}};
        QCOMPARE(::futimens(fd, times), 0);
        const FileStamp touched = ProcessDirectory::stampOf(fd);
        QCOMPARE(touched.modifiedNs, 1'000'000'001'000'000'005);
        QVERIFY(touched.changedNs > 1'600'000'000'000'000'000);
        FileStamp onlyModified = fresh;
        onlyModified.modifiedNs = touched.modifiedNs;
        QVERIFY(onlyModified != fresh);

        // A time that was put back still shows in the one that nobody sets.
        QTRY_VERIFY(::fchmod(fd, 0600) == 0 && ::fstat(fd, &info) == 0
            && (info.st_ctim.tv_sec * 1'000'000'000 + info.st_ctim.tv_nsec) != touched.changedNs);
        FileStamp onlyChanged = ProcessDirectory::stampOf(fd);
        QVERIFY(onlyChanged != touched);
        onlyChanged.changedNs = touched.changedNs;
        QCOMPARE(onlyChanged, touched);

        QCOMPARE(::ftruncate(fd, 7), 0);
        QCOMPARE(ProcessDirectory::stampOf(fd).size, 7);
        ::close(fd);
    }

    void onlyARegularFileHasAStamp()
    {
        const QTemporaryDir dir;
        const QString pipe = dir.filePath(QStringLiteral("pipe"));
        QCOMPARE(::mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
        for (const QString &path : {dir.path(), pipe, QStringLiteral("/dev/zero"), QString()}) {
            QCOMPARE(ProcessDirectory::fileAt(path), FileStamp());
            const int fd = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_NONBLOCK);
            QCOMPARE(ProcessDirectory::stampOf(fd), FileStamp());
            if (fd >= 0)
                ::close(fd);
        }
    }

    void aSnapIsTheSameInItsNextRevision()
    {
        QTemporaryDir dir;
        const QString snaps = dir.path() + u'/';
        QVERIFY(QDir(dir.path()).mkpath(QStringLiteral("code/185/bin")));
        QVERIFY(QFile::link(QStringLiteral("185"), snaps + QStringLiteral("code/current")));
        const auto name = [&](const char *path) {
            return withoutSnapRevision(snaps + QString::fromLatin1(path), snaps).mid(snaps.size());
        };
        QCOMPARE(name("code/185/bin/code"), QStringLiteral("code/current/bin/code"));
        QCOMPARE(name("code/current/bin/code"), QStringLiteral("code/current/bin/code"));
        QCOMPARE(name("code/184/bin/code"), QStringLiteral("code/184/bin/code"));
        QCOMPARE(name("other/185/bin/code"), QStringLiteral("other/185/bin/code"));
        QCOMPARE(name("code"), QStringLiteral("code"));
        QCOMPARE(withoutSnapRevision(QStringLiteral("/usr/bin/code"), snaps),
                 QStringLiteral("/usr/bin/code"));
    }

    void findsTheScript_data()
    {
        QTest::addColumn<QString>("exe");
        QTest::addColumn<QByteArray>("arguments");
        QTest::addColumn<QString>("script");
        const auto row = [](const char *exe, const char *arguments, const char *script) {
            QTest::addRow("%s %s", exe, arguments)
                << QString::fromLatin1(exe) << QByteArray(arguments) << QString::fromLatin1(script);
        };
        row("/usr/bin/python3.11", "tool.py", "tool.py");
        row("/usr/bin/python3", "-u -W ignore tool.py --flag other.py", "tool.py");
        row("/usr/bin/python3", "-Wignore -X dev tool.py", "tool.py");
        row("/usr/bin/python3", "-m http.server", "");
        row("/usr/bin/python3", "-c print(1) tool.py", "");
        row("/usr/bin/python3", "-Ic print(1)", "");
        row("/usr/bin/python3", "-", "");
        row("/usr/bin/python3", "-- tool.py", "tool.py");
        row("/usr/bin/python3", "", "");
        row("/usr/bin/node", "--require ./hook.js server.js", "server.js");
        row("/usr/bin/node", "--max-old-space-size=4096 server.js", "server.js");
        row("/usr/bin/node", "-e 1 server.js", "");
        row("/usr/bin/nodejs", "server.js", "server.js");
        row("/bin/sh", "script", "script");
        row("/bin/sh", "-c script", "");
        row("/usr/bin/bash", "-lc script", "");
        row("/usr/bin/bash", "-eu -o pipefail script", "script");
        row("/usr/bin/bash", "-euo pipefail script", "script");
        row("/usr/bin/bash", "--rcfile rc", "");
        row("/usr/bin/bash", "-s word", "");
        row("/usr/bin/ruby3.1", "-I lib app.rb", "app.rb");
        row("/usr/bin/perl", "-w -I lib app.pl", "app.pl");
        row("/usr/bin/perl", "-ne print app.pl", "");
        row("/usr/bin/deno", "run --allow-net main.ts", "main.ts");
        row("/usr/bin/deno", "run --config deno.json main.ts", "main.ts");
        row("/usr/bin/bun", "run index.ts", "index.ts");
        row("/usr/bin/bun", "index.ts", "index.ts");
        row("/usr/bin/java", "-cp lib -jar app.jar", "app.jar");
        row("/usr/bin/busybox", "sh script", "script");
        // No interpreters: their arguments are no scripts.
        row("/usr/bin/cat", "tool.py", "");
        row("/usr/bin/pythonista", "tool.py", "");
        row("/usr/bin/sha256sum", "tool.py", "");
        row("/usr/bin/node-sass", "tool.js", "");
    }

    void findsTheScript()
    {
        QFETCH(QString, exe);
        QFETCH(QByteArray, arguments);
        QFETCH(QString, script);
        QList<QByteArray> argv {"argv0"};
        if (!arguments.isEmpty())
            argv += arguments.split(' ');
        QCOMPARE(scriptArgument(exe, argv), script);
    }
};

QTEST_GUILESS_MAIN(ProcessFactsTest)
#include "ProcessFactsTest.moc"
