// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/testlab/Visitor.h"

#include <QJsonDocument>
#include <QProcess>
#include <QTest>

#include <csignal>

using namespace chatelaine::test;

/// chatelaine-testlab as a process.
class ProgramTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void announcesAndEnds_data();
    void announcesAndEnds();
    void logsDecisions();
    void readsASecret();
    void hasSoManyServers();
    void listsFaults();
    void usage_data();
    void usage();

private:
    static QString program()
    {
        return qEnvironmentVariable("CHATELAINE_BIN") + QStringLiteral("/chatelaine-testlab");
    }
    static QJsonObject begin(QProcess &process, const QStringList &arguments);
    static QJsonObject nextLine(QProcess &process);
};

namespace {

QString s(const char *text)
{
    return QString::fromUtf8(text);
}

} // namespace

QJsonObject ProgramTest::nextLine(QProcess &process)
{
    while (!process.canReadLine()) {
        if (!process.waitForReadyRead(20'000))
            return {};
    }
    return QJsonDocument::fromJson(process.readLine()).object();
}

QJsonObject ProgramTest::begin(QProcess &process, const QStringList &arguments)
{
    process.start(program(), QStringList {s("--json")} + arguments);
    return nextLine(process);
}

void ProgramTest::announcesAndEnds_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("SIGINT") << SIGINT;
    QTest::newRow("standard input closes") << 0;
}

void ProgramTest::announcesAndEnds()
{
    QFETCH(int, signal);
    QProcess process;
    const QJsonObject facts
        = begin(process, {s("--issuer-path"), s("/t"), s("--client-id"), s("mine"), s("--until-stdin-closes")});
    QCOMPARE(facts.value(s("client_id")), s("mine"));
    QCOMPARE(facts.value(s("pid")).toInteger(), process.processId());
    QVERIFY(facts.value(s("issuer")).toString().endsWith(s("/t")));
    Visitor visitor;
    const Reply metadata
        = visitor.get(facts.value(s("issuer")).toString() + s("/.well-known/openid-configuration"));
    QCOMPARE(metadata.text("issuer"), facts.value(s("issuer")).toString());
    QCOMPARE(metadata.json().value(s("client_id_metadata_document_supported")), true);
    if (signal)
        ::kill(static_cast<pid_t>(process.processId()), signal);
    else
        process.closeWriteChannel();
    QVERIFY(process.waitForFinished(20'000));
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 0);
    QCOMPARE(process.readAllStandardError(), QByteArray());
}

void ProgramTest::logsDecisions()
{
    QProcess process;
    const QJsonObject facts = begin(process, {s("--log"), s("--until-stdin-closes")});
    Visitor visitor;
    QCOMPARE(visitor.get(facts.value(s("mcp_url")).toString()).status, 401);
    const QJsonObject decision = nextLine(process);
    QCOMPARE(decision.value(s("verdict")), s("denied"));
    QCOMPARE(decision.value(s("reason")), s("no_token"));
    process.closeWriteChannel();
    QVERIFY(process.waitForFinished(20'000));
}

void ProgramTest::readsASecret()
{
    // Standard input is the descriptor at hand.
    QProcess process;
    process.start(program(), {s("--json"), s("--client-secret-fd"), s("0")});
    process.write("a-secret\n");
    process.closeWriteChannel();
    const QJsonObject facts = nextLine(process);
    Visitor visitor;
    const auto ask = [&](const QByteArray &secret) {
        const Headers basic {{"Authorization", "Basic " + ("testlab-client:" + secret).toBase64()}};
        return visitor.postForm(facts.value(s("issuer")).toString() + s("/introspect"), {{s("token"), s("x")}}, basic)
            .status;
    };
    QCOMPARE(ask("a-secret"), 200);
    QCOMPARE(ask("another"), 401);
    process.terminate();
    QVERIFY(process.waitForFinished(20'000));
}

void ProgramTest::hasSoManyServers()
{
    QProcess process;
    process.start(program(), {s("--json"), s("--servers"), s("3")});
    const QString url = nextLine(process).value(s("mcp_url")).toString();
    Visitor visitor;
    QCOMPARE(visitor.get(url + s("/2")).status, 401);
    QCOMPARE(visitor.get(url + s("/3")).status, 404);
    process.terminate();
    QVERIFY(process.waitForFinished(20'000));
}

void ProgramTest::listsFaults()
{
    QProcess process;
    process.start(program(), {s("--list-faults")});
    QVERIFY(process.waitForFinished(20'000));
    const QByteArray text = process.readAllStandardOutput();
    QCOMPARE(text.count('\n'), chatelaine::testlab::allFaults().size());
    QVERIFY(text.contains("iss-trailing-slash"));
}

void ProgramTest::usage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("unknown option") << QStringList {s("--nonsense")};
    QTest::newRow("an argument") << QStringList {s("nonsense")};
    QTest::newRow("port") << QStringList {s("--port"), s("70000")};
    QTest::newRow("servers") << QStringList {s("--servers"), s("0")};
    QTest::newRow("mcp port") << QStringList {s("--mcp-port"), s("http")};
    QTest::newRow("lifetime") << QStringList {s("--access-token-lifetime"), s("soon")};
    QTest::newRow("fault") << QStringList {s("--fault"), s("nonsense")};
    QTest::newRow("method") << QStringList {s("--auth-methods"), s("mtls")};
    QTest::newRow("issuer path") << QStringList {s("--issuer-path"), s("tenant")};
    QTest::newRow("descriptor") << QStringList {s("--client-secret-fd"), s("77")};
}

void ProgramTest::usage()
{
    QFETCH(QStringList, arguments);
    QProcess process;
    process.start(program(), arguments);
    QVERIFY(process.waitForFinished(20'000));
    QCOMPARE(process.exitCode(), 2);
    const QByteArray complaint = process.readAllStandardError();
    QCOMPARE(complaint.count('\n'), 1);
    QVERIFY(complaint.endsWith(".\n"));
    QCOMPARE(process.readAllStandardOutput(), QByteArray());
}

QTEST_GUILESS_MAIN(ProgramTest)
#include "ProgramTest.moc"
