// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/flows/Estate.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTcpServer>
#include <QTest>

using namespace chatelaine;
using namespace chatelaine::test;
using testlab::Fault;

namespace {

/// One sentence (or two) on stderr that is meant for a person, and nothing on stdout.
void expectOneSentence(const Outcome &outcome, int exit, const char *says)
{
    QVERIFY2(outcome.exit == exit,
        qPrintable(
            QStringLiteral("exit %1: %2").arg(outcome.exit).arg(QString::fromUtf8(outcome.err))));
    QVERIFY2(outcome.err.contains(says), outcome.err.constData());
    QVERIFY2(outcome.err.trimmed().count('\n') == 0, outcome.err.constData());
    QVERIFY2(outcome.out.isEmpty(), outcome.out.constData());
}

} // namespace

/// What people and programs get wrong: the right exit status, one clear sentence, nothing lost.
class BadInputFlowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_estate = std::make_unique<Estate>(QStringLiteral("memory"));
        m_estate->startBroker();
    }
    void cleanupTestCase() { m_estate.reset(); }

    void commands_data()
    {
        QTest::addColumn<QStringList>("args");
        QTest::addColumn<int>("exit");
        QTest::addColumn<QByteArray>("says");
        const auto row = [](const char *args, int exit, const char *says) {
            QTest::newRow(args) << words(args) << exit << QByteArray(says);
        };
        row("add banana", 2, "not a URL");
        row("add http://mcp.example.com/mcp", 2, "https://");
        row("add file:///etc/passwd", 2, "not a URL");
        row("add https://u:p@mcp.example.com/", 2, "user name");
        row("discover banana", 2, "not a URL");
        row("frobnicate", 2, "frobnicate");
        row("token", 2, "token");
        row("token nowhere", 1, "nowhere");
        row("login nowhere", 1, "nowhere");
        row("show nowhere", 1, "nowhere");
        row("remove nowhere", 1, "nowhere");
        row("list --sideways", 2, "--sideways");
        row("grants add --server nowhere --any-client", 1, "nowhere");
        row("grants remove no-such-grant", 1, "no-such-grant");
        row("audit --since yesterday-ish", 2, "--since");
        row("audit --limit many", 2, "--limit");
        row("call nowhere", 1, "nowhere");
        row("completion tcsh", 2, "tcsh");
    }
    void commands()
    {
        QFETCH(const QStringList, args);
        QFETCH(const int, exit);
        QFETCH(const QByteArray, says);
        expectOneSentence(m_estate->run(args), exit, says.constData());
    }

    void servers_data()
    {
        QTest::addColumn<Fault>("fault");
        QTest::addColumn<int>("exit");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("no MCP there") << Fault::Mcp404 << 1 << QByteArray("no MCP server");
        QTest::newRow("HTML") << Fault::McpHtml << 1 << QByteArray("no MCP server");
        QTest::newRow("500") << Fault::Mcp500 << 6 << QByteArray("500");
        QTest::newRow("metadata 500") << Fault::Metadata500 << 6 << QByteArray("500");
        QTest::newRow("no S256") << Fault::NoS256 << 1 << QByteArray("S256");
        QTest::newRow("issuer") << Fault::IssuerMismatch << 1 << QByteArray("issuer");
        QTest::newRow("resource") << Fault::ResourceMismatch << 1 << QByteArray("resource");
        QTest::newRow("file:") << Fault::AuthorizationEndpointFileScheme << 1
                               << QByteArray("authorization endpoint");
        QTest::newRow("huge") << Fault::MetadataHuge << 1 << QByteArray("262144 bytes");
        QTest::newRow("deep") << Fault::MetadataDeep << 1 << QByteArray("deep");
        QTest::newRow("declined") << Fault::AuthorizationDenied << 1 << QByteArray("declined");
        QTest::newRow("iss") << Fault::IssWrong << 1 << QByteArray("iss");
        QTest::newRow("token 500") << Fault::Token500 << 6 << QByteArray("500");
    }
    void servers()
    {
        QFETCH(const Fault, fault);
        QFETCH(const int, exit);
        QFETCH(const QByteArray, says);
        Estate estate(QStringLiteral("memory"));
        estate.startBroker();
        estate.must({QStringLiteral("add"), estate.lab.mcpUrl(), QStringLiteral("--name"),
            QStringLiteral("demo")});
        estate.lab.setFault(fault);
        const Outcome outcome = estate.run(words("login demo"));
        QVERIFY2(outcome.exit == exit, outcome.err.constData());
        QVERIFY2(outcome.err.contains(says), outcome.err.constData());
        QVERIFY(outcome.out.isEmpty());
        estate.lab.clearFaults();
        estate.must(words("login demo"));
    }

    void anUnreachableServer()
    {
        Estate estate(QStringLiteral("memory"));
        estate.startBroker();
        QTcpServer unused;
        QVERIFY(unused.listen(QHostAddress::LocalHost));
        const QString url = QStringLiteral("http://127.0.0.1:%1/mcp").arg(unused.serverPort());
        unused.close();
        expectOneSentence(estate.run({QStringLiteral("discover"), url}), 6, "127.0.0.1");
    }

    void theSocket_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<int>("code");
        QTest::addColumn<bool>("closes");
        QTest::newRow("no JSON") << QByteArray("hello") << -32700 << true;
        QTest::newRow("no request") << QByteArray("{\"a\":1}") << -32600 << true;
        QTest::newRow("batch") << QByteArray("[]") << -32600 << true;
        QTest::newRow("too long") << QByteArray(300 * 1024, 'x') << -32600 << true;
        QTest::newRow("unknown method")
            << QByteArray("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"make/coffee\"}") << -32601
            << false;
        QTest::newRow("no server")
            << QByteArray("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"token/get\",\"params\":{}}")
            << -32602 << false;
        QTest::newRow("wrong type")
            << QByteArray("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"token/get\",\"params\":{"
                          "\"server\":7}}")
            << -32602 << false;
        QTest::newRow("unknown server")
            << QByteArray("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"token/get\",\"params\":{"
                          "\"server\":\"nowhere\"}}")
            << -32004 << false;
        QTest::newRow("managing on the borrowers' socket")
            << QByteArray("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"grants/add\",\"params\":{}}")
            << -32601 << false;
    }
    void theSocket()
    {
        QFETCH(const QByteArray, line);
        QFETCH(const int, code);
        QFETCH(const bool, closes);
        Wire wire(m_estate->brokerSocket());
        QVERIFY(wire.isConnected());
        wire.send(line);
        const QJsonObject answer = wire.receive();
        QCOMPARE(answer.value(QLatin1StringView("error"))
                     .toObject()
                     .value(QLatin1StringView("code"))
                     .toInt(),
            code);
        if (closes)
            QVERIFY(wire.receive().isEmpty());
        QVERIFY(Wire(m_estate->brokerSocket())
                    .call(QStringLiteral("hello"))
                    .contains(QLatin1StringView("result")));
    }

    void aDatabaseFromTheFuture()
    {
        Estate estate(QStringLiteral("memory"));
        estate.must(words("status --private"));
        QVERIFY(QDir().mkpath(estate.home() + QStringLiteral("/data")));
        const QString path = estate.home() + QStringLiteral("/data/chatelaine.db");
        estate.startBroker();
        estate.must({QStringLiteral("add"), estate.lab.mcpUrl()});
        estate.stopBroker();
        {
            QSqlDatabase db =
                QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("future"));
            db.setDatabaseName(path);
            QVERIFY(db.open());
            QSqlQuery query(db);
            QVERIFY(query.exec(QStringLiteral("PRAGMA user_version = 999")));
        }
        QSqlDatabase::removeDatabase(QStringLiteral("future"));
        const qint64 size = QFileInfo(path).size();
        const Outcome outcome = estate.run(words("list"));
        QCOMPARE(outcome.exit, 6); // the broker can't be reached, and the sentence says why
        QVERIFY2(outcome.err.contains("newer"), outcome.err.constData());
        QCOMPARE(QFileInfo(path).size(), size);
    }

    void aDatabaseThatIsNone()
    {
        Estate estate(QStringLiteral("memory"));
        QVERIFY(QDir().mkpath(estate.home() + QStringLiteral("/data")));
        QFile file(estate.home() + QStringLiteral("/data/chatelaine.db"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const QByteArray precious(8192, 'p');
        file.write(precious);
        file.close();
        const Outcome outcome = estate.run(words("list"));
        QCOMPARE(outcome.exit, 6);
        QVERIFY2(outcome.err.contains("chatelaine.db"), outcome.err.constData());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), precious);
    }

    void noKeychain()
    {
        Estate estate(QStringLiteral("keychain"));
        estate.startBroker();
        estate.must({QStringLiteral("add"), estate.lab.mcpUrl(), QStringLiteral("--name"),
            QStringLiteral("demo")});
        const Outcome outcome = estate.run(words("login demo"));
        QCOMPARE(outcome.exit, 5);
        QVERIFY2(outcome.err.contains("keychain") || outcome.err.contains("keyring"),
            outcome.err.constData());
        QVERIFY(!QFile::exists(estate.home() + QStringLiteral("/data/vault.bin")));
    }

    void aSecondBrokerLeaves()
    {
        Estate estate(QStringLiteral("memory"));
        estate.startBroker();
        QProcess second;
        second.setProcessEnvironment(estate.environment());
        second.start(qEnvironmentVariable("CHATELAINE_BIN") + QStringLiteral("/chatelaine-broker"),
            words("--vault memory"));
        QVERIFY(second.waitForFinished());
        QVERIFY(second.exitCode() != 0);
        const QByteArray said = second.readAllStandardError();
        QVERIFY2(said.contains("broker"), said.constData());
        QVERIFY(Wire(estate.brokerSocket())
                    .call(QStringLiteral("hello"))
                    .contains(QLatin1StringView("result")));
    }

private:
    std::unique_ptr<Estate> m_estate;
};

QTEST_GUILESS_MAIN(BadInputFlowTest)
#include "BadInputFlowTest.moc"
