// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/Store.h"

#include "tests/support/Await.h"

#include <QTemporaryDir>
#include <QTest>

using namespace chatelaine;
using namespace chatelaine::store;
using namespace chatelaine::test;

namespace {

QString text(const char *latin1)
{
    return QString::fromLatin1(latin1);
}

Server server(const char *id, const char *name)
{
    Server server;
    server.id = text(id);
    server.name = text(name);
    server.url = QUrl(QStringLiteral("https://mcp.example/a%20b?c=d"));
    server.resource = QStringLiteral("https://mcp.example/");
    server.settings.redirectPort = 4711;
    server.settings.scopes = {QStringLiteral("a"), QStringLiteral("b")};
    server.createdAt = 1'700'000'000'123;
    return server;
}

Account account(const char *id, const char *serverId, const char *name = "")
{
    Account account;
    account.id = text(id);
    account.serverId = text(serverId);
    account.name = text(name);
    account.state = AccountState::NeedsSignIn;
    account.issuer = QStringLiteral("https://issuer.example");
    account.registrationId = QStringLiteral("r1");
    account.grantedScopes = {QStringLiteral("a b"), QStringLiteral("\"")};
    account.requestedScopes = {QStringLiteral("c")};
    account.expiresAt = 5;
    account.hasRefreshToken = true;
    account.tokenFingerprint = QStringLiteral("0123456789ab");
    account.generation = 7;
    account.lastError = QStringLiteral("Grüße 🔑");
    account.signedInAt = 6;
    account.createdAt = 8;
    return account;
}

Grant grant(const char *id, const char *serverId, const char *accountId = "")
{
    Grant grant;
    grant.id = text(id);
    grant.serverId = text(serverId);
    grant.accountId = text(accountId);
    grant.deny = true;
    grant.exe = QStringLiteral("/usr/bin/agent");
    grant.scopes = {QStringLiteral("a")};
    grant.lifetime = GrantLifetime::Session;
    grant.sessionPid = 4711;
    grant.sessionStart = ~0ULL;
    grant.lastUsed = 9;
    grant.expiresBootMs = 77;
    grant.bootId = QStringLiteral("b");
    grant.idleMs = 88;
    return grant;
}

} // namespace

class StoreTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_dir;
    std::shared_ptr<Database> m_database;
    std::unique_ptr<Store> m_store;
    int m_count = 0;

    Snapshot snapshot()
    {
        auto all = await(m_store->load());
        if (!all)
            qFatal("%s", qPrintable(all.error().detail));
        return *all;
    }
    void foreignHand(QString sql)
    {
        auto job = [sql](Connection &connection) { return connection.run(sql); };
        const auto done = await(m_database->write(std::move(job)));
        QVERIFY2(done, done ? "" : qPrintable(done.error().detail));
    }

