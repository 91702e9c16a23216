// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <memory>
#include <optional>

/// `chatelaine demo` under a real keyring: it plays the whole job and leaves nothing behind, however
/// it ends.
class DemoFlowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_dir.emplace();
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const char *name : {"DISPLAY", "WAYLAND_DISPLAY", "BROWSER"})
            environment.remove(QString::fromLatin1(name));
        environment.insert(QStringLiteral("TMPDIR"), m_dir->path());
        m_demo = std::make_unique<QProcess>();
        m_demo->setProcessEnvironment(environment);
        m_demo->setProgram(qEnvironmentVariable("CHATELAINE_BIN") + QStringLiteral("/chatelaine"));
        m_demo->setArguments({QStringLiteral("demo")});
    }

    void playsTheWholeJob()
    {
        m_demo->start();
        QVERIFY2(m_demo->waitForFinished(60'000), m_demo->readAllStandardError().constData());
        const QByteArray out = m_demo->readAllStandardOutput();
        QCOMPARE(m_demo->exitCode(), 0);
        for (const char *sign : {"this machine's keychain", "signed in", "positive", "scope now",
                 "may not borrow", "none changed, none missing", "Revoked"})
            QVERIFY2(out.contains(sign), out.constData());
        static const QRegularExpression jwt(QStringLiteral("eyJ[\\w-]{20}"));
        QVERIFY(!QString::fromUtf8(out).contains(jwt));
        expectNothingLeft();
    }

    void leavesNothingWhenInterrupted_data()
    {
        QTest::addColumn<QByteArray>("at");
        QTest::newRow("before the sign-in") << QByteArray("1. ");
        QTest::newRow("during the sign-in") << QByteArray("login demo");
        QTest::newRow("after the step-up") << QByteArray("scope now");
    }

    void leavesNothingWhenInterrupted()
    {
        QFETCH(const QByteArray, at);
        m_demo->start();
        QByteArray out;
        while (!out.contains(at)) {
            QVERIFY2(m_demo->waitForReadyRead(60'000), out.constData());
            out += m_demo->readAllStandardOutput();
        }
        ::kill(static_cast<pid_t>(m_demo->processId()), SIGINT);
        QVERIFY(m_demo->waitForFinished(60'000));
        expectNothingLeft();
    }

    void leavesNothingWhenItsReaderHasEnough()
    {
        m_demo->start();
        QVERIFY(m_demo->waitForReadyRead(60'000));
        m_demo->closeReadChannel(QProcess::StandardOutput);
        QVERIFY(m_demo->waitForFinished(60'000));
        expectNothingLeft();
    }

private:
    void expectNothingLeft()
    {
        QCOMPARE(QDir(m_dir->path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot),
            QStringList());
        QProcess search;
        search.setProcessChannelMode(QProcess::MergedChannels);
        search.start(QStringLiteral("secret-tool"),
            {QStringLiteral("search"), QStringLiteral("--all"), QStringLiteral("server"),
                QStringLiteral("chatelaine")});
        QVERIFY(search.waitForFinished());
        const QByteArray items = search.readAllStandardOutput();
        QVERIFY2(!items.contains("attribute.user"), items.constData());
    }

    std::optional<QTemporaryDir> m_dir;
    std::unique_ptr<QProcess> m_demo;
};

QTEST_GUILESS_MAIN(DemoFlowTest)
#include "DemoFlowTest.moc"
