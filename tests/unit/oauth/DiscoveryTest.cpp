// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oauth/Discovery.h"

#include "core/net/NetworkHttpClient.h"
#include "tests/support/Await.h"
#include "tests/unit/oauth/NotingHttp.h"
#include "tests/unit/oauth/Site.h"

#include <QTest>

using namespace chatelaine;
using namespace chatelaine::oauth;
using namespace chatelaine::test;

namespace {

const QByteArray prm = "/.well-known/oauth-protected-resource";
const QByteArray asm1 = "/.well-known/oauth-authorization-server";
const QByteArray oidc = "/.well-known/openid-configuration";

QByteArray issuerAt(const QByteArray &issuer)
{
    return "{'issuer':'" + issuer
        + "','authorization_endpoint':'ORIGIN/authorize','token_endpoint':'ORIGIN/token',"
          "'code_challenge_methods_supported':['S256']}";
}

} // namespace

class DiscoveryTest : public QObject
{
    Q_OBJECT

    struct Outcome
    {
        Result<Discovered> found;
        QList<DiscoveryStep> steps;

        QStringList outcomes() const
        {
            QStringList list;
            for (const DiscoveryStep &step : steps)
                list.append(step.step + QLatin1Char(' ') + step.outcome);
            return list;
        }
    };

    Outcome discover(const Site &mcp, DiscoveryInput input = {}, std::stop_token stop = {})
    {
        input.server = mcp.url(QStringLiteral("/mcp"));
        input.reach = net::Reach::Loopback;
        QList<DiscoveryStep> steps;
        Discovery discovery(m_http, m_clock);
        auto found = await(discovery.discover(
            input, [&steps](const DiscoveryStep &step) { steps.append(step); }, stop));
        return {std::move(found), steps};
    }

    static DiscoveryInput challenged(const QString &url)
    {
        DiscoveryInput input;
        input.challenge = net::Challenge{"Bearer", {{"resource_metadata", url}}};
        return input;
    }

private Q_SLOTS:
    void theChallengeNamesThePlace()
    {
        Site mcp;
        Site as;
        mcp.put("/custom/meta.json",
            "{'resource':'ORIGIN/mcp','authorization_servers':['" + as.origin().toLatin1() + "']}");
        as.put(asm1, issuerAt("ORIGIN"), 200, "application/json",
            "Date: Tue, 28 Jul 2026 00:00:00 GMT\r\n");
        const auto outcome =
            discover(mcp, challenged(mcp.origin() + QStringLiteral("/custom/meta.json")));
        QVERIFY2(outcome.found, outcome.found ? "" : qPrintable(outcome.found.error().message));
        QCOMPARE(mcp.targets(), QByteArrayList{"/custom/meta.json"});
        QCOMPARE(as.targets(), QByteArrayList{asm1});
        QCOMPARE(outcome.found->resource->resource, mcp.origin() + QStringLiteral("/mcp"));
        QCOMPARE(outcome.found->issuer.issuer, as.origin());
        QCOMPARE(outcome.found->issuerChoices, QStringList{as.origin()});
        QVERIFY(outcome.found->metadataFetched);
        QVERIFY(!outcome.found->legacyFallback);
        QVERIFY(outcome.found->clockSkewMs);
        QCOMPARE(outcome.outcomes(),
            QStringList(
                {QStringLiteral("resource_metadata ok"), QStringLiteral("issuer_metadata ok")}));
        QCOMPARE(outcome.steps.first().status, 200);
    }

    void theNamedPlaceIsTheOnlyOne()
    {
        Site mcp;
        mcp.put(prm + "/mcp", "{'resource':'ORIGIN/mcp','authorization_servers':['ORIGIN']}");
        mcp.put(asm1, issuerAt("ORIGIN"));
        const auto outcome = discover(mcp, challenged(mcp.origin() + QStringLiteral("/nowhere")));
        QVERIFY(!outcome.found);
        QCOMPARE(outcome.found.error().code, ErrorCode::ProtocolViolation);
        QCOMPARE(mcp.targets(), QByteArrayList{"/nowhere"});
        QCOMPARE(outcome.outcomes(), QStringList{QStringLiteral("resource_metadata missing")});
    }