private Q_SLOTS:
    void init()
    {
        const QString path = m_dir.filePath(QStringLiteral("%1.db").arg(++m_count));
        m_database = await(Database::open(path)).value();
        m_store = std::make_unique<Store>(m_database);
    }

    void everyFieldComesBack()
    {
        const Server s = server("s1", "github");
        const Account a = account("a1", "s1", "work");
        const Grant g = grant("g1", "s1", "a1");
        Registration r;
        r.id = QStringLiteral("r1");
        r.issuer = a.issuer;
        r.serverId = s.id;
        r.kind = RegistrationKind::ClientIdMetadata;
        r.clientId = QStringLiteral("https://client.example/id");
        r.tokenEndpointAuthMethod = QStringLiteral("none");
        r.redirectUris = {QStringLiteral("http://127.0.0.1/cb")};
        r.hasSecret = true;
        r.secretExpiresAt = 3;
        r.registrationClientUri = QStringLiteral("https://issuer.example/r/1");
        r.createdAt = 4;
        IssuerRecord i;
        i.issuer = a.issuer;
        i.metadata = {{QStringLiteral("issuer"), a.issuer}};
        i.fetchedAt = 11;
        i.clockSkewMs = -12;
        QVERIFY(await(m_store->save(s)));
        QVERIFY(await(m_store->save(a)));
        QVERIFY(await(m_store->save(r)));
        QVERIFY(await(m_store->save(i)));
        QVERIFY(await(m_store->save(g)));

        const Snapshot all = snapshot();
        QVERIFY(all.warnings.isEmpty());
        QCOMPARE(all.servers.size(), 1);
        const Server &s2 = all.servers.first();
        QCOMPARE(s2.id, s.id);
        QCOMPARE(s2.name, s.name);
        QCOMPARE(s2.url, s.url);
        QCOMPARE(s2.resource, s.resource);
        QVERIFY(s2.settings == s.settings);
        QCOMPARE(s2.createdAt, s.createdAt);
        QCOMPARE(all.accounts.size(), 1);
        const Account &a2 = all.accounts.first();
        QCOMPARE(a2.id, a.id);
        QCOMPARE(a2.serverId, a.serverId);
        QCOMPARE(a2.name, a.name);
        QCOMPARE(a2.state, a.state);
        QCOMPARE(a2.issuer, a.issuer);
        QCOMPARE(a2.registrationId, a.registrationId);
        QCOMPARE(a2.resource, a.resource);
        QCOMPARE(a2.grantedScopes, a.grantedScopes);
        QCOMPARE(a2.requestedScopes, a.requestedScopes);
        QCOMPARE(a2.expiresAt, a.expiresAt);
        QCOMPARE(a2.hasRefreshToken, a.hasRefreshToken);
        QCOMPARE(a2.tokenFingerprint, a.tokenFingerprint);
        QCOMPARE(a2.generation, a.generation);
        QCOMPARE(a2.lastError, a.lastError);
        QCOMPARE(a2.signedInAt, a.signedInAt);
        QCOMPARE(a2.createdAt, a.createdAt);
        QCOMPARE(all.registrations.size(), 1);
        const Registration &r2 = all.registrations.first();
        QCOMPARE(r2.id, r.id);
        QCOMPARE(r2.issuer, r.issuer);
        QCOMPARE(r2.serverId, r.serverId);
        QCOMPARE(r2.kind, r.kind);
        QCOMPARE(r2.clientId, r.clientId);
        QCOMPARE(r2.tokenEndpointAuthMethod, r.tokenEndpointAuthMethod);
        QCOMPARE(r2.redirectUris, r.redirectUris);
        QCOMPARE(r2.hasSecret, r.hasSecret);
        QCOMPARE(r2.secretExpiresAt, r.secretExpiresAt);
        QCOMPARE(r2.registrationClientUri, r.registrationClientUri);
        QCOMPARE(r2.createdAt, r.createdAt);
        QCOMPARE(all.issuers.size(), 1);
        QCOMPARE(all.issuers.first().issuer, i.issuer);
        QCOMPARE(all.issuers.first().metadata, i.metadata);
        QCOMPARE(all.issuers.first().fetchedAt, i.fetchedAt);
        QCOMPARE(all.issuers.first().clockSkewMs, i.clockSkewMs);
        QCOMPARE(all.grants.size(), 1);
        const Grant &g2 = all.grants.first();
        QCOMPARE(g2.id, g.id);
        QCOMPARE(g2.serverId, g.serverId);
        QCOMPARE(g2.accountId, g.accountId);
        QCOMPARE(g2.deny, g.deny);
        QCOMPARE(g2.anyClient, g.anyClient);
        QCOMPARE(g2.exe, g.exe);
        QCOMPARE(g2.exeSha256, g.exeSha256);
        QCOMPARE(g2.scopes, g.scopes);
        QCOMPARE(g2.lifetime, g.lifetime);
        QCOMPARE(g2.sessionPid, g.sessionPid);
        QCOMPARE(g2.sessionStart, g.sessionStart);
        QCOMPARE(g2.expiresAt, g.expiresAt);
        QCOMPARE(g2.createdAt, g.createdAt);
        QCOMPARE(g2.lastUsed, g.lastUsed);
        QCOMPARE(g2.expiresBootMs, g.expiresBootMs);
        QCOMPARE(g2.bootId, g.bootId);
        QCOMPARE(g2.idleMs, g.idleMs);
    }

    void settingsOfAServerComeBack()
    {
        ServerSettings all;
        all.redirectHost = QStringLiteral("localhost");
        all.redirectPort = 65535;
        all.resourceMode = ResourceMode::Custom;
        all.resourceValue = QStringLiteral("https://x/");
        all.scopes = {QStringLiteral("a"), QStringLiteral("b")};
        all.authorizationParams = {{QStringLiteral("prompt"), QStringLiteral("login")}};
        all.caFile = QStringLiteral("/etc/ca.pem");
        all.clientMetadataUrl = QStringLiteral("https://y/");
        all.protocolVersion = QStringLiteral("2025-11-25");
        QVERIFY(ServerSettings::fromJson(all.toJson()) == all);
        QVERIFY(ServerSettings().toJson().isEmpty());
        QVERIFY(ServerSettings::fromJson({}) == ServerSettings());
    }

    void savingAgainKeepsWhatHangsOnIt()
    {
        QVERIFY(await(m_store->save(server("s1", "github"))));
        QVERIFY(await(m_store->save(account("a1", "s1"))));
        QVERIFY(await(m_store->save(grant("g1", "s1", "a1"))));
        QVERIFY(await(m_store->save(server("s1", "renamed"))));
        const Snapshot all = snapshot();
        QCOMPARE(all.servers.size(), 1);
        QCOMPARE(all.servers.first().name, QStringLiteral("renamed"));
        QCOMPARE(all.accounts.size(), 1);
        QCOMPARE(all.grants.size(), 1);
    }

    void namesAreUnique()
    {
        QVERIFY(await(m_store->save(server("s1", "github"))));
        QCOMPARE(
            await(m_store->save(server("s2", "github"))).error().code, ErrorCode::AlreadyExists);
        QVERIFY(await(m_store->save(account("a1", "s1", "work"))));
        QCOMPARE(await(m_store->save(account("a2", "s1", "work"))).error().code,
            ErrorCode::AlreadyExists);
        QVERIFY(await(m_store->save(account("a3", "s1"))));
        QCOMPARE(snapshot().accounts.size(), 2);
    }

    void whatHangsOnNothingIsRefused()
    {
        QCOMPARE(await(m_store->save(account("a1", "s1"))).error().code, ErrorCode::NotFound);
        QVERIFY(await(m_store->save(server("s1", "github"))));
        QCOMPARE(await(m_store->save(grant("g1", "s1", "a1"))).error().code, ErrorCode::NotFound);
    }

    void removingAServerTakesAllOfItsOwn()
    {
        for (const char *id : {"s1", "s2"}) {
            QVERIFY(await(m_store->save(server(id, id))));
            QVERIFY(await(m_store->save(account(QByteArray(id).prepend('a').constData(), id))));
            QVERIFY(await(m_store->save(grant(QByteArray(id).prepend('g').constData(), id))));
        }
        Registration r;
        r.id = QStringLiteral("r1");
        r.serverId = QStringLiteral("s1");
        QVERIFY(await(m_store->save(r)));
        r.id = QStringLiteral("r2");
        r.serverId.clear();
        QVERIFY(await(m_store->save(r)));

        QVERIFY(await(m_store->removeServer(QStringLiteral("s1"))));
        QVERIFY(await(m_store->removeServer(QStringLiteral("s1"))));
        const Snapshot all = snapshot();
        QCOMPARE(all.servers.size(), 1);
        QCOMPARE(all.accounts.size(), 1);
        QCOMPARE(all.accounts.first().serverId, QStringLiteral("s2"));
        QCOMPARE(all.grants.size(), 1);
        QCOMPARE(all.registrations.size(), 1);
        QCOMPARE(all.registrations.first().id, QStringLiteral("r2"));
    }

    void singleRowsAreRemoved()
    {
        QVERIFY(await(m_store->save(server("s1", "github"))));
        QVERIFY(await(m_store->save(account("a1", "s1"))));
        QVERIFY(await(m_store->save(grant("g1", "s1"))));
        QVERIFY(await(m_store->save(grant("g2", "s1", "a1"))));
        QVERIFY(await(m_store->removeGrant(QStringLiteral("g1"))));
        QVERIFY(await(m_store->removeAccount(QStringLiteral("a1"))));
        QVERIFY(await(m_store->removeRegistration(QStringLiteral("none"))));
        const Snapshot all = snapshot();
        QVERIFY(all.grants.isEmpty() && all.accounts.isEmpty());
        QCOMPARE(all.servers.size(), 1);
    }

    void rowsOfAForeignHandAreLeftOut_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<QString>("table");
        const auto row = [](const char *name, const char *sql, const char *table) {
            QTest::newRow(name) << text(sql) << text(table);
        };
        row("settings are no JSON", "UPDATE servers SET settings = 'x'", "servers");
        row("settings are a list", "UPDATE servers SET settings = '[]'", "servers");
        row("unknown state", "UPDATE accounts SET state = 'happy'", "accounts");
        row("scopes are no JSON", "UPDATE accounts SET granted_scopes = 'a b'", "accounts");
        row("scopes are numbers", "UPDATE accounts SET granted_scopes = '[1]'", "accounts");
        row("unknown kind", "UPDATE registrations SET kind = ''", "registrations");
        row("metadata is no JSON", "UPDATE issuers SET metadata = '{'", "issuers");
        row("unknown lifetime", "UPDATE grants SET lifetime = 'forever'", "grants");
    }
    void rowsOfAForeignHandAreLeftOut()
    {
        QFETCH(const QString, sql);
        QFETCH(const QString, table);
        QVERIFY(await(m_store->save(server("s1", "github"))));
        QVERIFY(await(m_store->save(account("a1", "s1"))));
        QVERIFY(await(m_store->save(grant("g1", "s1"))));
        Registration r;
        r.id = QStringLiteral("r1");
        QVERIFY(await(m_store->save(r)));
        IssuerRecord i;
        i.issuer = QStringLiteral("https://issuer.example");
        QVERIFY(await(m_store->save(i)));
        foreignHand(sql);

        const Snapshot all = snapshot();
        QCOMPARE(all.warnings.size(), 1);
        QVERIFY2(all.warnings.first().contains(table), qPrintable(all.warnings.first()));
        const qsizetype left = all.servers.size() + all.accounts.size() + all.grants.size()
            + all.registrations.size() + all.issuers.size();
        QCOMPARE(left, 4);
    }
};

QTEST_GUILESS_MAIN(StoreTest)
#include "StoreTest.moc"
