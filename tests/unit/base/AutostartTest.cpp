// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Autostart.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace chatelaine;

/// The file that has the desktop start us, judged by the desktop's own validator and its own shell
/// rules.
class AutostartTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theEntryIsValidAndStartsThatProgram_data()
    {
        QTest::addColumn<QString>("program");
        QTest::addColumn<bool>("ownHome");
        for (const bool ownHome : {false, true}) {
            const char *where = ownHome ? "in a home of its own" : "in the user's";
            const auto row = [&](const QString &program) {
                QTest::addRow("%s %s", qPrintable(program), where) << program << ownHome;
            };
            row(QStringLiteral("/usr/bin/chatelaine-gui"));
            row(QStringLiteral("/opt/my programs/chatelaine-gui"));
            row(QStringLiteral("/opt/100%/a\"b`c$d\\e/chatelaine-gui"));
        }
    }
    void theEntryIsValidAndStartsThatProgram()
    {
        QFETCH(const QString, program);
        QFETCH(const bool, ownHome);
        const QTemporaryDir dir;
        Paths paths = Paths::under(dir.filePath(QStringLiteral("my home")));
        if (!ownHome) {
            paths.home.clear();
            paths.configDir = dir.filePath(QStringLiteral("config/chatelaine"));
        }
        Autostart login(paths, program);
        QVERIFY(!login.isOn());
        QVERIFY(login.set(true));
        QVERIFY(login.isOn());
        QCOMPARE(login.file(),
            dir.filePath(ownHome ? QStringLiteral("my home/config/autostart/chatelaine.desktop")
                                 : QStringLiteral("config/autostart/chatelaine.desktop")));

        QProcess validator;
        validator.setProcessChannelMode(QProcess::MergedChannels);
        validator.start(QStringLiteral("desktop-file-validate"), {login.file()});
        QVERIFY2(validator.waitForFinished(), qPrintable(validator.errorString()));
        QCOMPARE(validator.readAll(), QByteArray());
        QCOMPARE(validator.exitCode(), 0);

        QStringList expected{program, QStringLiteral("--background")};
        if (ownHome) {
            expected =
                QStringList{QStringLiteral("env"), QStringLiteral("CHATELAINE_HOME=") + paths.home}
                + expected;
        }
        QCOMPARE(commandOf(login.file()), expected);
        QVERIFY(login.set(false));
        QVERIFY(!QFile::exists(login.file()));
        QVERIFY(login.set(false));
    }

    void whatTheDesktopSwitchedOffIsOff_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<bool>("on");
        QTest::newRow("hidden") << QByteArray("Hidden=true") << false;
        QTest::newRow("not hidden") << QByteArray("Hidden=false") << true;
        QTest::newRow("GNOME") << QByteArray("X-GNOME-Autostart-enabled = false") << false;
        QTest::newRow("another group") << QByteArray("[Other]\nHidden=true") << true;
    }
    void whatTheDesktopSwitchedOffIsOff()
    {
        QFETCH(const QByteArray, line);
        QFETCH(const bool, on);
        const QTemporaryDir dir;
        Autostart login(Paths::under(dir.path()), QStringLiteral("/usr/bin/chatelaine-gui"));
        QVERIFY(login.set(true));
        QFile file(login.file());
        QVERIFY(file.open(QIODevice::Append));
        file.write(line + '\n');
        file.close();
        QCOMPARE(login.isOn(), on);
        // Switching on again says so anew.
        QVERIFY(login.set(true));
        QVERIFY(login.isOn());
    }

    void aFileThatCanNotBeWrittenIsTold()
    {
        const QTemporaryDir dir;
        const Paths paths = Paths::under(dir.path());
        QVERIFY(QDir().mkpath(paths.configDir));
        QFile inTheWay(paths.configDir + QStringLiteral("/autostart"));
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        Autostart login(paths, QStringLiteral("/usr/bin/chatelaine-gui"));
        const Result<void> done = login.set(true);
        QVERIFY(!done);
        QVERIFY(done.error().message.contains(login.file()));
        QVERIFY(!login.isOn());
    }

private:
    /// What a desktop makes of the Exec line (Desktop Entry Specification, "The Exec key"): the
    /// string's escapes first, then the quotes, then the percent signs.
    static QStringList commandOf(const QString &file)
    {
        QFile entry(file);
        if (!entry.open(QIODevice::ReadOnly))
            return {};
        QString exec;
        const QStringList lines = QString::fromUtf8(entry.readAll()).split(u'\n');
        for (const QString &line : lines) {
            if (line.startsWith(QLatin1StringView("Exec=")))
                exec = line.mid(5);
        }
        exec.replace(QStringLiteral("\\\\"), QStringLiteral("\\"));
        QStringList words;
        QString word;
        bool quoted = false;
        for (qsizetype i = 0; i < exec.size(); ++i) {
            const QChar c = exec.at(i);
            if (c == u'"') {
                quoted = !quoted;
            } else if (quoted && c == u'\\') {
                word += exec.at(++i);
            } else if (!quoted && c == u' ') {
                words.append(word);
                word.clear();
            } else {
                word += c;
            }
        }
        words.append(word);
        return words.replaceInStrings(QStringLiteral("%%"), QStringLiteral("%"));
    }
};

QTEST_GUILESS_MAIN(AutostartTest)
#include "AutostartTest.moc"