    void aNamedPlaceIsCheckedFirst()
    {
        Site mcp;
        for (const char *place :
            {"file:///etc/passwd", "http://169.254.169.254/latest", "/relative"}) {
            const auto outcome = discover(mcp, challenged(QString::fromLatin1(place)));
            QVERIFY(!outcome.found);
            QVERIFY(mcp.targets().isEmpty());
        }
        for (const char *rest : {"/meta.json#x", "/meta'json", "/meta json"}) {
            const auto outcome =
                discover(mcp, challenged(mcp.origin() + QString::fromLatin1(rest)));
            QVERIFY(!outcome.found);
            QVERIFY(mcp.targets().isEmpty());
        }
    }

    void eachQuestionGoesNoFurtherThanTheServer()
    {
        // Where the server was reached is how far its metadata may lead, by its authority alone.
        NotingHttp http;
        DiscoveryInput input;
        input.server = QUrl(QStringLiteral("https://mcp.example/mcp"));
        input.reach = net::Reach::Private;
        input.caFile = QStringLiteral("/etc/office.pem");
        Discovery discovery(http, m_clock);
        await(discovery.discover(input, {}, {}));
        QCOMPARE(http.asked.size(), 3);
        for (const net::HttpRequest &request : std::as_const(http.asked)) {
            QCOMPARE(request.reach, net::Reach::Private);
            QCOMPARE(request.caFile, input.caFile);
            QVERIFY(request.authorization.isEmpty());
        }
    }

    void wellKnownPlacesInOrder()
    {
        Site mcp;
        mcp.put(prm, "{'resource':'ORIGIN','authorization_servers':['ORIGIN/tenant1']}");
        mcp.put("/tenant1" + oidc, issuerAt("ORIGIN/tenant1"));
        mcp.put(asm1, issuerAt("ORIGIN"));
        const auto outcome = discover(mcp);
        QVERIFY2(outcome.found, outcome.found ? "" : qPrintable(outcome.found.error().message));
        // The resource keeps its form without a slash.
        QCOMPARE(outcome.found->resource->resource, mcp.origin());
        const QByteArrayList wanted{
            prm + "/mcp", prm, asm1 + "/tenant1", oidc + "/tenant1", "/tenant1" + oidc};
        QCOMPARE(mcp.targets(), wanted);
    }

    void webPagesAreMissing()
    {
        Site mcp;
        mcp.put(prm + "/mcp", "<html>Welcome</html>", 200, "text/html");
        mcp.put(prm, "{'resource':'ORIGIN','authorization_servers':['ORIGIN']}");
        mcp.put(asm1, "<html>{}</html>", 200, "application/json");
        mcp.put(oidc, issuerAt("ORIGIN"));
        const auto outcome = discover(mcp);
        QVERIFY(outcome.found);
        QCOMPARE(outcome.outcomes().filter(QStringLiteral("missing")).size(), 2);
    }

