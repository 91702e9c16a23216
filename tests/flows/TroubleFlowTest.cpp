// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/flows/Household.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTcpServer>
#include <QTest>

using namespace chatelaine;
using namespace chatelaine::credentials;
using namespace chatelaine::test;
using testlab::Fault;

/// A hostile or broken server: one clear sentence, and nothing is lost or sent where it must not
/// be.
class TroubleFlowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSignInThatMustNotSucceed_data()
    {
        QTest::addColumn<Fault>("fault");
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<bool>("authorizes"); // may the browser have been opened?
        const auto row = [](const char *name, Fault fault, ErrorCode code, bool authorizes) {
            QTest::newRow(name) << fault << code << authorizes;
        };
        using E = ErrorCode;
        row("no S256", Fault::NoS256, E::ProtocolViolation, false);
        row("PKCE not said", Fault::NoPkceMetadata, E::ProtocolViolation, false);
        row("issuer differs", Fault::IssuerMismatch, E::ProtocolViolation, false);
        row("resource differs", Fault::ResourceMismatch, E::ProtocolViolation, false);
        row("file: endpoint", Fault::AuthorizationEndpointFileScheme, E::ProtocolViolation, false);
        row("metadata 500", Fault::Metadata500, E::Unreachable, false);
        row("metadata huge", Fault::MetadataHuge, E::ProtocolViolation, false);
        row("metadata deep", Fault::MetadataDeep, E::ProtocolViolation, false);
        row("metadata redirects for ever", Fault::MetadataRedirectLoop, E::ProtocolViolation,
            false);
        row("registration 500", Fault::Registration500, E::Unreachable, false);
        row("iss wrong", Fault::IssWrong, E::ProtocolViolation, true);
        row("iss missing", Fault::IssMissing, E::ProtocolViolation, true);
        row("iss with a slash more", Fault::IssTrailingSlash, E::ProtocolViolation, true);
        row("token 500", Fault::Token500, E::Unreachable, true);
        row("token HTML", Fault::TokenHtml, E::ProtocolViolation, true);
        row("token type", Fault::TokenTypeMac, E::ProtocolViolation, true);
        row("no MCP there", Fault::Mcp404, E::ProtocolViolation, false);
        row("a web page", Fault::McpHtml, E::ProtocolViolation, false);
        row("server 500", Fault::Mcp500, E::Unreachable, false);
    }
    void aSignInThatMustNotSucceed()
    {
        QFETCH(const Fault, fault);
        QFETCH(const ErrorCode, code);
        QFETCH(const bool, authorizes);
        Household house;
        house.lab->setFault(fault);
        const QString id = house.add().account.id;
        const auto result = house.signIn(id);
        QVERIFY(!result);
        qInfo().noquote() << result.error().message;
        QCOMPARE(errorCodeName(result.error().code), errorCodeName(code));
        QVERIFY(result.error().message.endsWith(u'.') || result.error().message.endsWith(u')')
            || result.error().message.contains(QStringLiteral("chatelaine ")));
        QCOMPARE(!house.person->prompts.isEmpty(), authorizes);
        if (authorizes && code == ErrorCode::ProtocolViolation
            && QByteArray(QTest::currentDataTag()).startsWith("iss"))
            QCOMPARE(house.lab->requestCounts().value(QStringLiteral("token_code")), 0);
        QCOMPARE(house.view(id).account.state, store::AccountState::SignedOut);
        const auto item = await(house.vault.read(QStringLiteral("tokens/") + id, {}));
        QCOMPARE(item.error().code, ErrorCode::NotFound);
        QTRY_VERIFY(!house.history(QStringLiteral("account.sign_in")).isEmpty());

        // And when the server is mended, so is the account.
        house.lab->clearFaults();
        const auto mended = house.signIn(id);
        QVERIFY2(mended, mended ? "" : qPrintable(mended.error().message));
        QVERIFY(house.view(id).account.lastError.isEmpty());
    }

    void aSignInThatWorksAllTheSame_data()
    {
        QTest::addColumn<Fault>("fault");
        QTest::newRow("challenge without metadata") << Fault::ChallengeWithoutMetadata;
        QTest::newRow("no challenge header") << Fault::NoChallengeHeader;
        QTest::newRow("no scope in the response") << Fault::NoScopeInResponse;
        QTest::newRow("no refresh token") << Fault::NoRefreshToken;
    }
    void aSignInThatWorksAllTheSame()
    {
        QFETCH(const Fault, fault);
        Household house;
        house.lab->setFault(fault);
        const auto result = house.signIn(house.add().account.id);
        QVERIFY2(result, result ? "" : qPrintable(result.error().message));
        QCOMPARE(result->account.state, store::AccountState::SignedIn);
    }

    void aServerOfTheFirstRevision_data()
    {
        QTest::addColumn<bool>("metadata");
        QTest::newRow("with issuer metadata") << true;
        QTest::newRow("with none at all") << false;
    }
    /// 2025-03-26: no resource metadata, the authorization server is the server's own origin.
    void aServerOfTheFirstRevision()
    {
        QFETCH(const bool, metadata);
        testlab::LabOptions options = Household::approving();
        options.onePort = true;
        Household house(options);
        house.lab->setFault(Fault::NoResourceMetadata);
        if (!metadata)
            house.lab->setFault(Fault::NoIssuerMetadata);
        const auto result = house.signIn(house.add().account.id);
        QVERIFY2(result, result ? "" : qPrintable(result.error().message));
        QCOMPARE(result->account.state, store::AccountState::SignedIn);
    }

    void anUnreachableServer()
    {
        Household house;
        QTcpServer unused;
        QVERIFY(unused.listen(QHostAddress::LocalHost));
        const quint16 port = unused.serverPort();
        unused.close();
        NewServer server;
        server.url = QStringLiteral("http://127.0.0.1:%1/mcp").arg(port);
        const auto added = await(house.heart->add(server, {}));
        QVERIFY(added);
        const auto result = house.signIn(added->account.id);
        QCOMPARE(result.error().code, ErrorCode::Unreachable);
    }

    void addingWhatMakesNoSense()
    {
        Household house;
        NewServer server;
        server.url = QStringLiteral("banana");
        QCOMPARE(await(house.heart->add(server, {})).error().code, ErrorCode::InvalidInput);
        house.add();
        server.url = house.lab->mcpUrl();
        QCOMPARE(await(house.heart->add(server, {})).error().code, ErrorCode::AlreadyExists);
        server.url = QStringLiteral("https://other.example/mcp");
        server.name = QStringLiteral("demo");
        QCOMPARE(await(house.heart->add(server, {})).error().code, ErrorCode::AlreadyExists);
        server.name = QStringLiteral("../evil");
        QCOMPARE(await(house.heart->add(server, {})).error().code, ErrorCode::InvalidInput);
        QCOMPARE(house.heart->accounts().size(), 1);
        QCOMPARE(house.heart->find(QStringLiteral("dem")).error().code, ErrorCode::NotFound);
        QVERIFY(house.heart->find(QStringLiteral("dem"))
                    .error()
                    .message.contains(QStringLiteral("demo")));
    }

    void aDryRunStoresAndSendsNothing()
    {
        Household house;
        NewServer server;
        server.url = house.lab->mcpUrl();
        const auto report = await(house.heart->discover(server, house.person, {}));
        QVERIFY2(report, report ? "" : qPrintable(report.error().message));
        QCOMPARE(report->value(QLatin1StringView("issuer")).toString(), house.lab->issuer());
        QCOMPARE(
            report->value(QLatin1StringView("registration")).toString(), QStringLiteral("dynamic"));
        QCOMPARE(report->value(QLatin1StringView("protected")).toBool(), true);
        QVERIFY(report->value(QLatin1StringView("problems")).toArray().isEmpty());
        QCOMPARE(report->value(QLatin1StringView("steps")).toArray().size(), 3);
        QCOMPARE(house.lab->requestCounts().value(QStringLiteral("registration")), 0);
        QVERIFY(house.heart->accounts().isEmpty());
        QVERIFY(house.lab->issuedTokens().isEmpty());
    }

    void aDryRunNamesTheProblem()
    {
        Household house;
        house.lab->setFault(Fault::IssuerMismatch);
        NewServer server;
        server.url = house.lab->mcpUrl();
        const auto report = await(house.heart->discover(server, house.person, {}));
        QVERIFY(report);
        const QJsonArray problems = report->value(QLatin1StringView("problems")).toArray();
        QCOMPARE(problems.size(), 1);
        QVERIFY(
            !problems.first().toObject().value(QLatin1StringView("message")).toString().isEmpty());
    }

    // Some servers want a key in their address. It is in the server's record, and nowhere else.
    void noKeyOfAnAddressIsWrittenDown_data()
    {
        QTest::addColumn<Fault>("fault");
        QTest::newRow("server 500") << Fault::Mcp500;
        QTest::newRow("no MCP there") << Fault::Mcp404;
        QTest::newRow("resource differs") << Fault::ResourceMismatch;
        QTest::newRow("no registration") << Fault::NoRegistration;
    }
    void noKeyOfAnAddressIsWrittenDown()
    {
        QFETCH(const Fault, fault);
        const QString key = QStringLiteral("wren-and-wagtail");
        Household house;
        NewServer server;
        server.url = house.lab->mcpUrl() + QStringLiteral("?api_key=") + key;
        server.name = QStringLiteral("keyed");
        const auto added = await(house.heart->add(server, {}));
        QVERIFY2(added, added ? "" : qPrintable(added.error().message));
        const QString id = added->account.id;
        house.lab->setFault(fault);
        const auto failed = house.signIn(id);
        QVERIFY(!failed);
        QVERIFY2(!failed.error().message.contains(key), qPrintable(failed.error().message));
        QVERIFY(!house.view(id).account.lastError.isEmpty());
        QVERIFY(!house.view(id).account.lastError.contains(key));
        house.lab->clearFaults();
        // And when the address is no longer the one that the tokens are for.
        const auto mended = house.signIn(id);
        QVERIFY2(mended, mended ? "" : qPrintable(mended.error().message));
        store::Server edited = house.view(id).server;
        edited.url.setQuery(QStringLiteral("api_key=%1-2").arg(key));
        QVERIFY(await(house.store->save(edited)));
        house.restart();
        QVERIFY(!await(house.heart->accessToken(id, 0, {})));
        QCOMPARE(house.view(id).account.state, store::AccountState::NeedsSignIn);
        QVERIFY(!house.view(id).account.lastError.contains(key));
        const QList<audit::Record> history = house.history();
        QVERIFY(history.size() >= 4);
        for (const audit::Record &record : history)
            QVERIFY2(!record.event.detail.contains(key), qPrintable(record.event.detail));
    }

    void noSecretIsInTheDatabase()
    {
        Household house;
        const QString id = house.add().account.id;
        QVERIFY(house.signIn(id));
        house.clock.advance(3'600'001);
        QVERIFY(await(house.heart->accessToken(id, 60'000, {})));
        house.lab->setFault(Fault::Token500);
        house.clock.advance(3'600'001);
        Q_UNUSED(await(house.heart->accessToken(id, 60'000, {})));
        const QList<Secret> secrets = house.lab->issuedTokens();
        QVERIFY(secrets.size() >= 4);
        const QDir dir(house.dir.path());
        const QStringList files = dir.entryList(QDir::Files);
        QVERIFY(files.contains(QStringLiteral("chatelaine.db")));
        for (const QString &name : files) {
            QFile file(dir.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray bytes = file.readAll();
            for (const Secret &secret : secrets)
                QVERIFY2(bytes.indexOf(secret.expose()) < 0, qPrintable(name));
        }
    }
};

QTEST_GUILESS_MAIN(TroubleFlowTest)
#include "TroubleFlowTest.moc"
