// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Paths.h"
#include "core/client/BrokerClient.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <elf.h>
#include <sys/resource.h>
#include <sys/stat.h>

using namespace chatelaine;

namespace {

QByteArray contentsOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s can't be read.", qPrintable(path));
    return file.readAll();
}

/// Whether a program brings a function that the libraries take for the C library's (elf(5)).
bool defines(const QByteArray &program, const char *function)
{
    const auto *header = reinterpret_cast<const Elf64_Ehdr *>(program.constData());
    const auto *sections =
        reinterpret_cast<const Elf64_Shdr *>(program.constData() + header->e_shoff);
    for (int i = 0; i < header->e_shnum; ++i) {
        if (sections[i].sh_type != SHT_DYNSYM)
            continue;
        const char *names = program.constData() + sections[sections[i].sh_link].sh_offset;
        const auto *symbols =
            reinterpret_cast<const Elf64_Sym *>(program.constData() + sections[i].sh_offset);
        for (quint64 k = 0; k < sections[i].sh_size / sizeof(Elf64_Sym); ++k) {
            if (symbols[k].st_shndx != SHN_UNDEF
                && qstrcmp(names + symbols[k].st_name, function) == 0)
                return true;
        }
    }
    return false;
}

} // namespace

/// chatelaine-gui as it is installed: one window, one broker.
class ProgramTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSecondStartLeavesTheFirstAlone()
    {
        const QTemporaryDir home;
        QProcess first;
        start(first, QStringLiteral("chatelaine-gui"), home.path());
        QTRY_COMPARE_WITH_TIMEOUT(brokerPid(home.path()), first.processId(), 20'000);
        QProcess second;
        start(second, QStringLiteral("chatelaine-gui"), home.path());
        QVERIFY(second.waitForFinished(20'000));
        QCOMPARE(second.exitCode(), 0);
        QCOMPARE(brokerPid(home.path()), first.processId());
        endOrderly(first);
    }

    void whoeverHoldsTokensIsHardened_data()
    {
        QTest::addColumn<QString>("program");
        QTest::newRow("window") << QStringLiteral("chatelaine-gui");
        QTest::newRow("broker") << QStringLiteral("chatelaine-broker");
    }
    void whoeverHoldsTokensIsHardened()
    {
        QFETCH(const QString, program);
        const QTemporaryDir home;
        QProcess process;
        // As a careless session would start it.
        process.setChildProcessModifier([] {
            rlimit core{};
            ::getrlimit(RLIMIT_CORE, &core);
            core.rlim_cur = core.rlim_max;
            ::setrlimit(RLIMIT_CORE, &core);
            ::umask(0022);
        });
        start(process, program, home.path());
        QTRY_COMPARE_WITH_TIMEOUT(brokerPid(home.path()), process.processId(), 20'000);
        const QString proc = QStringLiteral("/proc/%1/").arg(process.processId());
        const QRegularExpression noCore(QStringLiteral("Max core file size +0 +0 "));
        QVERIFY(QString::fromLatin1(contentsOf(proc + QStringLiteral("limits"))).contains(noCore));
        QVERIFY(contentsOf(proc + QStringLiteral("status")).contains("Umask:\t0077"));
        // proc(5): of a process that is not dumpable they are root's.
        struct stat memory = {};
        QCOMPARE(::stat(QFile::encodeName(proc + QStringLiteral("mem")).constData(), &memory), 0);
        QCOMPARE(memory.st_uid, 0u);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
        const QByteArray image = contentsOf(proc + QStringLiteral("exe"));
        QVERIFY(defines(image, "free"));
        QVERIFY(defines(image, "realloc"));
#endif
        endOrderly(process);
    }

    void theWindowTakesOverFromAHeadlessBroker()
    {
        const QTemporaryDir home;
        QProcess headless;
        start(headless, QStringLiteral("chatelaine-broker"), home.path());
        QTRY_COMPARE_WITH_TIMEOUT(brokerPid(home.path()), headless.processId(), 20'000);
        QProcess gui;
        start(gui, QStringLiteral("chatelaine-gui"), home.path());
        QTRY_COMPARE_WITH_TIMEOUT(brokerPid(home.path()), gui.processId(), 20'000);
        QVERIFY(headless.state() == QProcess::NotRunning || headless.waitForFinished(10'000));
        QCOMPARE(headless.exitStatus(), QProcess::NormalExit);
        QCOMPARE(headless.exitCode(), 0);
        endOrderly(gui);
        QCOMPARE(brokerPid(home.path()), 0);
    }

    void aProgramThatIsConnectedGoesOnAfterTheTakeover()
    {
        const QTemporaryDir home;
        const QString socket = Paths::under(home.path()).brokerSocket();
        QProcess headless;
        start(headless, QStringLiteral("chatelaine-broker"), home.path());
        QTRY_COMPARE_WITH_TIMEOUT(brokerPid(home.path()), headless.processId(), 20'000);
        auto program = client::BrokerClient::connectTo(socket);
        QVERIFY(program);
        QVERIFY(program->call(QStringLiteral("hello"), {}, {}, 5000));
        QProcess gui;
        start(gui, QStringLiteral("chatelaine-gui"), home.path(), {QStringLiteral("--background")});
        QTRY_COMPARE_WITH_TIMEOUT(brokerPid(home.path()), gui.processId(), 20'000);
        // Its connection ended with the other broker, in order; the next is at the same place.
        const auto answer = program->call(QStringLiteral("servers/list"), {}, {}, 5000);
        QVERIFY(!answer);
        QCOMPARE(answer.error().code, ErrorCode::BrokerUnavailable);
        program = client::BrokerClient::connectTo(socket);
        QVERIFY(program);
        QVERIFY(program->call(QStringLiteral("servers/list"), {}, {}, 5000));
        // A terminal's Ctrl+C, a session's end: nobody is asked.
        endOrderly(gui);
    }

    void aStartAtLoginIsContentWithOneThatRuns()
    {
        const QTemporaryDir home;
        QProcess first;
        start(
            first, QStringLiteral("chatelaine-gui"), home.path(), {QStringLiteral("--background")});
        QTRY_COMPARE_WITH_TIMEOUT(brokerPid(home.path()), first.processId(), 20'000);
        QProcess second;
        start(second, QStringLiteral("chatelaine-gui"), home.path(),
            {QStringLiteral("--background")});
        QVERIFY(second.waitForFinished(20'000));
        QCOMPARE(second.exitCode(), 0);
        QCOMPARE(brokerPid(home.path()), first.processId());
        endOrderly(first);
    }

private:
    static void start(QProcess &process, const QString &program, const QString &home,
        const QStringList &arguments = {})
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("CHATELAINE_HOME"), home);
        process.setProcessEnvironment(environment);
        process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process.start(qEnvironmentVariable("CHATELAINE_BIN") + u'/' + program, arguments);
        QVERIFY(process.waitForStarted());
    }

    static void endOrderly(QProcess &process)
    {
        process.terminate();
        QVERIFY(process.waitForFinished(10'000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 0);
    }

    /// Which process answers at the control socket; 0 when none does.
    static qint64 brokerPid(const QString &home)
    {
        auto client = client::BrokerClient::connectTo(Paths::under(home).controlSocket());
        if (!client)
            return 0;
        const auto status = client->call(QStringLiteral("status"), {}, {}, 5000);
        return status ? status->value(QLatin1StringView("pid")).toInteger() : 0;
    }
};

QTEST_GUILESS_MAIN(ProgramTest)
#include "ProgramTest.moc"