    void strangeStatusesAreMissingOrWorthARetry_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("goesOn");
        for (const int status : {400, 401, 403, 404, 405, 410})
            QTest::addRow("%d", status) << status << true;
        for (const int status : {429, 500, 502, 503})
            QTest::addRow("%d", status) << status << false;
    }
    void strangeStatusesAreMissingOrWorthARetry()
    {
        QFETCH(const int, status);
        QFETCH(const bool, goesOn);
        for (const QByteArray &place : {prm + "/mcp", asm1}) {
            Site mcp;
            mcp.put(prm + "/mcp", "{'resource':'ORIGIN/mcp','authorization_servers':['ORIGIN']}");
            mcp.put(prm, "{'resource':'ORIGIN/mcp','authorization_servers':['ORIGIN']}");
            mcp.put(asm1, issuerAt("ORIGIN"));
            mcp.put(oidc, issuerAt("ORIGIN"));
            mcp.put(place, "{'error':'x'}", status);
            const auto outcome = discover(mcp);
            QCOMPARE(outcome.found.has_value(), goesOn);
            if (!goesOn) {
                QCOMPARE(outcome.found.error().code, ErrorCode::Unreachable);
                QCOMPARE(mcp.targets().last(), place);
                QCOMPARE(outcome.steps.last().outcome, QStringLiteral("failed"));
                QCOMPARE(outcome.steps.last().status, status);
            }
        }
    }

    void aForeignResourceStopsIt_data()
    {
        QTest::addColumn<QByteArray>("document");
        QTest::newRow("other origin") << QByteArray(
            "{'resource':'https://evil.example/mcp','authorization_servers':['ORIGIN']}");
        QTest::newRow("sibling path")
            << QByteArray("{'resource':'ORIGIN/other','authorization_servers':['ORIGIN']}");
        QTest::newRow("no servers") << QByteArray("{'resource':'ORIGIN/mcp'}");
        QTest::newRow("empty servers")
            << QByteArray("{'resource':'ORIGIN/mcp','authorization_servers':[]}");
        QTest::newRow("issuer not encrypted") << QByteArray(
            "{'resource':'ORIGIN/mcp','authorization_servers':['http://as.example']}");
        QTest::newRow("issuer a file")
            << QByteArray("{'resource':'ORIGIN/mcp','authorization_servers':['file:///etc']}");
        QTest::newRow("issuer with query")
            << QByteArray("{'resource':'ORIGIN/mcp','authorization_servers':['ORIGIN?x=1']}");
        QTest::newRow("broken") << QByteArray("{'resource':");
    }
    void aForeignResourceStopsIt()
    {
        QFETCH(const QByteArray, document);
        Site mcp;
        mcp.put(prm + "/mcp", document);
        mcp.put(asm1, issuerAt("ORIGIN"));
        const auto outcome = discover(mcp);
        QVERIFY(!outcome.found);
        QCOMPARE(outcome.found.error().code, ErrorCode::ProtocolViolation);
        QCOMPARE(mcp.targets(), QByteArrayList{prm + "/mcp"});
    }

    void aForeignIssuerStopsIt()
    {
        Site mcp;
        mcp.put(prm + "/mcp", "{'resource':'ORIGIN/mcp','authorization_servers':['ORIGIN']}");
        mcp.put(asm1, issuerAt("https://evil.example"));
        mcp.put(oidc, issuerAt("ORIGIN"));
        const auto outcome = discover(mcp);
        QVERIFY(!outcome.found);
        QCOMPARE(outcome.found.error().code, ErrorCode::ProtocolViolation);
        QCOMPARE(mcp.targets().last(), asm1);
        QCOMPARE(outcome.outcomes().last(), QStringLiteral("issuer_metadata failed"));
    }

    void anIssuerWithoutMetadataIsNoIssuer()
    {
        Site mcp;
        mcp.put(prm + "/mcp", "{'resource':'ORIGIN/mcp','authorization_servers':['ORIGIN']}");
        const auto outcome = discover(mcp);
        QVERIFY(!outcome.found);
        QCOMPARE(outcome.found.error().code, ErrorCode::ProtocolViolation);
        QCOMPARE(mcp.targets(), QByteArrayList({prm + "/mcp", asm1, oidc}));
    }

    void anUnreachableIssuerIsNotMissing()
    {
        Site mcp;
        QString gone;
        {
            const Site as;
            gone = as.origin();
        }
        mcp.put(prm + "/mcp",
            "{'resource':'ORIGIN/mcp','authorization_servers':['" + gone.toLatin1() + "']}");
        const auto outcome = discover(mcp);
        QVERIFY(!outcome.found);
        QCOMPARE(outcome.found.error().code, ErrorCode::Unreachable);
        QCOMPARE(outcome.steps.last().status, 0);
        QVERIFY(!outcome.steps.last().detail.isEmpty());
    }

    void oneOfSeveralIssuersIsChosen()
    {
        Site mcp;
        Site as;
        as.put(asm1, issuerAt("ORIGIN"));
        mcp.put(asm1, issuerAt("ORIGIN"));
        mcp.put(prm + "/mcp",
            "{'resource':'ORIGIN/mcp','authorization_servers':['ORIGIN','" + as.origin().toLatin1()
                + "']}");
        DiscoveryInput input;
        QCOMPARE(discover(mcp, input).found->issuer.issuer, mcp.origin());
        input.preferredIssuer = QStringLiteral("https://unlisted.example");
        QCOMPARE(discover(mcp, input).found->issuer.issuer, mcp.origin());
        input.preferredIssuer = as.origin();
        const auto outcome = discover(mcp, input);
        QCOMPARE(outcome.found->issuer.issuer, as.origin());
        QCOMPARE(outcome.found->issuerChoices, QStringList({mcp.origin(), as.origin()}));
    }

    void aCachedIssuerIsNotAskedAgain()
    {
        Site mcp;
        mcp.put(prm + "/mcp", "{'resource':'ORIGIN/mcp','authorization_servers':['ORIGIN']}");
        DiscoveryInput input;
        input.cachedIssuer.emplace();
        input.cachedIssuer->issuer = mcp.origin();
        input.cachedIssuer->tokenEndpoint = mcp.url(QStringLiteral("/cached"));
        const auto outcome = discover(mcp, input);
        QVERIFY(outcome.found);
        QVERIFY(!outcome.found->metadataFetched);
        QVERIFY(!outcome.found->clockSkewMs);
        QCOMPARE(outcome.found->issuer.tokenEndpoint.path(), QStringLiteral("/cached"));
        QCOMPARE(mcp.targets(), QByteArrayList{prm + "/mcp"});
        // Another one than the resource names counts for nothing.
        input.cachedIssuer->issuer += QLatin1Char('/');
        QVERIFY(!discover(mcp, input).found);
    }

    void theOldRevisionIsTheLastResort_data()
    {
        QTest::addColumn<QByteArray>("issuer");
        QTest::addColumn<bool>("good");
        QTest::newRow("origin") << QByteArray("ORIGIN") << true;
        QTest::newRow("origin with slash") << QByteArray("ORIGIN/") << true;
        QTest::newRow("path") << QByteArray("ORIGIN/oauth") << false;
        QTest::newRow("foreign") << QByteArray("https://evil.example") << false;
    }
    void theOldRevisionIsTheLastResort()
    {
        QFETCH(QByteArray, issuer);
        QFETCH(const bool, good);
        Site mcp;
        mcp.put(asm1, issuerAt(issuer));
        const auto outcome = discover(mcp);
        QCOMPARE(mcp.targets(), QByteArrayList({prm + "/mcp", prm, asm1}));
        QCOMPARE(outcome.found.has_value(), good);
        if (!good)
            return;
        QVERIFY(outcome.found->legacyFallback);
        QVERIFY(outcome.found->metadataFetched);
        QVERIFY(!outcome.found->resource);
        QCOMPARE(outcome.found->issuer.issuer.toLatin1(),
            issuer.replace("ORIGIN", mcp.origin().toLatin1()));
    }

    void whatIsKnownOfAnotherIssuerIsNotTheLastResort()
    {
        Site mcp;
        DiscoveryInput input;
        input.cachedIssuer = legacyDefaultMetadata(QUrl(QStringLiteral("https://evil.example")));
        const auto outcome = discover(mcp, input);
        QVERIFY(outcome.found);
        QCOMPARE(outcome.found->issuer.issuer, mcp.origin());
        QCOMPARE(outcome.found->issuer.tokenEndpoint, mcp.url(QStringLiteral("/token")));
    }

    void withoutAnyMetadataTheDefaultsHold()
    {
        Site mcp;
        const auto outcome = discover(mcp);
        QVERIFY(outcome.found);
        QVERIFY(outcome.found->legacyFallback);
        QVERIFY(!outcome.found->metadataFetched);
        QCOMPARE(outcome.found->issuer.registrationEndpoint, mcp.url(QStringLiteral("/register")));
        DiscoveryInput input;
        input.cachedIssuer = outcome.found->issuer;
        const auto again = discover(mcp, input);
        QVERIFY(again.found);
        QCOMPARE(mcp.targets().size(), 5);
    }

    void itCanBeCalledOff()
    {
        Site mcp;
        std::stop_source stop;
        stop.request_stop();
        const auto outcome = discover(mcp, {}, stop.get_token());
        QVERIFY(!outcome.found);
        QCOMPARE(outcome.found.error().code, ErrorCode::Cancelled);
        QVERIFY(mcp.targets().isEmpty());
    }

private:
    SystemClock m_clock;
    net::NetworkHttpClient m_http{m_clock};
};

QTEST_GUILESS_MAIN(DiscoveryTest)
#include "DiscoveryTest.moc"
