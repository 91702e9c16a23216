// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QImage>
#include <QProcess>
#include <QRegularExpression>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

/// What a desktop finds after `cmake --install`, judged by the desktop's own tools.
class ResourcesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_prefix.isValid());
        const QString build = qEnvironmentVariable("CHATELAINE_BIN") + QStringLiteral("/..");
        run(QStringLiteral("cmake"),
            {QStringLiteral("--install"), build, QStringLiteral("--prefix"), m_prefix.path()});
    }

    void theLauncherIsValid()
    {
        const QString file = installed(QStringLiteral("share/applications/chatelaine.desktop"));
        QVERIFY(QFile::exists(file));
        QCOMPARE(run(QStringLiteral("desktop-file-validate"), {file}), QByteArray());
    }

    void theLauncherLeadsToWhatIsThere()
    {
        QSettings launcher(installed(QStringLiteral("share/applications/chatelaine.desktop")),
            QSettings::IniFormat);
        QStringList commands;
        const QStringList groups = launcher.childGroups();
        for (const QString &group : groups) {
            launcher.beginGroup(group);
            commands.append(launcher.value(QStringLiteral("Exec")).toString());
            QVERIFY2(launcher.contains(QStringLiteral("Name")), qPrintable(group));
            launcher.endGroup();
        }
        QCOMPARE(groups.size(), 2);
        for (const QString &command : std::as_const(commands)) {
            const QFileInfo program(
                installed(QStringLiteral("bin/") + command.section(u' ', 0, 0)));
            QVERIFY2(program.isExecutable(), qPrintable(command));
        }
        // The windows say which launcher they belong to.
        QFile main(qEnvironmentVariable("CHATELAINE_SOURCE") + QStringLiteral("/app/gui/main.cpp"));
        QVERIFY(main.open(QIODevice::ReadOnly));
        QVERIFY(main.readAll().contains("setDesktopFileName(QStringLiteral(\"chatelaine\"))"));
    }

    void theDescriptionIsValid()
    {
        const QString file = installed(QStringLiteral("share/metainfo/chatelaine.metainfo.xml"));
        QVERIFY(QFile::exists(file));
        run(QStringLiteral("appstreamcli"),
            {QStringLiteral("validate"), QStringLiteral("--no-net"), file});
    }

    void theServiceIsConfined()
    {
        const QStringList lines = linesOf(QStringLiteral("chatelaine-broker.service"));
        for (const char *line :
            {"UMask=0077", "LimitCORE=0", "NoNewPrivileges=yes", "LockPersonality=yes",
                "MemoryDenyWriteExecute=yes",
                "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK",
                "RestrictNamespaces=yes", "RestrictRealtime=yes", "RestrictSUIDSGID=yes",
                "SystemCallArchitectures=native", "SystemCallFilter=@system-service"})
            QVERIFY2(lines.contains(QLatin1StringView(line)), line);
        // In a namespace of its own it would see other files and processes than those who ask.
        static const QRegularExpression namespaces(QStringLiteral(
            "^(Private|Protect|ReadOnly|ReadWrite|Inaccessible|Bind|Temporary|Root|DynamicUser)"));
        QCOMPARE(lines.filter(namespaces), QStringList());
        QVERIFY(lines.filter(QStringLiteral("ExecStart="))
                    .constFirst()
                    .endsWith(QStringLiteral("/bin/chatelaine-broker")));
    }

    void theSocketsAreTheUsersAlone()
    {
        for (const char *name : {"chatelaine-broker", "chatelaine-broker-control"}) {
            const QStringList lines = linesOf(QLatin1StringView(name) + QStringLiteral(".socket"));
            QVERIFY2(lines.contains(QStringLiteral("SocketMode=0600")), name);
            QVERIFY2(lines.contains(QStringLiteral("DirectoryMode=0700")), name);
        }
    }

    void theIcons_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("size");
        for (const char *name : {"chatelaine", "chatelaine-dark"}) {
            for (const int size : {16, 22, 24, 32, 48, 64, 128, 256, 512})
                QTest::addRow("%s %d", name, size) << QString::fromLatin1(name) << size;
        }
    }
    void theIcons()
    {
        QFETCH(const QString, name);
        QFETCH(const int, size);
        const QImage icon(
            installed(QStringLiteral("share/icons/hicolor/%1x%1/apps/%2.png").arg(size).arg(name)));
        QCOMPARE(icon.size(), QSize(size, size));
        QCOMPARE(qAlpha(icon.pixel(0, 0)), 0);
        QCOMPARE(qAlpha(icon.pixel(size / 2, size / 2)), 255);
        QVERIFY(QFile::exists(
            installed(QStringLiteral("share/icons/hicolor/scalable/apps/%1.svg").arg(name))));
    }

private:
    QStringList linesOf(const QString &unit) const
    {
        QFile file(installed(QStringLiteral("lib/systemd/user/") + unit));
        if (!file.open(QIODevice::ReadOnly))
            qFatal("%s is not installed", qPrintable(unit));
        return QString::fromUtf8(file.readAll()).split(u'\n');
    }

    QString installed(const QString &path) const { return m_prefix.filePath(path); }

    static QByteArray run(const QString &program, const QStringList &arguments)
    {
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(program, arguments);
        if (!process.waitForFinished(60'000))
            qFatal("%s: %s", qPrintable(program), qPrintable(process.errorString()));
        const QByteArray said = process.readAll();
        if (process.exitCode() != 0)
            qFatal("%s: %s", qPrintable(program), said.constData());
        return said;
    }

    const QTemporaryDir m_prefix;
};

QTEST_GUILESS_MAIN(ResourcesTest)
#include "ResourcesTest.moc"
