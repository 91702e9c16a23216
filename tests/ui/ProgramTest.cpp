// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Paths.h"
#include "core/client/BrokerClient.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace chatelaine;

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
